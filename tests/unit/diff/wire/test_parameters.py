"""Parameters of two versions."""

from __future__ import annotations

from support.comparing import compare_wire, list_rules_of_paths
from support.documents import Json, document

OK: Json = {"responses": {"200": {"description": "ok"}}}


def test_a_parameter_in_the_path_may_have_another_name() -> None:
    def of(name: str) -> Json:
        parameter = {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
        }
        return {f"/a/{{{name}}}": {"get": {**OK, "parameters": [parameter]}}}

    assert list_rules_of_paths(of("id"), of("customer_id")) == []


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
    assert list_rules_of_paths(of(), of(unused)) == ["new-request-path-parameter"]


def test_a_parameter_that_travels_as_json_keeps_numbers_and_texts_apart() -> None:
    def of(type_: str, media: str) -> Json:
        schema = {"schema": {"type": type_}}
        place = {"content": {media: schema}} if media else schema
        parameter = {"name": "p", "in": "query", **place}
        return {"/a": {"get": {**OK, "parameters": [parameter]}}}

    json = "application/json"
    assert list_rules_of_paths(of("integer", json), of("string", json)) == [
        "request-parameter-type-changed"
    ]
    assert list_rules_of_paths(of("integer", ""), of("string", "")) == [
        "request-parameter-type-generalized"
    ]
