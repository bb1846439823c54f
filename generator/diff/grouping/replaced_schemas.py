"""Another schema in the same place: one edit, however many properties differ.

In: findings of both sides, and both `Api`s. Out: the findings of Python that say that a
place has another class now, each with all that the two schemas differ by on the wire,
and the rest of the wire's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.api.model import Alias, Api, Definition, Record
from generator.api.types import Type
from generator.api.walk import names_in
from generator.diagnostics import Origin, Place
from generator.diff.finding import Finding
from generator.diff.rules.rule_key import (
    Change,
    Location,
    RuleKey,
    get_general_location,
)
from generator.diff.rules.severity import Side

_NAME = re.compile(r"[^\W\d]\w*")
_COMPONENTS = "/components/schemas/"
_SHOWN = 6
_REMOVED: frozenset[Change] = frozenset({"removed"})
_ADDED: frozenset[Change] = frozenset({"added", "added-with-default"})
_PROPERTIES: frozenset[Location] = frozenset(
    {"property", "write-only-property", "parameter-property", "header-property"}
)


@dataclass(frozen=True, slots=True)
class ClassIndex:
    """One version: its definitions, and the key of each class of its client."""

    api: Api
    keys: Mapping[str, str]


def group_replaced_schemas(
    wire: Sequence[Finding], source: Sequence[Finding], old: ClassIndex, new: ClassIndex
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Give the wire's findings that are left, and all of Python's."""
    swapped = _find_replaced(source, old, new)
    claimed: dict[int, list[Finding]] = defaultdict(list)
    left = []
    for each in wire:
        number = swapped.get(
            (_get_component_key(each.old), _get_component_key(each.new))
        )
        if number is None:
            left.append(each)
        else:
            claimed[number].append(each)
    told = (
        _merge_replacement(each, claimed[number]) if number in claimed else each
        for number, each in enumerate(source)
    )
    return tuple(left), tuple(told)


def _find_replaced(
    source: Sequence[Finding], old: ClassIndex, new: ClassIndex
) -> dict[tuple[str, str], int]:
    """Give the pairs of definitions of which one took the other's place, and where."""
    found: dict[tuple[str, str], int] = {}
    for number, each in enumerate(source):
        if not _is_retyped(each.key):
            continue
        before = [old.keys[n] for n in _NAME.findall(each.before) if n in old.keys]
        after = [new.keys[n] for n in _NAME.findall(each.after) if n in new.keys]
        if len(before) == len(after) == 1 and before != after:
            found.setdefault((before[0], after[0]), number)
    pending = list(found)
    while pending:
        pair = pending.pop()
        sides = old.api.definitions.get(pair[0]), new.api.definitions.get(pair[1])
        for below in _iter_nested_pairs(*sides):
            if below not in found:
                found[below] = found[pair]
                pending.append(below)
    return found


def _is_retyped(key: RuleKey) -> bool:
    """Return whether a rule about Python says that a place has another type."""
    return (key.concept == "type" and key.change == "changed") or (
        key.concept == "payload"
    )


def _iter_nested_pairs(
    old: Definition | None, new: Definition | None
) -> Iterator[tuple[str, str]]:
    """Give the different definitions that stand in the same place of two definitions."""
    match old, new:
        case (Record(), Record()):
            types = {each.wire: each.type for each in new.properties}
            for each in old.properties:
                if each.wire in types:
                    yield from _iter_replaced_names(each.type, types[each.wire])
        case (Alias(), Alias()):
            yield from _iter_replaced_names(old.type, new.type)
        case _:
            return


def _iter_replaced_names(old: Type, new: Type) -> Iterator[tuple[str, str]]:
    before, after = list(names_in(old)), list(names_in(new))
    if len(before) == len(after) == 1 and before != after:
        yield before[0], after[0]


def _get_component_key(at: Origin | Place | None) -> str:
    """Give the key of the component that a node is in; nothing outside of them."""
    if not isinstance(at, Origin) or at.resource:
        return ""
    if not at.pointer.startswith(_COMPONENTS):
        return ""
    token = at.pointer.removeprefix(_COMPONENTS).partition("/")[0]
    return token.replace("~1", "/").replace("~0", "~")


def _merge_replacement(source: Finding, wire: Sequence[Finding]) -> Finding:
    """Tell what a swap means on the wire: which properties are gone, which are new."""
    parts = [
        f"{word} {_format_names(names)}"
        for word, names in (
            ("gone:", _list_property_names(wire, _REMOVED)),
            ("new:", _list_property_names(wire, _ADDED)),
        )
        if names
    ]
    tail = f" ({'; '.join(parts)})" if parts else ""
    number = len(wire)
    counted = "is 1 difference" if number == 1 else f"are {number:,} differences"
    return replace(
        source,
        sides=frozenset(Side),
        level=max((source, *wire), key=lambda each: each.level.rank).level,
        message=f"{source.message}. On the wire there {counted}{tail}",
        parts=(*wire, source),
    )


def _list_property_names(
    wire: Sequence[Finding], changes: frozenset[Change]
) -> list[str]:
    """Return the names of the properties that came or went."""
    found = (
        each.path.rpartition("/")[2]
        for each in wire
        if each.key.change in changes and _is_about_property(each.key)
    )
    return list(dict.fromkeys(found))


def _is_about_property(key: RuleKey) -> bool:
    """Return whether a rule is about a whole property, and not about its keywords."""
    return key.concept == "itself" and get_general_location(key.location) in _PROPERTIES


def _format_names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
