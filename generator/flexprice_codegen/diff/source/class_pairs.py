"""Which class of the older client is which class of the newer one.

In: two `Surface`s. Out: `Pairs`: classes by key, then by name, then, for those that
are left on both sides, by the place where they stand and by what is in them.

A class that is sent and one that comes back may have the same key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from flexprice_codegen.diff.source.type_effects import ClassNameMap
from flexprice_codegen.surface.cut import types_of
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.python import (
    ClassNamed,
    Either,
    Listed,
    LiteralOf,
    Mapped,
    PyType,
)

_SCALARS = {"OpenStrEnum": "str", "OpenIntEnum": "int"}
_ALIKE = 0.5
"""The share of fields or values that two classes have in common at least."""


@dataclass(slots=True)
class ClassPairs:
    """The classes of both sides by name, and which of them belong together."""

    old: dict[str, ModelDefinition]
    new: dict[str, ModelDefinition]
    names: dict[str, str] = field(default_factory=dict)
    """The new name of each old class that is still there."""

    @property
    def removed(self) -> dict[str, ModelDefinition]:
        """The old classes without a partner."""
        return {name: each for name, each in self.old.items() if name not in self.names}

    @property
    def added(self) -> dict[str, ModelDefinition]:
        """The new classes without a partner."""
        taken = set(self.names.values())
        return {name: each for name, each in self.new.items() if name not in taken}

    def find_split(self) -> dict[str, str]:
        """Give the new sending classes, and the classes that were sent before."""
        return _find_owners(self.added, self.new, set(self.names.values()))

    def find_merged(self) -> dict[str, str]:
        """Give the sending classes that are gone, and those they stood beside."""
        return _find_owners(self.removed, self.old, set(self.names))

    def create_name_map(self) -> ClassNameMap:
        """Give one name to classes that are the same."""
        joined = {name: self.names[other] for name, other in self.find_merged().items()}
        enums = {
            each.name: _SCALARS[each.base]
            for each in (*self.old.values(), *self.new.values())
            if isinstance(each, EnumClass)
        }
        return ClassNameMap({**self.names, **joined}, self.find_split(), enums)


def _find_owners(
    lonely: Mapping[str, ModelDefinition],
    known: Mapping[str, ModelDefinition],
    kept: set[str],
) -> dict[str, str]:
    owners = {known[name].key: name for name in kept}
    return {
        name: owners[each.key]
        for name, each in lonely.items()
        if each.key in owners and getattr(each, "use", "sent") == "sent"
    }


def pair_classes(old: Surface, new: Surface) -> ClassPairs:
    """Find the partners of all classes."""
    made = ClassPairs(
        {each.name: each for each in old.models},
        {each.name: each for each in new.models},
    )
    _join_by_mark(made, _index_keys(old), _index_keys(new))
    _join_by_mark(
        made, {name: name for name in made.old}, {name: name for name in made.new}
    )
    _join_by_position(made, old, new)
    _join_by_content(made)
    return made


def _index_keys(surface: Surface) -> dict[str, Hashable]:
    """Give the key of each class; the sending one of two is marked."""
    count: dict[str, int] = defaultdict(int)
    for each in surface.models:
        count[each.key] += 1
    return {
        each.name: (
            each.key,
            count[each.key] > 1 and getattr(each, "use", "") == "sent",
        )
        for each in surface.models
    }


def _join_by_mark(
    made: ClassPairs, old: Mapping[str, Hashable], new: Mapping[str, Hashable]
) -> None:
    """Put those together that have the same mark and no partner yet."""
    marks = {mark: name for name, mark in new.items()}
    taken = set(made.names.values())
    for name, mark in old.items():
        other = marks.get(mark)
        if other is not None and name not in made.names and other not in taken:
            made.names[name] = other
            taken.add(other)


def _join_by_position(made: ClassPairs, old: Surface, new: Surface) -> None:
    """Put those together that stand in the same place and are alike, again and again."""
    removed, added = made.removed, made.added
    if not (removed and added):
        return
    methods = {m.key: m for resource in new.resources for m in resource.methods}
    places: list[tuple[PyType, PyType]] = []
    for resource in old.resources:
        for method in resource.methods:
            if method.key in methods:
                both = types_of(method), types_of(methods[method.key])
                places += zip(*both, strict=False)
    for name, other in made.names.items():
        places += _iter_field_types(made.old[name], made.new[other])
    while places:
        before, after = places.pop()
        for name, other in _iter_aligned_names(before, after):
            if name not in removed or other not in added:
                continue
            if _is_alike(removed[name], added[other]):
                made.names[name] = other
                places += _iter_field_types(removed.pop(name), added.pop(other))


def _iter_field_types(
    old: ModelDefinition, new: ModelDefinition
) -> Iterator[tuple[PyType, PyType]]:
    """Give the types of the fields that two classes have both."""
    if isinstance(old, ModelClass) and isinstance(new, ModelClass):
        wires = {each.wire: each for each in new.fields}
        for each in old.fields:
            if each.wire in wires:
                yield each.type, wires[each.wire].type
    elif isinstance(old, UnionClass) and isinstance(new, UnionClass):
        yield Either(old.options), Either(new.options)


def _iter_aligned_names(old: PyType, new: PyType) -> Iterator[tuple[str, str]]:
    """Give the names of classes that stand in the same place of two types."""
    match old, new:
        case (ClassNamed(), ClassNamed()):
            yield old.name, new.name
        case (Listed(), Listed()):
            yield from _iter_aligned_names(old.item, new.item)
        case (Mapped(), Mapped()):
            yield from _iter_aligned_names(old.value, new.value)
        case (Either(), _) | (_, Either()):
            for one in old.options if isinstance(old, Either) else (old,):
                for other in new.options if isinstance(new, Either) else (new,):
                    if not isinstance(one, Either | LiteralOf):
                        yield from _iter_aligned_names(one, other)
        case _:
            return


def _is_alike(old: ModelDefinition, new: ModelDefinition) -> bool:
    if type(old) is not type(new):
        return False
    before, after = _get_content(old), _get_content(new)
    shared = len(before & after)
    return before == after or shared >= _ALIKE * max(len(before), len(after))


def _get_content(definition: ModelDefinition) -> frozenset[object]:
    match definition:
        case ModelClass():
            return frozenset(each.wire for each in definition.fields)
        case EnumClass():
            return frozenset(each.value for each in definition.members)
        case UnionClass():
            return frozenset(definition.options)
        case _:
            assert_never(definition)


def _join_by_content(made: ClassPairs) -> None:
    """Put those together whose content is the same, and nobody else's."""
    old, new = _group_names(made.removed, _get_shape), _group_names(
        made.added, _get_shape
    )
    for shape, names in old.items():
        others = new.get(shape, [])
        if len(names) == len(others) == 1:
            made.names[names[0]] = others[0]


def _group_names(
    definitions: Mapping[str, ModelDefinition],
    mark: Callable[[ModelDefinition], Hashable],
) -> dict[Hashable, list[str]]:
    grouped: dict[Hashable, list[str]] = defaultdict(list)
    for name, each in definitions.items():
        if _get_content(each):
            grouped[mark(each)].append(name)
    return grouped


def _get_shape(definition: ModelDefinition) -> Hashable:
    """Give what is in a class, without the names of other classes."""
    if isinstance(definition, ModelClass):
        fields = (
            (each.wire, _get_skeleton(each.type), each.absent)
            for each in definition.fields
        )
        return ModelClass, definition.use, frozenset(fields)
    if isinstance(definition, UnionClass):
        return UnionClass, tuple(_get_skeleton(each) for each in definition.options)
    return EnumClass, _get_content(definition)


def _get_skeleton(type_: PyType) -> Hashable:
    match type_:
        case ClassNamed():
            return "class"
        case Listed():
            return "list", _get_skeleton(type_.item)
        case Mapped():
            return "dict", _get_skeleton(type_.value)
        case Either():
            return tuple(_get_skeleton(each) for each in type_.options)
        case _:
            return type_
