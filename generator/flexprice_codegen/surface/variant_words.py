"""Words for the variants of an inline union that have no titles.

In: the keys of the variants, and the schemas. Out: the words for each. A variant has a
number only if nothing else separates it from the others: a constant, a property that it
alone has, its kind, or what it contains.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeAlias

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
)
from flexprice_codegen.api.types import Literals
from flexprice_codegen.words import build_class_name

Path: TypeAlias = tuple[str, ...]
VariantWords: TypeAlias = Mapping[str, tuple[str, ...] | None]
"""The words for each variant of a union; None if it needs a number."""
_Schemas: TypeAlias = Mapping[str, NamedSchema | None]
"""The schema of each variant, by the part of its key; None for a list or a map."""
_Words: TypeAlias = dict[str, tuple[str, ...]]

_PLAIN: Final = "Plain"
"""The word for the only variant without a property of its own."""
_OTHER: Final = "Other"
"""The word for the only variant whose property is not a constant."""
_MOST_PROPERTIES: Final = 3
"""Of more optional properties, none says what a variant is."""


def name_variants(
    parent: str,
    parts: Mapping[str, Collection[Path]],
    schemas: Mapping[str, NamedSchema],
) -> VariantWords:
    """Return words for each variant, by what separates it from the others.

    Args:
        parent: The key of the union.
        parts: The paths to what each variant contains, by the part of its key.
        schemas: All schemas, by key.
    """
    found = {part: schemas.get(f"{parent}{SEPARATOR}{part}") for part in parts}
    constants = _name_by_constants(found)
    if constants is not None:
        return constants

    words: dict[str, tuple[str, ...] | None] = dict.fromkeys(parts)
    for part, paths in parts.items():
        others = {path for other in parts if other != part for path in parts[other]}
        # The words for the elements of a list are enough if only one variant has them.
        if () not in paths and others.isdisjoint(paths):
            words[part] = ()
    rest = [part for part, word in words.items() if word is None]
    if len(parts) == 1 or not rest:
        return words

    named = _name_by_requirements(found) | _name_by_kinds(found)
    if not _is_enough(named, rest):
        # A list is what its elements are.
        inner = {
            part: _find_schema(f"{parent}{SEPARATOR}{part}", parts[part], schemas)
            for part in rest
        }
        named = _name_by_differences(inner) | _name_by_kinds(inner)
    # Words for some of them say less than numbers for all.
    if _is_enough(named, rest):
        words |= {part: named[part] for part in rest}
    return words


def _is_enough(words: Mapping[str, Path], parts: Collection[str]) -> bool:
    """Return whether each of some variants has words of its own."""
    found = {words[part] for part in parts if part in words}
    return len(found) == len(parts)


def _find_schema(
    key: str, paths: Iterable[Path], schemas: Mapping[str, NamedSchema]
) -> NamedSchema | None:
    """Return the schema of a variant, or that of its elements; None if it has several."""
    found = [schemas.get(SEPARATOR.join((key, *path))) for path in paths]
    return found[0] if len(found) == 1 else schemas.get(key)


def _name_by_constants(found: _Schemas) -> _Words | None:
    """Return the value of a property that differs among all variants, if there is one."""
    constants = [_list_constants(each) for each in found.values()]
    if len(found) == 1:
        return None
    for wire in constants[0]:
        values = [each.get(wire, "") for each in constants]
        words = [build_class_name(value, "Option") if value else "" for value in values]
        if all(words) and len(set(words)) == len(words):
            pairs = zip(found, words, strict=True)
            return {part: (word,) for part, word in pairs}
    return None


def _name_by_requirements(found: _Schemas) -> _Words:
    """Return the property of each variant that it requires, and no other one has."""
    words: _Words = {}
    for part, own in _list_own_properties(found).items():
        required = [wire for wire, is_required in own if is_required]
        if len(required) == 1:
            words[part] = (build_class_name(required[0], "Option"),)
    return words


def _name_by_kinds(found: _Schemas) -> _Words:
    """Return the kind of the only enum, and of the only union, among other variants."""
    words: _Words = {}
    for kind, word in ((EnumSchema, "Enum"), (AliasSchema, "Union")):
        parts = [part for part, each in found.items() if isinstance(each, kind)]
        if len(parts) == 1:
            words[parts[0]] = (word,)
    return words


def _name_by_differences(found: _Schemas) -> _Words:
    """Return a constant of each variant that most have, or else a property of its own.

    Variants with one constant are distinguished by their properties as well.
    """
    objects = {k: each for k, each in found.items() if isinstance(each, ObjectSchema)}
    constants = {part: _list_constants(each) for part, each in objects.items()}
    often = Counter(wire for each in constants.values() for wire in each)
    for wire, count in often.items():
        if count < len(objects) - 1:
            continue
        groups: dict[str, list[str]] = defaultdict(list)
        for part in objects:
            groups[constants[part].get(wire, "")].append(part)
        if len(groups) > 1:
            return _name_groups(wire, groups, objects)
    return _name_by_properties(objects)


def _name_groups(
    wire: str,
    groups: Mapping[str, Collection[str]],
    objects: Mapping[str, ObjectSchema],
) -> _Words:
    """Return words for the variants with each value of a constant.

    Args:
        wire: The property of the constant.
        groups: The variants with each value; those without it have an empty one.
        objects: The schemas of all variants.
    """
    words: _Words = {}
    for value, parts in groups.items():
        members = {part: objects[part] for part in parts}
        has_property = any(
            each.wire == wire for one in members.values() for each in one.properties
        )
        rest = _OTHER if has_property else _PLAIN
        first = build_class_name(value, "Option") if value else rest
        if len(parts) == 1:
            words[next(iter(parts))] = (first,)
            continue
        for part, own in _name_by_properties(members).items():
            words[part] = (first, *own)
    return words


def _name_by_properties(found: _Schemas) -> _Words:
    """Return a property of each variant that no other one has."""
    words: _Words = {}
    without: list[str] = []
    for part, own in _list_own_properties(found).items():
        required = [wire for wire, is_required in own if is_required]
        if required or 0 < len(own) <= _MOST_PROPERTIES:
            wire = (*required, *(wire for wire, _ in own))[0]
            words[part] = (build_class_name(wire, "Option"),)
        elif not own:
            without.append(part)
    return words | ({without[0]: (_PLAIN,)} if len(without) == 1 else {})


def _list_own_properties(found: _Schemas) -> dict[str, list[tuple[str, bool]]]:
    """Return the properties that one variant alone has, and whether it requires them."""
    objects = {k: each for k, each in found.items() if isinstance(each, ObjectSchema)}
    often = Counter(
        each.wire for schema in objects.values() for each in schema.properties
    )
    return {
        part: [(e.wire, e.required) for e in schema.properties if often[e.wire] == 1]
        for part, schema in objects.items()
    }


def _list_constants(definition: NamedSchema | None) -> dict[str, str]:
    """Return the properties of an object that have a single string."""
    if not isinstance(definition, ObjectSchema):
        return {}
    return {
        each.wire: str(each.type.values[0])
        for each in definition.properties
        if isinstance(each.type, Literals)
        and len(each.type.values) == 1
        and isinstance(each.type.values[0], str)
    }
