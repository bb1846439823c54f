"""The surface of a selection: what some operations and events need, and nothing else.

In: classes and events of the whole API, the methods that were selected. Out: the part
that they use. A class is the same whatever is selected; it is there, or it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from flexprice_codegen.api.model import Api
from flexprice_codegen.surface.model import (
    Credential,
    EnumClass,
    EventTable,
    Method,
    ModelClass,
    ModelDefinition,
    ResourceClass,
    UnionClass,
)
from flexprice_codegen.surface.python_types import PyType, iter_model_names


def select_credentials(
    credentials: Iterable[Credential], part: Api
) -> tuple[Credential, ...]:
    """Keep the keywords of the schemes that the selected operations name."""
    schemes = {each.key for each in part.schemes}
    return tuple(each for each in credentials if each.scheme in schemes)


def select_events(events: EventTable, part: Api) -> EventTable:
    """Keep the rows of the selected events; the others become names without a payload."""
    documented = {each.name for each in part.events}
    names = {*events.undocumented, *(each.name for each in events.rows)} - documented
    listed = tuple(name for name in part.naming.names if name in names)
    return replace(
        events,
        rows=tuple(each for each in events.rows if each.name in documented),
        undocumented=listed,
    )


def select_used_classes(
    definitions: Sequence[ModelDefinition],
    resources: Iterable[ResourceClass],
    events: EventTable,
) -> tuple[ModelDefinition, ...]:
    """Keep the classes that methods and events name, and those that these need."""
    classes = {each.name: each for each in definitions}
    pending = [
        name
        for each in _iter_types(resources, events)
        for name in iter_model_names(each)
    ]
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += iter_needed_classes(classes[name])
    return tuple(each for each in definitions if each.name in found)


def _iter_types(
    resources: Iterable[ResourceClass], events: EventTable
) -> Iterator[PyType]:
    for resource in resources:
        for method in resource.methods:
            yield from iter_method_types(method)
    yield from (each.payload for each in events.rows)


def iter_method_types(method: Method) -> Iterator[PyType]:
    """Give the types of what a method takes and gives, errors among them."""
    yield from (each.type for each in method.arguments)
    if method.body is not None:
        yield method.body.type
    yield from (each.type for each in (*method.responses, *method.errors))


def iter_needed_classes(definition: ModelDefinition) -> Iterator[str]:
    """Give the names of the classes that a class names."""
    match definition:
        case ModelClass():
            for field in definition.fields:
                yield from iter_model_names(field.type)
        case UnionClass():
            for option in definition.variants:
                yield from iter_model_names(option)
        case EnumClass():
            return
        case _:
            assert_never(definition)
