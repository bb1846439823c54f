"""What it is to go from one format to another: more values, fewer, or other ones."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.types import Number, String, Type
from flexprice_codegen.diff.rules.message_parts import MessageDirection
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire.edits import SchemaContext
from flexprice_codegen.diff.wire.type_changes import classify_change


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
