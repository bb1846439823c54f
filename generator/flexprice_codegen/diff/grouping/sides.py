"""One edit, one finding: what changes the wire and Python is reported once.

In: the findings of both sides, with origins. Out: the findings of the wire, those that
an edit of Python is about joined with it, and what is left of Python's. A pair is of one
edit where it is about the same node of the document, or a keyword of it, and about the
same thing: that it is gone, that it is required, its type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.directions import join_directions
from flexprice_codegen.diff.grouping.topics import is_same_topic
from flexprice_codegen.diff.rules.name_rules import NAME_RULES_BY_KEY
from flexprice_codegen.diff.rules.rule_key import Location, RuleKey
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO
from flexprice_codegen.frozen_values import replace

_BOTH = frozenset(Side)
_SOURCE = frozenset({Side.SOURCE})
# A credential has a name in the environment as well, of which the wire knows nothing.
_SAY_MORE: frozenset[Location] = frozenset({"credential"})
# What handlers got before is no concern of the wire either.
_EVENT_ADDED: Final = RuleKey("none", "event-constant", "itself", "added")


def join_sides(
    wire: Sequence[Finding], source: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Return the findings of both sides, each of Python's with one of the wire at most."""
    index = _index_by_origin(wire)
    partners: dict[int, list[Finding]] = defaultdict(list)
    alone = []
    for finding in source:
        number = _find_partner(finding, wire, index)
        if number is None:
            alone.append(finding)
        else:
            partners[number].append(finding)

    joined = (
        _join_findings(finding, partners[number]) if number in partners else finding
        for number, finding in enumerate(wire)
    )
    return (*joined, *alone)


def _index_by_origin(wire: Sequence[Finding]) -> dict[tuple[str, str, str], list[int]]:
    """Return the numbers of findings by the nodes they are about, and those above them."""
    index: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, finding in enumerate(wire):
        for version, at in (("old", finding.old), ("new", finding.new)):
            if isinstance(at, Origin):
                for pointer in _iter_owners(at.pointer):
                    index[version, at.resource, pointer].append(number)
    return index


def _iter_owners(pointer: str) -> Iterator[str]:
    """Yield a pointer and those above it up to the property that it is a part of."""
    tokens = pointer.split("/")
    paths = list(accumulate(tokens, lambda before, token: f"{before}/{token}"))
    for number in range(len(paths) - 1, 0, -1):
        yield paths[number]
        if tokens[number - 1] == "properties":
            return


def _find_partner(
    source: Finding,
    wire: Sequence[Finding],
    index: dict[tuple[str, str, str], list[int]],
) -> int | None:
    """Return the number of the wire's finding about the same edit: the nearest of the highest level."""
    near = [
        set(index.get((version, at.resource, at.pointer), ()))
        for version, at in (("old", source.old), ("new", source.new))
        if isinstance(at, Origin)
    ]
    common = set.intersection(*near) if near else set()
    if not common and source.key.location == "enum-member":
        # The enum may have got a schema of its own: then it is one node in one version
        # and another in the other.
        common = set[int]().union(*near)

    found = [
        number
        for number in common
        if is_same_topic(source.key, wire[number].key)
        and _has_same_value(source, wire[number])
    ]
    return min(
        found, key=lambda number: _measure_distance(source, wire[number]), default=None
    )


def _has_same_value(source: Finding, wire: Finding) -> bool:
    """Compare what both are about where one place has several: the values of an enum."""
    if source.key.location != "enum-member":
        return True
    value = source.before or source.after
    # Both are the value as Python writes it, in quotes of either kind.
    return value.strip("\"'") == wire.detail.strip("\"'")


def _measure_distance(source: Finding, wire: Finding) -> tuple[int, int, str]:
    depth = sum(
        _measure_depth(theirs) - _measure_depth(ours)
        for ours, theirs in ((source.old, wire.old), (source.new, wire.new))
        if ours is not None
    )
    # The id decides between equals, so that the order of the wire's findings does not.
    return depth, -wire.level.rank, wire.rule


def _measure_depth(at: Origin | FileLocation | None) -> int:
    return at.pointer.count("/") if isinstance(at, Origin) else 0


def _join_findings(wire: Finding, source: Sequence[Finding]) -> Finding:
    """Return one finding for those of one edit, with the sentence of the wire."""
    together = [wire, *source]
    level = max(together, key=lambda finding: finding.level.rank).level
    # The reason why a part is harmless would contradict the level of the whole.
    deciding = [finding for finding in together if finding.level is level]
    return replace(
        wire,
        sides=_BOTH,
        level=level,
        python=source[0].python,
        message=_choose_message(wire, source),
        why=_join_texts([_mark_python(one, one.why) for one in deciding]),
        fix=_join_texts([_mark_python(one, one.fix) for one in deciding]),
        parts=(*(wire.parts or (wire,)), *source),
    )


def says_more_in_python(finding: Finding) -> bool:
    """Return whether a finding about Python says what its wire side does not."""
    return finding.key.location in _SAY_MORE or finding.key == _EVENT_ADDED


def _choose_message(wire: Finding, source: Sequence[Finding]) -> str:
    """Return the sentence of the wire, with that of Python if it says more."""
    more = [one.message for one in source if says_more_in_python(one)]
    return ". In Python: ".join((wire.message, *more))


def _mark_python(finding: Finding, text: str) -> str:
    is_python = finding.sides == _SOURCE and text != NOTHING_TO_DO
    return f"In Python: {text}" if text and is_python else text


def _join_texts(texts: Sequence[str]) -> str:
    # Several findings about Python can have the same advice.
    return " ".join(dict.fromkeys(text for text in texts if text))


def get_parts_on_side(finding: Finding, side: Side) -> tuple[Finding, ...]:
    """Return what a finding says of one side, nothing where it is not felt there.

    A name that was joined to its effect on Python is not reported in addition.
    """
    if side not in finding.sides:
        return ()
    parts = [part for part in finding.parts if side in part.sides]
    main = [part for part in parts if part.key not in NAME_RULES_BY_KEY]
    # The parts of both directions are one edit, on one side as on both.
    return join_directions(main or parts) or (finding,)
