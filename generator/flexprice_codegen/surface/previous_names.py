"""Names of an earlier run, with the keys of the current document.

In: the names of an earlier run, the `Api` and its shapes. Out: a `NameRegistry`: the
previous name of each current key, and the deprecated aliases. If a schema is renamed in
the document, its class gets the new name, and the previous one becomes an alias. The
name of an inline schema was created by the generator, so its class keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from flexprice_codegen.api import canonical
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import Api, EnumSchema, get_sites
from flexprice_codegen.api.shape import Shapes
from flexprice_codegen.api.types import Type
from flexprice_codegen.config import PythonOptions
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.component_names import list_possible_class_names
from flexprice_codegen.surface.enums import NO_KNOWN_MEMBERS, KnownMembers
from flexprice_codegen.surface.groups import group_operations
from flexprice_codegen.surface.model import AliasKind, AssignedName, DeprecatedAlias
from flexprice_codegen.surface.renamed_keys import (
    CLASS_KINDS,
    SENT_SUFFIX,
    find_renamed_keys,
)
from flexprice_codegen.surface.renames import RenamedKeys
from flexprice_codegen.surface.replaced_classes import ReplacedClasses, replace_classes
from flexprice_codegen.surface.resources import (
    STREAM_KIND,
    list_possible_method_names,
)

_NONE: Mapping[str, str] = MappingProxyType({})


@frozen_value(kw_only=True)
class EarlierNames:
    """What the names of a document had, and those of the next one have not.

    `names` were removed or changed, `gone` were removed aliases, and `came` new ones.
    """

    source_id: str
    names: tuple[AssignedName, ...] = ()
    gone: tuple[DeprecatedAlias, ...] = ()
    came: tuple[DeprecatedAlias, ...] = ()


@frozen_value
class PreviousNames:
    """The names of an earlier run, and its deprecated aliases."""

    names: tuple[AssignedName, ...] = ()
    deprecated_aliases: tuple[DeprecatedAlias, ...] = ()
    shape_format: int = canonical.FORMAT
    """The version of the hashes in the `shape` of names."""
    has_members: bool = True
    """Whether the run recorded enum members; those of former versions did not."""
    source_id: str = ""
    """The ID of its document."""
    earlier: tuple[EarlierNames, ...] = ()
    """The names of the documents before that one, from the oldest."""

    def get_names(self, kind: str) -> Mapping[str, str]:
        """Return the names of one kind by key."""
        return {each.key: each.name for each in self.names if each.kind == kind}

    def get_enum_members(self) -> Mapping[str, KnownMembers]:
        """Return the names of the members of enums, by the key of the enum."""
        names: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for each in self.names:
            if each.kind == "member":
                names[each.group][each.key] = (each.name, *each.aliases)

        deprecated: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for alias in self.deprecated_aliases:
            if alias.kind == "member":
                others = deprecated[alias.group].get(alias.key, ())
                deprecated[alias.group][alias.key] = (*others, alias.name)

        return {
            each.key: KnownMembers(
                prefix=each.prefix,
                names=names.get(each.name, {}),
                deprecated=deprecated.get(each.name, {}),
                is_former=not self.has_members,
            )
            for each in self.names
            if each.kind == "enum"
        }


@frozen_value(kw_only=True)
class NameRegistry:
    """Names by current key, the group of each operation, and deprecated aliases.

    `options` are the wishes of the user, which all that assigns names can read.
    """

    options: PythonOptions
    classes: Mapping[str, str]
    methods: Mapping[str, str]
    streams: Mapping[str, str]
    """Names of the second methods of operations, which return streams."""
    groups: Mapping[str, str]
    deprecated_classes: tuple[DeprecatedAlias, ...]
    deprecated_types: tuple[tuple[DeprecatedAlias, Type], ...]
    """Former names of classes, each with the type that its place has now."""
    deprecated_methods: tuple[DeprecatedAlias, ...]
    members: Mapping[str, KnownMembers]
    """Names of enum members, by the key of the enum."""
    fields: Mapping[str, Mapping[str, str]]
    """Names of fields, by the key of their class and by property."""
    keywords: Mapping[str, Mapping[str, str]]
    """Names of arguments, by operation, and by location and name on the wire."""
    renamed: RenamedKeys
    """The keys of the earlier run that have other keys now."""

    def get_members(self, definition: EnumSchema) -> KnownMembers:
        """Return the names of the members of an enum, which any of its sites can have."""
        sites = (definition.key, *definition.sites)
        found = (self.members[each] for each in sites if each in self.members)
        return next(found, NO_KNOWN_MEMBERS)

    def list_groups(self) -> tuple[str, ...]:
        """Return the groups of operations and of deprecated methods."""
        return (
            *self.groups.values(),
            *(each.group for each in self.deprecated_methods),
        )

    def iter_reserved_methods(self) -> Iterator[tuple[str, str]]:
        """Yield the names that no new method can have, with their group."""
        for alias in self.deprecated_methods:
            yield alias.group, alias.name
        for key, name in self.streams.items():
            if key in self.groups:
                yield self.groups[key], name

    def get_deprecated_class_names(self) -> frozenset[str]:
        """Return the names of deprecated classes, which no new class can have."""
        types = (each for each, _ in self.deprecated_types)
        return frozenset(each.name for each in (*self.deprecated_classes, *types))


def restore_names(
    previous: PreviousNames, api: Api, found: Shapes, options: PythonOptions
) -> NameRegistry:
    """Return the names of an earlier run by current key.

    Args:
        previous: The names of an earlier run.
        api: The current API.
        found: Its shapes, in the current format.
        options: The options of the user about names.
    """
    if previous.shape_format != canonical.FORMAT:
        # Stored shapes can only be compared with shapes of the same format.
        found = _compute_former_shapes(api)

    known = {each.key: each.group for each in previous.names if each.kind == "method"}
    groups = {
        key: known.get(key) or group
        for key, group in group_operations(api.operations).items()
    }
    moved = find_renamed_keys(previous.names, api, found)
    replaced = replace_classes(_iter_replaced(previous, api, moved), api, moved)
    classes, old_classes = _restore_classes(previous, api, moved, replaced)
    methods, old_methods = _restore_methods(previous, api, moved, groups)

    members = previous.get_enum_members()

    return NameRegistry(
        options=options,
        classes=classes,
        methods=methods,
        streams={
            moved.operations.get(key, key): name
            for key, name in previous.get_names(STREAM_KIND).items()
        },
        groups=groups,
        deprecated_classes=old_classes,
        deprecated_types=replaced.types,
        deprecated_methods=old_methods,
        members={moved.schemas.get(k, k): each for k, each in members.items()},
        fields=_group_names(previous.names, "field", CLASS_KINDS, moved.schemas),
        # Unlike a new operation, a known one has an entry, even without stored names.
        keywords=dict.fromkeys(methods, _NONE)
        | _group_names(previous.names, "keyword", {"method"}, moved.operations),
        renamed=moved,
    )


def _compute_former_shapes(api: Api) -> Shapes:
    # Imported here, because only the first run after an update needs it.
    """Compute shapes in the format of an earlier version."""
    from flexprice_codegen.api.shape_format_1 import compute_former_shapes

    return compute_former_shapes(api)


def _group_names(
    names: Iterable[AssignedName],
    kind: str,
    owners: Container[str],
    moved: Mapping[str, str],
) -> dict[str, dict[str, str]]:
    """Return the names of one kind by the current key of their owner.

    Args:
        names: All names of the earlier run.
        kind: The kind of the names.
        owners: The kinds of their owners, which have the regular names.
        moved: The current key of each owner that was renamed.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in names:
        if each.kind == kind:
            found[_move_key(each.group, moved)][each.key] = each.name
        elif each.kind in owners and each.regular:
            regular = {key: key.rpartition(" ")[2] for key in each.regular}
            found[_move_key(each.key, moved)] |= regular
    return found


