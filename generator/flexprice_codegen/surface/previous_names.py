"""What is remembered of an earlier run, brought to the keys of today.

In: the names of an earlier run, the `Api` and its shapes. Out: `Memory`: the name that
each key of today had, and the old names that nothing has any more. A name that the
document gives moves on with it and leaves an old name; an invented one, of an inline
schema, stays with what it was invented for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flexprice_codegen.api import canonical
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, EnumSchema
from flexprice_codegen.api.shape import Shapes
from flexprice_codegen.surface.class_names import list_possible_class_names
from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.renamed_keys import (
    CLASS_KINDS,
    SENT_SUFFIX,
    RenamedKeys,
    find_renamed_keys,
)
from flexprice_codegen.surface.resources import (
    get_resource_key,
    list_possible_method_names,
)

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PreviousNames:
    """The names of an earlier run, by kind and key, and the old names that it kept."""

    names: tuple[AssignedName, ...] = ()
    deprecated_aliases: tuple[DeprecatedAlias, ...] = ()
    shape_format: int = canonical.FORMAT
    """Which digests the shapes of the names are."""

    def get_names(self, kind: str) -> Mapping[str, str]:
        """Return the names of one kind by key."""
        return {each.key: each.name for each in self.names if each.kind == kind}

    def get_enum_prefixes(self) -> Mapping[str, str]:
        """Give the prefixes that were taken off the members of enums, by key."""
        return {each.key: each.prefix for each in self.names if each.kind == "enum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRegistry:
    """Names by key of today; the group of each operation; names that are old now."""

    classes: Mapping[str, str]
    methods: Mapping[str, str]
    groups: Mapping[str, str]
    deprecated_classes: tuple[DeprecatedAlias, ...]
    deprecated_methods: tuple[DeprecatedAlias, ...]
    prefixes: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    """Names of fields, by the key of their class and their name on the wire."""
    keywords: Mapping[str, Mapping[str, str]]
    """Names of keywords, by the key of their operation, their location and wire name."""

    def list_groups(self) -> tuple[str, ...]:
        """Give the groups of operations and of old methods."""
        return (
            *self.groups.values(),
            *(each.group for each in self.deprecated_methods),
        )

    def get_deprecated_class_names(self) -> frozenset[str]:
        """Give the names of classes that no newcomer may have."""
        return frozenset(each.name for each in self.deprecated_classes)


def restore_names(previous: PreviousNames, api: Api, found: Shapes) -> NameRegistry:
    """Bring what is remembered to the keys of today.

    Args:
        previous: The names of an earlier run.
        api: What there is today.
        found: Its shapes, in the format of today.
    """
    if previous.shape_format != canonical.FORMAT:
        found = _compute_former_shapes(api)
    moved = find_renamed_keys(previous.names, api, found)
    classes, old_classes = _restore_classes(previous, api, moved)
    methods, old_methods = _restore_methods(previous, api, moved)
    groups = {each.key: each.group for each in previous.names if each.kind == "method"}
    prefixes = previous.get_enum_prefixes()
    return NameRegistry(
        classes=classes,
        methods=methods,
        groups={
            each.key: groups.get(each.key) or get_resource_key(each)
            for each in api.operations
        },
        deprecated_classes=old_classes,
        deprecated_methods=old_methods,
        prefixes={moved.schemas.get(k, k): each for k, each in prefixes.items()},
        fields=_group_names(previous.names, "field", moved.schemas),
        keywords=dict.fromkeys(methods, _NONE)
        | _group_names(previous.names, "keyword", moved.operations),
    )


def _compute_former_shapes(api: Api) -> Shapes:
    # Only the first run after an update needs it.
    from flexprice_codegen.api.shape_format_1 import compute_former_shapes

    return compute_former_shapes(api)


def _group_names(
    names: Iterable[AssignedName], kind: str, moved: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Group the names of one kind by the key of today of what they are in."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in names:
        if each.kind == kind:
            base = each.group.removesuffix(SENT_SUFFIX)
            group = moved.get(base, base) + each.group[len(base) :]
            found[group][each.key] = each.name
    return found


def _restore_classes(
    previous: PreviousNames, api: Api, moved: RenamedKeys
) -> tuple[dict[str, str], tuple[DeprecatedAlias, ...]]:
    rows = {each.key: each.name for each in previous.names if each.kind in CLASS_KINDS}
    present = set(_iter_class_keys(api))
    names = {
        key: name
        for key, name in rows.items()
        if key.removesuffix(SENT_SUFFIX) in present
    }
    old = [
        *_iter_kept_aliases(
            previous.deprecated_aliases, moved.schemas, present, "class"
        )
    ]
    inherited = {}
    for before, now in moved.schemas.items():
        for end in ("", SENT_SUFFIX):
            name = rows.get(before + end)
            if name is None:
                continue
            if (
                SEPARATOR in now
                or end
                or name in list_possible_class_names(now, api.schemas[now])
            ):
                inherited[now + end] = name
            else:
                old.append(DeprecatedAlias(kind="class", name=name, key=now))
    given = set(inherited.values())
    names = {key: name for key, name in names.items() if name not in given} | inherited
    lives = {name for key, name in names.items()}
    return names, tuple(each for each in dict.fromkeys(old) if each.name not in lives)


def _iter_class_keys(api: Api) -> Iterator[str]:
    for key, each in api.schemas.items():
        yield key
        if isinstance(each, EnumSchema):
            yield from each.sites


def _iter_kept_aliases(
    old: Iterable[DeprecatedAlias],
    moved: Mapping[str, str],
    present: set[str],
    kind: str,
) -> Iterator[DeprecatedAlias]:
    """Yield the old names that still mean something, under its key of today."""
    for each in old:
        key = moved.get(each.key, each.key)
        if each.kind == kind and key in present:
            # How they are written is found anew: what is new there now has other names.
            yield replace(each, key=key, old="", new="")


def _restore_methods(
    previous: PreviousNames, api: Api, moved: RenamedKeys
) -> tuple[dict[str, str], tuple[DeprecatedAlias, ...]]:
    rows = {each.key: each for each in previous.names if each.kind == "method"}
    operations = {each.key: each for each in api.operations}
    names = {key: row.name for key, row in rows.items() if key in operations}
    old = [
        *_iter_kept_aliases(
            previous.deprecated_aliases, moved.operations, set(operations), "method"
        )
    ]
    for before, now in moved.operations.items():
        row = rows[before]
        operation = operations[now]
        is_there = row.group == get_resource_key(operation)
        if is_there and row.name in list_possible_method_names(operation):
            names[now] = row.name
        else:
            name = DeprecatedAlias(
                kind="method", name=row.name, key=now, group=row.group
            )
            old.append(name)
    return names, tuple(dict.fromkeys(old))
