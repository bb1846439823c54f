"""One exhaustive walk over types, and what can be reached from where.

In: types and the definitions that they name. Out: the keys that they name, in order,
and the closures of requests, responses and events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from flexprice_codegen.api.model import (
    Alias,
    Api,
    Content,
    Definition,
    Enumeration,
    Record,
)
from flexprice_codegen.api.types import (
    Anything,
    Blob,
    Choice,
    Flag,
    ListOf,
    Literals,
    MapOf,
    Named,
    Nullable,
    Number,
    Text,
    Type,
)


def names_in(type_: Type) -> Iterator[str]:
    """Give the keys of the definitions that a type names, in reading order."""
    match type_:
        case Number() | Flag() | Blob() | Anything() | Literals():
            return
        case Text():
            if type_.content is not None:
                yield from names_in(type_.content)
        case ListOf():
            yield from names_in(type_.item)
        case MapOf():
            yield from names_in(type_.value)
        case Choice():
            for each in type_.options:
                yield from names_in(each)
        case Nullable():
            yield from names_in(type_.inner)
        case Named():
            yield type_.key
        case _:
            assert_never(type_)


def names_of(definition: Definition) -> Iterator[str]:
    """Give the keys that a definition names."""
    match definition:
        case Record():
            for each in definition.properties:
                yield from names_in(each.type)
            if definition.extra is not None:
                yield from names_in(definition.extra)
        case Alias():
            yield from names_in(definition.type)
        case Enumeration():
            return
        case _:
            assert_never(definition)


def closure(
    types: Iterable[Type], definitions: Mapping[str, Definition]
) -> frozenset[str]:
    """Give the keys of all definitions that can be reached from some types."""
    pending = [key for each in types for key in names_in(each)]
    reached: set[str] = set()
    while pending:
        key = pending.pop()
        if key in reached or key not in definitions:
            continue
        reached.add(key)
        pending += names_of(definitions[key])
    return frozenset(reached)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The keys that requests send, and those that responses and events bring."""

    sent: frozenset[str]
    received: frozenset[str]


def reach(api: Api) -> Reach:
    """Tell which definitions are sent and which are received."""
    sent: list[Type] = []
    received: list[Type] = [event.payload for event in api.events]
    for operation in api.operations:
        sent += (each.type for each in operation.parameters)
        if operation.body is not None:
            sent += _carried(operation.body.contents)
        for response in operation.responses:
            received += _carried(response.contents)
    return Reach(
        sent=closure(sent, api.definitions), received=closure(received, api.definitions)
    )


def _carried(contents: Iterable[Content]) -> Iterator[Type]:
    for content in contents:
        for each in (content.type, content.items):
            if each is not None:
                yield each
