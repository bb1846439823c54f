"""Another type: what it explains, and what it does not hide."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, asking, document

from flexprice_codegen.api.types import Number, String, Type
from flexprice_codegen.diff.rules.message_parts import MessageDirection
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire.edits import SchemaContext
from flexprice_codegen.diff.wire.type_changes import classify_change


def test_a_wider_type_does_not_hide_a_narrower_bound() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old, new = of(type="integer", minimum=1), of(type="number", minimum=5)
    assert {each.rule for each in compare_wire(old, new)} == {
        "request-body-type-generalized",
        "request-body-min-increased",
    }


def test_another_type_explains_its_format_and_its_bounds() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old = of(type="integer", minimum=1, format="int32")
    new = of(type="string", maxLength=5, format="date")
    (found,) = compare_wire(old, new)
    assert found.rule == "request-body-type-changed"


def integer(format_: str) -> Number:
    return Number(integer=True, format=format_)


def number(format_: str) -> Number:
    return Number(integer=False, format=format_)


WIDER: list[tuple[Type, Type]] = [
    (number("float"), number("double")),
    (integer("int32"), integer("int64")),
    (integer("int32"), integer("bigint")),
    (integer("int64"), integer("bigint")),
    (String(format="date"), String(format="date-time")),
    (String(format="time"), String(format="date-time")),
    (String(format="date"), String()),
]


@pytest.mark.parametrize(("narrow", "wide"), WIDER)
@pytest.mark.parametrize(
    ("direction", "narrowed"), [("request", "changed"), ("response", "specialized")]
)
def test_a_format_with_more_values_is_wider(
    narrow: Type, wide: Type, direction: MessageDirection, narrowed: Change
) -> None:
    context = SchemaContext(0, direction, "property", "")
    assert classify_change(narrow, wide, context) == "generalized"
    assert classify_change(wide, narrow, context) == narrowed
    assert classify_change(wide, wide, context) is None


@pytest.mark.parametrize("direction", ["request", "response"])
def test_a_format_with_other_values_is_another(direction: MessageDirection) -> None:
    context = SchemaContext(0, direction, "property", "")
    one = String(format="date")
    other = String(format="time")
    assert classify_change(one, other, context) == "changed"
