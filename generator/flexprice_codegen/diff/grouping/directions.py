"""One edit of what is sent and of what comes back: told once.

In: findings of the wire. Out: the same, those of one edit joined: the same place, the
same thing, once for requests and once for responses. The graver one speaks for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flexprice_codegen.diff.finding import AffectedParts, Finding

_WAYS = frozenset({"request", "response"})
_NO_CONCEPT = frozenset({*_WAYS, "optional", "required"})
_WORDS = {"new": "added"}


def join_directions(wire: Sequence[Finding]) -> tuple[Finding, ...]:
    """Join the findings of one edit."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for each in wire:
        key = (
            each.path,
            each.detail,
            each.before,
            each.after,
            _get_rule_words(each.rule),
        )
        groups[key].append(each)
    return tuple(_merge_directions(found) for found in groups.values())


def _get_rule_words(rule: str) -> frozenset[str]:
    """Give the words of a rule's id without those that say which way a value travels."""
    words = rule.split("-")
    kept = {_WORDS.get(each, each) for each in words if each not in _WAYS}
    return frozenset(kept if "became" in words else kept - _NO_CONCEPT)


def _merge_directions(found: Sequence[Finding]) -> Finding:
    if len(found) == 1:
        return found[0]
    first, *others = sorted(found, key=lambda each: -each.level.rank)
    return replace(
        first,
        affected=AffectedParts(
            operations=_merge_names(
                each.affected.operations for each in (first, *others)
            ),
            events=_merge_names(each.affected.events for each in (first, *others)),
        ),
        parts=tuple(found),
    )


def _merge_names(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for each in names for name in each}))
