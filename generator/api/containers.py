"""Objects, arrays, and strings that hold JSON: what is in them.

In: a schema node of such a type, and a way to read the schemas in it. Out: a `Record`,
`MapOf` or `ListOf`.

Source: JSON Schema 2020-12 core §10.3 (items, prefixItems, properties,
patternProperties, additionalProperties), §10.2.2 (then, else, dependentSchemas).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from generator.api import scalars
from generator.api.applied import Reader, applied
from generator.api.discriminators import tag_of_parent
from generator.api.keys import SEPARATOR
from generator.api.keywords import (
    about,
    conditional,
    count_of,
    default_of,
    is_closed,
    is_set,
    kept_of,
    required_names,
)
from generator.api.model import Property, Record
from generator.api.types import Anything, ListOf, MapOf, Text, Type
from generator.api.unread_facts import is_anything
from generator.diagnostics import Sink, SpecError
from generator.spec.document import Document
from generator.spec.nodes import Node


class Reading(Protocol):
    """What reads the schemas inside of another."""

    document: Document
    sink: Sink

    @property
    def apart(self) -> Reader | None:
        """What reads the schemas that no client needs, where it is not this."""

    def type_of(self, node: Node, key: str) -> Type:
        """Give the type of a schema; what must be hoisted gets `key`."""
        ...

    def one_of(self, options: list[Type], node: Node, key: str) -> Type:
        """Give the type of a value that is one of several."""
        ...

    def target(self, node: Node) -> Node:
        """Follow the references of a node."""
        ...


def text(reading: Reading, node: Node, key: str) -> Type:
    """Read a string, and what JSON it holds (JSON Schema validation §8.5)."""
    made, inner = scalars.text(node), node.get("contentSchema")
    if isinstance(made, Text) and inner is not None:
        return replace(made, content=reading.type_of(inner, f"{key}{SEPARATOR}json"))
    return made


def anything(reading: Reading, node: Node, key: str) -> Anything:
    """Read a schema that names no type."""
    return Anything(
        kept=kept_of(node),
        required=tuple(sorted(required_names(node))),
        applied=applied(reading.apart or reading, node, key),
    )


def array(reading: Reading, node: Node, key: str) -> ListOf:
    """Read an array; one with a schema for each place holds any of them."""
    first = node.get("prefixItems")
    items = node.get("items")
    if items is not None and isinstance(items.value, list) and items.value:
        first, items = items, node.get("additionalItems")  # as draft 4 had it
    item_key = f"{key}{SEPARATOR}[]"
    if first is None:
        item = Anything() if items is None else reading.type_of(items, item_key)
    else:
        options = [
            reading.type_of(each, f"{item_key}{SEPARATOR}|{number}")
            for number, each in enumerate(first.elements(), 1)
        ]
        if items is not None and items.value is not False:
            options.append(reading.type_of(items, item_key))
        item = reading.one_of(options, node, item_key)
    return ListOf(
        item=item,
        min_items=count_of(node, "minItems"),
        max_items=count_of(node, "maxItems"),
        unique=node.flag_of("uniqueItems"),
        kept=kept_of(node, "required"),
        applied=applied(reading.apart or reading, node, key),
    )


def object_(reading: Reading, node: Node, key: str) -> MapOf | Record:
    """Read an object: a record where it has properties, else a map."""
    properties = {**dict(conditional(node)), **dict(node.items_of("properties"))}
    if properties:
        return record(reading, node, key, properties, required_names(node))
    return MapOf(
        closed=is_closed(node),
        value=_extra(reading, node, key) or Anything(),
        min_properties=count_of(node, "minProperties"),
        max_properties=count_of(node, "maxProperties"),
        kept=kept_of(node, "required"),
        applied=applied(reading.apart or reading, node, key),
    )


def record(
    reading: Reading,
    node: Node,
    key: str,
    properties: Mapping[str, Node],
    required: frozenset[str],
) -> Record:
    """Make the record of an object schema with these properties."""
    made = []
    for name, each in properties.items():
        try:
            made.append(_property(reading, name, each, key, required=name in required))
        except SpecError as error:
            reading.sink.missing(error, f"the property {name!r}")
    return Record(
        key=key,
        properties=tuple(made),
        extra=_extra(reading, node, key),
        closed=is_closed(node),
        min_properties=count_of(node, "minProperties"),
        max_properties=count_of(node, "maxProperties"),
        kept=kept_of(node),
        applied=applied(reading.apart or reading, node, key),
        default=default_of(node),
        tag=tag_of_parent(node, reading.document),
        about=about(node),
    )


def _property(
    reading: Reading, name: str, node: Node, key: str, *, required: bool
) -> Property:
    type_ = reading.type_of(node, f"{key}{SEPARATOR}{name}")
    is_circle = node.has("$ref") and is_anything(type_)
    target = reading.target(node) if node.is_object and not is_circle else node
    return Property(
        wire=name,
        type=type_,
        required=required,
        default=default_of(node) if node.is_object else None,
        read_only=is_set(node, "readOnly") or is_set(target, "readOnly"),
        write_only=is_set(node, "writeOnly") or is_set(target, "writeOnly"),
        about=about(node),
    )


def _extra(reading: Reading, node: Node, key: str) -> Type | None:
    """Give the type of the members that are not declared by name."""
    schemas = [each for _, each in node.items_of("patternProperties")]
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        found = node.get(keyword)
        if found is not None and found.value not in (None, False):
            schemas.append(found)
            break
    if not schemas:
        return None
    member = f"{key}{SEPARATOR}{{}}"
    if len(schemas) == 1:
        return reading.type_of(schemas[0], member)
    options = [
        reading.type_of(each, f"{member}{SEPARATOR}|{number}")
        for number, each in enumerate(schemas, 1)
    ]
    return reading.one_of(options, node, member)
