"""Methods from operations: what is sent as it is declared, and how lists are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import NamedClient, build_client

from flexprice_codegen.surface.python_types import format_type

NESTED = {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}


@pytest.mark.parametrize(
    ("location", "style", "explode", "codes"),
    [
        ("query", "form", True, []),
        ("query", "form", False, ["nested-parameter"]),
        ("query", "deepObject", True, []),
        ("query", "pipeDelimited", False, ["nested-parameter"]),
        ("header", "simple", False, ["nested-parameter"]),
        ("path", "simple", False, ["nested-parameter"]),
        ("path", "matrix", True, ["nested-parameter"]),
        ("cookie", "form", True, []),
    ],
)
def test_what_a_style_cannot_send_is_named(
    location: str, style: str, codes: list[str], *, explode: bool
) -> None:
    parameter = {
        "name": "p",
        "in": location,
        "required": True,
        "style": style,
        "explode": explode,
        "schema": NESTED,
    }
    operation = {
        "parameters": [parameter],
        "responses": {"204": {"description": "Done."}},
    }
    path = "/things/{p}" if location == "path" else "/things"
    assert build_client({path: {"get": operation}}).codes == codes


@pytest.mark.parametrize(
    ("media", "schema", "codes"),
    [
        ("application/x-www-form-urlencoded", NESTED, ["form-without-fields"]),
        ("multipart/form-data", {"type": "string"}, ["form-without-fields"]),
        ("multipart/form-data", {}, []),
        ("multipart/form-data", {"type": "object"}, []),
        ("application/json", NESTED, []),
    ],
)
def test_a_form_has_fields(
    media: str, schema: dict[str, object], codes: list[str]
) -> None:
    operation = {
        "requestBody": {"content": {media: {"schema": schema}}},
        "responses": {"204": {"description": "Done."}},
    }
    made = build_client({"/things": {"post": operation}})
    assert made.codes == codes
    ((method,),) = (each.methods for each in made.surface.resources)
    assert method.body is not None
    if codes:
        assert format_type(method.body.type) == "dict[str, Any]"


@pytest.mark.parametrize(("location", "by"), [("query", "offset"), ("header", "whole")])
def test_pages_are_asked_for_in_the_query(location: str, by: str) -> None:
    items = {"type": "array", "items": {"type": "string"}}
    page = {"type": "object", "properties": {"items": items, "pagination": {}}}
    operation: dict[str, Any] = {
        "parameters": [
            {"name": name, "in": location, "schema": {"type": "integer"}}
            for name in ("limit", "offset")
        ],
        "responses": {
            "200": {
                "description": "Them.",
                "content": {"application/json": {"schema": page}},
            }
        },
    }
    pagination = build_client({"/things": {"get": operation}}).get_method().pagination
    assert pagination is not None
    assert pagination.by == by


def name_keywords(*parameters: str, before: NamedClient | None = None) -> NamedClient:
    """Return a client with one method that has parameters such as `query $filter`."""
    listed = [
        {"name": wire, "in": location, "required": True, "schema": {"type": "string"}}
        for location, wire in (each.split() for each in parameters)
    ]
    path = "/a" + "".join(
        f"/{{{each['name']}}}" for each in listed if each["in"] == "path"
    )
    operation = {"parameters": listed, "responses": {"204": {"description": "Done."}}}
    return build_client({path: {"get": operation}}, before=before)


def list_keywords(client: NamedClient) -> list[str]:
    (method,) = client.surface.resources[0].methods
    return [each.name for each in method.arguments]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        (["query $filter", "query filter"], ["filter_query", "filter"]),
        (["query filter", "query $filter"], ["filter", "filter_query"]),
        (["path id", "query id"], ["id", "id_query"]),
        (["path id-", "query id"], ["id", "id_query"]),
        (["query $a", "query @a"], ["a_query", "a_query_"]),
        (["query a", "header a"], ["a_query", "a_header"]),
    ],
)
def test_a_keyword_is_the_name_on_the_wire_if_one_has_it(
    parameters: list[str], names: list[str]
) -> None:
    assert list_keywords(name_keywords(*parameters)) == names


def test_keywords_of_an_earlier_run_stay() -> None:
    before = name_keywords("query $filter")
    after = name_keywords("query $filter", "query filter", before=before)
    assert list_keywords(after) == ["filter", "filter_query"]
