"""What datamodel-code-generator prints of a class is what the Surface says of it."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.api.types import AnyValue, NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.emit.model_classes import print_class
from flexprice_codegen.surface.model import EnumClass, EnumMember, Field, ModelClass
from flexprice_codegen.surface.python_types import (
    NONE_TYPE,
    UNSET_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    format_type,
    join_types,
)

NOWHERE = NodeMetadata(origin=Origin("", ""))
NAMES = ["Any", "Decimal", "FileContent", "bool", "bytes", "date", "datetime", "str"]
SCALARS = st.one_of(st.booleans(), st.integers(), st.text(max_size=8))
TYPES = st.recursive(
    st.one_of(
        st.sampled_from(NAMES).map(PlainType),
        st.sampled_from(["Customer", "Optional", "List", "None_"]).map(ModelType),
        SCALARS.map(lambda value: LiteralType((value,))),
    ),
    lambda inner: st.one_of(
        inner.map(ListType),
        inner.map(DictType),
        st.lists(inner, min_size=1, max_size=4).map(lambda types: join_types(*types)),
        inner.map(lambda type_: join_types(type_, NONE_TYPE)),
    ),
    max_leaves=8,
)


def a_field(name: str, type_: PyType, absent: str) -> Field:
    return Field(
        name=name,
        wire=name,
        type=type_,
        unset_value=absent,
        schema=AnyValue(),
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
            join_types(type_, UNSET_TYPE) if absent == "UNSET" else type_,
            absent,
        )
        for number, (type_, absent) in enumerate(drawn)
    ]
    wanted = [
        f"{field.name}: {format_type(field.type)}"
        + (field.unset_value and f" = {field.unset_value}")
        for field in fields
    ]

    assert parsed(print_class(a_class(*fields), docstrings=False)) == [
        ast.unparse(ast.parse(line)) for line in wanted
    ]


def test_null_stands_before_unset() -> None:
    type_ = join_types(PlainType("str"), NONE_TYPE, UNSET_TYPE)
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
