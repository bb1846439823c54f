"""Types as documents spell them, and what is compared of them."""

from __future__ import annotations

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import Json, asking, document, ref


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
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: string}, {type: boolean}], items: {type: integer}}",
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
            "{enum: [a, b], maxLength: 5}",
            "{enum: [a, b], maxLength: 3}",
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
