"""Which classes came or went on their own account, and which with something larger.

In: a surface, the other one, and the partners of its classes there. Out: the names of
the classes that something names which both surfaces have: a field, a method, an event.
A class that nothing else names has come, or gone, with what does name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flexprice_codegen.surface.model import (
    ModelClass,
    ModelDefinition,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python_types import (
    PyType,
    list_model_names,
    skip_repeated_types,
)
from flexprice_codegen.surface.selection import iter_method_types, iter_needed_classes


def find_shared_classes(
    surface: Surface, other: Surface, partners: Mapping[str, str]
) -> frozenset[str]:
    """Return the classes that are in a place which both surfaces have.

    Args:
        surface: The version whose classes are asked for.
        other: The other version.
        partners: The class of the other version for each class that has one.
    """
    others = {model.name: model for model in other.models}
    found: set[str] = set()
    for model in surface.models:
        partner = others.get(partners.get(model.name, ""))
        if partner is not None:
            for type_ in skip_repeated_types(_iter_shared_field_types(model, partner)):
                found.update(list_model_names(type_))

    for type_ in _iter_shared_root_types(surface, other):
        found.update(list_model_names(type_))
    return frozenset(found)


def _iter_shared_field_types(
    model: ModelDefinition, partner: ModelDefinition
) -> Iterator[PyType]:
    """Yield the types of the fields that both classes have."""
    if isinstance(model, ModelClass) and isinstance(partner, ModelClass):
        wires = {field.wire for field in partner.fields}
        yield from (field.type for field in model.fields if field.wire in wires)
    elif isinstance(model, UnionClass) and not isinstance(partner, UnionClass):
        # Of two unions the options are compared, and each says which class it brought;
        # of what became a union nothing else does.
        yield from model.variants


def _iter_shared_root_types(surface: Surface, other: Surface) -> Iterator[PyType]:
    """Yield the types of the methods and events that both surfaces have."""
    methods = {
        method.key for resource in other.resources for method in resource.methods
    }
    for resource in surface.resources:
        for method in resource.methods:
            if method.key in methods:
                yield from iter_method_types(method)
    events = {row.name for row in other.events.rows}
    for row in surface.events.rows:
        if row.name in events:
            yield row.payload


def find_used_classes(surface: Surface) -> frozenset[str]:
    """Return the classes that anything names."""
    found = {name for model in surface.models for name in iter_needed_classes(model)}
    for resource in surface.resources:
        for method in resource.methods:
            for type_ in iter_method_types(method):
                found.update(list_model_names(type_))
    for row in surface.events.rows:
        found.update(list_model_names(row.payload))
    return frozenset(found)
