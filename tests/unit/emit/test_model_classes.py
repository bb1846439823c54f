"""What datamodel-code-generator prints of a class is what the Surface says of it."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from generator.api.types import About, Anything
from generator.diagnostics import Origin
from generator.emit.model_classes import print_class
from generator.surface.model import EnumClass, EnumMember, Field, ModelClass
from generator.surface.python import (
    NONE,
    UNSET_TYPE,
    ClassNamed,
    Listed,
    LiteralOf,
    Mapped,
    Plain,
    PyType,
    either,
    text,
)

NOWHERE = About(origin=Origin("", ""))
NAMES = ["Any", "Decimal", "FileContent", "bool", "bytes", "date", "datetime", "str"]
SCALARS = st.one_of(st.booleans(), st.integers(), st.text(max_size=8))
TYPES = st.recursive(
    st.one_of(
        st.sampled_from(NAMES).map(Plain),
        st.sampled_from(["Customer", "Optional", "List", "None_"]).map(ClassNamed),
        SCALARS.map(lambda value: LiteralOf((value,))),
    ),
    lambda inner: st.one_of(
        inner.map(Listed),
        inner.map(Mapped),
        st.lists(inner, min_size=1, max_size=4).map(lambda types: either(*types)),
        inner.map(lambda type_: either(type_, NONE)),
    ),
    max_leaves=8,
)


def a_field(name: str, type_: PyType, absent: str) -> Field:
    return Field(
        name=name,
        wire=name,
        type=type_,
        absent=absent,
        schema=Anything(),
        about=NOWHERE,
    )


def a_class(*fields: Field) -> ModelClass:
    return ModelClass(
        key="X", name="X", module="_x", use="both", fields=fields, about=NOWHERE
    )


def parsed(printed: str) -> list[str]:
    """Return the statements of a printed class, as Python reads them."""
    (class_,) = ast.parse(printed).body
    assert isinstance(class_, ast.ClassDef)
    return [ast.unparse(statement) for statement in class_.body]


@given(st.lists(st.tuples(TYPES, st.sampled_from(["", "None", "UNSET"])), min_size=1))
def test_fields_keep_their_order_their_types_and_their_defaults(
    drawn: list[tuple[PyType, str]],
) -> None:
    fields = [
        a_field(
            f"f{number}",
            either(type_, UNSET_TYPE) if absent == "UNSET" else type_,
            absent,
        )
        for number, (type_, absent) in enumerate(drawn)
    ]
    wanted = [
        f"{field.name}: {text(field.type)}" + (field.absent and f" = {field.absent}")
        for field in fields
    ]

    assert parsed(print_class(a_class(*fields), docstrings=False)) == [
        ast.unparse(ast.parse(line)) for line in wanted
    ]


def test_null_stands_before_unset() -> None:
    type_ = either(Plain("str"), NONE, UNSET_TYPE)
    printed = print_class(a_class(a_field("a", type_, "UNSET")), docstrings=False)

    assert "    a: str | None | UnsetType = UNSET\n" in printed


@given(st.lists(st.one_of(st.integers(), st.text(max_size=20)), min_size=1, max_size=8))
def test_members_keep_their_order_and_their_values(values: list[str | int]) -> None:
    enum = EnumClass(
        key="E",
        name="E",
        module="_e",
        base="OpenStrEnum",
        members=tuple(
            EnumMember(name=f"M{number}", value=value, about=NOWHERE)
            for number, value in enumerate(values)
        ),
        about=NOWHERE,
    )

    assert parsed(print_class(enum, docstrings=False)) == [
        f"M{number} = {value!r}" for number, value in enumerate(values)
    ]
