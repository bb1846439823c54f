"""What a module of models imports.

In: the classes of one module, and where all classes are. Out: imported names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from flexprice_codegen.emit.annotations import MODELS, find_type_imports
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.surface.model import (
    MAKES_A_DICT,
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.modules import needs
from flexprice_codegen.surface.python import classes_in


def find_model_imports(
    classes: Sequence[ModelDefinition], modules: Mapping[str, str]
) -> frozenset[ImportedName]:
    """Return the imports of a module that holds these classes."""
    here = {each.name for each in classes}
    found: set[ImportedName] = set()
    for each in classes:
        found.update(_own(each))
        for name in needs(each):
            if name not in here:
                found.add(ImportedName("client", f"models.{modules[name]}", name))
    if _needs_future(classes):
        found.add(ImportedName("library", "__future__", "annotations"))
    return frozenset(found)


def _needs_future(classes: Sequence[ModelDefinition]) -> bool:
    """Tell whether a class names itself or one that stands below it."""
    below = {each.name for each in classes}
    for each in classes:
        if below & set(needs(each)):
            return True
        below.discard(each.name)
    return False


def _own(definition: ModelDefinition) -> Iterator[ImportedName]:
    match definition:
        case ModelClass():
            yield from _of_dataclass(definition)
        case EnumClass():
            yield ImportedName("runtime", "open_enum", definition.base)
        case UnionClass():
            yield from _of_union(definition)
        case _:
            assert_never(definition)


def _of_dataclass(model: ModelClass) -> Iterator[ImportedName]:
    yield ImportedName("library", "dataclasses", "dataclass")
    if model.renamed or model.extra:
        yield ImportedName("library", "typing", "ClassVar")
    for field in model.fields:
        yield from find_type_imports(field.type)
        if field.absent == "UNSET":
            yield ImportedName("library", "msgspec", "UNSET")
        if field.absent == MAKES_A_DICT:
            yield ImportedName("library", "dataclasses", "field")


def _of_union(union: UnionClass) -> Iterator[ImportedName]:
    yield ImportedName("library", "typing", "TYPE_CHECKING")
    yield ImportedName("library", "typing", "TypeAlias")
    yield ImportedName("runtime", "one_of", "one_of")
    for option in union.options:
        yield from find_type_imports(option)
        if next(classes_in(option), None) is not None:
            yield MODELS
