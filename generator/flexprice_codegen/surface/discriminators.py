"""Discriminators of unions: those that the document declares, and those found.

In: the schemas, and which of them are sent. Out: the discriminator of each union, and
what follows for properties: the values that a discriminator gives them, and those that
select a variant.

If no discriminator is declared, a property whose values differ in all variants is one:
no value can be valid for two of them (JSON Schema 2020-12 core §10.2.1).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeAlias

from flexprice_codegen.api.keys import is_component_key
from flexprice_codegen.api.model import AliasSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Discriminator,
    Map,
    Nullable,
    Number,
    Reference,
    Scalar,
    Type,
    Union,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import resolve_aliases
from flexprice_codegen.surface.listed_values import (
    NamedSchemas,
    iter_definitions,
    list_values,
)

PropertyKey: TypeAlias = tuple[str, str]
"""The key of a schema, and the name of a property."""


@frozen_value
class UnionDiscriminator:
    """The property that selects a variant, and the variant's key for each value.

    None means all other values. Those of a property that is only found here can
    still be valid: an enum is open.
    """

    property: str
    mapping: tuple[tuple[Scalar, str], ...]
    is_declared: bool


@frozen_value
class Discriminators:
    """All discriminators, by the key of their union."""

    by_union: Mapping[str, UnionDiscriminator]
    values: Mapping[PropertyKey, tuple[Scalar, ...]]
    """The values that declared discriminators give to properties of their variants."""
    selecting: frozenset[PropertyKey]
    """The properties that select a variant of a union that is sent."""


# Eighteen digits fit into 64 bits, as `Literal` needs it.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
NO_DISCRIMINATORS: Final = Discriminators({}, {}, frozenset())


def find_discriminators(schemas: NamedSchemas, sent: frozenset[str]) -> Discriminators:
    """Find the discriminators of all unions.

    Args:
        schemas: The schemas, by key.
        sent: The keys of the schemas that are sent.
    """
    by_union: dict[str, UnionDiscriminator] = {}
    values: dict[PropertyKey, dict[Scalar, None]] = defaultdict(dict)
    selecting: set[PropertyKey] = set()

    for key, definition in schemas.items():
        union = get_union(definition)
        if union is None:
            continue
        if union.discriminator is not None:
            default = _get_class_key(schemas, union.discriminator.default)
            for value, owner in _iter_mapping(schemas, union.discriminator):
                if owner != default:  # which has any other value, too
                    values[owner, union.discriminator.property][value] = None

        variants = _list_variants(schemas, union)
        found = _find_discriminator(schemas, union, variants)
        if found is None:
            continue
        by_union[key] = found
        if key in sent:
            objects = chain.from_iterable(variants.objects.values())
            selecting.update((each.key, found.property) for each in objects)

    return Discriminators(
        by_union,
        {name: tuple(each) for name, each in values.items()},
        frozenset(selecting),
    )


def get_union(definition: NamedSchema) -> Union | None:
    """Return the union that a schema is, without null; None for another schema."""
    if not isinstance(definition, AliasSchema):
        return None
    type_ = definition.type
    inner = type_.inner if isinstance(type_, Nullable) else type_
    return inner if isinstance(inner, Union) else None


@frozen_value
class _Variants:
    """The object schemas of each variant, by the key of its class.

    A variant that is a union has those of all its variants. `is_open` is set if a
    variant accepts objects with any properties.
    """

    objects: Mapping[str, tuple[ObjectSchema, ...]]
    is_open: bool

    def find_holder(self, key: str) -> str | None:
        """Return the variant that a schema is, or that has it as one of its variants."""
        if key in self.objects:
            return key
        return next(
            (
                variant
                for variant, objects in self.objects.items()
                if any(each.key == key for each in objects)
            ),
            None,
        )


def _list_variants(schemas: NamedSchemas, union: Union) -> _Variants:
    objects: dict[str, tuple[ObjectSchema, ...]] = {}
    is_open = False
    for each in union.variants:
        found = tuple(_iter_objects(schemas, each))
        is_open = is_open or None in found
        named = tuple(each for each in found if each is not None)
        if isinstance(each, Reference) and named:
            objects[_get_class_key(schemas, each.key)] = named
    return _Variants(objects, is_open)


def _iter_objects(schemas: NamedSchemas, type_: Type) -> Iterator[ObjectSchema | None]:
    """Yield the object schemas that a type can be; None means any object."""
    for each in resolve_aliases(schemas, type_):
        match each:
            case ObjectSchema():
                yield each
            case AnyValue() | Map():
                yield None
            case _:
                continue


def _get_class_key(schemas: NamedSchemas, key: str) -> str:
    """Return the key of the class that a reference means: that behind its aliases."""
    for each in iter_definitions(schemas, Reference(key=key)):
        if isinstance(each, ObjectSchema | AliasSchema):
            key = each.key
        if isinstance(each, AliasSchema) and get_union(each) is not None:
            break
    return key


def _find_discriminator(
    schemas: NamedSchemas, union: Union, variants: _Variants
) -> UnionDiscriminator | None:
    declared = union.discriminator
    if declared is not None:
        mapping = {
            **_map_own_names(schemas, union, variants),
            **_read_mapping(schemas, declared, variants),
        }
        return _create(declared.property, mapping, is_declared=True)

    if variants.is_open or not variants.objects:
        return None
    for name in _list_common_properties(variants):
        mapping = _map_values(schemas, variants, name)
        if _is_complete(schemas, variants, name, mapping):
            return _create(name, mapping, is_declared=False)
    return None


def _create(
    name: str, mapping: Mapping[Scalar, str], *, is_declared: bool
) -> UnionDiscriminator | None:
    if not mapping:
        return None
    return UnionDiscriminator(name, tuple(mapping.items()), is_declared)


def _read_mapping(
    schemas: NamedSchemas, declared: Discriminator, variants: _Variants
) -> dict[Scalar, str]:
    """Return the variant of each value: as declared, else by what the variants list."""
    found: dict[Scalar, str] = {}
    given: dict[str, set[Scalar]] = defaultdict(set)
    for value, key in _iter_mapping(schemas, declared):
        given[key].add(value)
        holder = variants.find_holder(key)
        if holder is not None:
            found[value] = holder

    listed = _map_values(schemas, variants, declared.property, given)
    found |= {value: listed[value] for value in listed if value not in found}

    other = variants.find_holder(_get_class_key(schemas, declared.default))
    return found if other is None else {**found, None: other}


def _map_own_names(
    schemas: NamedSchemas, union: Union, variants: _Variants
) -> dict[Scalar, str]:
    """Return the variants that no mapping names, each by its own name.

    Such a variant is the base of the others. Its name is its implicit value (OpenAPI
    3.1.1 §4.8.25), but no constant: a base is created for other values, too.
    """
    declared = union.discriminator
    selected = {key for _, key in declared.mapping} if declared is not None else set()
    found: dict[Scalar, str] = {}
    for each in union.variants:
        if not isinstance(each, Reference) or each.key in selected:
            continue
        holder = variants.find_holder(_get_class_key(schemas, each.key))
        if holder is not None and is_component_key(each.key):
            found[each.key] = holder
    return found


def _iter_mapping(
    schemas: NamedSchemas, declared: Discriminator
) -> Iterator[tuple[Scalar, str]]:
    """Yield the values of a mapping, each with the key of its class.

    They are strings in the document, also if the property is an integer (OpenAPI 3.1.1
    §4.8.25.1).
    """
    for value, variant in declared.mapping:
        key = _get_class_key(schemas, variant)
        owner = schemas.get(key)
        properties = owner.properties if isinstance(owner, ObjectSchema) else ()
        types = [each.type for each in properties if each.wire == declared.property]
        is_number = bool(types) and _is_integer(schemas, types[0])
        yield int(value) if is_number and _INTEGER.fullmatch(value) else value, key


def _is_integer(schemas: NamedSchemas, type_: Type) -> bool:
    """Return whether all values of a type are integers, also those that it lists."""
    inner = type_.inner if isinstance(type_, Nullable) else type_
    if isinstance(inner, Number):
        return inner.integer
    values = list_values(schemas, type_)
    return bool(values) and all(type(each) is int for each in values)


def _map_values(
    schemas: NamedSchemas,
    variants: _Variants,
    name: str,
    given: Mapping[str, set[Scalar]] = MappingProxyType({}),
) -> dict[Scalar, str]:
    """Return the variant of each value of a property that only one variant lists.

    Args:
        schemas: The schemas, by key.
        variants: The variants of a union.
        name: The property.
        given: Values that a mapping selects from an enum, by the key of the schema. All
            variants can have the enum of all values.
    """
    # Python considers 1, 1.0 and True equal, so that neither is in the result if one
    # variant lists 1 and another one True.
    claims: dict[Scalar, dict[str, None]] = defaultdict(dict)
    for key, objects in variants.objects.items():
        for each in objects:
            listed = _list_property_values(schemas, each, name)
            chosen = [value for value in listed if value in given.get(each.key, ())]
            for value in chosen or listed:
                claims[value][key] = None

    return {
        value: next(iter(keys))
        for value, keys in claims.items()
        if len(keys) == 1 and isinstance(value, str | int)
    }


def _list_common_properties(variants: _Variants) -> list[str]:
    """Return the properties that all variants have; those that all require come first."""
    objects = list(chain.from_iterable(variants.objects.values()))
    required = [{p.wire: p.required for p in each.properties} for each in objects]
    common = [
        name
        for name in required[0]
        if all(name in properties for properties in required)
    ]
    return sorted(
        common, key=lambda name: not all(properties[name] for properties in required)
    )


def _is_complete(
    schemas: NamedSchemas, variants: _Variants, name: str, mapping: Mapping[Scalar, str]
) -> bool:
    """Return whether every variant lists values, and each value is in a mapping."""
    listed = [
        _list_property_values(schemas, each, name)
        for each in chain.from_iterable(variants.objects.values())
    ]
    return all(values and all(v in mapping for v in values) for values in listed)


def _list_property_values(
    schemas: NamedSchemas, owner: ObjectSchema, name: str
) -> tuple[Scalar, ...]:
    for each in owner.properties:
        if each.wire == name:
            return list_values(schemas, each.type)
    return ()
