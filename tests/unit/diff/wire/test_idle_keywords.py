"""What does nothing where it stands is no edit, and what does something is one."""

from __future__ import annotations

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import Json, answering, asking, document


def both_ways(schema: str) -> Json:
    """Return a document that sends a schema and answers with it, in a property."""
    whole: Json = {"type": "object", "properties": {"a": yaml.safe_load(schema)}}
    return document({"/x": {"post": asking(whole)}, "/y": {"get": answering(whole)}})


EQUAL = [
    ("{type: string}", "{type: string, minLength: 0}"),
    ("{type: array, items: {}}", "{type: array, items: {}, minItems: 0}"),
    ("{type: object}", "{type: object, minProperties: 0}"),
    ("{type: string}", "{type: string, maxItems: 2, maximum: 3, minProperties: 1}"),
    ("{type: string}", "{type: string, contains: {const: a}, propertyNames: {}}"),
    ("{type: array, items: {}}", "{type: array, items: {}, dependentRequired: {a: [b]}}"),
    ("{type: object}", "{type: object, unevaluatedItems: false, contentEncoding: x}"),
    ("{type: object}", "{type: object, if: {required: [a]}}"),
    ("{type: object}", "{type: object, then: {required: [a]}, else: {required: [b]}}"),
    ("{type: object}", "{type: object, propertyNames: true}"),
    ("{type: object}", "{type: object, unevaluatedProperties: {}}"),
    ("{type: array, items: {}}", "{type: array, items: {}, minContains: 2}"),
    (
        "{type: array, items: {}, contains: {const: a}}",
        "{type: array, items: {}, contains: {const: a}, minContains: 1}",
    ),
    ("{type: string, format: byte}", "{type: string, contentEncoding: base64}"),
    (
        "{type: string, format: binary}",
        "{type: string, contentMediaType: application/octet-stream}",
    ),
    ("{type: string}", "{type: string, pattern: '.*'}"),
    ("{type: string, pattern: '^.*'}", "{type: string, pattern: '.*$'}"),
    ("{type: integer, minimum: 1}", "{type: integer, exclusiveMinimum: 0}"),
    ("{type: integer, maximum: 5}", "{type: integer, exclusiveMaximum: 5.5}"),
    ("{enum: [1]}", "{enum: [1.0]}"),
    ("{type: number, multipleOf: 0.1}", "{type: number, multipleOf: 0.10}"),
    ("{}", "true"),
    ("{type: string}", "{type: string, not: false}"),
    ("{type: string}", "{type: string, not: {enum: []}}"),
    ("{type: array, items: {}}", "{type: array, items: {}, contains: true, minContains: 0}"),
    ("{type: integer}", "{type: integer, multipleOf: 1}"),
    ("{type: integer}", "{type: number, multipleOf: 1}"),
    ("{type: integer, multipleOf: 2}", "{type: number, multipleOf: 2}"),
    ("{type: boolean}", "{enum: [true, false]}"),
    ("false", "{enum: []}"),
    ("false", "{not: {}}"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_what_does_nothing_is_no_edit(one: str, other: str) -> None:
    first = both_ways(one)
    second = both_ways(other)
    assert compare_wire(first, second) == ()
    assert compare_wire(second, first) == ()


APART = [
    ("{type: string}", "{type: string, minLength: 1}", "min-length-set"),
    ("{type: object}", "{type: object, propertyNames: false}", "property-names-added"),
    (
        "{type: object, if: {required: [a]}}",
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "then-added",
    ),
    (
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, if: {required: [c]}, then: {required: [b]}}",
        "if-changed",
    ),
    (
        "{type: object, then: {required: [b]}}",
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "if-added",
    ),
    (
        "{type: array, items: {}, contains: {const: a}}",
        "{type: array, items: {}, contains: {const: a}, minContains: 0}",
        "contains-removed",
    ),
    (
        "{type: string, contentEncoding: base64}",
        "{type: string, contentEncoding: base32}",
        "content-encoding-changed",
    ),
    (
        "{type: string, contentMediaType: application/octet-stream}",
        "{type: string, contentMediaType: image/png}",
        "content-media-type-changed",
    ),
    # A dot is no end of a line, so that a text of two lines is refused.
    ("{type: string}", "{type: string, pattern: '^.*$'}", "pattern-added"),
    ("{type: number, multipleOf: 0.3}", "{type: number, multipleOf: 0.1}", "multiple-of-widened"),
    ("{type: number, multipleOf: 0.01}", "{type: number, multipleOf: 0.1}", "multiple-of-narrowed"),
    ("{type: number, multipleOf: 0.2}", "{type: number, multipleOf: 0.3}", "multiple-of-changed"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule"), APART)
def test_what_does_something_is_an_edit(old: str, new: str, rule: str) -> None:
    found = compare_wire(both_ways(old), both_ways(new))
    assert {each.rule for each in found} == {
        f"request-property-{rule}",
        f"response-property-{rule}",
    }
