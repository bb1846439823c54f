"""One edit of what is sent and of what comes back: told once.

In: findings of the wire. Out: the same, those of one edit joined: the same place, the
same thing, once for requests and once for responses. The graver one speaks for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from generator.diff.finding import Finding
from generator.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleKey,
    get_general_location,
)


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
    return get_general_location(key.location), key.concept, key.change


def _merge_directions(group: Sequence[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    # `sorted` is stable: of equally grave ones the first speaks.
    first, *others = sorted(group, key=lambda finding: -finding.level.rank)
    affected = first.affected
    for other in others:
        affected = affected.merge_with(other.affected)
    return replace(first, affected=affected, parts=tuple(group))
