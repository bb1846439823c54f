"""Resources: methods by namespace.

In: operations with their names. Out: `Resource`s. The namespace is the first tag, or the
first fixed segment of the path where there is no tag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.api.model import Api, Operation
from generator.diagnostics import Sink
from generator.surface.methods import Methods
from generator.surface.model import Method, OldMethod, OldName, Resource
from generator.surface.modules import in_ascii
from generator.surface.naming import Namespace, Wanted, assign
from generator.surface.numbering import Taken
from generator.surface.reserved import (
    CLIENT_MODULE_NAMES,
    METHOD_NAMES,
    RESOURCE_MODULE_NAMES,
    RESOURCE_NAMES,
)
from generator.words import class_name, identifier, snake


def group_of(operation: Operation) -> str:
    """Give the key of the namespace that an operation belongs to."""
    if operation.tags and snake(operation.tags[0]):
        return operation.tags[0]
    fixed = [each for each in operation.path.split("/") if each and "{" not in each]
    return fixed[0] if fixed else "root"


def resource_names(
    groups: Iterable[str], previous: Mapping[str, str], sink: Sink
) -> dict[str, str]:
    """Name the namespaces of the client, by their keys."""
    return assign(
        [_wanted_resource(each) for each in dict.fromkeys(groups)],
        Namespace(
            title="namespace",
            reserved=RESOURCE_NAMES,
            ignore_case=True,
            hint="an overlay may give its operations another first tag",
        ),
        previous,
        sink,
    )


def _wanted_resource(group: str) -> Wanted:
    name = identifier(group, "resource")
    return Wanted(key=group, exact=name, whole=f"{name.rstrip('_')}_resource")


def method_names(
    api: Api,
    previous: Mapping[str, str],
    groups: Mapping[str, str],
    sink: Sink,
    old: Iterable[OldName] = (),
) -> dict[str, str]:
    """Name the methods, by the keys of their operations; unique in their namespace.

    `groups` tells the namespace of each; `old` are names that mean something from before.
    """
    members: dict[str, list[Operation]] = defaultdict(list)
    for each in api.operations:
        members[groups[each.key]].append(each)
    taken: dict[str, set[str]] = defaultdict(set)
    for name in old:
        taken[name.group].add(name.name)
    names: dict[str, str] = {}
    for group, operations in members.items():
        reserved = METHOD_NAMES | taken[group]
        names |= assign(
            [_wanted_method(each) for each in operations],
            Namespace(title="operation", reserved=reserved, ignore_case=True),
            previous,
            sink,
        )
    return {each.key: names[each.key] for each in api.operations}


def wanted_method(operation: Operation) -> frozenset[str]:
    """Give the names that the document has for the method of an operation."""
    wanted = _wanted_method(operation)
    return frozenset({wanted.exact, wanted.whole})


def _wanted_method(operation: Operation) -> Wanted:
    long = identifier(f"{operation.method} {operation.path}", "call")
    asked = dict(operation.hints).get("name") or operation.id
    exact = identifier(str(asked), "call") if asked else long
    return Wanted(
        key=operation.key,
        exact=f"{exact}_" if exact in METHOD_NAMES else exact,
        whole=long,
        origin=operation.about.origin,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of methods by operation, groups by operation, and namespaces by group."""

    methods: Mapping[str, str]
    groups: Mapping[str, str]
    namespaces: Mapping[str, str]
    old: tuple[OldName, ...] = ()


def resources(
    api: Api, maker: Methods, names: Names, client: str
) -> tuple[Resource, ...]:
    """Make the namespaces with their methods, sorted by name."""
    made: dict[str, list[Method]] = defaultdict(list)
    old: dict[str, list[OldMethod]] = defaultdict(list)
    spaces = sorted(names.namespaces.values())
    classes, modules = _class_names(spaces, client), _modules(spaces)
    methods = {
        each.key: maker.method(each, names.methods[each.key]) for each in api.operations
    }
    for key, method in methods.items():
        made[names.groups[key]].append(method)
    for name in names.old:
        if name.key in methods:
            stream = bool(methods[name.key].stream)
            known = replace(_old_method(name, names, classes, modules), stream=stream)
            old[name.group].append(known)
    tags = {each.name: each.about for each in api.tags}
    return tuple(
        Resource(
            name=namespace,
            class_name=classes[namespace],
            module=modules[namespace],
            methods=tuple(sorted(made[group], key=lambda one: one.name)),
            old_methods=tuple(sorted(old[group], key=lambda one: one.name)),
            about=tags.get(group),
        )
        for group, namespace in sorted(names.namespaces.items(), key=lambda it: it[1])
        if made[group] or old[group]
    )


def _old_method(
    name: OldName,
    names: Names,
    classes: Mapping[str, str],
    modules: Mapping[str, str],
) -> OldMethod:
    namespace = names.namespaces[names.groups[name.key]]
    return OldMethod(
        name=name.name,
        method=names.methods[name.key],
        resource=namespace,
        class_name=classes[namespace],
        module=modules[namespace],
    )


def _modules(namespaces: Iterable[str]) -> dict[str, str]:
    """Name the modules of the namespaces."""
    taken = Taken()
    return {each: taken.take(in_ascii(each)) for each in namespaces}


def _class_names(namespaces: Iterable[str], client: str) -> dict[str, str]:
    """Name the classes of the namespaces; the client's module imports them all."""
    taken = {*RESOURCE_MODULE_NAMES, *CLIENT_MODULE_NAMES, client, f"Async{client}"}
    names: dict[str, str] = {}
    counted: dict[str, int] = {}
    for namespace in namespaces:
        wanted = class_name(namespace, "Resource")
        if wanted.startswith("Async") or {wanted, f"Async{wanted}"} & taken:
            wanted = f"{wanted}Resource"
        name, number = wanted, counted.get(wanted, 2)
        while {name, f"Async{name}"} & taken:
            name, number = f"{wanted}{number}", number + 1
            counted[wanted] = number
        taken |= {name, f"Async{name}"}
        names[namespace] = name
    return names
