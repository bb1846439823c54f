"""An exhaustive walk over types, and the definitions reachable from them.

In: types and the definitions that they name. Out: the keys that they name, in order,
and the closures of requests, responses and events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from flexprice_codegen.api.model import (
    AliasSchema,
    Api,
    Content,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
)
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Bytes,
    Literals,
    Map,
    Nullable,
    Number,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.frozen_values import frozen_value


def iter_keys_in_type(type_: Type) -> Iterator[str]:
    """Yield the keys of the definitions that a type names, in reading order."""
    match type_:
        case Number() | Boolean() | Bytes() | AnyValue() | Literals():
            return
        case String():
            if type_.content is not None:
                yield from iter_keys_in_type(type_.content)
        case Array():
            yield from iter_keys_in_type(type_.item)
        case Map():
            yield from iter_keys_in_type(type_.value)
        case Union():
            for each in type_.variants:
                yield from iter_keys_in_type(each)
        case Nullable():
            yield from iter_keys_in_type(type_.inner)
        case Reference():
            yield type_.key
        case _:
            assert_never(type_)


def iter_keys_in_schema(definition: NamedSchema) -> Iterator[str]:
    """Yield the keys of the definitions that a definition names, in reading order."""
    match definition:
        case ObjectSchema():
            for each in definition.properties:
                yield from iter_keys_in_type(each.type)
            if definition.extra is not None:
                yield from iter_keys_in_type(definition.extra)
        case AliasSchema():
            yield from iter_keys_in_type(definition.type)
        case EnumSchema():
            return
        case _:
            assert_never(definition)


def find_reachable_keys(
    types: Iterable[Type], definitions: Mapping[str, NamedSchema]
) -> frozenset[str]:
    """Return the keys of all definitions that are reachable from some types.

    Args:
        types: The types to start from.
        definitions: All definitions; a key that is not among them is ignored.
    """
    pending = [key for each in types for key in iter_keys_in_type(each)]
    reached: set[str] = set()

    while pending:
        key = pending.pop()
        if key in reached or key not in definitions:
            continue
        reached.add(key)
        pending += iter_keys_in_schema(definitions[key])
    return frozenset(reached)


@frozen_value(kw_only=True)
class SchemaUsage:
    """The keys that requests send, and those that responses and events return."""

    sent: frozenset[str]
    received: frozenset[str]


def find_schema_usage(api: Api) -> SchemaUsage:
    """Return the keys of the definitions that are sent, and of those received."""
    sent: list[Type] = []
    received: list[Type] = [event.payload for event in api.events]

    for operation in api.operations:
        sent += (each.type for each in operation.parameters)
        if operation.body is not None:
            sent += _iter_content_types(operation.body.contents)
        for response in operation.responses:
            received += _iter_content_types(response.contents)

    return SchemaUsage(
        sent=find_reachable_keys(sent, api.schemas),
        received=find_reachable_keys(received, api.schemas),
    )


def _iter_content_types(contents: Iterable[Content]) -> Iterator[Type]:
    for content in contents:
        for each in (content.type, content.items):
            if each is not None:
                yield each
