"""Inline schemas that share one class, because they are equal.

In: the schemas of an API. Out: the key of the schema that each inline schema shares its
class with. Two equal schemas share one if they come from one component
(`components/responses`), if they have the same property or parameter name, or if both
are error responses. Bodies and results of different operations do not: they are equal
by chance.

Classes that an earlier run kept apart stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import (
    AliasSchema,
    Api,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
    get_sites,
)
from flexprice_codegen.api.reachability import SchemaUsage
from flexprice_codegen.api.shape import compute_whole_shapes
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.discriminators import Discriminators
from flexprice_codegen.surface.inline_paths import get_component, is_error_response
from flexprice_codegen.surface.type_mapping import needs_class

# Steps to elements, values and variants, which have no name of their own.
_UNNAMED = ("[]", "{}", "|")


@frozen_value(kw_only=True)
class SharingInputs:
    """What decides whether two inline schemas can share a class.

    `file_keys` are the schemas in multipart bodies. `classes` are the class names of an
    earlier run, by key.
    """

    split: frozenset[str]
    usage: SchemaUsage
    discriminators: Discriminators
    file_keys: frozenset[str]
    classes: Mapping[str, str]


def share_schemas(api: Api, given: SharingInputs) -> dict[str, str]:
    """Return the schema whose class each inline schema has, by key.

    A schema with a class of its own has its own key.

    Args:
        api: The API.
        given: The facts that equal schemas must have in common.
    """
    inline = {
        key: each
        for key, each in api.schemas.items()
        if SEPARATOR in key and needs_class(each)
    }
    operations = {each.key for each in api.operations}
    alike: dict[Hashable, list[str]] = defaultdict(list)
    for key, each in inline.items():
        place = _get_place(key, each, operations)
        if place:
            alike[place, _get_outline(each), _get_use(key, each, given)].append(key)

    several = [keys for keys in alike.values() if len(keys) > 1]
    shapes = compute_whole_shapes(api, [key for keys in several for key in keys])
    shared = {key: key for key in inline}
    for keys in several:
        equal: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            equal[shapes[key]].append(key)
        for group in equal.values():
            shared |= _share_classes(group, inline, given.classes)
    return shared


def _get_place(
    key: str, definition: NamedSchema, operations: Container[str]
) -> tuple[str, ...]:
    """Return what the keys of schemas that can share a class have in common.

    It is a component and the path below it, a kind of response, or the last name in
    the key with what follows. Empty for bodies and results of operations.
    """
    parts = key.split(SEPARATOR)
    component = get_component(definition)
    if component and parts[0] in operations:
        return (component, *parts[2:])

    is_call = parts[0] in operations or parts[0].startswith("event ")
    first = 2 if is_call else 1
    named = [
        number
        for number, part in enumerate(parts)
        if number >= first and not part.startswith(_UNNAMED)
    ]
    if named:
        return tuple(parts[named[-1] :])
    if not is_call:
        return ()
    if is_error_response(parts[1]):
        return ("error", *parts[1:])
    is_parameter = parts[1] != "body" and not parts[1][:1].isdigit()
    return tuple(parts[1:]) if is_parameter else ()


def _get_outline(definition: NamedSchema) -> Hashable:
    """Return what is cheap to compare and equal for equal schemas."""
    match definition:
        case ObjectSchema():
            return tuple(each.wire for each in definition.properties)
        case EnumSchema():
            return tuple(each.value for each in definition.values)
        case AliasSchema():
            return type(definition.type).__name__


def _get_use(key: str, definition: NamedSchema, given: SharingInputs) -> Hashable:
    """Return the facts that decide about fields besides the schema itself."""
    if isinstance(definition, EnumSchema):
        return ()
    wires = (
        [each.wire for each in definition.properties]
        if isinstance(definition, ObjectSchema)
        else []
    )
    return (
        key in given.usage.sent,
        key in given.usage.received,
        key in given.split,
        key in given.file_keys,
        tuple(given.discriminators.values.get((key, wire), ()) for wire in wires),
        tuple((key, wire) in given.discriminators.selecting for wire in wires),
    )


def _share_classes(
    keys: Iterable[str],
    definitions: Mapping[str, NamedSchema],
    classes: Mapping[str, str],
) -> dict[str, str]:
    """Return the first of equal schemas for each, apart where an earlier run was."""
    first_of_class: dict[str, str] = {}
    unknown = []
    shared = {}
    for key in keys:
        sites = (key, *get_sites(definitions[key]))
        name = next((classes[site] for site in sites if site in classes), "")
        if name:
            shared[key] = first_of_class.setdefault(name, key)
        else:
            unknown.append(key)

    for key in unknown:
        shared[key] = next(iter(first_of_class.values()), unknown[0])
    return shared
