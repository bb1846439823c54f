"""Strings, numbers and bytes, with their constraints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.documents import Json

from flexprice_codegen.api.scalars import read_number, read_string
from flexprice_codegen.api.types import Bytes, Number, String, Type
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.nodes import Node


def node(schema: Json) -> Node:
    return Node(schema, Origin("", ""))


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({}, String()),
        ({"format": "date", "pattern": "^2"}, String(format="date", pattern="^2")),
        ({"minLength": 1, "maxLength": 2.0}, String(min_length=1, max_length=2)),
        ({"contentEncoding": "base64"}, String(format="byte")),
        ({"format": "binary", "maxLength": 9}, Bytes(max_length=9)),
        ({"contentMediaType": "image/png"}, Bytes(by_media_type=True)),
        ({"contentMediaType": "image/png", "format": "binary"}, Bytes()),
        (
            {"contentMediaType": "image/png", "contentEncoding": "base64"},
            String(format="byte"),
        ),
    ],
)
def test_a_string_is_text_or_bytes(schema: Json, type_: Type) -> None:
    assert replace(read_string(node(schema)), kept=()) == type_


def test_limits_of_a_number_are_inclusive_or_exclusive() -> None:
    schema = {"minimum": 1, "exclusiveMaximum": 5, "multipleOf": 2}
    assert read_number(node(schema), integer=True) == Number(
        integer=True, minimum=1, exclusive_maximum=5, multiple_of=2
    )


def test_a_limit_of_openapi_3_0_may_be_exclusive_by_a_flag() -> None:
    schema = {"minimum": 1, "exclusiveMinimum": True}
    found = read_number(node(schema), integer=False)
    assert found == Number(exclusive_minimum=1)
