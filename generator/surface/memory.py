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

from generator.api import canonical
from generator.api.keys import SEPARATOR
from generator.api.model import Api, Enumeration
from generator.api.shape import Shapes
from generator.surface.class_names import wanted_class
from generator.surface.model import AssignedName, OldName
from generator.surface.moves import CLASS_KINDS, SENT, Moves, moves
from generator.surface.resources import group_of, wanted_method

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Previous:
    """The names of an earlier run, by kind and key, and the old names that it kept."""

    names: tuple[AssignedName, ...] = ()
    old_names: tuple[OldName, ...] = ()
    shape_format: int = canonical.FORMAT
    """Which digests the shapes of the names are."""

    def of(self, kind: str) -> Mapping[str, str]:
        """Return the names of one kind by key."""
        return {each.key: each.name for each in self.names if each.kind == kind}

    def prefixes(self) -> Mapping[str, str]:
        """Give the prefixes that were taken off the members of enums, by key."""
        return {each.key: each.prefix for each in self.names if each.kind == "enum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Names by key of today; the group of each operation; names that are old now."""

    classes: Mapping[str, str]
    methods: Mapping[str, str]
    groups: Mapping[str, str]
    old_classes: tuple[OldName, ...]
    old_methods: tuple[OldName, ...]
    prefixes: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    """Names of fields, by the key of their class and their name on the wire."""
    keywords: Mapping[str, Mapping[str, str]]
    """Names of keywords, by the key of their operation, their location and wire name."""

    def all_groups(self) -> tuple[str, ...]:
        """Give the groups of operations and of old methods."""
        return (*self.groups.values(), *(each.group for each in self.old_methods))

    def old_class_names(self) -> frozenset[str]:
        """Give the names of classes that no newcomer may have."""
        return frozenset(each.name for each in self.old_classes)


def recall(previous: Previous, api: Api, found: Shapes) -> Memory:
    """Bring what is remembered to the keys of today.

    Args:
        previous: The names of an earlier run.
        api: What there is today.
        found: Its shapes, in the format of today.
    """
    if previous.shape_format != canonical.FORMAT:
        found = _compute_former_shapes(api)
    moved = moves(previous.names, api, found)
    classes, old_classes = _classes(previous, api, moved)
    methods, old_methods = _methods(previous, api, moved)
    groups = {each.key: each.group for each in previous.names if each.kind == "method"}
    prefixes = previous.prefixes()
    return Memory(
        classes=classes,
        methods=methods,
        groups={
            each.key: groups.get(each.key) or group_of(each) for each in api.operations
        },
        old_classes=old_classes,
        old_methods=old_methods,
        prefixes={moved.definitions.get(k, k): each for k, each in prefixes.items()},
        fields=_inside(previous.names, "field", moved.definitions),
        keywords=dict.fromkeys(methods, _NONE)
        | _inside(previous.names, "keyword", moved.operations),
    )


def _compute_former_shapes(api: Api) -> Shapes:
    # Only the first run after an update needs it.
    from generator.api.shape_format_1 import compute_former_shapes

    return compute_former_shapes(api)


def _inside(
    names: Iterable[AssignedName], kind: str, moved: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Group the names of one kind by the key of today of what they are in."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in names:
        if each.kind == kind:
            base = each.group.removesuffix(SENT)
            group = moved.get(base, base) + each.group[len(base) :]
            found[group][each.key] = each.name
    return found


def _classes(
    previous: Previous, api: Api, moved: Moves
) -> tuple[dict[str, str], tuple[OldName, ...]]:
    rows = {each.key: each.name for each in previous.names if each.kind in CLASS_KINDS}
    present = set(_class_keys(api))
    names = {
        key: name for key, name in rows.items() if key.removesuffix(SENT) in present
    }
    old = [*_kept(previous.old_names, moved.definitions, present, "class")]
    inherited = {}
    for before, now in moved.definitions.items():
        for end in ("", SENT):
            name = rows.get(before + end)
            if name is None:
                continue
            if (
                SEPARATOR in now
                or end
                or name in wanted_class(now, api.definitions[now])
            ):
                inherited[now + end] = name
            else:
                old.append(OldName(kind="class", name=name, key=now))
    given = set(inherited.values())
    names = {key: name for key, name in names.items() if name not in given} | inherited
    lives = {name for key, name in names.items()}
    return names, tuple(each for each in dict.fromkeys(old) if each.name not in lives)


def _class_keys(api: Api) -> Iterator[str]:
    for key, each in api.definitions.items():
        yield key
        if isinstance(each, Enumeration):
            yield from each.sites


def _kept(
    old: Iterable[OldName], moved: Mapping[str, str], present: set[str], kind: str
) -> Iterator[OldName]:
    """Yield the old names that still mean something, under its key of today."""
    for each in old:
        key = moved.get(each.key, each.key)
        if each.kind == kind and key in present:
            # How they are written is found anew: what is new there now has other names.
            yield replace(each, key=key, old="", new="")


def _methods(
    previous: Previous, api: Api, moved: Moves
) -> tuple[dict[str, str], tuple[OldName, ...]]:
    rows = {each.key: each for each in previous.names if each.kind == "method"}
    operations = {each.key: each for each in api.operations}
    names = {key: row.name for key, row in rows.items() if key in operations}
    old = [*_kept(previous.old_names, moved.operations, set(operations), "method")]
    for before, now in moved.operations.items():
        row, operation = rows[before], operations[now]
        is_there = row.group == group_of(operation)
        if is_there and row.name in wanted_method(operation):
            names[now] = row.name
        else:
            name = OldName(kind="method", name=row.name, key=now, group=row.group)
            old.append(name)
    return names, tuple(dict.fromkeys(old))
