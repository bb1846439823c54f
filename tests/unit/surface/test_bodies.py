"""Bodies of methods: which media types a call can choose, and what each carries."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client

from flexprice_codegen.surface.model import BodyArgument
from flexprice_codegen.surface.python_types import format_type

FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
}
NAME = {"type": "object", "properties": {"name": {"type": "string"}}}
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"


def build(contents: dict[str, Any], *names: str) -> tuple[BodyArgument, list[str]]:
    """Build the body of an operation that has query parameters with these names."""
    parameters = [
        {"name": name, "in": "query", "schema": {"type": "string"}} for name in names
    ]
    operation = {
        "operationId": "make",
        "parameters": parameters,
        "requestBody": {"content": {k: {"schema": v} for k, v in contents.items()}},
        "responses": {"204": {"description": "Done."}},
    }
    made = build_client({"/things": {"post": operation}})
    ((method,),) = (each.methods for each in made.surface.resources)
    assert method.body is not None
    return method.body, made.codes


@pytest.mark.parametrize(
    ("declared", "sent", "codes"),
    [
        ([JSON], [JSON], []),
        ([FORM, JSON], [JSON, FORM], []),
        ([FORM, PARTS], [PARTS, FORM], []),
        ([PARTS, FORM, JSON], [JSON, PARTS, FORM], []),
        (["text/json", JSON], [JSON], ["media-type-chosen"]),
        ([JSON, "application/xml"], [JSON], ["media-type-chosen"]),
        (["text/plain", "application/pdf"], ["application/pdf"], ["media-type-chosen"]),
    ],
)
def test_one_of_each_kind_with_fields_can_be_sent(
    declared: list[str], sent: list[str], codes: list[str]
) -> None:
    body, found = build(dict.fromkeys(declared, NAME))
    assert [each.media for each in body.contents] == sent
    assert (bool(body.keyword), found) == (len(sent) > 1, codes)


def test_what_has_no_fields_is_no_choice() -> None:
    body, codes = build({JSON: {"type": "string"}, PARTS: {"type": "string"}})
    assert [each.media for each in body.contents] == [JSON]
    assert codes == ["media-type-chosen"]


def test_the_name_of_the_argument_is_not_taken_from_a_parameter() -> None:
    contents = {JSON: NAME, PARTS: FILE}
    assert build(contents)[0].keyword == "content_type"
    assert build(contents, "content_type")[0].keyword == "content_type_2"


def test_different_inline_schemas_are_different_classes() -> None:
    body, _ = build({PARTS: FILE, JSON: NAME})
    assert [format_type(each.type) for each in body.contents] == [
        "MakeBody",
        "MakeBodyMultipartFormData",
    ]
    assert format_type(body.type) == "MakeBody | MakeBodyMultipartFormData"
    assert [each.files for each in body.contents] == [(), ("file",)]


def test_equal_inline_schemas_are_one_class() -> None:
    body, _ = build({PARTS: FILE, JSON: FILE, FORM: FILE})
    assert format_type(body.type) == "MakeBody"


@pytest.mark.parametrize(
    ("media", "type_", "sent"),
    [
        ("image/*", "MediaContent", "image/*"),
        ("image/png", "Stream", "image/png"),
        ("text/*", "str", "text/plain"),
        ("multipart/*", "MakeBody", "multipart/form-data"),
        ("application/*", "MakeBody", "application/json"),
    ],
)
def test_a_range_is_sent_as_one_media_type(media: str, type_: str, sent: str) -> None:
    body, _ = build({media: NAME})
    assert (format_type(body.type), body.contents[0].media) == (type_, sent)
