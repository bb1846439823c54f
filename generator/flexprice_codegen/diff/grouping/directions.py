"""One edit of requests and of responses, in JSON and in XML: one finding.

In: findings of the wire. Out: the same, those of one edit joined: the same place and the
same values, once for each kind of message. The one with the highest level represents
the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleKey,
    get_general_location,
)

# What an edit does to the set of accepted values depends on the message: the same new
# type can be a wider one in JSON, and the same text in a form or in XML.
_SET_CHANGES: Mapping[Change, Change] = {
    "generalized": "changed",
    "specialized": "changed",
    "widened": "changed",
    "narrowed": "changed",
    "compatible": "changed",
}


def join_directions(wire: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of the wire, those of one edit joined."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in wire:
        edit = (
            finding.path,
            finding.detail,
            finding.before,
            finding.after,
            _get_edit(finding.key),
        )
        groups[edit].append(finding)

    return tuple(_merge_directions(group) for group in groups.values())


def _get_edit(key: RuleKey) -> tuple[Location, Concept, Change]:
    """Return what has happened to what, without who sends the value."""
    # `readOnly` is of a property as it is required here or there: what becomes required
    # at the same time is another edit.
    if key.concept in {"read-only", "write-only"}:
        return key.location, key.concept, key.change
    # One property may be required by one schema that takes it over (`allOf`) and not by
    # another, and a request asks less than a response promises.
    change = _SET_CHANGES.get(key.change, key.change)
    return get_general_location(key.location), key.concept, change


def _merge_directions(group: Sequence[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    # `sorted` is stable: of equally grave ones the first speaks.
    first, *others = sorted(group, key=lambda finding: -finding.level.rank)
    affected = first.affected
    for other in others:
        affected = affected.merge_with(other.affected)
    return replace(first, affected=affected, parts=tuple(group))
