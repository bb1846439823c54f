"""Resources: methods by namespace.

In: operations with their names and groups. Out: `ResourceClass`es.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from flexprice_codegen.api.model import Api, ApiOperation
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.methods import MethodBuilder
from flexprice_codegen.surface.model import (
    DeprecatedAlias,
    DeprecatedMethod,
    Method,
    ResourceClass,
)
from flexprice_codegen.surface.modules import convert_to_ascii
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.operation_ids import shorten_operation_id
from flexprice_codegen.surface.reserved import (
    ASYNC_PREFIX,
    CLIENT_MODULE_NAMES,
    METHOD_NAMES,
    RESOURCE_MODULE_NAMES,
    RESOURCE_NAMES,
    build_async_name,
)
from flexprice_codegen.surface.undeclared_content import note_undeclared_content
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import build_class_name, build_identifier

STREAM_KIND: Final = "stream"
"""The kind of the second method of an operation, which returns a stream."""


def assign_resource_names(
    groups: Iterable[str], previous: Mapping[str, str], sink: DiagnosticSink
) -> dict[str, str]:
    """Return the names of resources, by key.

    Args:
        groups: The keys of resources, in order; duplicates are ignored.
        previous: The names of an earlier run, by key.
        sink: Receives a note for each name that is not the preferred one.
    """
    return assign_names(
        [_build_resource_request(each) for each in dict.fromkeys(groups)],
        NameScope(
            title="namespace",
            reserved=RESOURCE_NAMES,
            # Each resource has a module, and some file systems ignore case.
            ignore_case=True,
            hint="an overlay may give its operations another first tag",
        ),
        previous,
        sink,
    )


def _build_resource_request(group: str) -> NameRequest:
    """Build the request for the name of a resource."""
    name = build_identifier(group, "resource")
    return NameRequest(key=group, exact=name, whole=f"{name.rstrip('_')}_resource")


def assign_method_names(
    api: Api,
    previous: Mapping[str, str],
    groups: Mapping[str, str],
    sink: DiagnosticSink,
    reserved: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """Return the names of methods by operation; they are unique in their resource.

    Args:
        api: The API.
        previous: The names of an earlier run, by operation.
        groups: The resource key of each operation.
        sink: Receives a note for each name that is not the preferred one.
        reserved: Names that no method can have, with the key of their resource.
    """
    members: dict[str, list[ApiOperation]] = defaultdict(list)
    for each in api.operations:
        members[groups[each.key]].append(each)

    taken: dict[str, set[str]] = defaultdict(set)
    for group, name in reserved:
        taken[group].add(name)

    names: dict[str, str] = {}
    for group, operations in members.items():
        used = METHOD_NAMES | taken[group]
        names |= assign_names(
            [_build_method_request(each, group) for each in operations],
            NameScope(title="operation", reserved=used, ignore_case=True),
            previous,
            sink,
        )

    # In the order of the document, not by resource.
    return {each.key: names[each.key] for each in api.operations}


def list_possible_method_names(operation: ApiOperation, group: str) -> frozenset[str]:
    """Return the method names that a document can request for an operation.

    Args:
        operation: The operation.
        group: The key of its group.
    """
    wanted = _build_method_request(operation, group)
    names = {wanted.nickname, wanted.exact, wanted.whole} - {""}
    # `list` was reserved before.
    return frozenset(names | {"list_"} if "list" in names else names)


def _build_method_request(operation: ApiOperation, group: str) -> NameRequest:
    """Build the request for the name of a method: a hint, its ID, or its path."""
    long = build_identifier(f"{operation.method} {operation.path}", "call")
    hint = dict(operation.hints).get("name")
    asked = hint or operation.id
    short = "" if hint else shorten_operation_id(operation, group)
    return NameRequest(
        key=operation.key,
        nickname=_build_method_name(short) if short.isidentifier() else "",
        exact=_build_method_name(str(asked)) if asked else _reserve_names(long),
        whole=long,
        origin=operation.about.origin,
    )


def _build_method_name(text: str) -> str:
    return _reserve_names(build_identifier(text, "call"))


def _reserve_names(name: str) -> str:
    """Return a name that is not one of those that a method cannot have."""
    return f"{name}_" if name in METHOD_NAMES else name


@frozen_value(kw_only=True)
class ResourceNames:
    """Names of methods and groups by operation, and names of resources by group."""

    methods: Mapping[str, str]
    groups: Mapping[str, str]
    namespaces: Mapping[str, str]
    streams: Mapping[str, str]
    """The names of streams of an earlier run, by operation."""
    old: tuple[DeprecatedAlias, ...] = ()


def build_resources(
    api: Api, maker: MethodBuilder, names: ResourceNames, client: str
) -> tuple[ResourceClass, ...]:
    """Build the resources with their methods, sorted by name.

    Args:
        api: The API, or its selected part.
        maker: Builds methods.
        names: The names of methods and resources, also those that are not selected.
        client: The class name of the client.
    """
    made: dict[str, list[Method]] = defaultdict(list)
    old: dict[str, list[DeprecatedMethod]] = defaultdict(list)
    # All resources, so that names do not depend on the selection.
    spaces = sorted(names.namespaces.values())
    classes = _assign_class_names(spaces, client)
    modules = _assign_module_names(spaces)

    methods = {
        each.key: maker.build_method(each, names.methods[each.key])
        for each in api.operations
    }
    note_undeclared_content(tuple(methods.values()), maker.sink)
    taken = {
        group: _collect_used_names(names, group) for group in names.groups.values()
    }
    for key, method in methods.items():
        group = names.groups[key]
        stream_name = names.streams.get(key)
        made[group].append(_name_streaming(method, stream_name, taken[group]))

    for name in names.old:
        if name.key in methods:
            stream = bool(methods[name.key].stream)
            known = replace(
                _build_deprecated_method(name, names, classes, modules), stream=stream
            )
            old[name.group].append(known)

    tags = {each.name: each.about for each in api.tags}
    return tuple(
        ResourceClass(
            name=namespace,
            class_name=classes[namespace],
            module=modules[namespace],
            methods=tuple(sorted(made[group], key=lambda one: one.name)),
            deprecated_methods=tuple(sorted(old[group], key=lambda one: one.name)),
            about=tags.get(group),
        )
        for group, namespace in sorted(names.namespaces.items(), key=lambda it: it[1])
        if made[group] or old[group]
    )


def _collect_used_names(names: ResourceNames, group: str) -> UsedNames:
    """Return all names of a resource, also of deprecated aliases and known streams."""
    current = (
        names.methods[key] for key, each in names.groups.items() if each == group
    )
    old = (each.name for each in names.old if each.group == group)
    streams = (
        name for key, name in names.streams.items() if names.groups.get(key) == group
    )
    return UsedNames((*METHOD_NAMES, *current, *old, *streams))


def _name_streaming(method: Method, known: str | None, taken: UsedNames) -> Method:
    """Return a method whose streaming form has a name of its own, if it has no switch."""
    form = method.streaming
    if form is None or form.switch:
        return method
    name = known or taken.take_name(f"{method.name}_stream")
    return replace(
        method, streaming=replace(form, method=replace(form.method, name=name))
    )


def _build_deprecated_method(
    name: DeprecatedAlias,
    names: ResourceNames,
    classes: Mapping[str, str],
    modules: Mapping[str, str],
) -> DeprecatedMethod:
    """Build the deprecated alias of a method, with the resource of its target."""
    namespace = names.namespaces[names.groups[name.key]]
    return DeprecatedMethod(
        name=name.name,
        method=names.methods[name.key],
        resource=namespace,
        class_name=classes[namespace],
        module=modules[namespace],
    )


def _assign_module_names(namespaces: Iterable[str]) -> dict[str, str]:
    """Return the modules of resources, by resource."""
    taken = UsedNames()
    return {each: taken.take_name(convert_to_ascii(each)) for each in namespaces}


def _assign_class_names(namespaces: Iterable[str], client: str) -> dict[str, str]:
    """Return class names of resources, unique in the module of the client."""
    own = {client, build_async_name(client)}
    taken = {*RESOURCE_MODULE_NAMES, *CLIENT_MODULE_NAMES, *own}
    names: dict[str, str] = {}
    counted: dict[str, int] = {}
    for namespace in namespaces:
        wanted = build_class_name(namespace, "Resource")
        # A name with the prefix could be that of another resource's second class.
        is_taken = bool({wanted, build_async_name(wanted)} & taken)
        if is_taken or wanted.startswith(ASYNC_PREFIX):
            wanted = f"{wanted}Resource"

        name = wanted
        number = counted.get(wanted, 2)
        while {name, build_async_name(name)} & taken:
            name = f"{wanted}{number}"
            number = number + 1
            counted[wanted] = number

        taken |= {name, build_async_name(name)}
        names[namespace] = name
    return names
