"""Objects, arrays, and strings that hold JSON: the schemas inside them.

In: a schema node of such a type, and a reader for the schemas in it. Out: an
`ObjectSchema`, `Map`, `Array` or `String`.

Source: JSON Schema 2020-12 core §10.3 (items, prefixItems, properties,
patternProperties, additionalProperties), §10.2.2 (then, else, dependentSchemas).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

from flexprice_codegen.api import scalars
from flexprice_codegen.api.applicators import TypeReader, read_applicators
from flexprice_codegen.api.discriminators import read_parent_discriminator
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import (
    get_count,
    get_default,
    get_kept_keywords,
    get_required_names,
    is_closed,
    is_set,
    iter_conditional_properties,
    read_metadata,
)
from flexprice_codegen.api.model import ObjectSchema, Property
from flexprice_codegen.api.null_values import is_only_null
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Map,
    NodeMetadata,
    String,
    Type,
)
from flexprice_codegen.api.unread_facts import is_anything
from flexprice_codegen.diagnostics import Cause, DiagnosticError, DiagnosticSink
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node

_PROPERTY_FACTS = frozenset({"$ref", "default", "readOnly", "writeOnly"})
"""Keywords of a schema that say something of the property, or lead to such."""


class SchemaReader(Protocol):
    """A reader for the schemas inside another schema."""

    document: Document
    sink: DiagnosticSink

    @property
    def diff_only_reader(self) -> TypeReader | None:
        """The reader for schemas that only `diff` compares; None if it is this one."""

    def read_type(self, node: Node, key: str) -> Type:
        """Return the type of a schema; a definition hoisted from it gets `key`."""
        ...

    def build_union(self, options: list[Type], node: Node, key: str) -> Type:
        """Return the type of a value that is one of several."""
        ...

    def resolve_target(self, node: Node) -> Node:
        """Follow the references of a node."""
        ...


def read_string(reading: SchemaReader, node: Node, key: str) -> Type:
    """Read a string, and the JSON in it (JSON Schema 2020-12 validation §8.5).

    Args:
        reading: Reads the schema of the JSON.
        node: The schema.
        key: The key of the schema.

    Raises:
        DiagnosticError: A keyword of the schema is invalid.
    """
    made = scalars.read_string(node)
    inner = node.get("contentSchema")
    if isinstance(made, String) and inner is not None:
        return replace(made, content=reading.read_type(inner, f"{key}{SEPARATOR}json"))
    return made


def read_any(reading: SchemaReader, node: Node, key: str) -> AnyValue:
    """Read a schema without a type.

    Args:
        reading: Reads the applicators.
        node: The schema.
        key: The key of the schema.
    """
    return AnyValue(
        kept=get_kept_keywords(node),
        required=tuple(sorted(get_required_names(node))),
        applied=read_applicators(reading.diff_only_reader or reading, node, key),
        only_null=is_only_null(node),
    )


def read_array(reading: SchemaReader, node: Node, key: str) -> Array:
    """Read an array; with a schema for each position, an element has any of them.

    Args:
        reading: Reads the schemas of the elements.
        node: The schema.
        key: The key of the schema; elements get a key below it.

    Raises:
        DiagnosticError: The schema, or that of an element, is invalid.
    """
    return Array(
        item=_read_element(reading, node, f"{key}{SEPARATOR}[]"),
        min_items=get_count(node, "minItems"),
        max_items=get_count(node, "maxItems"),
        unique=node.get_boolean("uniqueItems"),
        kept=get_kept_keywords(node, "required"),
        applied=read_applicators(reading.diff_only_reader or reading, node, key),
    )


def _read_element(reading: SchemaReader, node: Node, key: str) -> Type:
    """Return the type of the elements of an array."""
    first = node.get("prefixItems")
    items = node.get("items")
    # A list of `items` is a tuple up to draft 2019-09; 2020-12 renamed it to
    # `prefixItems`.
    if items is not None and isinstance(items.value, list) and items.value:
        first = items
        items = node.get("additionalItems")

    if first is None:
        return AnyValue() if items is None else reading.read_type(items, key)

    options = [
        reading.read_type(each, f"{key}{SEPARATOR}|{number}")
        for number, each in enumerate(first.iter_elements(), 1)
    ]
    if not _is_closed_after(node, len(options), items):
        if items is None:
            _add_open_note(reading, first)
        options.append(AnyValue() if items is None else reading.read_type(items, key))
    return reading.build_union(options, node, key)


def _is_closed_after(node: Node, count: int, items: Node | None) -> bool:
    """Return whether an array has no elements after the first `count`."""
    longest = get_count(node, "maxItems")
    is_full = longest is not None and longest <= count
    return is_full or (items is not None and items.value is False)


def _add_open_note(reading: SchemaReader, first: Node) -> None:
    reading.sink.add_note(
        "tuple-open",
        "`prefixItems` lists only the first elements; the list is read as a list of "
        "any values",
        at=first.origin,
        hint="add `items: false` if it has only these elements",
    )


def read_object(reading: SchemaReader, node: Node, key: str) -> Map | ObjectSchema:
    """Read an object: an `ObjectSchema` if it has properties, else a `Map`.

    Args:
        reading: Reads the schemas of the properties.
        node: The schema.
        key: The key of the schema; properties get a key below it.

    Raises:
        DiagnosticError: A keyword of the schema is invalid.
    """
    properties = {
        **dict(iter_conditional_properties(node)),
        **dict(node.iter_items_of("properties")),
    }

    if properties:
        return build_object_schema(
            reading, node, key, properties, get_required_names(node)
        )

    return Map(
        closed=is_closed(node),
        value=_read_additional_properties(reading, node, key) or AnyValue(),
        min_properties=get_count(node, "minProperties"),
        max_properties=get_count(node, "maxProperties"),
        kept=get_kept_keywords(node, "required"),
        applied=read_applicators(reading.diff_only_reader or reading, node, key),
    )


def build_object_schema(
    reading: SchemaReader,
    node: Node,
    key: str,
    properties: Mapping[str, Node],
    required: frozenset[str],
) -> ObjectSchema:
    """Build the object schema of a node with these properties.

    A property that cannot be read is skipped with a warning.

    Args:
        reading: Reads the schemas of the properties.
        node: The schema, for everything except its properties.
        key: The key of the definition.
        properties: The schemas of the properties, by name.
        required: The names of the required properties.

    Raises:
        DiagnosticError: Another keyword of the schema is invalid.
    """
    extra = _read_additional_properties(reading, node, key)
    made = []
    for name, each in properties.items():
        try:
            made.append(
                _read_property(reading, name, each, key, required=name in required)
            )
        except DiagnosticError as error:
            reading.sink.add_skipped(error, f"property {name!r}")
    if not is_closed(node):
        undeclared = required - properties.keys()
        made += _create_undeclared(reading, node, undeclared, extra or AnyValue())

    return ObjectSchema(
        key=key,
        properties=tuple(made),
        extra=extra,
        closed=is_closed(node),
        min_properties=get_count(node, "minProperties"),
        max_properties=get_count(node, "maxProperties"),
        kept=get_kept_keywords(node),
        applied=read_applicators(reading.diff_only_reader or reading, node, key),
        default=get_default(node),
        discriminator=read_parent_discriminator(node, reading.document),
        about=read_metadata(node),
    )


def _create_undeclared(
    reading: SchemaReader, node: Node, names: Collection[str], type_: Type
) -> list[Property]:
    """Return the properties that a schema requires and does not declare.

    Args:
        reading: Receives a note for each.
        node: The schema.
        names: The names of these properties.
        type_: The type of additional properties.
    """
    made = []
    for each in node.iter_elements_of("required") if names else ():
        name = each.read_string()
        if name in names:
            reading.sink.add_note(
                "required-undeclared",
                f"required property {name!r} is not declared; read as an additional "
                "property",
                at=each.origin,
                hint="declare it in `properties`, or remove it from `required`",
                cause=Cause(
                    "not declared; they accept what an additional property accepts",
                    "required properties",
                ),
            )
            about = NodeMetadata(origin=each.origin)
            made.append(Property(wire=name, type=type_, required=True, about=about))
    return made


def _read_property(
    reading: SchemaReader, name: str, node: Node, key: str, *, required: bool
) -> Property:
    type_ = reading.read_type(node, f"{key}{SEPARATOR}{name}")
    value = node.value
    # Most properties say nothing but their type.
    if type(value) is dict and _PROPERTY_FACTS.isdisjoint(value):
        return Property(
            wire=name, type=type_, required=required, about=read_metadata(node)
        )

    # A `$ref` that leads to itself was read as any value, so it has no target.
    is_circle = node.has("$ref") and is_anything(type_)
    target = reading.resolve_target(node) if node.is_object and not is_circle else node
    return Property(
        wire=name,
        type=type_,
        required=required,
        default=get_default(node) if node.is_object else None,
        read_only=is_set(node, "readOnly") or is_set(target, "readOnly"),
        write_only=is_set(node, "writeOnly") or is_set(target, "writeOnly"),
        about=read_metadata(node),
    )


def _read_additional_properties(
    reading: SchemaReader, node: Node, key: str
) -> Type | None:
    """Return the type of the additional properties, or None if none is declared."""
    schemas = [each for _, each in node.iter_items_of("patternProperties")]
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        found = node.get(keyword)
        if found is not None and found.value not in (None, False):
            schemas.append(found)
            break

    if not schemas:
        return None

    member = f"{key}{SEPARATOR}{{}}"
    if len(schemas) == 1:
        return reading.read_type(schemas[0], member)

    options = [
        reading.read_type(each, f"{member}{SEPARATOR}|{number}")
        for number, each in enumerate(schemas, 1)
    ]
    return reading.build_union(options, node, member)
