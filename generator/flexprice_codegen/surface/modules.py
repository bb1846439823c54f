"""Modules of models: one a class, classes that need each other together.

In: the classes, by name. Out: the module of each. Classes that refer to each other in a
circle share the module of the first of
them; so imports between modules are real and never circular.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexprice_codegen.api.circles import components
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.numbering import Taken
from flexprice_codegen.surface.python import classes_in
from flexprice_codegen.words import bounded, snake

_DEVICES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)),
    }
)
"""Names that no file may have where Windows checks the repository out."""


def modules_of(classes: Sequence[ModelDefinition]) -> dict[str, str]:
    """Give the module of every class, by the class's name."""
    edges = {each.name: tuple(dict.fromkeys(needs(each))) for each in classes}
    modules: dict[str, str] = {}
    taken = Taken()
    for component in sorted(components(edges), key=min):
        stem = "_" + (in_ascii(snake(min(component))) or "model")
        modules.update(dict.fromkeys(component, taken.take(stem)))
    return modules


def needs(definition: ModelDefinition) -> Iterator[str]:
    """Give the classes that must be there when a class is used; a choice finds its own."""
    match definition:
        case ModelClass():
            for each in definition.fields:
                yield from classes_in(each.type)
        case EnumClass() | UnionClass():
            return


def in_ascii(name: str) -> str:
    """Write a name in ASCII, as the names of modules are; others by their numbers."""
    ascii_name = "".join(each if each.isascii() else f"u{ord(each):x}" for each in name)
    return f"{ascii_name}_" if ascii_name in _DEVICES else bounded(ascii_name)
