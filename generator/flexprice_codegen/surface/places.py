"""The places where an API uses its schemas.

In: an `Api`. Out: for each schema, the bodies, responses, parameters, events, and
properties that name it. A schema that is renamed and changed in one step is recognized
by a place where it is in both versions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import AliasSchema, Api, Content, ObjectSchema
from flexprice_codegen.api.reachability import iter_keys_in_type
from flexprice_codegen.api.types import Type

_LEAST_COMMON = 0.5
"""The share of properties or values that two schemas have in common at least."""


def are_alike(before: Collection[object], after: Collection[object]) -> bool:
    """Return whether two contents are those of one class that has changed.

    `diff` and the names of an earlier run decide by it. Below a half, one class has
    replaced the other.

    Args:
        before: The properties of a class, or the values of an enum.
        after: Those of the other one.
    """
    old = frozenset(before)
    new = frozenset(after)
    return old == new or len(old & new) >= _LEAST_COMMON * max(len(old), len(new))


def list_places(api: Api, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the places of some schemas, sorted, by the key of the schema."""
    found: dict[str, set[str]] = {key: set() for key in keys}
    for owner, part, type_ in _iter_parts(api) if found else ():
        for key in iter_keys_in_type(type_):
            if key in found:
                found[key].add(f"{owner}{part}")
    return {key: tuple(sorted(places)) for key, places in found.items() if places}


def iter_places(api: Api) -> Iterator[tuple[str, Type]]:
    """Yield each place of an API with the type that is there."""
    for owner, part, type_ in _iter_parts(api):
        yield f"{owner}{part}", type_


def _iter_parts(api: Api) -> Iterator[tuple[str, str, Type]]:
    """Yield each place in two parts, because few of them are written down."""
    for operation in api.operations:
        owner = f"{operation.key}{SEPARATOR}"
        for each in operation.parameters:
            yield owner, each.wire, each.type
        if operation.body is not None:
            for content in operation.body.contents:
                yield from _iter_content(owner, "body", content)
        for response in operation.responses:
            for content in response.contents:
                yield from _iter_content(owner, response.status, content)
    for event in api.events:
        yield "event ", event.label or event.name, event.payload

    for key, schema in api.schemas.items():
        match schema:
            case ObjectSchema():
                owner = f"{key}{SEPARATOR}"
                for one in schema.properties:
                    yield owner, one.wire, one.type
            case AliasSchema():
                yield key, "", schema.type


def _iter_content(
    owner: str, part: str, content: Content
) -> Iterator[tuple[str, str, Type]]:
    for each in (content.type, content.items):
        if each is not None:
            yield owner, part, each
