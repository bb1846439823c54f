"""Modules of models: one for each class, or for each circle of classes."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.types import AnyValue, NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.model import (
    Field,
    ModelClass,
    ModelDefinition,
    UnionClass,
)
from flexprice_codegen.surface.modules import assign_modules, convert_to_ascii
from flexprice_codegen.surface.python_types import ListType, ModelType

ABOUT = NodeMetadata(origin=Origin("", ""))


def model(name: str, *others: str) -> ModelClass:
    fields = tuple(
        Field(name=other.lower(), wire=other, type=ModelType(other), schema=AnyValue(), about=ABOUT)
        for other in others
    )  # fmt: skip
    return ModelClass(
        key=name, name=name, module="", use="both", fields=fields, about=ABOUT
    )


def test_classes_that_need_each_other_share_the_module_of_the_first() -> None:
    found = assign_modules(
        [model("Zoo", "Ape"), model("Ape", "Zoo"), model("Cat", "Zoo")]
    )
    assert found == {"Ape": "_ape", "Zoo": "_ape", "Cat": "_cat"}


def union(name: str, *others: str) -> UnionClass:
    variants = tuple(ListType(ModelType(other)) for other in others)
    return UnionClass(key=name, name=name, module="", variants=variants, about=ABOUT)


def test_unions_that_need_each_other_share_the_module_of_the_first() -> None:
    classes: list[ModelDefinition] = [union("Dog", "Cat", "Toy"), union("Cat", "Dog")]
    classes += [union("Zoo", "Dog"), model("Toy", "Cat")]
    found = assign_modules(classes)
    assert found == {"Cat": "_cat", "Dog": "_cat", "Zoo": "_zoo", "Toy": "_toy"}


def test_two_classes_never_share_one_by_accident() -> None:
    found = assign_modules([model("HTTPUrl"), model("HttpUrl")])
    assert len(set(found.values())) == 2


@pytest.mark.parametrize(
    ("name", "module"), [("con", "con_"), ("com1", "com1_"), ("größe", "gruf6udfe"), ("a", "a")]
)  # fmt: skip
def test_a_file_may_stand_on_any_system(name: str, module: str) -> None:
    assert convert_to_ascii(name) == module
