"""Corrections that are proved.

In: corrections, the document, and the traffic once more. Out: those that hold. Each is
applied alone to a part of the document, the operations that it was seen in, and checked
by the exchanges of these operations: its finding must be gone, and none may be new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import chain

from flexprice_codegen.api.build import build_api
from flexprice_codegen.conform.corrections import Action, Correction
from flexprice_codegen.conform.evidence import (
    EvidenceCollector,
    EvidenceKey,
    build_key,
)
from flexprice_codegen.conform.exchange import Recorded
from flexprice_codegen.conform.exchange_judge import ExchangeJudge
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import build_pointer, split_pointer
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.overlay import apply_actions
from flexprice_codegen.spec.overlay_file import OverlayAction, read_overlay
from flexprice_codegen.spec.sources import Source

_DEAD_ROUTE = "route-dead"
ReadTraffic = Callable[[], Iterable[Recorded]]


@frozen_value
class _Trial:
    """A correction under test: its operations, its checks, and the keys that it finds."""

    correction: Correction
    operations: frozenset[str]
    after: ExchangeJudge
    found: set[EvidenceKey]


def prove_corrections(
    corrections: Sequence[Correction],
    document: Document,
    read_traffic: ReadTraffic,
    found: EvidenceCollector,
    servers: Iterable[str] = (),
) -> tuple[Correction, ...]:
    """Return the corrections that remove their finding and bring no new one.

    Args:
        corrections: The corrections, each for one finding.
        document: The document that they correct.
        read_traffic: Returns the exchanges again.
        found: The evidence before any correction.
        servers: Base URLs that the user named.
    """
    servers = tuple(servers)
    trials = [
        trial
        for each in corrections
        if (trial := _build_trial(each, document, found, servers)) is not None
    ]
    if not trials:
        return ()

    before = ExchangeJudge(build_api(document, DiagnosticSink()), servers)
    # The part of a trial may lack what names its events.
    for named in chain.from_iterable(map(before.list_events, read_traffic())):
        label = before.find_label(named)
        for trial in trials:
            if _is_about(trial, label):
                verdict = trial.after.judge(named).verdict
                trial.found.update(map(build_key, verdict.differences))

    return tuple(each.correction for each in trials if _is_proved(each, found))


def _is_about(trial: _Trial, label: str) -> bool:
    """Return whether an exchange of an operation of the whole document counts.

    The part of a trial lacks operations, so that its own templates could match more.
    """
    if not label:
        return trial.correction.key.rule == _DEAD_ROUTE

    return label in trial.operations


def _is_proved(trial: _Trial, found: EvidenceCollector) -> bool:
    key = trial.correction.key
    new = [
        each
        for each in trial.found
        if each not in found.evidence and each.rule != "route-undocumented"
    ]
    if key.rule == _DEAD_ROUTE:
        # What the route that answers has not shown before is no fault of the hint.
        new = [each for each in new if found.samples[each.at]]

    return key not in trial.found and not new


def _build_trial(
    correction: Correction,
    document: Document,
    found: EvidenceCollector,
    servers: tuple[str, ...],
) -> _Trial | None:
    """Return the trial of a correction; None if it cannot be applied."""
    evidence = found.evidence.get(correction.key)
    named = list(evidence.operations) if evidence else list(found.statuses)
    root = document.root.read_mapping()
    part = prune_document(root, named)
    try:
        actions = read_actions(correction.actions)
        corrected = apply_actions(part, actions)
        if corrected.diagnostics:
            return None
        data = json.dumps(corrected.data).encode()
        loaded = load_document([Source(document.name, data)], sink=DiagnosticSink())
        api = build_api(loaded, DiagnosticSink())
    except DiagnosticError:
        # A correction that makes the document invalid proves nothing.
        return None

    return _Trial(correction, frozenset(named), ExchangeJudge(api, servers), set())


def read_actions(actions: Iterable[Action]) -> tuple[OverlayAction, ...]:
    """Return actions as an overlay has them; `x-optional` actions need not match."""
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "Corrections", "version": "1"},
        "actions": list(actions),
    }
    return read_overlay(Source("corrections", json.dumps(overlay).encode()))


def prune_document(
    root: Mapping[str, Json], operations: Iterable[str]
) -> dict[str, Json]:
    """Return a document with some operations only, and what they refer to.

    Args:
        root: The root of the document; it is not changed.
        operations: Keys of operations, such as `GET /customers`.
    """
    wanted = {
        (method.lower(), path)
        for method, _, path in (each.partition(" ") for each in operations)
    }
    kept = {
        section: _keep_operations(root[section], wanted)
        for section in ("paths", "webhooks")
        if section in root
    }
    components = _collect_components(root, kept)
    rest = {name: value for name, value in root.items() if name not in _PARTS}
    return {**rest, **kept, "components": components}


def _keep_operations(items: Json, wanted: Container[tuple[str, str]]) -> Json:
    """Return the paths or webhooks that have wanted operations, and only those."""
    kept: dict[str, Json] = {}
    for path, item in items.items() if isinstance(items, Mapping) else ():
        if isinstance(item, Mapping):
            kept_item = {
                name: value
                for name, value in item.items()
                if name not in _METHODS or (name, path) in wanted
            }
            if any(name in _METHODS for name in kept_item):
                kept[path] = kept_item

    return kept


_METHODS = frozenset(
    {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
)
# Of these, only what the exchanges need is kept, so that a trial is quick.
_PARTS = frozenset({"paths", "components", "webhooks"})


def _collect_components(root: Mapping[str, Json], start: Json) -> dict[str, Json]:
    """Return the components that a value refers to, directly or by others."""
    components = root.get("components")
    if not isinstance(components, Mapping):
        return {}

    kept: dict[str, dict[str, Json]] = {}
    schemes = components.get("securitySchemes")
    if isinstance(schemes, Mapping):
        kept["securitySchemes"] = dict(schemes)

    derived = _list_derived_schemas(components)
    waiting: list[Json] = [start]
    while waiting:
        node = waiting.pop()
        for kind, name in _find_references(node):
            group = components.get(kind)
            if isinstance(group, Mapping) and name in group:
                held = kept.setdefault(kind, {})
                if name not in held:
                    held[name] = group[name]
                    waiting.append(group[name])
                    # A base with a discriminator stands for the schemas derived from it.
                    waiting += ({"$ref": each} for each in derived.get(name, ()))

    return {kind: dict(group) for kind, group in kept.items()}


def _list_derived_schemas(components: Mapping[str, Json]) -> dict[str, list[str]]:
    """Return references to the schemas that extend each base with a discriminator."""
    schemas = components.get("schemas")
    if not isinstance(schemas, Mapping):
        return {}

    derived: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        parts = schema.get("allOf") if isinstance(schema, Mapping) else None
        for _, base in _find_references(parts if isinstance(parts, list) else []):
            found = schemas.get(base)
            if isinstance(found, Mapping) and "discriminator" in found:
                derived.setdefault(base, []).append(
                    f"#{build_pointer(('components', 'schemas', name))}"
                )

    return derived


def _find_references(value: Json) -> list[tuple[str, str]]:
    """Return the kinds and names of all components in a value."""
    found: list[tuple[str, str]] = []
    waiting: list[Json] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
        # Mappings of discriminators hold references, too, so every string counts.
        elif isinstance(node, str) and node.startswith("#/components/"):
            keys = split_pointer(node[1:])
            if len(keys) >= 3:  # noqa: PLR2004 - components, kind, name
                found.append((keys[1], keys[2]))

    return found