def _move_key(key: str, moved: Mapping[str, str]) -> str:
    """Return the current key of a schema or of an operation."""
    base = key.removesuffix(SENT_SUFFIX)
    return moved.get(base, base) + key[len(base) :]


def _restore_classes(
    previous: PreviousNames,
    api: Api,
    moved: RenamedKeys,
    replaced: ReplacedClasses,
) -> tuple[dict[str, str], tuple[DeprecatedAlias, ...]]:
    """Return class names by current key, and deprecated aliases of classes.

    Args:
        previous: The names of an earlier run.
        api: The current API.
        moved: The current keys of what was renamed.
        replaced: The aliases of classes whose places have others now.
    """
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
        ),
        *replaced.classes,
    ]

    inherited = {}
    for before, now in moved.schemas.items():
        for end in ("", SENT_SUFFIX):
            name = rows.get(before + end)
            if name is None:
                continue
            # The generator creates the names of inline and request classes.
            if SEPARATOR in now or end:
                inherited[now + end] = name
                continue

            # Other names are kept only if the document still has them. A rename that is
            # undone gives a class its name back.
            earlier = [name, *(each.name for each in old if each.key == now)]
            possible = list_possible_class_names(now, api.schemas[now])
            kept = next((each for each in earlier if each in possible), None)
            if kept is not None:
                inherited[now] = kept
            # A rename that is undone leaves no alias, as if it had never been.
            if kept in {None, name}:
                old.append(DeprecatedAlias(kind="class", name=name, key=now))

    given = set(inherited.values())
    names = {key: name for key, name in names.items() if name not in given} | inherited
    lives = set(names.values())
    return names, tuple(each for each in dict.fromkeys(old) if each.name not in lives)


