"""Resources: methods by namespace.

In: operations with their names. Out: `Resource`s. The namespace is the first tag, or the
first fixed segment of the path where there is no tag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.api.model import Api, Operation
from generator.diagnostics import Sink
from generator.surface.methods import Methods
from generator.surface.model import Method, Resource
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


def resource_names(api: Api, previous: Mapping[str, str], sink: Sink) -> dict[str, str]:
    """Name the namespaces of the client, by their keys."""
    groups = dict.fromkeys(group_of(each) for each in api.operations)
    return assign(
        [_wanted_resource(each) for each in groups],
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


def method_names(api: Api, previous: Mapping[str, str], sink: Sink) -> dict[str, str]:
    """Name the methods, by the keys of their operations; unique in their namespace."""
    groups: dict[str, list[Operation]] = defaultdict(list)
    for each in api.operations:
        groups[group_of(each)].append(each)
    names: dict[str, str] = {}
    for group in groups.values():
        names |= assign(
            [_wanted_method(each) for each in group],
            Namespace(title="operation", reserved=METHOD_NAMES, ignore_case=True),
            previous,
            sink,
        )
    return {each.key: names[each.key] for each in api.operations}


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


def resources(
    api: Api,
    maker: Methods,
    *,
    methods: Mapping[str, str],
    namespaces: Mapping[str, str],
    client: str,
) -> tuple[Resource, ...]:
    """Make the namespaces with their methods, sorted by name."""
    groups: dict[str, list[Method]] = defaultdict(list)
    for each in api.operations:
        groups[group_of(each)].append(maker.method(each, methods[each.key]))
    texts = dict(api.tags)
    classes = _class_names(sorted(namespaces.values()), client)
    modules = _modules(sorted(namespaces.values()))
    return tuple(
        Resource(
            name=namespaces[group],
            class_name=classes[namespaces[group]],
            module=modules[namespaces[group]],
            methods=tuple(sorted(made, key=lambda one: one.name)),
            text=texts.get(group, ""),
        )
        for group, made in sorted(groups.items(), key=lambda item: namespaces[item[0]])
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
