"""One edit, one finding: what is felt on the wire and in Python is told once.

In: the findings of both sides, with origins. Out: the findings of the wire, those that
an edit of Python is about joined with it, and what is left of Python's. A pair is of one
edit where it is about the same node of the document, or a keyword of it, and about the
same thing: that it is gone, that it is required, its type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from generator.diagnostics import Origin, Place
from generator.diff.finding import Finding
from generator.diff.rules.name_rules import NAME_RULES_BY_KEY
from generator.diff.rules.severity import Side

_TOPICS = (
    ("enum-member-", {"enum"}),
    ("-type-", {"type", "types", "format", "enum", "any", "one", "list"}),
    ("kind-changed", {"type", "types", "enum"}),
    ("-nullable", {"nullable", "optional", "required", "null"}),
    ("-became-required", {"required"}),
    ("-became-optional", {"optional"}),
    ("-default-", {"default"}),
    ("-removed", {"removed", "deleted"}),
    ("-added", {"added", "new"}),
)
"""Parts of the ids of Python's rules, and the words of which the wire's has one."""
_BOTH = frozenset(Side)


def join_sides(
    wire: Sequence[Finding], source: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Join findings; each of Python's goes to one of the wire's at most."""
    index = _index_by_origin(wire)
    partners: dict[int, list[Finding]] = defaultdict(list)
    alone = []
    for each in source:
        number = _find_partner(each, wire, index)
        if number is None:
            alone.append(each)
        else:
            partners[number].append(each)
    joined = (
        _join_findings(each, partners[number]) if number in partners else each
        for number, each in enumerate(wire)
    )
    return (*joined, *alone)


def _index_by_origin(wire: Sequence[Finding]) -> dict[tuple[str, str, str], list[int]]:
    """Find the wire's findings by the nodes they are about, and those above them."""
    made: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(wire):
        for name, at in (("old", each.old), ("new", each.new)):
            if isinstance(at, Origin):
                for pointer in _iter_owners(at.pointer):
                    made[name, at.resource, pointer].append(number)
    return made


def _iter_owners(pointer: str) -> Iterator[str]:
    """Give a pointer and those above it up to the property that it is a part of."""
    tokens = pointer.split("/")
    paths = list(accumulate(tokens, lambda before, token: f"{before}/{token}"))
    for number in range(len(paths) - 1, 0, -1):
        yield paths[number]
        if tokens[number - 1] == "properties":
            return


def _find_partner(
    each: Finding,
    wire: Sequence[Finding],
    index: dict[tuple[str, str, str], list[int]],
) -> int | None:
    """Find the finding of the wire that is about the same edit: the nearest, gravest."""
    words = next((words for part, words in _TOPICS if part in each.rule), None)
    if words is None:
        return None
    sets = [
        set(index.get((name, at.resource, at.pointer), ()))
        for name, at in (("old", each.old), ("new", each.new))
        if isinstance(at, Origin)
    ]
    common = set.intersection(*sets) if sets else set()
    if not common and each.rule.startswith("enum-member-"):
        common = set.union(*sets)  # the enum may have got a schema of its own
    found = [
        number
        for number in common
        if words & set(wire[number].rule.split("-"))
        and _has_same_value(each, wire[number])
    ]
    return min(
        found, key=lambda number: _measure_distance(each, wire[number]), default=None
    )


def _has_same_value(source: Finding, wire: Finding) -> bool:
    """Compare what both are about where one place has several: the values of an enum."""
    if not source.rule.startswith("enum-member-"):
        return True
    value = source.before or source.after
    return value.strip("\"'") == wire.detail.strip("\"'")


def _measure_distance(source: Finding, wire: Finding) -> tuple[int, int, str]:
    depth = sum(
        _measure_depth(theirs) - _measure_depth(ours)
        for ours, theirs in ((source.old, wire.old), (source.new, wire.new))
        if ours is not None and theirs is not None
    )
    return depth, -wire.level.rank, wire.rule


def _measure_depth(at: Origin | Place) -> int:
    return at.pointer.count("/") if isinstance(at, Origin) else 0


def _join_findings(wire: Finding, source: Sequence[Finding]) -> Finding:
    """Make one finding of those of one edit; what the wire says comes first."""
    return replace(
        wire,
        sides=_BOTH,
        level=max((wire, *source), key=lambda each: each.level.rank).level,
        python=source[0].python,
        message=_join_texts(
            [wire.message, *(each.message for each in source)], ". In Python: "
        ),
        why=_join_texts([wire.why, *(each.why for each in source)], " In Python: "),
        fix=_join_texts([wire.fix, *(each.fix for each in source)], " In Python: "),
        parts=(*(wire.parts or (wire,)), *source),
    )


def _join_texts(texts: Sequence[str], joint: str) -> str:
    return joint.join(dict.fromkeys(text for text in texts if text))


def get_parts_on_side(each: Finding, side: Side) -> tuple[Finding, ...]:
    """Give what a finding says of one side, nothing where it is not felt there.

    A label that was joined to what it does to Python is not told beside it.
    """
    if side not in each.sides:
        return ()
    parts = [part for part in each.parts if side in part.sides]
    told = [part for part in parts if part.key not in NAME_RULES_BY_KEY]
    return tuple(told or parts) or (each,)
