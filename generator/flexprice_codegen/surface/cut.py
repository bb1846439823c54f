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
    Events,
    Method,
    ModelClass,
    ModelDefinition,
    Resource,
    UnionClass,
)
from flexprice_codegen.surface.python import PyType, classes_in


def selected_credentials(
    credentials: Iterable[Credential], part: Api
) -> tuple[Credential, ...]:
    """Keep the keywords of the schemes that the selected operations name."""
    schemes = {each.key for each in part.schemes}
    return tuple(each for each in credentials if each.scheme in schemes)


def selected_events(events: Events, part: Api) -> Events:
    """Keep the rows of the selected events; the others become names without a payload."""
    documented = {each.name for each in part.events}
    names = {*events.undocumented, *(each.name for each in events.rows)} - documented
    listed = tuple(name for name in part.naming.names if name in names)
    return replace(
        events,
        rows=tuple(each for each in events.rows if each.name in documented),
        undocumented=listed,
    )


def used(
    definitions: Sequence[ModelDefinition],
    resources: Iterable[Resource],
    events: Events,
) -> tuple[ModelDefinition, ...]:
    """Keep the classes that methods and events name, and those that these need."""
    classes = {each.name: each for each in definitions}
    pending = [name for each in _types(resources, events) for name in classes_in(each)]
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += classes_of(classes[name])
    return tuple(each for each in definitions if each.name in found)


def _types(resources: Iterable[Resource], events: Events) -> Iterator[PyType]:
    for resource in resources:
        for method in resource.methods:
            yield from types_of(method)
    yield from (each.payload for each in events.rows)


def types_of(method: Method) -> Iterator[PyType]:
    """Give the types of what a method takes and gives, errors among them."""
    yield from (each.type for each in method.arguments)
    if method.body is not None:
        yield method.body.type
    yield from (each.type for each in (*method.answers, *method.errors))


def classes_of(definition: ModelDefinition) -> Iterator[str]:
    """Give the names of the classes that a class names."""
    match definition:
        case ModelClass():
            for field in definition.fields:
                yield from classes_in(field.type)
        case UnionClass():
            for option in definition.options:
                yield from classes_in(option)
        case EnumClass():
            return
        case _:
            assert_never(definition)
