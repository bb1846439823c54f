"""Which classes came or went on their own account, and which with something larger.

In: a surface, the other one, and the partners of its classes there. Out: the names of
the classes that something names which both surfaces have: a field, a method, an event.
A class that nothing else names has come, or gone, with what does name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flexprice_codegen.surface.cut import classes_of, types_of
from flexprice_codegen.surface.model import (
    ModelClass,
    ModelDefinition,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python import PyType, classes_in


def find_shared_classes(
    surface: Surface, other: Surface, partners: Mapping[str, str]
) -> frozenset[str]:
    """Give the classes that stand in a place which both surfaces have."""
    classes = {each.name: each for each in other.models}
    found: set[str] = set()
    for each in surface.models:
        partner = classes.get(partners.get(each.name, ""))
        if partner is not None:
            for type_ in _iter_shared_field_types(each, partner):
                found.update(classes_in(type_))
    for type_ in _iter_shared_root_types(surface, other):
        found.update(classes_in(type_))
    return frozenset(found)


def _iter_shared_field_types(
    definition: ModelDefinition, partner: ModelDefinition
) -> Iterator[PyType]:
    """Give the types of the fields that both classes have."""
    if isinstance(definition, ModelClass) and isinstance(partner, ModelClass):
        wires = {each.wire for each in partner.fields}
        yield from (each.type for each in definition.fields if each.wire in wires)
    elif isinstance(definition, UnionClass) and not isinstance(partner, UnionClass):
        yield from definition.options


def _iter_shared_root_types(surface: Surface, other: Surface) -> Iterator[PyType]:
    """Give the types of the methods and events that both surfaces have."""
    methods = {each.key for resource in other.resources for each in resource.methods}
    for resource in surface.resources:
        for method in resource.methods:
            if method.key in methods:
                yield from types_of(method)
    events = {each.name for each in other.events.rows}
    for row in surface.events.rows:
        if row.name in events:
            yield row.payload


def find_used_classes(surface: Surface) -> frozenset[str]:
    """Give the classes that anything names."""
    found = {name for each in surface.models for name in classes_of(each)}
    for resource in surface.resources:
        for method in resource.methods:
            for type_ in types_of(method):
                found.update(classes_in(type_))
    for row in surface.events.rows:
        found.update(classes_in(row.payload))
    return frozenset(found)
