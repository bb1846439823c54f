"""Modules of models: one per class; classes that need each other share one.

In: the classes, by name. Out: the module of each. Classes that refer to each other in a
cycle share the module of the first of them. So imports between modules are real, and
never circular.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from flexprice_codegen.api.cycles import find_components
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.python_types import list_model_names
from flexprice_codegen.surface.used_names import UsedNames
from flexprice_codegen.words import shorten_name, to_snake_case

FORMER_TYPES_MODULE = "_former_types"
"""The module of former names of classes that have none now."""
_DEVICES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)),
    }
)
"""Reserved device names: no file can have them on Windows, whatever its suffix."""


def place_in_modules(
    classes: Sequence[ModelDefinition],
) -> tuple[ModelDefinition, ...]:
    """Return classes with the module of each."""
    modules = assign_modules(classes)
    return tuple(replace(each, module=modules[each.name]) for each in classes)


def assign_modules(classes: Sequence[ModelDefinition]) -> dict[str, str]:
    """Return the module of every class, by the name of the class."""
    unions = {each.name for each in classes if isinstance(each, UnionClass)}
    edges = {
        each.name: tuple(dict.fromkeys(_iter_neighbors(each, unions)))
        for each in classes
    }
    modules: dict[str, str] = {}
    taken = UsedNames([FORMER_TYPES_MODULE])

    for component in sorted(find_components(edges), key=min):
        stem = "_" + (convert_to_ascii(to_snake_case(min(component))) or "model")
        modules.update(dict.fromkeys(component, taken.take_name(stem)))
    return modules


def _iter_neighbors(
    definition: ModelDefinition, unions: Collection[str]
) -> Iterator[str]:
    """Yield the classes that share the module of a class if they need it as well."""
    yield from iter_required_classes(definition)
    if isinstance(definition, UnionClass):
        # Type checkers can read aliases that need each other only in one module.
        for each in definition.variants:
            yield from (name for name in list_model_names(each) if name in unions)


def iter_required_classes(definition: ModelDefinition) -> Iterator[str]:
    """Yield the classes that a class imports; a union resolves variants on use."""
    match definition:
        case ModelClass():
            for each in definition.fields:
                yield from list_model_names(each.type)
        case EnumClass() | UnionClass():
            return


def convert_to_ascii(name: str) -> str:
    """Return a name in ASCII for a module; other characters become their code points.

    File systems normalize other characters differently (NFC and NFD).
    """
    ascii_name = "".join(each if each.isascii() else f"u{ord(each):x}" for each in name)
    return f"{ascii_name}_" if ascii_name in _DEVICES else shorten_name(ascii_name)
