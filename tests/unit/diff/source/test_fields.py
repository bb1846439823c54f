"""Fields of classes in two versions of a client."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.customers import (
    EITHER,
    MAYBE,
    NAME,
    Row,
    check_is_told_once,
    received,
    sent,
)
from support.documents import Json, document, operation, record
from support.values import Value

from flexprice_codegen.diff.rules.severity import Side

FIELDS: list[Row] = [
    ("removed", sent(a="string", b="string"), sent(a="string"),
     ("models.Customer.b", "field-removed", "error")),
    ("added", sent(a="string"), sent(a="string", b="string"),
     ("models.Customer.b", "field-added", "info")),
    ("added, required", sent(a="string"), sent(required=["b"], a="string", b="string"),
     ("models.Customer.b", "field-required-added", "error")),
    ("added, required, in an answer",
     received(a="string"), received(required=["b"], a="string", b="string"),
     ("models.Customer.b", "field-added", "info")),
    ("became required", sent(a="string"), sent(required=["a"], a="string"),
     ("models.Customer.a", "field-became-required", "error")),
    ("became optional", sent(required=["a"], a="string"), sent(a="string"),
     ("models.Customer.a", "field-became-optional", "info")),
    ("optional in an answer", received(required=["a"], a="string"), received(a="string"),
     ("models.Customer.a", "field-became-nullable", "warning")),
    ("required in an answer", received(a="string"), received(required=["a"], a="string"),
     ("models.Customer.a", "field-became-non-nullable", "info")),
    ("null is allowed", sent(a=NAME), sent(a=MAYBE),
     ("models.Customer.a", "field-became-nullable", "info")),
    ("null is refused", sent(a=MAYBE), sent(a=NAME),
     ("models.Customer.a", "field-became-non-nullable", "error")),
    ("another type", received(a="string"), received(a="integer"),
     ("models.Customer.a", "field-type-changed", "error")),
    ("a format with a class of its own",
     received(a="string"), received(a={"type": "string", "format": "date-time"}),
     ("models.Customer.a", "field-type-changed", "error")),
    ("one more type, sent", sent(a="string"), sent(a=EITHER),
     ("models.Customer.a", "field-type-widened", "info")),
    ("one more type, received", received(a="string"), received(a=EITHER),
     ("models.Customer.a", "field-type-widened", "warning")),
    ("one type less, sent", sent(a=EITHER), sent(a="string"),
     ("models.Customer.a", "field-type-narrowed", "error")),
    ("one type less, received", received(a=EITHER), received(a="string"),
     ("models.Customer.a", "field-type-narrowed", "info")),
    ("integers become numbers, sent", sent(a="integer"), sent(a="number"),
     ("models.Customer.a", "field-type-widened", "info")),
    ("another default", sent(a={"type": "string", "default": "x"}),
     sent(a={"type": "string", "default": "y"}),
     ("models.Customer.a", "field-default-changed", "info")),
    ("a constant that is sent by itself", sent(a={"const": "x"}),
     sent(a={"const": "x", "default": "x"}),
     ("models.Customer.a", "field-default-changed", "info")),
    ("a constant that is required", sent(a={"const": "x"}),
     sent(required=["a"], a={"const": "x"}),
     ("models.Customer.a", "field-default-changed", "info")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [pytest.param(*row[1:], id=row[0]) for row in FIELDS]
)
def test_an_edit_is_told_once(
    old: Json, new: Json, expected: tuple[str, str, str]
) -> None:
    check_is_told_once(old, new, expected)


def test_a_schema_without_a_class_is_told_once_for_all_fields() -> None:
    def of(kind: str) -> dict[str, Value]:
        amount = {"$ref": "#/components/schemas/Amount"}
        made = sent(total=amount, rest=amount)
        made["components"]["schemas"]["Amount"] = {"type": kind}
        return made

    found = list_in_python(compare(of("string"), of("number")))
    assert found == [("schema Amount", "schema-type-changed", "error")]
    (told,) = compare(of("string"), of("number")).findings
    assert told.sides == set(Side)


def test_a_default_is_no_class() -> None:
    """A class that nothing uses is told, even where a text is equal to its name."""

    def of(default: str, **schemas: Value) -> dict[str, Value]:
        kind: Value = {"type": "string", "default": default}
        paths = {"/orders": {"post": operation(body="Order")}}
        return document(paths, {"Order": record(kind=kind), **schemas})

    found = list_in_python(
        compare(of("Order"), of("Customer", Customer=record(a="string")))
    )
    assert ("models.Customer", "class-added", "info") in found
    assert ("models.Order.kind", "field-default-changed", "info") in found
