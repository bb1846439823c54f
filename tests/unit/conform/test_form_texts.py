"""Texts of queries and forms, and the values that they represent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.documents import INTEGER, TEXT, document, read_api, record, ref

from flexprice_codegen.api.types import Boolean, Reference, String
from flexprice_codegen.conform.form_texts import (
    read_form_members,
    read_text,
    resolve_type,
)
from flexprice_codegen.conform.value_judge import MASKED

PAYMENT = record(
    amount=ref("Amount"),
    paid={"type": ["boolean", "null"]},
    note=TEXT,
    tags={"type": "array", "items": INTEGER},
)
API = read_api(
    document(
        {},
        {
            "Payment": PAYMENT,
            "Amount": INTEGER,
            "Alias": {"$ref": ref("Amount")["$ref"]},
        },
    )
)
PAYLOAD = Reference(key="Payment")


def test_each_field_is_what_its_schema_says() -> None:
    fields = {"amount": "7", "paid": "false", "note": "12", "tags": ["1"], "more": "3"}
    assert read_form_members(fields, PAYLOAD, API.schemas) == {
        "amount": Decimal(7),
        "paid": False,
        "note": "12",
        "tags": ["1"],
        "more": "3",
    }


def test_what_does_not_fit_stays_a_text() -> None:
    fields = {"amount": "many", "paid": "yes"}
    assert read_form_members(fields, PAYLOAD, API.schemas) == fields


@pytest.mark.parametrize("value", [None, [1], "text"])
def test_what_is_no_form_stays_as_it_is(value: object) -> None:
    assert read_form_members(value, PAYLOAD, API.schemas) is value
    fields = {"a": "1"}
    assert read_form_members(fields, String(), API.schemas) is fields


def test_a_word_that_is_hidden_can_be_a_boolean() -> None:
    assert read_text(MASKED, Boolean()) is False
    assert read_text(MASKED, String()) == MASKED


def test_aliases_are_followed() -> None:
    amount = API.schemas["Amount"]
    assert resolve_type(Reference(key="Amount"), API.schemas) == amount.type  # type: ignore[union-attr]
    assert resolve_type(PAYLOAD, API.schemas) == PAYLOAD