def _iter_replaced(
    previous: PreviousNames, api: Api, moved: RenamedKeys
) -> Iterator[tuple[str, str]]:
    """Yield the name and the previous key of each class that has no schema now."""
    for alias in previous.deprecated_aliases:
        if alias.kind == "type":
            yield alias.name, alias.key
    if previous.has_members:
        return  # only former versions had such classes
    present = set(_iter_class_keys(api))
    for row in previous.names:
        base = row.key.removesuffix(SENT_SUFFIX)
        is_there = base in present or base in moved.schemas
        if row.kind in CLASS_KINDS and not is_there:
            yield row.name, base


def _iter_class_keys(api: Api) -> Iterator[str]:
    """Yield all keys of schemas; a shared enum has one for each location."""
    for key, each in api.schemas.items():
        yield key
        yield from get_sites(each)


def _iter_kept_aliases(
    old: Iterable[DeprecatedAlias],
    moved: Mapping[str, str],
    present: set[str],
    kind: AliasKind,
) -> Iterator[DeprecatedAlias]:
    """Yield the deprecated aliases whose target still exists, with its current key."""
    for each in old:
        key = moved.get(each.key, each.key)
        if each.kind == kind and key in present:
            # Both expressions are computed later, from the current names.
            yield replace(each, key=key, old="", new="")


def _restore_methods(
    previous: PreviousNames, api: Api, moved: RenamedKeys, groups: Mapping[str, str]
) -> tuple[dict[str, str], tuple[DeprecatedAlias, ...]]:
    """Return method names by current key, and deprecated aliases of methods.

    Args:
        previous: The names of an earlier run.
        api: The current API.
        moved: The current keys of what was renamed.
        groups: The group of each operation.
    """
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
        alias = DeprecatedAlias(kind="method", name=row.name, key=now, group=row.group)
        operation = operations[now]
        possible = list_possible_method_names(operation, groups[now])

        # A rename that is undone gives a method its name back, and leaves no alias.
        earlier = (
            each
            for each in (alias, *old)
            if each.key == now and each.group == groups[now] and each.name in possible
        )
        kept = next(earlier, None)
        if kept is not None:
            names[now] = kept.name
        if kept in {None, alias}:
            old.append(alias)

    return names, tuple(
        each for each in dict.fromkeys(old) if not _is_living(each, names, groups)
    )


def _is_living(
    alias: DeprecatedAlias,
    names: Mapping[str, str],
    groups: Mapping[str, str],
) -> bool:
    """Return whether a method has the name of its own deprecated alias."""
    is_there = alias.group == groups[alias.key]
    return is_there and names.get(alias.key) == alias.name
