"""Schemas without a class of their own: what they mean is written out everywhere.

In: the types of a field or keyword, as the document has them. Out: the one finding about
the schema, where that is what has changed, so that it is not reported for each field.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.api.types import Nullable, Reference, Type
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    PythonText,
    create_finding,
)
from flexprice_codegen.frozen_values import replace

_COMPONENTS = Origin("", "/components/schemas")
_TYPE_CHANGED = RuleKey("none", "schema", "type", "changed")


def create_schema_finding(
    old: Type,
    new: Type,
    location: PythonLocation,
    *,
    before: PythonText,
    after: PythonText,
) -> Finding | None:
    """Create the finding about the schema that a field or keyword names, then and now.

    Args:
        old: The type as the older document has it.
        new: The same of the newer one.
        location: The field or keyword.
        before: What it was in Python.
        after: What it is in Python.

    Returns:
        The finding, None where the type has no name or another one.
    """
    key = _get_schema_key(old)
    if not key or key != _get_schema_key(new):
        return None
    # A key with a pointer in it is no component: it has no place of its own.
    at = None if "#/" in key else _COMPONENTS.get_child(key)
    return create_finding(
        _TYPE_CHANGED,
        PythonLocation(
            python=f"schema {key}", old=at, new=at, affected=location.affected
        ),
        f"schema `{key}` changed type: {before} → {after}",
        before=before,
        after=after,
    )


def _get_schema_key(type_: Type) -> str:
    inner = type_.inner if isinstance(type_, Nullable) else type_
    return inner.key if isinstance(inner, Reference) else ""


def merge_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, those of one rule at one place as one with all that they touch."""
    made: dict[tuple[RuleKey, str, str], Finding] = {}
    for finding in findings:
        place = (finding.key, finding.path, finding.detail)
        known = made.get(place, finding)
        affected = known.affected.merge_with(finding.affected)
        made[place] = replace(known, affected=affected)
    return list(made.values())
