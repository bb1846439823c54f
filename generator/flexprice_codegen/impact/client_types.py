"""The types of a generated client, as the index of uses looks them up.

In: a `Surface`. Out: `ClientTypes`: which fields, members, methods and events there are,
and which values they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.symbols import Symbol, list_exports, list_variables
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    ClassValue,
    ClientValue,
    CollectionValue,
    HolderValue,
    MemberValue,
    ModelValue,
    ResourceValue,
    TableValue,
    ValueSet,
    iterate_values,
    join_values,
)
from flexprice_codegen.surface.model import (
    EnumClass,
    Method,
    ModelClass,
    ModelDefinition,
    ResourceClass,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    UnionType,
)
from flexprice_codegen.surface.reserved import build_async_name


@frozen_value
class MethodTypes:
    """What a method returns, what its pages have, and its keywords."""

    result: ValueSet
    items: ValueSet
    keywords: Mapping[str, ValueSet]


@frozen_value
class EventTypes:
    """An event: its name on the wire, and what its payload can be."""

    wire: str
    payload: ValueSet


@frozen_value(kw_only=True)
class ClientTypes:
    """The names of a client, with the types of their values."""

    client: str
    classes: Mapping[str, ValueSet]
    """What a name of `models` is: a class, or an alias of a union."""
    fields: Mapping[str, Mapping[str, ValueSet]]
    members: Mapping[str, Mapping[str, str | int]]
    """By enum: the members and their values."""
    other_members: Mapping[str, frozenset[str]]
    """By enum: further names of members, which no text means."""
    methods: Mapping[str, Mapping[str, MethodTypes]]
    resources: Mapping[str, str]
    """The namespace of each class of a resource, the async and the raw ones too."""
    modules: Mapping[str, str]
    """The namespace of each module of resources."""
    events: Mapping[str, EventTypes]
    events_by_name: Mapping[str, str]
    variables: frozenset[str]
    options: frozenset[str]
    servers: frozenset[str]
    exports: frozenset[str]

    @property
    def client_classes(self) -> tuple[str, str]:
        """The names of both classes of the client."""
        return (self.client, build_async_name(self.client))

    def get_class(self, path: str, name: str) -> ValueSet:
        """Return what a module of the client has under a name, if it is a class."""
        if path == "models" or path.startswith("models."):
            return self.classes.get(name, OTHER)
        if path in ("", "_client") and name in self.client_classes:
            return frozenset({ClassValue(ClientValue())})
        if path.startswith("resources") and name in self.resources:
            return frozenset({ClassValue(ResourceValue(self.resources[name]))})
        return OTHER

    def has_member(self, enum: str, name: str) -> bool:
        """Return whether an enum has a member, also by another name."""
        others = self.other_members.get(enum, frozenset())
        return name in self.members.get(enum, {}) or name in others

    def find_members(self, enum: str, value: object) -> tuple[Symbol, ...]:
        """Return the members of an enum that have a value."""
        return tuple(
            Symbol("member", enum, name)
            for name, each in self.members.get(enum, {}).items()
            if each == value and type(each) is type(value)
        )


def index_types(surface: Surface) -> ClientTypes:
    """Return the types of a client."""
    reader = _TypeReader({each.name: each for each in surface.models})
    classes = {each.name: reader.read_class(each) for each in surface.models}
    for former, current in surface.deprecated_classes:
        classes[former] = classes.get(current, UNKNOWN)
    for former, type_ in surface.deprecated_types:
        classes[former] = frozenset({AliasValue(reader.read_type(type_), former)})
    methods = {
        each.name: {one.name: reader.read_method(one) for one in each.methods}
        for each in surface.resources
    }
    _add_deprecated_methods(surface, methods)

    return ClientTypes(
        client=surface.client,
        classes=classes,
        fields={
            each.name: {one.name: reader.read_type(one.type) for one in each.fields}
            for each in surface.models
            if isinstance(each, ModelClass)
        },
        members={
            each.name: {one.name: one.value for one in each.members}
            for each in surface.models
            if isinstance(each, EnumClass)
        },
        other_members={
            each.name: frozenset(one.name for one in (*each.aliases, *each.deprecated))
            for each in surface.models
            if isinstance(each, EnumClass)
        },
        methods=methods,
        resources={
            f"{name}{suffix}": each.name
            for each in surface.resources
            for name in (each.class_name, build_async_name(each.class_name))
            for suffix in ("", "WithRawResponse")
        },
        modules={each.module: each.name for each in surface.resources},
        events={
            each.constant: EventTypes(each.name, reader.read_type(each.payload))
            for each in surface.events.rows
        },
        events_by_name={each.name: each.constant for each in surface.events.rows},
        variables=frozenset(list_variables(surface)),
        options=frozenset(
            [
                *(each.keyword for each in surface.credentials),
                *(each.keyword for each in surface.server_variables),
            ]
        ),
        servers=frozenset(each.name for each in surface.servers),
        exports=frozenset(list_exports(surface) if surface.has_client else ()),
    )


def _add_deprecated_methods(
    surface: Surface, methods: Mapping[str, dict[str, MethodTypes]]
) -> None:
    """Add the deprecated names of methods, with the types of the current ones."""
    for resource in surface.resources:
        for alias in resource.deprecated_methods:
            target = _find_method(surface.resources, alias.resource, alias.method)
            if target is not None:
                methods[resource.name][alias.name] = methods[target][alias.method]


def _find_method(
    resources: tuple[ResourceClass, ...], resource: str, method: str
) -> str | None:
    """Return the namespace that has a method, if there is one."""
    for each in resources:
        names = {one.name for one in each.methods}
        if each.name == resource and method in names:
            return each.name
    return None


@frozen_value
class _TypeReader:
    """Reads types of a surface; `models` are its classes by name."""

    models: Mapping[str, ModelDefinition]

    def read_class(self, model: ModelDefinition) -> ValueSet:
        """Return what the name of a class means."""
        match model:
            case ModelClass():
                return frozenset({ClassValue(ModelValue(model.name))})
            case EnumClass():
                return frozenset({ClassValue(MemberValue(model.name))})
            case UnionClass():
                values = self.read_type(ModelType(model.name))
                return frozenset({AliasValue(values, model.name)})
            case _:
                assert_never(model)

    def read_method(self, method: Method) -> MethodTypes:
        """Return the types of a method."""
        result = self.read_type(method.returns)
        items = iterate_values(result)
        if method.pagination is not None:
            items |= self._read_items(result, method.pagination.items)
        if method.stream == "events":
            result = frozenset({HolderValue(result)})
        if method.stream:
            result = frozenset({CollectionValue(result)})
        keywords = {each.name: self.read_type(each.type) for each in method.arguments}
        if method.key_keyword:
            keywords[method.key_keyword] = OTHER
        if method.body is not None and method.body.keyword:
            keywords[method.body.keyword] = self.read_type(method.body.type)
        return MethodTypes(result, items, keywords)

    def _read_items(self, page: ValueSet, path: str) -> ValueSet:
        """Return the items of a page; `path` leads to them, by names on the wire."""
        values = page
        for name in path.split("."):
            values = join_values(*(self._read_property(each, name) for each in values))
        return iterate_values(values)

    def _read_property(self, value: object, wire: str) -> ValueSet:
        if not isinstance(value, ModelValue):
            return OTHER
        model = self.models[value.name]
        fields = model.fields if isinstance(model, ModelClass) else ()
        return join_values(
            *(self.read_type(each.type) for each in fields if each.wire == wire)
        )

    def read_type(self, type_: PyType, seen: frozenset[str] = frozenset()) -> ValueSet:
        """Return the values of a type; `seen` are the unions that it is a part of."""
        match type_:
            case PlainType():
                return UNKNOWN if type_ == ANY_TYPE else OTHER
            case LiteralType():
                return OTHER
            case ListType():
                return frozenset({CollectionValue(self.read_type(type_.item, seen))})
            case DictType():
                return frozenset({TableValue(OTHER, self.read_type(type_.value, seen))})
            case UnionType():
                return join_values(
                    *(self.read_type(each, seen) for each in type_.variants)
                )
            case ModelType():
                return self._read_model(type_.name, seen)
            case _:
                assert_never(type_)

    def _read_model(self, name: str, seen: frozenset[str]) -> ValueSet:
        model = self.models.get(name)
        match model:
            case None:
                return UNKNOWN
            case ModelClass():
                return frozenset({ModelValue(name)})
            case EnumClass():
                return frozenset({MemberValue(name)})
            case UnionClass():
                if name in seen:
                    return OTHER
                below = seen | {name}
                return join_values(
                    *(self.read_type(each, below) for each in model.variants)
                )
            case _:
                assert_never(model)
