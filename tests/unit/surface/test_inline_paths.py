"""The words of inline schemas: variants have a number only if nothing tells them apart."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client

KIND = {"type": "string", "enum": ["a", "b"]}
NULL = {"type": "null"}


def list_names(schema: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return the classes besides the one that has a property `part`."""
    client = build_client({}, {"W": {"type": "object", "properties": {"part": schema}}})
    return [name for name in client.list_classes() if name != "W"]


def choose(*variants: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a union."""
    return {"anyOf": list(variants)}


def record(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object."""
    return {"type": "object", "properties": properties}


def constant(value: str, wire: str) -> dict[str, Any]:
    """Return an object with a constant and one more property."""
    return record(kind={"const": value}, **{wire: {"type": "string"}})


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (choose(KIND, NULL), ["WPart"]),
        (choose(NULL, record(a=KIND)), ["WPart", "WPartA"]),
        (choose(KIND, {"type": "string"}, NULL), ["WPart", "WPartOption"]),
        (choose({"type": "array", "items": KIND}, NULL), ["WPartItem"]),
        # The union itself is `WPart`.
        (choose(KIND, record(a=NULL)), ["WPart", "WPartOption1", "WPartOption2"]),
        (choose({"type": "integer"}, record(a=NULL)), ["WPart", "WPartOption"]),
        (
            choose(constant("cat", "a"), constant("dog", "b")),
            ["WPart", "WPartCat", "WPartDog"],
        ),
        (
            choose(record(a=NULL) | {"title": "First"}, record(b=NULL)),
            ["WPart", "WPartFirst", "WPartOption2"],
        ),
    ],
)
def test_a_variant_has_no_number_without_need(
    schema: dict[str, Any], names: list[str]
) -> None:
    assert list_names(schema) == names
