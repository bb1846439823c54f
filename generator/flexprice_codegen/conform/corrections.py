"""Findings to overlay actions.

In: evidence, and the document. Out: `Correction` values: the actions that make the
document accept what the server does. A correction only widens: traffic never proves that
something else does not exist.

The document is looked at here for its spelling only, because an overlay changes a
spelling: whether a property is a `$ref`, whether `type` is a list.

Source: OpenAPI Overlay Specification 1.0.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping

from flexprice_codegen.api.model import Api
from flexprice_codegen.conform.evidence import (
    Evidence,
    EvidenceCollector,
    EvidenceKey,
)
from flexprice_codegen.conform.findings import find_habit, is_name_shown
from flexprice_codegen.conform.json_paths import build_json_path, quote_key
from flexprice_codegen.conform.rules import REQUEST_PREFIX, find_rule
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import split_pointer

Action = dict[str, object]
_ALIKE = 0.8
"""The similarity of two paths from which one is taken for the other (difflib)."""
_FEW = 0.1
"""Values of an enum are few against its samples; with more it is not an enum."""


@frozen_value(kw_only=True)
class CorrectionOptions:
    """What the user allows: exchanges that are needed, enum values, habits."""

    least: int = 2
    enum_values: bool = False
    habits: bool = False


@frozen_value(kw_only=True)
class Correction:
    """The actions for one finding."""

    key: EvidenceKey
    actions: tuple[Action, ...]


class CorrectionBuilder:
    """Builds the corrections of a document."""

    def __init__(
        self,
        document: Mapping[str, object],
        api: Api,
        collector: EvidenceCollector,
        options: CorrectionOptions,
    ) -> None:
        self._document = document
        self._api = api
        self._collector = collector
        self._options = options
        self._is_30 = str(document.get("openapi", "")).startswith("3.0")

    def build_corrections(self) -> tuple[Correction, ...]:
        """Return a correction for each finding that has one and enough evidence."""
        made = [
            *self._iter_corrections(),
            *(self._iter_habits() if self._options.habits else ()),
        ]
        return tuple(sorted(made, key=lambda each: each.key))

    def _iter_corrections(self) -> Iterator[Correction]:
        for key, evidence in self._collector.evidence.items():
            if evidence.exchanges < self._options.least or key.at.resource:
                continue
            build = self._get_builder(key.rule)
            actions = build(key, evidence) if build else []
            if actions:
                yield Correction(
                    key=key,
                    actions=tuple(
                        _describe(action, key, self._count(key, evidence))
                        for action in actions
                    ),
                )

    def _iter_habits(self) -> Iterator[Correction]:
        formats = {"decimal-by-habit": "decimal", "time-by-habit": "date-time"}
        for place, habit in self._collector.habits.items():
            rule = find_habit(place, habit)
            if rule and not place.resource:
                key = EvidenceKey(rule, place, "")
                action = _update(place, {"format": formats[rule]})
                counts: dict[str, object] = {
                    "samples": habit.samples,
                    "exchanges": habit.exchanges,
                }
                yield Correction(key=key, actions=(_describe(action, key, counts),))

    def _count(self, key: EvidenceKey, evidence: Evidence) -> dict[str, object]:
        return {
            "samples": evidence.samples,
            "of": max(self._collector.samples[key.at], evidence.samples),
            "exchanges": evidence.exchanges,
            "operations": list(evidence.operations)[:5],
        }

    def _make_nullable(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        node = self._find_node(key.at)
        reference = node.get("$ref")
        if isinstance(reference, str):
            null: Action = {"nullable": True} if self._is_30 else {"type": "null"}
            listed = [{"$ref": reference}, null]
            widened: Action = (
                {"allOf": [{"$ref": reference}], "nullable": True}
                if self._is_30
                else {"anyOf": listed}
            )
            return [_update(key.at, widened), _remove(key.at, "['$ref']")]
        if self._is_30:
            return [_update(key.at, {"nullable": True})]

        return self._add_type(key.at, node, "null")

    def _add_type(
        self, at: Origin, node: Mapping[str, object], type_: str
    ) -> list[Action]:
        """Return the actions that add a type to those of a schema (3.1)."""
        written = node.get("type")
        if isinstance(written, list):
            return [_update(at, {"type": [type_]})]
        if isinstance(written, str):
            # An array does not merge with a string, so the string goes first.
            return [_remove(at, ".type"), _update(at, {"type": [written, type_]})]
        for keyword in ("anyOf", "oneOf"):
            if isinstance(node.get(keyword), list):
                return [_update(at, {keyword: [{"type": type_}]})]

        return []

    def _drop_required(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        target = (
            f"{build_json_path(key.at.pointer)}.required[?@ == {quote_key(key.detail)}]"
        )
        return [{"target": target, "remove": True}]

    def _quote_number(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        # A server that sends both has no type that this can correct.
        if self._has_fitting_samples(key):
            return []

        node = self._find_node(key.at)
        if "$ref" in node or not isinstance(node.get("type"), str):
            return []
        is_integer = key.detail == "an integer"
        written: Action = (
            {"type": "string", "pattern": r"^-?\d+$"}
            if is_integer
            else {"type": "string", "format": "decimal"}
        )
        # Limits and the format of the number say nothing about a string.
        inert = ("minimum", "maximum", "multipleOf", "format", "example", "default")
        removed = [
            _remove(key.at, f".{name}")
            for name in inert
            if name in node and name not in written
        ]
        return [*removed, _update(key.at, written)]

    def _change_type(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        node = self._find_node(key.at)
        if key.rule.startswith(REQUEST_PREFIX) or self._has_fitting_samples(key):
            # Both types occur: any value is the only honest answer in 3.0.
            return [_remove(key.at, ".type")] if "type" in node else []

        schema = evidence.sketch.to_schema(has_nullable=self._is_30)
        return self._replace(key.at, node, schema) if schema else []

    def _replace(
        self, at: Origin, node: Mapping[str, object], schema: Mapping[str, object]
    ) -> list[Action]:
        """Return the actions that replace what a schema says about its type."""
        said = ("$ref", "type", "properties", "items", "enum", "format", "required")
        combined = ("allOf", "anyOf", "oneOf", "additionalProperties", "pattern")
        removed = [
            _remove(at, f"[{quote_key(name)}]")
            for name in (*said, *combined)
            if name in node
        ]
        return [*removed, _update(at, dict(schema))]

    def _add_enum_values(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        if not self._options.enum_values:
            return []

        seen = self._collector.samples[key.at] or evidence.samples
        values = sorted(
            value
            for value, count in evidence.enum_values.items()
            if count >= self._options.least
        )
        if not values or len(values) / max(seen, 1) > max(_FEW, 2 / max(seen, 1)):
            return []

        return [_update(Origin("", f"{key.at.pointer}/enum"), values)]

    def _add_property(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        if not is_name_shown(key, evidence, self._options.least):
            return []

        schema = evidence.sketch.to_schema(has_nullable=self._is_30)
        return [_update(key.at, {"properties": {key.detail: schema}})]

    def _correct_format(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        forms = evidence.formats
        filled = evidence.samples - forms["empty"]
        fitting = self._has_fitting_samples(key)
        for name in ("decimal", "date-time", "date"):
            if forms[name] == filled and not fitting:
                return [_update(key.at, {"format": name})]

        return [_remove(key.at, ".format")]

    def _has_fitting_samples(self, key: EvidenceKey) -> bool:
        misfits = sum(
            evidence.samples
            for other, evidence in self._collector.evidence.items()
            if other.at == key.at and other.rule != "null-unexpected"
        )
        return self._collector.samples[key.at] > misfits

    def _add_status(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        status, _, media = key.detail.partition(" ")
        response: Action = {"description": "Seen in traffic."}
        if media:
            schema = self._find_schema(evidence)
            response["content"] = {media: {"schema": schema} if schema else {}}
        if not key.at.pointer:
            return [{"target": "$.paths[*][*].responses", "update": {status: response}}]

        return [_update(key.at, {"responses": {status: response}})]

    def _add_media_type(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        if not key.detail:
            return []

        schema = self._find_schema(evidence)
        content = {key.detail: {"schema": schema} if schema else {}}
        return [_update(key.at, {"content": content})]

    def _add_request_body(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        schema = self._find_schema(evidence)
        content = {key.detail: {"schema": schema} if schema else {}}
        return [_update(key.at, {"requestBody": {"content": content}})]

    def _remove_content(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        # Some responses with a body: both must stay possible.
        return [] if self._has_fitting_samples(key) else [_remove(key.at, ".content")]

    def _change_shape(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        if self._has_fitting_samples(key):
            return []

        schema = self._find_schema(evidence)
        return self._replace(key.at, self._find_node(key.at), schema) if schema else []

    def _find_schema(self, evidence: Evidence) -> dict[str, object]:
        """Return the smallest schema of the document that fits, else an inferred one."""
        fitting = [
            schema
            for key in sorted(evidence.fitting or ())
            if (schema := self._api.schemas.get(key)) is not None
            and schema.about.origin.pointer == f"/components/schemas/{key}"
        ]
        if fitting:
            best = min(fitting, key=lambda each: len(getattr(each, "properties", ())))
            return {"$ref": f"#{best.about.origin.pointer}"}

        return evidence.sketch.to_schema(has_nullable=self._is_30)

    def _add_parameter(self, key: EvidenceKey, evidence: Evidence) -> list[Action]:
        if not is_name_shown(key, evidence, self._options.least):
            return []

        parameter = {"name": key.detail, "in": "query", "schema": {"type": "string"}}
        return [_update(key.at, {"parameters": [parameter]})]

    def _explode(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        return [_update(key.at, {"explode": True})]

    def _move_route(self, key: EvidenceKey, _: Evidence) -> list[Action]:
        """Return the hint for the route that answers in place of a dead one."""
        operation = next(
            each for each in self._api.operations if each.about.origin == key.at
        )
        living = [
            other.detail.partition(" ")[2]
            for other, evidence in self._collector.evidence.items()
            if other.rule == "route-undocumented"
            and other.detail.startswith(f"{operation.method} ")
            and evidence.exchanges >= self._options.least
            and "{…}" not in other.detail
        ]
        near = difflib.get_close_matches(operation.path, living, n=1, cutoff=_ALIKE)
        return [_update(key.at, {"x-codegen": {"route": near[0]}})] if near else []

    def _find_node(self, at: Origin) -> Mapping[str, object]:
        """Return the object at a place of the document; empty if there is none."""
        node: object = self._document
        for token in split_pointer(at.pointer):
            match node:
                case Mapping():
                    node = node.get(token)
                case list() if token.isdecimal() and int(token) < len(node):
                    node = node[int(token)]
                case _:
                    return {}

        return node if isinstance(node, Mapping) else {}

    def _get_builder(
        self, rule: str
    ) -> Callable[[EvidenceKey, Evidence], list[Action]] | None:
        """Return what corrects the findings of a rule; None if nothing does."""
        builders: dict[str, Callable[[EvidenceKey, Evidence], list[Action]]] = {
            "array-style": self._explode,
            "body-missing": self._remove_content,
            "body-unexpected": self._add_media_type,
            "enum-value-unknown": self._add_enum_values,
            "error-undocumented": self._add_status,
            "error-undocumented-everywhere": self._add_status,
            "format-other": self._correct_format,
            "media-type-undocumented": self._add_media_type,
            "null-unexpected": self._make_nullable,
            "number-in-quotes": self._quote_number,
            "parameter-undeclared": self._add_parameter,
            "property-undeclared": self._add_property,
            "request-body-unexpected": self._add_request_body,
            "required-missing": self._drop_required,
            "route-dead": self._move_route,
            "shape-other": self._change_shape,
            "status-undocumented": self._add_status,
            "type-other": self._change_type,
        }
        return builders.get(rule) or builders.get(rule.removeprefix(REQUEST_PREFIX))


def _describe(action: Action, key: EvidenceKey, counts: dict[str, object]) -> Action:
    """Return an action with its reason and its evidence."""
    target = action["target"]
    rest = {name: value for name, value in action.items() if name != "target"}
    return {
        "target": target,
        "description": f"{find_rule(key.rule).help[:1].upper()}{find_rule(key.rule).help[1:]}.",
        "x-rule": key.rule,
        "x-evidence": counts,
        **rest,
    }


def _update(at: Origin, value: object) -> Action:
    return {"target": build_json_path(at.pointer), "update": value}


def _remove(at: Origin, below: str) -> Action:
    return {"target": f"{build_json_path(at.pointer)}{below}", "remove": True}
