"""Schemas that were renamed and changed in one step.

In: the names of an earlier run, and the current API. Out: for removed keys, the keys
that replace them: of schemas that are in a common place and are alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, EnumSchema, NamedSchema, ObjectSchema
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.places import are_alike, list_places


@frozen_value
class _KnownClass:
    """A class of an earlier run: its kind, its properties or values, its places."""

    kind: str
    content: frozenset[str]
    places: tuple[str, ...]


def find_changed_schemas(
    names: Iterable[AssignedName],
    api: Api,
    gone: Iterable[str],
    new: Iterable[str],
    renamed: Mapping[str, str],
) -> dict[str, str]:
    """Return the current keys of schemas that were renamed and changed.

    Args:
        names: The names of the earlier run.
        api: The current API.
        gone: The keys of removed schemas.
        new: The keys of new schemas.
        renamed: The current keys of schemas that were only renamed.
    """
    left = {key for key in gone if key not in renamed and SEPARATOR not in key}
    free = {key for key in new if SEPARATOR not in key} - set(renamed.values())
    if not (left and free):
        return {}

    known = _read_known_classes(names, left)
    by_place: dict[str, list[str]] = defaultdict(list)
    for key, places in list_places(api).items():
        for place in places if key in free else ():
            by_place[place].append(key)

    found: dict[str, str] = {}
    while True:
        # A place in a schema that was renamed has another key now.
        moved = {**renamed, **found}
        more = _pair_alike(known, api.schemas, by_place, moved)
        if not more.keys() - found.keys():
            return found
        found |= more


def _read_known_classes(
    names: Iterable[AssignedName], keys: set[str]
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
        for place in each.places
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
