"""Encodings of the fields of bodies; what is sent as usual has none."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client

from flexprice_codegen.surface.field_encodings import ELEMENT_PART
from flexprice_codegen.surface.model import FieldEncoding

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
STRING: dict[str, Any] = {"type": "string"}
FILE: dict[str, Any] = {"type": "string", "format": "binary"}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": STRING}}


def read(
    media: str, schema: object, encoding: object = None, version: str = "3.1.0"
) -> tuple[list[FieldEncoding], list[str]]:
    """Return the encodings of a body whose field is `f`, and the codes of diagnostics."""
    content: dict[str, Any] = {
        "schema": {"type": "object", "properties": {"f": schema}}
    }
    if encoding is not None:
        content["encoding"] = {"f": encoding}
    return read_content(media, content, version)


def read_list(media: str, items: object) -> tuple[list[FieldEncoding], list[str]]:
    """Return the encodings of a body that is a list, and the codes of diagnostics."""
    return read_content(media, {"schema": {"type": "array", "items": items}}, "3.1.0")


def read_content(
    media: str, content: dict[str, Any], version: str
) -> tuple[list[FieldEncoding], list[str]]:
    """Return the encodings of a body, and the codes of diagnostics."""
    operation = {
        "requestBody": {"content": {media: content}},
        "responses": {"204": {"description": "Done."}},
    }
    made = build_client({"/things": {"post": operation}}, version=version)
    ((method,),) = (each.methods for each in made.surface.resources)
    assert method.body is not None
    (carried,) = method.body.contents
    return [*carried.fields], made.codes


@pytest.mark.parametrize(
    ("schema", "media_type"),
    [
        (STRING, "text/plain"),
        (FILE, "application/octet-stream"),
        (OBJECT, "application/json"),
        ({"type": "array", "items": FILE}, "application/octet-stream"),
    ],
)
def test_the_usual_media_type_of_a_part_is_not_said(
    schema: object, media_type: str
) -> None:
    assert read(MULTIPART, schema) == ([], [])
    assert read(MULTIPART, schema, {"contentType": media_type}) == ([], [])


@pytest.mark.parametrize(
    ("schema", "content_type", "media_types", "codes"),
    [
        (STRING, "application/json", ("application/json",), []),
        (FILE, "image/png, image/*", ("image/png", "image/*"), []),
        (OBJECT, "application/xml", ("application/xml",), ["part-media-type"]),
        (
            OBJECT,
            "application/xml, application/json",
            ("application/xml", "application/json"),
            [],
        ),
    ],
)
def test_media_types_of_parts(
    schema: object, content_type: str, media_types: tuple[str, ...], codes: list[str]
) -> None:
    found = read(MULTIPART, schema, {"contentType": content_type})
    assert found == ([FieldEncoding(wire="f", media_types=media_types)], codes)


def test_the_media_type_of_a_schema_is_the_default() -> None:
    schema = {"type": "string", "contentMediaType": "image/png"}
    usual = FieldEncoding(wire="f", media_types=("image/png",))
    assert read(MULTIPART, schema) == ([usual], [])
    declared = FieldEncoding(wire="f", media_types=("image/gif",))
    assert read(MULTIPART, schema, {"contentType": "image/gif"}) == ([declared], [])


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "byte"},
        {"type": "string", "contentEncoding": "base64"},
        {"type": "array", "items": {"type": "string", "format": "byte"}},
    ],
)
def test_base64_is_text(schema: object) -> None:
    assert read(MULTIPART, schema) == ([FieldEncoding(wire="f", is_text=True)], [])
    assert read(FORM, schema) == ([], [])


def test_a_field_of_a_form_can_be_json() -> None:
    encoding = {"contentType": "application/json"}
    assert read(FORM, OBJECT, encoding) == ([FieldEncoding(wire="f", is_json=True)], [])
    assert read(FORM, OBJECT, {"contentType": "text/plain"}) == ([], [])


def test_a_style_replaces_the_media_type() -> None:
    encoding = {"contentType": "application/json", "style": "deepObject"}
    deep = FieldEncoding(wire="f", style="deepObject")
    assert read(FORM, OBJECT, encoding) == ([deep], [])
    assert read(MULTIPART, OBJECT, encoding) == ([deep], [])


def test_parts_have_no_styles_before_3_1_but_deep_object_and_files_never() -> None:
    styled = {"style": "form", "explode": False}
    assert read(MULTIPART, OBJECT, styled, "3.0.3") == ([], [])
    deep = {"style": "deepObject"}
    made = FieldEncoding(wire="f", style="deepObject")
    assert read(MULTIPART, OBJECT, deep, "3.0.3") == ([made], [])
    assert read(MULTIPART, FILE, styled) == ([], [])


def test_a_style_that_cannot_send_a_field_is_named() -> None:
    nested = {"type": "array", "items": OBJECT}
    assert read(FORM, nested, {"explode": False})[1] == ["nested-parameter"]
    assert read(FORM, nested, {"style": "deepObject"})[1] == []


def test_headers_with_one_value_are_sent_and_others_named() -> None:
    headers = {
        "X-Kind": {"schema": {"const": "a"}},
        "X-One": {"schema": {"enum": ["b"]}},
        "X-Default": {"schema": {"default": "c"}},
        "X-Open": {"schema": STRING},
        "Content-Type": {"schema": {"const": "ignored/type"}},
    }
    fields, codes = read(MULTIPART, FILE, {"headers": headers})
    kept = (("X-Kind", "a"), ("X-One", "b"), ("X-Default", "c"))
    assert (fields, codes) == ([FieldEncoding(wire="f", headers=kept)], ["part-header"])


@pytest.mark.parametrize("value", ["a/b\r\nX-Evil: 1", "none", "é/b"])
def test_what_no_header_can_hold_is_ignored(value: str) -> None:
    assert read(MULTIPART, FILE, {"contentType": value}) == ([], ["part-media-type"])


@pytest.mark.parametrize("media", ["multipart/mixed", "multipart/related"])
def test_the_elements_of_a_list_are_parts_of_all_but_forms(media: str) -> None:
    picture = {"type": "string", "contentMediaType": "image/png"}
    items = FieldEncoding(wire=ELEMENT_PART, media_types=("image/png",))
    assert read_list(media, picture) == ([items], [])
    assert read_list(MULTIPART, picture) == ([], ["form-without-fields"])
