"""Another type: what it explains, and what it does not hide."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, answering, asking, document

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


@pytest.mark.parametrize("short", ["date", "time"])
def test_a_date_or_a_time_is_no_time_of_a_date(short: str) -> None:
    """RFC 3339 §5.6: no text is one of both, so that each direction breaks."""
    part, whole = String(format=short), String(format="date-time")
    sent = SchemaContext(0, "request", "property", "")
    received = SchemaContext(0, "response", "property", "")
    assert classify_change(part, whole, sent) == "changed"
    assert classify_change(whole, part, sent) == "changed"
    assert classify_change(part, whole, received) == "generalized"
    assert classify_change(whole, part, received) == "changed"


@pytest.mark.parametrize("direction", ["request", "response"])
def test_a_format_with_other_values_is_another(direction: MessageDirection) -> None:
    context = SchemaContext(0, direction, "property", "")
    one = String(format="date")
    other = String(format="time")
    assert classify_change(one, other, context) == "changed"


def in_text(schema: Json, media: str = "text/plain") -> Json:
    """Return a document that sends a text, and answers with one."""
    content = {media: {"schema": schema}}
    return document(
        {
            "/x": {
                "post": {
                    "requestBody": {"content": content},
                    "responses": {"200": {"description": "", "content": content}},
                }
            }
        }
    )


def with_parameter(schema: Json) -> Json:
    parameters = [{"name": "p", "in": "query", "schema": schema}]
    return document({"/x": {"get": {"parameters": parameters, "responses": {}}}})


INTEGER: Json = {"type": "integer"}
TEXT: Json = {"type": "string"}


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (
            INTEGER,
            TEXT,
            {"request-body-type-compatible", "response-body-type-generalized"},
        ),
        (
            TEXT,
            INTEGER,
            {"request-body-type-changed", "response-body-type-compatible"},
        ),
        (
            INTEGER,
            {**TEXT, "format": "uuid"},
            {"request-body-type-changed", "response-body-type-changed"},
        ),
        (
            {**TEXT, "pattern": "^[a-z]+$"},
            INTEGER,
            {"request-body-type-changed", "response-body-type-changed"},
        ),
        (
            INTEGER,
            {**TEXT, "pattern": "^[a-z]+$"},
            {
                "request-body-type-compatible",
                "request-body-pattern-added",
                "response-body-type-generalized",
            },
        ),
        (
            INTEGER,
            {**TEXT, "enum": ["a", "b"]},
            {
                "request-body-type-compatible",
                "request-body-became-enum",
                "response-body-type-generalized",
            },
        ),
        (
            TEXT,
            {"type": "object"},
            {"request-body-type-changed", "response-body-type-changed"},
        ),
    ],
)
def test_a_text_is_compared_by_who_sends_it(
    old: Json, new: Json, rules: set[str]
) -> None:
    found = compare_wire(in_text(old), in_text(new))
    assert {each.rule for each in found} == rules


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (TEXT, TEXT, []),
        (INTEGER, INTEGER, []),
        (TEXT, {**TEXT, "enum": ["a"]}, ["request-parameter-property-became-enum"]),
        (INTEGER, {**INTEGER, "maximum": 5}, ["request-parameter-property-max-set"]),
        ({**TEXT, "enum": ["a"]}, {**TEXT, "enum": ["a"]}, []),
    ],
)
def test_a_value_that_became_a_list_is_compared_with_its_items(
    old: Json, new: Json, rules: list[str]
) -> None:
    listed = {"type": "array", "items": new}
    found = compare_wire(with_parameter(old), with_parameter(listed))
    assert {each.rule for each in found} == {
        "request-parameter-type-generalized",
        *rules,
    }


def test_a_list_of_two_is_no_single_value() -> None:
    listed = {"type": "array", "items": TEXT, "minItems": 2}
    found = compare_wire(with_parameter(TEXT), with_parameter(listed))
    assert {each.rule for each in found} == {
        "request-parameter-type-generalized",
        "request-parameter-min-items-set",
    }


@pytest.mark.parametrize(
    "nothing", [False, {"enum": []}, {"type": "string", "enum": []}]
)
def test_what_takes_nothing_is_narrower_than_all(nothing: object) -> None:
    def of(schema: object) -> Json:
        whole = {"type": "object", "properties": {"a": schema}}
        return document(
            {"/a": {"post": asking(whole)}, "/b": {"get": answering(whole)}}
        )

    found = compare_wire(of(TEXT), of(nothing))
    assert {each.rule: each.level.value for each in found} == {
        "request-property-type-changed": "error",
        "response-property-type-specialized": "info",
    }
    assert {
        each.rule: each.level.value for each in compare_wire(of(nothing), of(TEXT))
    } == {
        "request-property-type-generalized": "info",
        "response-property-type-generalized": "error",
    }


@pytest.mark.parametrize("schema", [{}, True])
def test_a_schema_without_a_type_takes_null(schema: object) -> None:
    def of(schema: object) -> Json:
        whole = {"type": "object", "properties": {"a": schema}}
        return document({"/a": {"post": asking(whole)}})

    nullable = {"type": ["string", "null"]}
    assert [each.rule for each in compare_wire(of(TEXT), of(schema))] == [
        "request-property-type-generalized"
    ]
    assert [each.rule for each in compare_wire(of(schema), of(nullable))] == [
        "request-property-type-changed"
    ]


def test_a_schema_in_two_media_has_one_finding_a_direction() -> None:
    def of(kind: str) -> Json:
        media = ("application/json", "application/xml")
        content = {
            each: {"schema": {"$ref": "#/components/schemas/A"}} for each in media
        }
        answer = {"200": {"description": "", "content": content}}
        whole = {"type": "object", "properties": {"a": {"type": kind}}}
        return document({"/x": {"get": {"responses": answer}}}, {"A": whole})

    (found,) = compare_wire(of("string"), of("integer"))
    assert found.rule == "response-property-type-changed"
    (found,) = compare_wire(of("integer"), of("string"))
    assert found.level.value == "error"
