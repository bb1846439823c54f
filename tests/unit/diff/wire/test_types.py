"""Types as documents spell them, and what is compared of them."""

from __future__ import annotations

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import Json, answering, asking, document, record, ref


def test_a_reference_and_what_it_means_are_the_same() -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    composed: Json = {"allOf": [ref("Cat"), {"description": "A cat."}]}
    documents = [
        document({"/a": {"post": asking(schema)}}, schemas={"Cat": cat})
        for schema in (ref("Cat"), cat, composed)
    ]
    for old in documents:
        for new in documents:
            assert compare_wire(old, new) == ()


def test_two_spellings_of_null_are_the_same() -> None:
    spelled: list[Json] = [
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"oneOf": [{"type": "null"}, {"type": "string"}]},
    ]
    documents = [document({"/a": {"post": asking(each)}}) for each in spelled]
    for old in documents:
        for new in documents:
            assert compare_wire(old, new) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: string}], items: {type: boolean}}",
            "request-property-type-changed",
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: boolean}], items: {type: integer}}",
            "request-property-type-changed",
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: false}",
            "{type: array, prefixItems: [{type: string}, {type: boolean}], items: false}",
            "request-body-prefix-items-added",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}, additionalProperties: {type: integer}}",
            "{type: object, patternProperties: {^x: {type: string}}, additionalProperties: {type: boolean}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}}",
            "{type: object, patternProperties: {^x: {type: integer}}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}}",
            "{type: object, patternProperties: {^x: {type: string}, ^y: {type: string}}}",
            "request-body-pattern-property-added",
        ),
        (
            "{type: object, properties: {a: {}}, if: {required: [a]}, then: {properties: {b: {type: string}}}}",
            "{type: object, properties: {a: {}}, if: {required: [a]}, then: {properties: {b: {type: integer}}}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, properties: {a: {}}, dependentSchemas: {a: {required: [b]}}}",
            "{type: object, properties: {a: {}}, dependentSchemas: {a: {required: [b, c]}}}",
            "request-property-became-required",
        ),
        (
            "{type: object, required: [a]}",
            "{type: object, required: [a, b]}",
            "request-property-became-required",
        ),
        (
            "{enum: [a, four], maxLength: 5}",
            "{enum: [a, four], maxLength: 3}",
            "request-body-max-length-decreased",
        ),
    ],
)
def test_what_clients_read_as_one_is_compared_by_itself(
    old: str, new: str, rule: str
) -> None:
    first, second = (
        document({"/a": {"post": asking(yaml.safe_load(each))}}) for each in (old, new)
    )
    assert compare_wire(first, first) == ()
    assert [each.rule for each in compare_wire(first, second)] == [rule]


def holding(x: Json, **schemas: Json) -> Json:
    held = {"Holder": {"type": "object", "properties": {"x": x}}, **schemas}
    return document(
        {
            "/a": {"get": answering(ref("Holder"))},
            "/b": {"get": answering(ref("Old"))},
        },
        held,
    )


def test_a_schema_that_did_not_change_is_not_named() -> None:
    old = record(a="string")
    copy = record(b="string")
    found = compare_wire(
        holding(ref("Old"), Old=old), holding({**copy, "title": "Copy"}, Old=old)
    )
    place = "components/schemas/Holder/properties/x/properties"
    assert {each.path for each in found} == {f"{place}/a", f"{place}/b"}
    assert all("Old" not in each.message for each in found)
    back = compare_wire(
        holding({**copy, "title": "Copy"}, Old=old), holding(ref("Old"), Old=old)
    )
    assert {each.path for each in back} == {f"{place}/a", f"{place}/b"}


def test_a_choice_that_takes_the_place_of_a_schema_is_no_edit_of_it() -> None:
    schemas = {"A": record(a="string"), "B": record(b="string")}
    paths = {"/b": {"get": answering(ref("B"))}}
    choice = {"oneOf": [ref("A"), ref("B")]}
    old, new = (
        document({"/a": {"post": asking(each)}, **paths}, schemas)
        for each in (ref("A"), choice)
    )
    for before, after in ((old, new), (new, old)):
        (found,) = compare_wire(before, after)
        assert found.path == "POST /a request body"
        assert "request body of POST /a" in found.message


def test_a_range_answers_for_the_statuses_in_it() -> None:
    def of(status: str, schema: Json) -> Json:
        answer = answering(schema)["responses"]["200"]
        return document({"/a": {"get": {"responses": {status: answer}}}})

    text: Json = {"type": "string"}
    number: Json = {"type": "integer"}
    assert [each.rule for each in compare_wire(of("200", text), of("2XX", text))] == [
        "response-success-status-added"
    ]
    assert {each.rule for each in compare_wire(of("200", text), of("2XX", number))} == {
        "response-success-status-added",
        "response-body-type-changed",
    }
