"""What a module of models imports.

In: the classes of one module, and where all classes are. Out: pairs of module and name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from generator.surface.model import EnumClass, ModelClass, ModelDefinition, UnionClass
from generator.surface.modules import needs
from generator.surface.python import NEEDS_IMPORT, plain_names

_RUNTIME = "..runtime"


def imports_of(
    classes: Sequence[ModelDefinition], modules: Mapping[str, str]
) -> set[tuple[str, str]]:
    """Give the imports of a module that holds these classes."""
    here = {each.name for each in classes}
    found: set[tuple[str, str]] = set()
    for each in classes:
        found.update(_own(each))
        for name in needs(each):
            if name not in here:
                found.add((f".{modules[name]}", name))
    if _needs_future(classes):
        found.add(("__future__", "annotations"))
    return found


def _needs_future(classes: Sequence[ModelDefinition]) -> bool:
    """Tell whether a class names itself or one that stands below it."""
    below = {each.name for each in classes}
    for each in classes:
        if below & set(needs(each)):
            return True
        below.discard(each.name)
    return False


def _own(definition: ModelDefinition) -> Iterator[tuple[str, str]]:
    match definition:
        case ModelClass():
            yield from _of_dataclass(definition)
        case EnumClass():
            yield f"{_RUNTIME}.open_enum", definition.base
        case UnionClass():
            yield "typing", "TYPE_CHECKING"
            yield "typing", "TypeAlias"
            yield f"{_RUNTIME}.one_of", "one_of"
            for option in definition.options:
                yield from _plain(plain_names(option))
        case _:
            assert_never(definition)


def _of_dataclass(model: ModelClass) -> Iterator[tuple[str, str]]:
    yield "dataclasses", "dataclass"
    if model.renamed or model.extra:
        yield "typing", "ClassVar"
    for field in model.fields:
        yield from _plain(plain_names(field.type))
        if field.absent == "UNSET":
            yield "msgspec", "UNSET"
        if field.absent.startswith("field("):
            yield "dataclasses", "field"


def _plain(names: Iterator[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in NEEDS_IMPORT:
            yield NEEDS_IMPORT[name], name
        elif name == "Literal":
            yield "typing", "Literal"
        elif name == "FileContent":
            yield f"{_RUNTIME}.forms", "FileContent"
