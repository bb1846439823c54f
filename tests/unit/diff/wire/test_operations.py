"""Operations, events and their lifecycle: what the rules need two documents for."""

from __future__ import annotations

import pytest
from support.comparing import TODAY, compare_wire
from support.documents import Json, document

from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy

OK: Json = {"responses": {"200": {"description": "ok"}}}
OLD: Json = {"deprecated": True}
SUNSET_AHEAD: Json = {"x-sunset": "2030-01-01"}
SUNSET_PAST: Json = {"x-sunset": "2020-01-01"}
POLICY = DeprecationPolicy(today=TODAY, beta_days=30, stable_days=180)


def told(
    old: Json,
    new: Json,
    policy: DeprecationPolicy | None = None,
) -> list[tuple[str, str]]:
    found = compare_wire(old, new, policy)
    return sorted((each.rule, each.level.value) for each in found)


def rules(old: Json, new: Json, policy: DeprecationPolicy | None = None) -> list[str]:
    return [rule for rule, _ in told(document(old), document(new), policy)]


def test_an_operation_is_added() -> None:
    assert told(document({}), document({"/a": {"get": OK}})) == [
        ("endpoint-added", "info")
    ]


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({}, "removed-without-deprecation"),
        (OLD, "removed-with-deprecation"),
        (OLD | SUNSET_PAST, "removed-with-deprecation"),
        (OLD | SUNSET_AHEAD, "removed-before-sunset"),
    ],
)
def test_removal_is_fine_after_a_deprecation_and_its_sunset(
    facts: Json, end: str
) -> None:
    gone = {**OK, **facts}
    whole = {"/a": {"get": gone}}, {"/b": {"get": OK}}
    assert rules({**whole[0], **whole[1]}, whole[1]) == [f"api-path-{end}"]
    part = {"/a": {"get": OK}}
    assert rules({"/a": {"get": OK, "post": gone}}, part) == [f"api-{end}"]


def test_a_sunset_that_is_no_date_excuses_no_removal() -> None:
    gone = {"/a": {"get": {**OK, **OLD, "x-sunset": "soon"}}}
    assert rules(gone, {}) == ["api-path-sunset-parse"]


@pytest.mark.parametrize("level", ["draft", "alpha"])
def test_what_is_not_yet_promised_may_go(level: str) -> None:
    draft = {"/a": {"get": {**OK, "x-stability-level": level}}}
    assert rules(draft, {}) == []
    policy = DeprecationPolicy(today=TODAY, stability="draft")
    assert rules(draft, {}, policy) == ["api-path-removed-without-deprecation"]


def test_a_policy_asks_for_a_sunset_that_is_far_enough() -> None:
    def of(facts: Json) -> Json:
        parameter = {"name": "p", "in": "query", "schema": {"type": "string"}, **facts}
        schema = {"type": "object", "properties": {"x": {"type": "string", **facts}}}
        content = {"application/json": {"schema": schema}}
        return {
            "/operation": {"get": {**OK, **facts}},
            "/parameter": {"get": {**OK, "parameters": [parameter]}},
            "/request": {"post": {**OK, "requestBody": {"content": content}}},
            "/response": {
                "get": {"responses": {"200": {"description": "", "content": content}}}
            },
        }

    near = {"x-sunset": "2026-08-20"}
    assert rules(of({}), of(OLD), POLICY) == [
        "api-deprecated-sunset-missing",
        "request-parameter-deprecated-sunset-missing",
        "request-property-deprecated-sunset-missing",
        "response-property-deprecated-sunset-missing",
    ]
    assert rules(of({}), of(OLD | near), POLICY) == [
        "api-sunset-date-too-small",
        "request-parameter-sunset-date-too-small",
        "request-property-sunset-date-too-small",
        "response-property-sunset-date-too-small",
    ]
    assert rules(of(OLD | SUNSET_AHEAD), of(OLD | near), POLICY) == [
        "api-sunset-date-changed-too-small",
        "request-parameter-sunset-date-changed-too-small",
    ]


