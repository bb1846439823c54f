"""Another schema in the same place: one edit, however many properties differ.

In: findings of both sides, and both `Api`s. Out: the findings of Python that say that a
place has another class now, each with all that the two schemas differ by on the wire,
and the rest of the wire's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.api.model import AliasSchema, Api, NamedSchema, ObjectSchema
from flexprice_codegen.api.reachability import iter_keys_in_type
from flexprice_codegen.api.types import Type
from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Location,
    RuleKey,
    get_general_location,
)
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import split_pointer

# A message names a few properties; the parts of the finding have them all.
_MAX_NAMES = 6
_ADDED: frozenset[Change] = frozenset({"added", "added-with-default"})
_REMOVED: frozenset[Change] = frozenset({"removed"})
_PROPERTIES: frozenset[Location] = frozenset(
    {"property", "write-only-property", "parameter-property", "header-property"}
)


@frozen_value
class ClassIndex:
    """One version: its definitions, and the key of each class of its client."""

    api: Api
    keys: Mapping[str, str]


def group_replaced_schemas(
    wire: Sequence[Finding], source: Sequence[Finding], old: ClassIndex, new: ClassIndex
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Join what two schemas differ by to the place where one took the other's.

    Args:
        wire: The findings of the wire.
        source: The findings about Python.
        old: The older version.
        new: The newer version.

    Returns:
        The findings of the wire that are left, and all of Python's.
    """
    replaced = _find_replaced(source, old, new)
    claimed: dict[int, list[Finding]] = defaultdict(list)
    left = []
    for finding in wire:
        schemas = _get_component_key(finding.old), _get_component_key(finding.new)
        numbers = replaced.get(schemas)
        if numbers is None:
            left.append(finding)
        else:
            for number in numbers:
                claimed[number].append(finding)

    told = (
        _merge_replacement(finding, claimed[number]) if number in claimed else finding
        for number, finding in enumerate(source)
    )
    return tuple(left), tuple(told)


def _find_replaced(
    source: Sequence[Finding], old: ClassIndex, new: ClassIndex
) -> dict[tuple[str, str], set[int]]:
    """Return the pairs of schemas of which one took the other's place, and where.

    The places are the numbers of the findings of Python that say so: whoever accepts
    the edit of one of them still hears of the others. What is in one place of both
    schemas of a pair is a pair as well.
    """
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, finding in enumerate(source):
        if not _is_retyped(finding.key):
            continue
        before = [old.keys[name] for name in finding.classes_before]
        after = [new.keys[name] for name in finding.classes_after]
        # Of several classes it is not known which took the place of which.
        if len(before) == len(after) == 1 and before != after:
            found[before[0], after[0]].add(number)

    pending = list(found)
    while pending:
        pair = pending.pop()
        one = old.api.schemas.get(pair[0])
        other = new.api.schemas.get(pair[1])
        for nested in _iter_nested_pairs(one, other):
            if not found[pair] <= found[nested]:
                found[nested] |= found[pair]
                pending.append(nested)
    return dict(found)


def _is_retyped(key: RuleKey) -> bool:
    """Return whether a rule about Python says that a place has another type."""
    is_type = key.concept == "type" and key.change == "changed"
    return is_type or key.concept == "payload"


def _iter_nested_pairs(
    old: NamedSchema | None, new: NamedSchema | None
) -> Iterator[tuple[str, str]]:
    """Yield the different definitions that are in the same place of two definitions."""
    match old, new:
        case (ObjectSchema(), ObjectSchema()):
            types = {prop.wire: prop.type for prop in new.properties}
            for prop in old.properties:
                if prop.wire in types:
                    yield from _iter_replaced_names(prop.type, types[prop.wire])
        case (AliasSchema(), AliasSchema()):
            yield from _iter_replaced_names(old.type, new.type)
        case _:
            return


def _iter_replaced_names(old: Type, new: Type) -> Iterator[tuple[str, str]]:
    before = list(iter_keys_in_type(old))
    after = list(iter_keys_in_type(new))
    if len(before) == len(after) == 1 and before != after:
        yield before[0], after[0]


def _get_component_key(at: Origin | FileLocation | None) -> str:
    """Return the key of the component that a node is in; nothing outside of them."""
    if not isinstance(at, Origin) or at.resource:
        return ""
    match split_pointer(at.pointer):
        case ["components", "schemas", key, *_]:
            return key
        case _:
            return ""


def _merge_replacement(source: Finding, wire: Sequence[Finding]) -> Finding:
    """Return the finding with what the replacement means on the wire as its parts."""
    removed = _list_property_names(wire, _REMOVED)
    added = _list_property_names(wire, _ADDED)
    parts = []
    if removed:
        parts.append(f"removed: {_format_names(removed)}")
    if added:
        parts.append(f"added: {_format_names(added)}")
    names = f" ({'; '.join(parts)})" if parts else ""
    number = len(wire)
    counted = "1 difference" if number == 1 else f"{number:,} differences"
    return replace(
        source,
        sides=frozenset(Side),
        level=max((source, *wire), key=lambda finding: finding.level.rank).level,
        message=f"{source.message}, with {counted} on the wire{names}",
        parts=(*wire, source),
    )


def _list_property_names(
    wire: Sequence[Finding], changes: frozenset[Change]
) -> list[str]:
    """Return the names of the properties that came or went, each once."""
    names = (
        _get_property_name(finding)
        for finding in wire
        if finding.key.change in changes and _is_about_property(finding.key)
    )
    return list(dict.fromkeys(names))


def _get_property_name(finding: Finding) -> str:
    """Return the name of a property that came or went, by its node where it is."""
    at = finding.old if finding.key.change in _REMOVED else finding.new
    assert isinstance(at, Origin)  # places are known once all findings are
    return split_pointer(at.pointer)[-1]


def _is_about_property(key: RuleKey) -> bool:
    """Return whether a rule is about a whole property, and not about its keywords."""
    return key.concept == "itself" and get_general_location(key.location) in _PROPERTIES


def _format_names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MAX_NAMES])
    more = len(names) - _MAX_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
