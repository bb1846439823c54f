"""The surface of a selection: the classes that its operations and events need.

In: classes and events of the entire API, the selected methods. Out: the part that they
use. A selection includes or omits a class, but never changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from flexprice_codegen.api.model import Api
from flexprice_codegen.surface.model import (
    ClientCredential,
    EnumClass,
    EventTable,
    Method,
    ModelClass,
    ModelDefinition,
    ResourceClass,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python_types import (
    PyType,
    list_model_names,
    list_plain_names,
    skip_repeated_types,
)
from flexprice_codegen.surface.scalar_types import OPTIONAL_MODULES


def select_credentials(
    credentials: Iterable[ClientCredential], part: Api
) -> tuple[ClientCredential, ...]:
    """Return the credentials of the schemes that the selected operations use."""
    schemes = {each.key for each in part.schemes}
    return tuple(each for each in credentials if each.scheme in schemes)


def select_events(events: EventTable, part: Api) -> EventTable:
    """Return the rows of the selected events; other events are undocumented."""
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
    """Return the classes that methods and events use, directly or indirectly.

    Args:
        definitions: All classes.
        resources: The selected resources.
        events: The selected events.
    """
    classes = {each.name: each for each in definitions}
    pending = [
        name
        for each in _iter_types(resources, events)
        for name in list_model_names(each)
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
    """Yield the types of all methods and payloads."""
    for resource in resources:
        for method in resource.methods:
            yield from iter_method_types(method)
    yield from (each.payload for each in events.rows)


def list_response_scalars(surface: Surface) -> tuple[str, ...]:
    """Return the types of the runtime in responses, errors and payloads, sorted."""
    types = [each.payload for each in surface.events.rows]
    for resource in surface.resources:
        for method in resource.methods:
            types += _iter_response_types(method)
    names = {name for each in types for name in list_plain_names(each)}
    return tuple(sorted(names & OPTIONAL_MODULES.keys()))


def iter_method_types(method: Method) -> Iterator[PyType]:
    """Yield the types of the arguments, body, responses, and errors of a method."""
    yield from (each.type for each in method.arguments)
    if method.body is not None:
        yield method.body.type
    yield from _iter_response_types(method)


def _iter_response_types(method: Method) -> Iterator[PyType]:
    yield from (each.type for each in (*method.responses, *method.errors))
    if method.streaming is not None:
        yield from (each.type for each in method.streaming.method.responses)


def iter_needed_classes(definition: ModelDefinition) -> Iterator[str]:
    """Yield the names of the classes that a class refers to."""
    match definition:
        case ModelClass():
            for type_ in skip_repeated_types(each.type for each in definition.fields):
                yield from list_model_names(type_)
        case UnionClass():
            for option in definition.variants:
                yield from list_model_names(option)
        case EnumClass():
            return
        case _:
            assert_never(definition)
