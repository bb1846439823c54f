"""Fields of bodies and answers that hints name, as `pagination.total`.

In: a type of the wire and a path of wire names; `events[]` is each event. Out: the type
of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flexprice_codegen.api.model import Alias, Definition, Record
from flexprice_codegen.api.types import Anything, Choice, ListOf, Named, Nullable, Type

Definitions = Mapping[str, Definition]


def at(
    definitions: Definitions, type_: Type | None, path: str, *, sent: bool = False
) -> Type | None:
    """Give the type of the field at a path; None where there is no such field.

    With `sent`, fields that are only received are none.
    """
    if type_ is None or not path:
        return type_
    name, _, rest = path.partition(".")
    for each in plain(definitions, type_):
        found = _member(each, name.removesuffix("[]"), sent=sent)
        if found is not None and name.endswith("[]"):
            found = _element(definitions, found)
        found = at(definitions, found, rest, sent=sent)
        if found is not None:
            return found
    return None


def plain(
    definitions: Definitions, type_: Type, seen: frozenset[str] = frozenset()
) -> Iterator[Record | Type]:
    """Look through names, aliases, null and choices."""
    match type_:
        case Named(key=key) if key not in seen:
            definition = definitions.get(key)
            if isinstance(definition, Record):
                yield definition
            elif isinstance(definition, Alias):
                yield from plain(definitions, definition.type, seen | {key})
        case Nullable(inner=inner):
            yield from plain(definitions, inner, seen)
        case Choice(options=options):
            for each in options:
                yield from plain(definitions, each, seen)
        case Named():
            pass
        case _:
            yield type_


def _member(owner: Record | Type, name: str, *, sent: bool) -> Type | None:
    if isinstance(owner, Anything):
        return owner
    if not isinstance(owner, Record):
        return None
    named = (
        each.type
        for each in owner.properties
        if each.wire == name and not (sent and each.read_only)
    )
    return next(named, None)


def _element(definitions: Definitions, type_: Type) -> Type | None:
    lists = (each for each in plain(definitions, type_) if isinstance(each, ListOf))
    return next((each.item for each in lists), None)
