"""Which class of the older client is which class of the newer one.

In: two `Surface`s. Out: `ClassPairs`: classes by key, then by name, then, for those that
are left on both sides, by the place where they are and by what is in them.

A class that is sent and one that comes back may have the same key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from flexprice_codegen.diff.source.type_effects import ClassNameMap
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    Surface,
    UnionClass,
)
from flexprice_codegen.surface.places import are_alike
from flexprice_codegen.surface.python_types import (
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PyType,
    UnionType,
    get_variants,
)
from flexprice_codegen.surface.selection import iter_method_types

_SCALARS = {"OpenStrEnum": "str", "OpenIntEnum": "int"}


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
        return {
            name: model for name, model in self.old.items() if name not in self.names
        }

    @property
    def added(self) -> dict[str, ModelDefinition]:
        """The new classes without a partner."""
        taken = set(self.names.values())
        return {name: model for name, model in self.new.items() if name not in taken}

    def find_split(self) -> dict[str, str]:
        """Return the new sending classes, and the classes that were sent before."""
        return _find_owners(self.added, self.new, set(self.names.values()))

    def find_merged(self) -> dict[str, str]:
        """Return the sending classes that are gone, and those they belonged to."""
        return _find_owners(self.removed, self.old, set(self.names))

    def create_name_map(self) -> ClassNameMap:
        """Create the map by which classes that are the same have one name."""
        merged = {name: self.names[owner] for name, owner in self.find_merged().items()}
        enums = {
            model.name: _SCALARS[model.base]
            for model in (*self.old.values(), *self.new.values())
            if isinstance(model, EnumClass)
        }
        return ClassNameMap({**self.names, **merged}, self.find_split(), enums)


def _find_owners(
    lonely: Mapping[str, ModelDefinition],
    models: Mapping[str, ModelDefinition],
    paired: set[str],
) -> dict[str, str]:
    """Return the paired class of the same schema for each sending class without a partner.

    Args:
        lonely: The classes without a partner.
        models: All classes of that version.
        paired: The names of those that have a partner.
    """
    owners = {models[name].key: name for name in paired}
    return {
        name: owners[model.key]
        for name, model in lonely.items()
        if model.key in owners and getattr(model, "use", "sent") == "sent"
    }


def pair_classes(old: Surface, new: Surface) -> ClassPairs:
    """Return which classes of two clients are the same."""
    pairs = ClassPairs(
        {model.name: model for model in old.models},
        {model.name: model for model in new.models},
    )
    # The surest marks first: what is paired by one is not looked at by the next.
    _pair_by_mark(pairs, _index_keys(old), _index_keys(new))
    old_names = {name: name for name in pairs.old}
    new_names = {name: name for name in pairs.new}
    _pair_by_mark(pairs, old_names, new_names)
    _pair_by_position(pairs, old, new)
    _pair_by_content(pairs)
    return pairs


def _index_keys(surface: Surface) -> dict[str, Hashable]:
    """Return the key of each class; the sending one of two is marked."""
    count = Counter(model.key for model in surface.models)
    return {
        model.name: (
            model.key,
            count[model.key] > 1 and getattr(model, "use", "") == "sent",
        )
        for model in surface.models
    }


def _pair_by_mark(
    pairs: ClassPairs, old: Mapping[str, Hashable], new: Mapping[str, Hashable]
) -> None:
    """Pair classes that have the same mark and no partner yet."""
    owners = {mark: name for name, mark in new.items()}
    taken = set(pairs.names.values())
    for name, mark in old.items():
        other = owners.get(mark)
        if other is not None and name not in pairs.names and other not in taken:
            pairs.names[name] = other
            taken.add(other)


def _pair_by_position(pairs: ClassPairs, old: Surface, new: Surface) -> None:
    """Pair classes that are in the same place and are alike.

    Each pair gives further places: the fields that both classes have.
    """
    removed = pairs.removed
    added = pairs.added
    if not (removed and added):
        return
    places = list(_iter_root_types(old, new))
    for name, other in pairs.names.items():
        places += _iter_field_types(pairs.old[name], pairs.new[other])

    while places:
        for name, other in _iter_aligned_names(*places.pop()):
            if name not in removed or other not in added:
                continue
            if _is_alike(removed[name], added[other]):
                pairs.names[name] = other
                places += _iter_field_types(removed.pop(name), added.pop(other))


def _iter_root_types(old: Surface, new: Surface) -> Iterator[tuple[PyType, PyType]]:
    """Yield the types of the methods that both clients have."""
    methods = {
        method.key: method for resource in new.resources for method in resource.methods
    }
    for resource in old.resources:
        for method in resource.methods:
            if method.key in methods:
                # A method that got or lost a parameter has more types on one side.
                others = iter_method_types(methods[method.key])
                yield from zip(iter_method_types(method), others, strict=False)


def _iter_field_types(
    old: ModelDefinition, new: ModelDefinition
) -> Iterator[tuple[PyType, PyType]]:
    """Yield the types of the fields that two classes have both."""
    if isinstance(old, ModelClass) and isinstance(new, ModelClass):
        types = {one.wire: one.type for one in new.fields}
        for one in old.fields:
            if one.wire in types:
                yield one.type, types[one.wire]
    elif isinstance(old, UnionClass) and isinstance(new, UnionClass):
        yield UnionType(old.variants), UnionType(new.variants)


def _iter_aligned_names(old: PyType, new: PyType) -> Iterator[tuple[str, str]]:
    """Yield the names of classes that are in the same place of two types."""
    match old, new:
        case (ModelType(), ModelType()):
            yield old.name, new.name
        case (ListType(), ListType()):
            yield from _iter_aligned_names(old.item, new.item)
        case (DictType(), DictType()):
            yield from _iter_aligned_names(old.value, new.value)
        case (UnionType(), _) | (_, UnionType()):
            # Options are in no order: each may be each, and `_is_alike` decides.
            for one in get_variants(old):
                for other in get_variants(new):
                    if not isinstance(one, UnionType | LiteralType):
                        yield from _iter_aligned_names(one, other)
        case _:
            return


def _is_alike(old: ModelDefinition, new: ModelDefinition) -> bool:
    if type(old) is not type(new):
        return False
    return are_alike(_get_content(old), _get_content(new))


def _get_content(model: ModelDefinition) -> frozenset[object]:
    match model:
        case ModelClass():
            return frozenset(one.wire for one in model.fields)
        case EnumClass():
            return frozenset(member.value for member in model.members)
        case UnionClass():
            return frozenset(model.variants)
        case _:
            assert_never(model)


def _pair_by_content(pairs: ClassPairs) -> None:
    """Pair classes whose content is the same, and nobody else's."""
    old = _group_by_shape(pairs.removed)
    new = _group_by_shape(pairs.added)
    for shape, names in old.items():
        others = new.get(shape, [])
        if len(names) == len(others) == 1:
            pairs.names[names[0]] = others[0]


def _group_by_shape(
    models: Mapping[str, ModelDefinition],
) -> dict[Hashable, list[str]]:
    """Return the names of the classes of each shape; empty ones are all alike."""
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for name, model in models.items():
        if _get_content(model):
            groups[_get_shape(model)].append(name)
    return groups


def _get_shape(model: ModelDefinition) -> Hashable:
    """Return what is in a class, without the names of other classes."""
    match model:
        case ModelClass():
            # A default can be a member of an enum class, which may be renamed, too.
            fields = (
                (one.wire, _get_skeleton(one.type), bool(one.unset_value))
                for one in model.fields
            )
            return ModelClass, model.use, frozenset(fields)
        case UnionClass():
            return UnionClass, tuple(_get_skeleton(option) for option in model.variants)
        case EnumClass():
            return EnumClass, _get_content(model)
        case _:
            assert_never(model)


def _get_skeleton(type_: PyType) -> Hashable:
    match type_:
        case ModelType():
            return "class"
        case ListType():
            return "list", _get_skeleton(type_.item)
        case DictType():
            return "dict", _get_skeleton(type_.value)
        case UnionType():
            return tuple(_get_skeleton(option) for option in type_.variants)
        case _:
            return type_
