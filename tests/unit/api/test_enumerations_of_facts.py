"""What an enum says beside its values, and what its values say."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import document, read_api

from flexprice_codegen.api.enumerations import (
    build_merge_key,
    get_literal_values,
    needs_name,
)
from flexprice_codegen.api.model import AliasSchema, EnumSchema
from flexprice_codegen.api.types import (
    Array,
    Literals,
    Number,
    Reference,
    String,
    Union,
)
from flexprice_codegen.diagnostics import Origin


def read_definition(schema: dict[str, Any]) -> object:
    """Return the definition of a component schema."""
    return read_api(document(schemas={"Kind": schema})).schemas["Kind"]


def read_enum(*values: object, **keywords: Any) -> EnumSchema:  # noqa: ANN401 - JSON
    """Return an enum with further keywords."""
    definition = read_definition({"enum": values, **keywords})
    assert isinstance(definition, EnumSchema)
    return definition


def test_the_base_of_an_enum_has_what_is_no_keyword_of_the_enum_itself() -> None:
    enum = read_enum("a", "b", type="string", maxLength=9, contentMediaType="x/y")
    assert enum.kept
    assert enum.base == String(max_length=9)
    assert read_enum(1, 2, type="integer", minimum=0).base == Number(
        integer=True, minimum=0
    )


def test_the_values_of_an_enum_have_names_and_descriptions() -> None:
    enum = read_enum(
        "a", "b", **{"x-enum-varnames": ["A"], "x-enum-descriptions": ["First"]}
    )
    assert [each.names for each in enum.values] == [("A",), ()]
    abouts = [each.about for each in enum.values]
    assert [each.description for each in abouts] == ["First", ""]
    for about in abouts:
        assert about.origin == Origin("", "/components/schemas/Kind")
        assert (about.title, about.summary, about.sunset, about.stability) == ("",) * 4
        assert (about.deprecated, about.nullable) == (False, False)


@pytest.mark.parametrize("values", [(1, "a"), (1.5,), (True, False), (1, True)])
def test_values_of_several_types_have_no_class(values: tuple[object, ...]) -> None:
    definition = read_definition({"enum": values})
    assert isinstance(definition, AliasSchema)
    assert definition.type == Literals(values=values)  # type: ignore[arg-type]


def test_enums_are_one_class_if_they_have_the_same_values_in_any_order() -> None:
    facts = build_merge_key(read_enum("a", "b"))
    assert build_merge_key(read_enum("b", "a", default="a")) == facts
    assert build_merge_key(read_enum("a", "b", "c")) != facts
    assert build_merge_key(read_enum("a", "b", contentMediaType="x/y")) != facts


def test_variants_that_are_all_literals_are_one_list() -> None:
    one = Literals(values=("a",))
    other = Literals(values=("b", "c"))
    assert get_literal_values([one, other]) == ("a", "b", "c")
    assert get_literal_values([one, String()]) == ()


def test_a_union_of_scalars_needs_no_name() -> None:
    assert not needs_name(Union(variants=(String(), Number(integer=True))))
    assert needs_name(Union(variants=(String(), Array(item=String()))))
    assert needs_name(Union(variants=(String(), Reference(key="Kind"))))
