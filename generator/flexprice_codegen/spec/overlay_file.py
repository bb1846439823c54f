"""An overlay's text to its actions.

In: the `Source` of an OpenAPI Overlay (Overlay Specification 1.0 and 1.1), in YAML or
JSON. Out: its actions, with compiled queries and the location of each. A key that the
specification does not define is invalid unless it begins with `x-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.json_path import Query, QueryError, compile_query
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.nodes import Json, get_json_type
from flexprice_codegen.spec.parse import ParsedDocument, parse_documents
from flexprice_codegen.spec.sources import Source

# A patch release must not matter to tools (Overlay 1.1.0, "Versions").
_VERSION = re.compile(r"1\.[01](?:\.[0-9]+)?")
_VERSION_HINT = "use `overlay: 1.0.0` or `overlay: 1.1.0`"
_ROOT_KEYS = frozenset({"overlay", "info", "extends", "actions"})
_INFO_KEYS = frozenset({"title", "version", "description"})
_ACTION_KEYS = frozenset({"target", "description", "update", "remove", "copy"})


@frozen_value
class UpdateEffect:
    """Merge `value` into each selected node."""

    value: Json


@frozen_value
class CopyEffect:
    """Merge the one node that `query` selects into each selected node."""

    query: Query


@frozen_value
class RemoveEffect:
    """Delete each selected node."""


ActionEffect: TypeAlias = UpdateEffect | CopyEffect | RemoveEffect


@frozen_value(kw_only=True)
class OverlayAction:
    """One correction: its target, its effect, and whether it may match nothing."""

    at: FileLocation
    query: Query
    effect: ActionEffect
    optional: bool


def read_overlay(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> tuple[OverlayAction, ...]:
    """Read the actions of an overlay, in their order.

    `extends` is not followed: the caller decides which document is corrected.

    Raises:
        DiagnosticError: As `parse_documents`, or every `invalid-overlay` of the file.
    """
    parsed, *others = parse_documents(source, limits)
    if others:
        message = "the page contains a second overlay"
        hint = "put each overlay in its own file"
        raise DiagnosticError(_build_diagnostic(others[0].locate(""), message, hint))

    reader = _OverlayReader(parsed)
    actions = tuple(reader.iter_actions())

    if reader.faults:
        raise DiagnosticError(*reader.faults)
    return actions


class _OverlayReader:
    """A reader of one overlay that collects its errors."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.faults: list[Diagnostic] = []
        self._parsed = parsed

    def iter_actions(self) -> Iterator[OverlayAction]:
        """Yield the valid actions; the errors of the others are recorded."""
        root = self._parsed.data
        self._check_root(root)
        actions = root.get("actions")
        if not isinstance(actions, list) or not actions:
            message = "'actions' must be a list with at least one action"
            self._add_diagnostic("/actions", message, "add an action")
            return

        for index, action in enumerate(actions):
            read = self._read_action(f"/actions/{index}", action)
            if read is not None:
                yield read

    def _check_root(self, root: Mapping[str, Json]) -> None:
        version = root.get("overlay")
        # A version without quotes is a `WrittenFloat`, which keeps its spelling.
        written = getattr(version, "text", str(version))
        if version is None:
            message = "not an overlay: the `overlay` key is missing"
            self._add_diagnostic("", message, _VERSION_HINT)
        elif not _VERSION.fullmatch(written):
            message = f"overlay version {written:.40} is not supported"
            self._add_diagnostic("/overlay", message, _VERSION_HINT)

        self._check_keys("", root, _ROOT_KEYS)

        info = root.get("info")
        if not isinstance(info, Mapping):
            message = "'info' must be an object with 'title' and 'version'"
            self._add_diagnostic("/info", message, "add `info` with both")
            return

        self._check_keys("/info", info, _INFO_KEYS)
        for key in ("title", "version"):
            if key not in info:
                self._add_diagnostic(
                    "/info", f"{key!r} is missing in 'info'", f"add {key!r}"
                )

    def _read_action(self, where: str, action: Json) -> OverlayAction | None:
        if not isinstance(action, Mapping):
            message = f"expected an action object, got {get_json_type(action)}"
            self._add_diagnostic(
                where, message, "use an object with `target` and `update`"
            )
            return None

        self._check_keys(where, action, _ACTION_KEYS)
        query = self._read_query(where, "target", action.get("target"))
        effect = self._read_effect(where, action)
        optional = self._read_flag(where, "x-optional", action)

        if query is None or effect is None:
            return None
        return OverlayAction(
            at=self._parsed.locate(where),
            query=query,
            effect=effect,
            optional=optional,
        )

    def _read_effect(
        self, where: str, action: Mapping[str, Json]
    ) -> ActionEffect | None:
        """Read the effect of an action; `remove` takes precedence."""
        if self._read_flag(where, "remove", action):
            return RemoveEffect()
        match "update" in action, "copy" in action:
            case True, False:
                return UpdateEffect(action["update"])
            case False, True:
                query = self._read_query(where, "copy", action["copy"])
                return None if query is None else CopyEffect(query)
            case _:
                message = "an action needs one of 'update', 'remove' and 'copy'"
                self._add_diagnostic(where, message, "add one of the three keys")
                return None

    def _read_query(self, where: str, key: str, written: Json) -> Query | None:
        if not isinstance(written, str):
            message = f"{key!r} must be a JSONPath query, a string"
            self._add_diagnostic(
                f"{where}/{key}", message, "use a query such as $.info"
            )
            return None
        try:
            return compile_query(written)
        except QueryError as error:
            message = f"invalid JSONPath query {written!r:.200}: {error}"
            self._add_diagnostic(
                f"{where}/{key}", message, "see RFC 9535 for the syntax"
            )
            return None

    def _read_flag(self, where: str, key: str, action: Mapping[str, Json]) -> bool:
        value = action.get(key, False)
        if not isinstance(value, bool):
            message = f"{key!r} must be true or false"
            self._add_diagnostic(
                f"{where}/{key}", message, "use `true`, or omit the key"
            )
        return value is True

    def _check_keys(
        self, where: str, value: Mapping[str, Json], known: frozenset[str]
    ) -> None:
        for key in value:
            if key not in known and not key.startswith("x-"):
                hint = f"use one of {', '.join(sorted(known))}, or a key with 'x-'"
                self._add_diagnostic(
                    f"{where}/{key}", f"unknown overlay key {key!r}", hint
                )

    def _add_diagnostic(self, where: str, message: str, hint: str) -> None:
        self.faults.append(_build_diagnostic(self._parsed.locate(where), message, hint))


def _build_diagnostic(at: FileLocation, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        code="invalid-overlay",
        level=Level.ERROR,
        message=message,
        help=hint,
        location=at,
    )
