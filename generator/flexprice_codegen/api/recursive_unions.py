"""Unions that contain themselves.

In: definitions. Out: the same, but a union that leads back to itself through unions
only gets the variants of the entire cycle: `A = A | B` is B.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flexprice_codegen.api.cycles import find_components
from flexprice_codegen.api.model import AliasSchema, NamedSchema
from flexprice_codegen.api.types import AnyValue, Nullable, Reference, Type, Union
from flexprice_codegen.api.unread_facts import unify_read_alike


def remove_recursive_unions(
    definitions: Mapping[str, NamedSchema],
) -> dict[str, NamedSchema]:
    """Return definitions whose unions have no cycle.

    Such a cycle has no meaning in Python: an alias cannot be defined by itself.
    """
    edges = {
        key: [
            each.key
            for each in _get_variants(definition)
            if isinstance(each, Reference)
        ]
        for key, definition in definitions.items()
        if _get_variants(definition)
    }

    made = dict(definitions)

    for circle in find_components(edges):
        if len(circle) > 1 or any(each in edges[each] for each in circle):
            offered = unify_read_alike(
                option
                # Sorted, so that the result does not depend on where the cycle was
                # entered.
                for key in sorted(circle)
                for option in _get_variants(definitions[key])
                if not (isinstance(option, Reference) and option.key in circle)
            )

            for key in circle:
                made[key] = _replace_variants(made[key], offered)

    return made


def _get_union(definition: NamedSchema) -> Union | None:
    if not isinstance(definition, AliasSchema):
        return None
    found = definition.type
    inner = found.inner if isinstance(found, Nullable) else found
    return inner if isinstance(inner, Union) else None


def _get_variants(definition: NamedSchema) -> tuple[Type, ...]:
    """Return the variants of a union, without null; none for another definition."""
    found = _get_union(definition)
    return () if found is None else tuple(_remove_null(each) for each in found.variants)


def _remove_null(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _replace_variants(
    definition: NamedSchema, options: tuple[Type, ...]
) -> NamedSchema:
    choice = _get_union(definition)
    if choice is None or not isinstance(definition, AliasSchema):
        return definition

    match options:
        case ():
            inner: Type = AnyValue()
        case (one,):
            inner = one
        case _:
            inner = replace(choice, variants=options)

    if isinstance(definition.type, Nullable) and options:
        inner = Nullable(inner=inner)
    return replace(definition, type=inner)
