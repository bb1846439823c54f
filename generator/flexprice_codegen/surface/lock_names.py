"""The names of a surface for the lock file, with its deprecated aliases.

In: a surface, and the inputs of its names. Out: `AssignedName`s and
`DeprecatedAlias`es.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flexprice_codegen.api.model import get_sites
from flexprice_codegen.api.shape import Shape, Shapes
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.classes import EXTRA_FIELD_KEY
from flexprice_codegen.surface.client import CLASS_KEY, CLIENT_KIND, ENV_PREFIX_KEY
from flexprice_codegen.surface.methods import build_argument_key
from flexprice_codegen.surface.model import (
    Argument,
    AssignedName,
    DeprecatedAlias,
    EnumClass,
    Method,
    ModelClass,
    ModelDefinition,
    Surface,
)
from flexprice_codegen.surface.previous_names import NameRegistry
from flexprice_codegen.surface.python_types import (
    PyType,
    format_type,
    list_model_names,
)
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.surface.resources import STREAM_KIND, ResourceNames
from flexprice_codegen.surface.servers import VARIABLE_KIND
from flexprice_codegen.surface.type_mapping import TypeMapper


@frozen_value(kw_only=True)
class NamingInputs:
    """The inputs of the names of a surface."""

    names: ResourceNames
    type_mapper: TypeMapper
    shapes: Shapes
    registry: NameRegistry
    places: Mapping[str, tuple[str, ...]]


_MOST_PLACES = 2
"""The maximum number of places in a row; one that stays is enough."""


def _get_sort_key(name: AssignedName) -> tuple[str, str, str]:
    """Return kind, key, and group, which identify a name."""
    return name.kind, name.key, name.group


def add_lock_names(surface: Surface, given: NamingInputs) -> Surface:
    """Return a surface with its names and deprecated aliases for the lock file.

    Args:
        surface: A surface without them.
        given: The inputs of its names.
    """
    types = tuple(_iter_deprecated_types(surface, given))
    old = tuple(
        sorted(
            (*_iter_deprecated_aliases(surface, given), *(each for each, _ in types)),
            key=lambda each: (each.kind, each.name),
        )
    )
    return replace(
        surface,
        # Members of a shared enum come once for each of its keys.
        names=tuple(
            sorted(dict.fromkeys(_iter_names(surface, given)), key=_get_sort_key)
        ),
        deprecated_aliases=old,
        renamed=given.registry.renamed,
        deprecated_classes=tuple(
            (each.name, each.new.removeprefix("models."))
            for each in old
            if each.kind == "class"
        ),
        deprecated_types=tuple(
            sorted(
                ((each.name, type_) for each, type_ in types),
                key=lambda pair: pair[0],
            )
        ),
    )


def _iter_names(surface: Surface, given: NamingInputs) -> Iterator[AssignedName]:
    """Yield all names of a surface."""
    yield AssignedName(kind=CLIENT_KIND, key=CLASS_KEY, name=surface.client)
    yield AssignedName(
        kind=CLIENT_KIND, key=ENV_PREFIX_KEY, name=surface.variable_prefix
    )
    yield from _iter_class_names(surface, given)

    for resource in surface.resources:
        for method in resource.methods:
            yield AssignedName(
                kind="method",
                key=method.key,
                name=method.name,
                group=given.names.groups[method.key],
                shape=_format_shape(given.shapes.operations[method.key]),
                regular=_list_regular_arguments(method),
            )
            if method.streaming is not None and not method.streaming.switch:
                name = method.streaming.method.name
                yield AssignedName(kind=STREAM_KIND, key=method.key, name=name)
            yield from _iter_argument_names(method)

    spaces = {each.name for each in surface.resources}
    for group, namespace in given.names.namespaces.items():
        if namespace in spaces:
            yield AssignedName(kind="resource", key=group, name=namespace)

    for secret in surface.credentials:
        yield AssignedName(kind="credential", key=secret.scheme, name=secret.keyword)
    for server in surface.servers:
        yield AssignedName(kind="server", key=server.url, name=server.name)
    for variable in surface.server_variables:
        yield AssignedName(kind=VARIABLE_KIND, key=variable.wire, name=variable.keyword)
    for row in surface.events.rows:
        yield AssignedName(kind="event", key=row.name, name=row.constant)


def _list_regular_arguments(method: Method) -> tuple[str, ...]:
    """Return the keys of the arguments that have the names of their parameters."""
    return tuple(
        sorted(
            build_argument_key(each.location, each.wire)
            for each in method.arguments
            if _is_regular_argument(each)
        )
    )


def _is_regular_argument(argument: Argument) -> bool:
    """Return whether an argument has the name that a path or query parameter has."""
    is_plain = argument.location in {"path", "query"}
    return is_plain and argument.name == argument.wire


def _iter_argument_names(method: Method) -> Iterator[AssignedName]:
    """Yield the names of the other arguments."""
    for each in method.arguments:
        if not _is_regular_argument(each):
            yield AssignedName(
                kind="keyword",
                key=build_argument_key(each.location, each.wire),
                name=each.name,
                group=method.key,
            )


def _list_regular_fields(model: ModelDefinition) -> tuple[str, ...]:
    """Return the fields of a class that have the names of their properties."""
    fields = model.fields if isinstance(model, ModelClass) else ()
    return tuple(sorted(each.wire for each in fields if each.name == each.wire))


def _iter_field_names(model: ModelClass, key: str) -> Iterator[AssignedName]:
    """Yield the names of fields that differ from their properties."""
    for each in model.fields:
        if each.name != each.wire:
            wire = EXTRA_FIELD_KEY if each.name == model.extra else each.wire
            yield AssignedName(kind="field", key=wire, name=each.name, group=key)


def _iter_class_names(surface: Surface, given: NamingInputs) -> Iterator[AssignedName]:
    """Yield the names of generated classes; shared enums under all their keys."""
    made = {each.name: each for each in surface.models}
    definitions = given.type_mapper.schemas

    for key, name in given.type_mapper.names.items():
        each = made.get(name)
        # A class can be shared with a schema that is not selected.
        if each is None or key not in given.shapes.schemas:
            continue
        is_enum = isinstance(each, EnumClass)
        for site in get_sites(definitions[key]) or (key,):
            yield AssignedName(
                kind="enum" if is_enum else "class",
                key=site,
                name=name,
                prefix=each.prefix if isinstance(each, EnumClass) else "",
                shape=_format_shape(given.shapes.schemas[key]),
                regular=_list_regular_fields(each),
                places=given.places.get(key, ())[:_MOST_PLACES],
            )
        if isinstance(each, ModelClass):
            yield from _iter_field_names(each, key)
        if isinstance(each, EnumClass):
            yield from _iter_member_names(each)

    for key, name in given.type_mapper.sent_names.items():
        each = made.get(name)
        if each is None or key not in given.shapes.schemas:
            continue
        shape = _format_shape(given.shapes.schemas[key])
        yield AssignedName(
            kind="class",
            key=key + SENT_SUFFIX,
            name=name,
            shape=shape,
            regular=_list_regular_fields(each),
        )
        if isinstance(each, ModelClass):
            yield from _iter_field_names(each, key + SENT_SUFFIX)


def _iter_member_names(enum: EnumClass) -> Iterator[AssignedName]:
    """Yield the names of the members of an enum, with their aliases."""
    for each in enum.members:
        yield AssignedName(
            kind="member",
            key=str(each.value),
            name=each.name,
            group=enum.name,
            aliases=tuple(one.name for one in enum.aliases if one.value == each.value),
        )


def _format_shape(shape: Shape) -> str:
    """Return both hashes of a shape as the lock file has them."""
    return f"{shape.whole}:{shape.outer}"


def _iter_deprecated_aliases(
    surface: Surface, given: NamingInputs
) -> Iterator[DeprecatedAlias]:
    """Yield the deprecated aliases of the surface, each with its current name."""
    made = {each.name for each in surface.models}
    for each in given.registry.deprecated_classes:
        now = _get_class_name(each.key, given.type_mapper)
        if now in made:
            yield replace(each, old=f"models.{each.name}", new=f"models.{now}")

    for enum in surface.models:
        if isinstance(enum, EnumClass):
            yield from _iter_deprecated_members(enum)

    methods = {
        (resource.name, method.name): method
        for resource in surface.resources
        for method in resource.deprecated_methods
    }
    for each in given.registry.deprecated_methods:
        namespace = given.names.namespaces[each.group]
        found = methods.get((namespace, each.name))
        if found is not None:
            old = f"{namespace}.{each.name}"
            new = f"{found.resource}.{found.method}"
            yield replace(each, old=old, new=new)


def _iter_deprecated_types(
    surface: Surface, given: NamingInputs
) -> Iterator[tuple[DeprecatedAlias, PyType]]:
    """Yield former names of classes, each with the type that its place has now."""
    made = {each.name for each in surface.models}
    for each, found in given.registry.deprecated_types:
        type_ = given.type_mapper.map_type(found, "both")
        # A class can be outside of the selection.
        if made.issuperset(list_model_names(type_)):
            new = format_type(type_, "models.")
            yield replace(each, old=f"models.{each.name}", new=new), type_


def _iter_deprecated_members(enum: EnumClass) -> Iterator[DeprecatedAlias]:
    """Yield the deprecated aliases of the members of an enum."""
    names = {each.value: each.name for each in enum.members}
    for each in enum.deprecated:
        yield DeprecatedAlias(
            kind="member",
            name=each.name,
            key=str(each.value),
            group=enum.name,
            old=f"models.{enum.name}.{each.name}",
            new=f"models.{enum.name}.{names[each.value]}",
        )


def _get_class_name(key: str, type_mapper: TypeMapper) -> str:
    """Return the class of a key; for an unsplit request key, the common class."""
    base = key.removesuffix(SENT_SUFFIX)
    name = type_mapper.names.get(base, "")
    return type_mapper.sent_names.get(base, name) if key != base else name