def test_a_parameter_in_the_path_may_have_another_name() -> None:
    def of(name: str) -> Json:
        parameter = {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
        }
        return {f"/a/{{{name}}}": {"get": {**OK, "parameters": [parameter]}}}

    assert rules(of("id"), of("customer_id")) == []


def test_a_parameter_for_all_operations_of_a_path() -> None:
    def of(*required: bool) -> Json:
        parameters = [
            {"name": f"p{n}", "in": "query", "required": r, "schema": {}}
            for n, r in enumerate(required)
        ]
        return document({"/a": {"parameters": parameters, "get": OK, "post": OK}})

    found = compare_wire(of(), of(True, False))
    assert [(each.rule, each.path, each.affected.operations) for each in found] == [
        (
            "new-required-request-default-parameter-to-existing-path",
            "/a query parameter p0",
            ("GET /a", "POST /a"),
        ),
        (
            "new-optional-request-default-parameter-to-existing-path",
            "/a query parameter p1",
            ("GET /a", "POST /a"),
        ),
    ]


def test_a_parameter_in_the_path_is_new() -> None:
    def of(*parameters: Json) -> Json:
        return {"/a": {"get": {**OK, "parameters": parameters}}}

    unused = {"name": "id", "in": "path", "required": True, "schema": {}}
    assert rules(of(), of(unused)) == ["new-request-path-parameter"]


def payload(schema: object) -> Json:
    content = {"application/json": {"schema": schema}}
    return {"post": {**OK, "requestBody": {"content": content}}}


def test_the_payload_of_an_event_is_received() -> None:
    def of(schema: object) -> Json:
        return document({}, webhooks={"invoice.paid": payload(schema)})

    text = {"type": "object", "properties": {"a": {"type": "string"}}}
    both = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}}
    (wider,) = compare_wire(of(text), of(both))
    assert (wider.rule, wider.level.value) == (
        "response-property-became-nullable",
        "error",
    )
    assert wider.affected.events == ("invoice.paid",)
    (narrower,) = compare_wire(of(both), of(text))
    assert narrower.level.value == "info"


def test_events_come_and_go() -> None:
    def of(**events: Json) -> Json:
        return document({}, webhooks=events)

    paid, old = payload({"type": "object"}), payload({"type": "object"})
    old["post"] = {**OK, **OLD, "requestBody": paid["post"]["requestBody"]}
    assert told(of(), of(paid=paid)) == [("webhook-added", "info")]
    assert told(of(paid=paid), of()) == [("webhook-removed", "error")]
    assert told(of(paid=old), of()) == [("webhook-removed", "info")]
    assert told(of(paid=paid), of(paid=old)) == [("webhook-deprecated", "info")]
    assert told(of(paid=old), of(paid=paid)) == [("webhook-reactivated", "info")]


def test_what_a_callback_carries_is_received() -> None:
    def of(type_: str) -> Json:
        whole = {
            "type": "object",
            "properties": {"paid": {"$ref": "#/components/schemas/Paid"}},
        }
        callback = {"onPaid": {"{$request.query.url}": payload(whole)}}
        return document(
            {"/a": {"post": {**OK, "callbacks": callback}}},
            schemas={"Paid": {"type": type_}},
        )

    (found,) = compare_wire(of("integer"), of("number"))
    assert found.rule == "response-property-type-generalized"
    assert found.path == "components/schemas/Paid"
    assert found.affected.operations == ("POST /a",)


def test_a_parameter_that_travels_as_json_keeps_numbers_and_texts_apart() -> None:
    def of(type_: str, media: str) -> Json:
        schema = {"schema": {"type": type_}}
        place = {"content": {media: schema}} if media else schema
        parameter = {"name": "p", "in": "query", **place}
        return {"/a": {"get": {**OK, "parameters": [parameter]}}}

    json = "application/json"
    assert rules(of("integer", json), of("string", json)) == [
        "request-parameter-type-changed"
    ]
    assert rules(of("integer", ""), of("string", "")) == [
        "request-parameter-type-generalized"
    ]
