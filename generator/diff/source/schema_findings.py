"""Schemas without a class of their own: what they stand for is written out everywhere.

In: the types of a field or keyword, as the document has them. Out: the one finding about
the schema, where that is what has changed, so that it is not told of each field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.api.types import Named, Nullable, Type
from generator.diagnostics import Origin
from generator.diff.finding import Finding, Reach
from generator.diff.source.findings import Spot, finding

_COMPONENTS = Origin("", "/components/schemas")


def of_schema(
    old: Type, new: Type, spot: Spot, *, before: str, after: str
) -> Finding | None:
    """Give the finding about the schema that a field names, then and now."""
    key = _key(old)
    if not key or key != _key(new):
        return None
    at = None if "#/" in key else _COMPONENTS.child(key)
    here = Spot(python=f"schema {key}", old=at, new=at, reach=spot.reach)
    said = f"The schema {key} stood for {before} and stands for {after} now"
    return finding("schema-type-changed", here, said, before=before, after=after)


def _key(type_: Type) -> str:
    inner = type_.inner if isinstance(type_, Nullable) else type_
    return inner.key if isinstance(inner, Named) else ""


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings of one rule at one place, and what they reach."""
    made: dict[tuple[str, str, str], Finding] = {}
    for each in findings:
        key = (each.rule, each.path, each.detail)
        known = made.get(key)
        made[key] = each if known is None else _joined(known, each)
    return list(made.values())


def _joined(one: Finding, other: Finding) -> Finding:
    operations = {*one.reach.operations, *other.reach.operations}
    events = {*one.reach.events, *other.reach.events}
    reach = Reach(operations=tuple(sorted(operations)), events=tuple(sorted(events)))
    return replace(one, reach=reach)
