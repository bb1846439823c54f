"""Which class of the older client is which class of the newer one.

In: two `Surface`s. Out: `ClassPairs`: classes by key, then by name. Which keys were
renamed, the newer one knows: names of a client are kept by the same decision.

A class that is sent and one that comes back may have the same key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.diff.source.type_effects import ClassNameMap
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelDefinition,
    Surface,
)
from flexprice_codegen.surface.renamed_keys import CLASS_KINDS
from flexprice_codegen.surface.renames import NO_RENAMES, RenamedKeys

# A member of an enum is such a value as well, so that code goes on to work.
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
    _pair_by_mark(pairs, _index_keys(old, new.renamed), _index_keys(new))
    _pair_by_site(pairs, old, new)
    old_names = {name: name for name in pairs.old}
    new_names = {name: name for name in pairs.new}
    _pair_by_mark(pairs, old_names, new_names)
    return pairs


def _index_keys(
    surface: Surface, renamed: RenamedKeys = NO_RENAMES
) -> dict[str, Hashable]:
    """Return the key of each class; the sending one of two is marked.

    Args:
        surface: The client.
        renamed: The keys that others replace in the newer client.
    """
    count = Counter(model.key for model in surface.models)
    return {
        model.name: (
            renamed.get_schema(model.key),
            count[model.key] > 1 and getattr(model, "use", "") == "sent",
        )
        for model in surface.models
    }


def _pair_by_site(pairs: ClassPairs, old: Surface, new: Surface) -> None:
    """Pair the classes of equal inline schemas, which have several keys in the names."""
    owners = {each.key: each.name for each in new.names if each.kind in CLASS_KINDS}
    taken = set(pairs.names.values())
    for each in old.names:
        if each.kind not in CLASS_KINDS or each.name in pairs.names:
            continue
        other = owners.get(new.renamed.get_schema(each.key), "")
        if other in pairs.new and other not in taken:
            pairs.names[each.name] = other
            taken.add(other)


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
