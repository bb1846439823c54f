"""The imports of a module of models.

In: the classes of one module, and the modules of all classes. Out: imported names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from flexprice_codegen.emit.annotations import MODELS, find_type_imports
from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.surface.model import (
    DICT_FACTORY,
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.python_types import list_model_names

SENT_FORMS: Final[Mapping[str, ImportedName]] = {
    "number": ImportedName("runtime", "sent_forms", "as_numbers"),
    "date": ImportedName("runtime", "sent_forms", "as_dates"),
    "bytes": ImportedName("runtime", "sent_forms", "as_bytes"),
    "text": ImportedName("runtime", "sent_forms", "as_text"),
}
"""The functions of the runtime that write what the type of a field does not say."""


def find_model_imports(
    classes: Sequence[ModelDefinition],
    modules: Mapping[str, str],
    needs: Mapping[str, tuple[str, ...]],
) -> frozenset[ImportedName]:
    """Return the imports of a module of models.

    Args:
        classes: The classes of the module, in order.
        modules: The module of each class of the client, by class name.
        needs: The classes that each class refers to, by class name.
    """
    here = {each.name for each in classes}
    found: set[ImportedName] = set()
    for each in classes:
        found.update(_iter_own_imports(each))
        for name in needs[each.name]:
            if name not in here:
                found.add(ImportedName("client", f"models.{modules[name]}", name))

    if _needs_future(classes, needs):
        found.add(ImportedName("library", "__future__", "annotations"))

    return frozenset(found)


def _needs_future(
    classes: Sequence[ModelDefinition], needs: Mapping[str, tuple[str, ...]]
) -> bool:
    """Return whether a class refers to itself or to a class below it."""
    below = {each.name for each in classes}
    for each in classes:
        if not below.isdisjoint(needs[each.name]):
            return True
        # Names above are already defined, so they need no lazy type hints.
        below.discard(each.name)
    return False


def _iter_own_imports(definition: ModelDefinition) -> Iterator[ImportedName]:
    match definition:
        case ModelClass():
            yield from _iter_dataclass_imports(definition)
        case EnumClass():
            yield ImportedName("runtime", "open_enum", definition.base)
        case UnionClass():
            yield from _of_union(definition)
        case _:
            assert_never(definition)


def _iter_dataclass_imports(model: ModelClass) -> Iterator[ImportedName]:
    yield ImportedName("library", "dataclasses", "dataclass")
    for _, form in model.sent_forms:
        yield SENT_FORMS[form]
    if model.sent_forms:
        yield ImportedName("runtime", "encoding", "Writer")
    if model.renamed_fields:
        yield ImportedName("runtime", "wire_names", "WireNames")
    if model.renamed_fields or model.sent_forms or model.extra:
        yield ImportedName("library", "typing", "ClassVar")

    for field in model.fields:
        yield from find_type_imports(field.type)
        if field.unset_value == "UNSET":
            yield ImportedName("library", "msgspec", "UNSET")
        if field.unset_value == DICT_FACTORY:
            yield ImportedName("library", "dataclasses", "field")
            yield ImportedName("library", "typing", "Any")


def _of_union(union: UnionClass) -> Iterator[ImportedName]:
    # Type checkers see an alias. At run time `one_of` resolves the variants on first use,
    # which allows cycles.
    yield ImportedName("library", "typing", "TYPE_CHECKING")
    yield ImportedName("library", "typing", "TypeAlias")
    yield ImportedName("runtime", "one_of", "one_of")
    for option in union.variants:
        yield from find_type_imports(option)
        if list_model_names(option):
            yield MODELS
