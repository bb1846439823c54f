"""What the lock is to remember of a surface: its names, and the old ones that still work.

In: a surface, and what its names were made from. Out: `AssignedName`s and `OldName`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flexprice_codegen.api.shape import Shape, Shapes
from flexprice_codegen.surface.annotate import Annotator
from flexprice_codegen.surface.classes import EXTRA
from flexprice_codegen.surface.client import CLASS_KEY, CLIENT_KIND, ENV_PREFIX_KEY
from flexprice_codegen.surface.memory import Memory
from flexprice_codegen.surface.methods import keyword_key
from flexprice_codegen.surface.model import (
    AssignedName,
    EnumClass,
    Method,
    ModelClass,
    OldName,
    Surface,
)
from flexprice_codegen.surface.moves import SENT
from flexprice_codegen.surface.resources import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the names of a surface were made from."""

    names: Names
    annotator: Annotator
    shapes: Shapes
    memory: Memory


def _order(name: AssignedName) -> tuple[str, str, str]:
    return name.kind, name.key, name.group


def with_memory(surface: Surface, given: Given) -> Surface:
    """Add to a surface what the lock is to remember of it."""
    old = tuple(sorted(_old(surface, given), key=lambda each: (each.kind, each.name)))
    return replace(
        surface,
        names=tuple(sorted(_names(surface, given), key=_order)),
        old_names=old,
        old_classes=tuple(
            (each.name, each.new.removeprefix("models."))
            for each in old
            if each.kind == "class"
        ),
    )


def _names(surface: Surface, given: Given) -> Iterator[AssignedName]:
    yield AssignedName(kind=CLIENT_KIND, key=CLASS_KEY, name=surface.client)
    yield AssignedName(
        kind=CLIENT_KIND, key=ENV_PREFIX_KEY, name=surface.variable_prefix
    )
    yield from _classes(surface, given)
    for resource in surface.resources:
        for method in resource.methods:
            yield AssignedName(
                kind="method",
                key=method.key,
                name=method.name,
                group=given.names.groups[method.key],
                shape=_written(given.shapes.operations[method.key]),
            )
            yield from _keywords(method)
    spaces = {each.name for each in surface.resources}
    for group, namespace in given.names.namespaces.items():
        if namespace in spaces:
            yield AssignedName(kind="resource", key=group, name=namespace)
    for secret in surface.credentials:
        yield AssignedName(kind="credential", key=secret.scheme, name=secret.keyword)
    for server in surface.servers:
        yield AssignedName(kind="server", key=server.url, name=server.name)
    for row in surface.events.rows:
        yield AssignedName(kind="event", key=row.name, name=row.constant)


def _keywords(method: Method) -> Iterator[AssignedName]:
    """Remember the keywords of a method whose names a newcomer could get.

    Paths and queries have the first claim to the names that they have on the wire.
    """
    for each in method.arguments:
        if each.location in {"header", "cookie"} or each.name != each.wire:
            yield AssignedName(
                kind="keyword",
                key=keyword_key(each.location, each.wire),
                name=each.name,
                group=method.key,
            )


def _fields(model: ModelClass, key: str) -> Iterator[AssignedName]:
    """Remember the fields whose names are not those on the wire."""
    for each in model.fields:
        if each.name != each.wire:
            wire = EXTRA if each.name == model.extra else each.wire
            yield AssignedName(kind="field", key=wire, name=each.name, group=key)


def _classes(surface: Surface, given: Given) -> Iterator[AssignedName]:
    """Remember the classes that are made; shared enumerations under all their keys."""
    made = {each.name: each for each in surface.models}
    definitions = given.annotator.definitions
    for key, name in given.annotator.names.items():
        each = made.get(name)
        if each is None:
            continue
        is_enum = isinstance(each, EnumClass)
        for site in getattr(definitions[key], "sites", ()) or (key,):
            yield AssignedName(
                kind="enum" if is_enum else "class",
                key=site,
                name=name,
                prefix=each.prefix if isinstance(each, EnumClass) else "",
                shape=_written(given.shapes.definitions[key]),
            )
        if isinstance(each, ModelClass):
            yield from _fields(each, key)
    for key, name in given.annotator.sent_names.items():
        each = made.get(name)
        if each is None:
            continue
        shape = _written(given.shapes.definitions[key])
        yield AssignedName(kind="class", key=key + SENT, name=name, shape=shape)
        if isinstance(each, ModelClass):
            yield from _fields(each, key + SENT)


def _written(shape: Shape) -> str:
    return f"{shape.whole}:{shape.outer}"


def _old(surface: Surface, given: Given) -> Iterator[OldName]:
    """Give the old names of what is there, each with what is to be written today."""
    made = {each.name for each in surface.models}
    for each in given.memory.old_classes:
        now = _class_of(each.key, given.annotator)
        if now in made and each.name not in made:
            yield replace(each, old=f"models.{each.name}", new=f"models.{now}")
    methods = {
        (resource.name, method.name): method
        for resource in surface.resources
        for method in resource.old_methods
    }
    for each in given.memory.old_methods:
        namespace = given.names.namespaces[each.group]
        found = methods.get((namespace, each.name))
        if found is not None:
            old, new = f"{namespace}.{each.name}", f"{found.resource}.{found.method}"
            yield replace(each, old=old, new=new)


def _class_of(key: str, annotator: Annotator) -> str:
    """Give the class of a key; that of a sending one where there are no two."""
    base = key.removesuffix(SENT)
    name = annotator.names.get(base, "")
    return annotator.sent_names.get(base, name) if key != base else name
