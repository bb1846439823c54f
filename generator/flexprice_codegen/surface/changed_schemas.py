"""Schemas that were renamed and changed in one step.

In: the names of an earlier run, and the current API. Out: for removed keys, the keys
that replace them: of schemas that are in a common place and are alike, or that
differ only in the schemas that they name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, EnumSchema, NamedSchema, ObjectSchema
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.places import are_alike, list_places
from flexprice_codegen.surface.renames import RenamedKeys


@frozen_value
class _KnownClass:
    """A class of an earlier run: its kind, its properties or values, its places."""

    kind: str
    content: frozenset[str]
    places: tuple[str, ...]


def find_changed_schemas(
    names: Iterable[AssignedName],
    api: Api,
    gone: Mapping[str, str],
    new: Mapping[str, str],
    renamed: RenamedKeys,
) -> dict[str, str]:
    """Return the current keys of schemas that were renamed and changed.

    A place where both are is a better sign than equal content, so places come first.
    Each pair gives further places.

    Args:
        names: The names of the earlier run.
        api: The current API.
        gone: The keys of removed schemas that have no current key yet, with their outer
            shapes.
        new: The keys of new schemas that replace no other yet, with theirs.
        renamed: The current keys of what was only renamed.
    """
    if not (gone and new):
        return {}
    known = _read_known_classes(names, gone)
    by_place = _index_by_place(api, new)

    found: dict[str, str] = {}
    while True:
        left = {key: each for key, each in known.items() if key not in found}
        free = {key: new[key] for key in new if key not in found.values()}
        # A place in something that was renamed has another key now.
        moved = {**renamed.operations, **renamed.schemas, **found}
        more = _pair_alike(left, api.schemas, by_place, moved)
        more = {old: key for old, key in more.items() if key in free}
        more = more or _pair_by_outer_shape(left, gone, free)
        if not more:
            return found
        found |= more


def _index_by_place(api: Api, new: Iterable[str]) -> dict[str, list[str]]:
    """Return the new schemas by the places where they are."""
    places = list_places(api, new)
    by_place: dict[str, list[str]] = defaultdict(list)
    for key in new:
        for place in _list_places_of(key, places.get(key, ())):
            by_place[place].append(key)
    return by_place


def _list_places_of(key: str, places: Iterable[str]) -> tuple[str, ...]:
    """Return the places of a schema; the key of an inline one is its place, too."""
    own = (key,) if SEPARATOR in key else ()
    return tuple(dict.fromkeys((*own, *places)))


def _pair_by_outer_shape(
    known: Mapping[str, _KnownClass], gone: Mapping[str, str], new: Mapping[str, str]
) -> dict[str, str]:
    """Pair schemas that differ only in the schemas that they name.

    A shape must be unique on both sides; classes without properties are all alike.
    """
    old_by_shape = _group_by_shape({k: gone[k] for k in known if known[k].content})
    new_by_shape = _group_by_shape(new)
    return {
        keys[0]: new_by_shape[shape][0]
        for shape, keys in old_by_shape.items()
        if len(keys) == len(new_by_shape.get(shape, ())) == 1
    }


def _group_by_shape(shapes: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of each shape."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, shape in shapes.items():
        groups[shape].append(key)
    return groups


def _read_known_classes(
    names: Iterable[AssignedName], keys: Container[str]
) -> dict[str, _KnownClass]:
    """Return the removed classes, whose content lock files of former versions lack."""
    listed = tuple(names)
    fields: dict[str, set[str]] = defaultdict(set)
    for each in listed:
        if each.kind in {"field", "member"}:
            fields[each.group].add(each.key)

    return {
        each.key: _KnownClass(
            each.kind,
            frozenset(
                {*each.regular, *fields[each.key]}
                if each.kind == "class"
                else fields[each.name]
            ),
            each.places,
        )
        for each in listed
        if each.kind in {"class", "enum"} and each.key in keys
    }


def _pair_alike(
    known: Mapping[str, _KnownClass],
    schemas: Mapping[str, NamedSchema],
    by_place: Mapping[str, list[str]],
    moved: Mapping[str, str],
) -> dict[str, str]:
    """Return the pairs of schemas in common places; none that is ambiguous."""
    pairs = {
        (old, new)
        for old, each in known.items()
        for place in _list_places_of(old, each.places)
        for new in by_place.get(_move_place(place, moved), ())
        if _is_alike(each, schemas[new])
    }
    olds = Counter(old for old, _ in pairs)
    news = Counter(new for _, new in pairs)
    return {old: new for old, new in pairs if olds[old] == news[new] == 1}


def _move_place(place: str, moved: Mapping[str, str]) -> str:
    owner, separator, rest = place.partition(SEPARATOR)
    return f"{moved.get(owner, owner)}{separator}{rest}"


def _is_alike(known: _KnownClass, schema: NamedSchema) -> bool:
    content = frozenset(_iter_content(schema))
    is_kind = isinstance(schema, EnumSchema) == (known.kind == "enum")
    return is_kind and bool(known.content) and are_alike(known.content, content)


def _iter_content(schema: NamedSchema) -> Iterator[str]:
    match schema:
        case ObjectSchema():
            yield from (each.wire for each in schema.properties)
        case EnumSchema():
            yield from (str(each.value) for each in schema.values)
        case _:
            return
