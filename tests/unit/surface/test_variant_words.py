"""The words of variants: they have a number only if nothing tells them apart."""

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


def numbered(name: str) -> list[str]:
    """Return the classes of a union of two that nothing separates."""
    return [name, f"{name}Option1", f"{name}Option2"]


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (choose(KIND, NULL), ["WPart"]),
        (choose(NULL, record(a=KIND)), ["WPart", "WPartA"]),
        (choose(KIND, {"type": "string"}, NULL), ["WPart", "WPartOption"]),
        (choose({"type": "array", "items": KIND}, NULL), ["WPartItem"]),
        # The union itself is `WPart`.
        (choose(KIND, record(a=NULL)), ["WPart", "WPartA", "WPartEnum"]),
        (choose(record(a=NULL), record(b=NULL)), ["WPart", "WPartA", "WPartB"]),
        (choose({"type": "integer"}, record(a=NULL)), ["WPart", "WPartOption"]),
        (
            choose(constant("cat", "a"), constant("dog", "b")),
            ["WPart", "WPartCat", "WPartDog"],
        ),
        (
            choose(record(a=NULL) | {"title": "First"}, record(b=NULL)),
            ["WPart", "WPartB", "WPartFirst"],
        ),
    ],
)
def test_a_variant_has_no_number_without_need(
    schema: dict[str, Any], names: list[str]
) -> None:
    assert list_names(schema) == names


def hold(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": "array", "items": schema}


def map_to(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": "object", "additionalProperties": schema}


def require(wire: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object with a required property, as Rust writes an enum with data."""
    return record(**{wire: NULL}, **more) | {"required": [wire]}


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (
            choose(KIND, require("failed"), require("progress", at=NULL)),
            ["WPart", "WPartEnum", "WPartFailed", "WPartProgress"],
        ),
        (choose(KIND, hold(record(a=NULL))), ["WPart", "WPartEnum", "WPartItem"]),
        (choose(require("a"), record(b=NULL)), ["WPart", "WPartA", "WPartB"]),
        # One variant may have nothing of its own.
        (choose(require("a"), require("a", b=NULL)), ["WPart", "WPartB", "WPartPlain"]),
        (
            choose(record(a=NULL, b=NULL), require("a")),
            ["WPart", "WPartB", "WPartPlain"],
        ),
        # What has one name in Python separates nothing.
        (choose(require("x-y"), require("x_y")), numbered("WPart")),
        # Nor do many properties of which none is required.
        (
            choose(record(**dict.fromkeys("abcd", NULL)), require("e")),
            numbered("WPart"),
        ),
        # Words for some of them say less than numbers for all.
        (
            choose(require("a"), require("a"), require("b")),
            [*numbered("WPart"), "WPartOption3"],
        ),
        (choose(KIND, {"enum": ["c", "d"]}), ["WPart"]),
    ],
)
def test_a_variant_is_named_after_what_it_alone_requires(
    schema: dict[str, Any], names: list[str]
) -> None:
    assert list_names(schema) == names


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        (
            choose(hold(record(a=NULL)), map_to(record(b=NULL))),
            ["WPart", "WPartItem", "WPartValue"],
        ),
        (
            choose(hold(record(a=NULL)), hold(hold(record(b=NULL)))),
            ["WPart", "WPartItem", "WPartItemItem"],
        ),
        (
            choose(hold(record(a=NULL)), hold(record(b=NULL))),
            ["WPart", "WPartAItem", "WPartBItem"],
        ),
        (
            choose(record(c=NULL), hold(record(a=NULL))),
            ["WPart", "WPartC", "WPartItem"],
        ),
    ],
)
def test_what_a_variant_contains_needs_no_number(
    schema: dict[str, Any], names: list[str]
) -> None:
    assert list_names(schema) == names


def of_kind(kind: Any, *required: str) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object with a constant or an enum that says what it is."""
    return record(kind=kind, **dict.fromkeys(required, NULL)) | {
        "required": [*required]
    }


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        # Variants of one value are told apart by what each requires.
        (
            choose(
                of_kind({"const": "git"}, "id"),
                of_kind({"const": "git"}, "org", "repo"),
                of_kind({"const": "svn"}, "id"),
            ),
            ["WPart", "WPartGitId", "WPartGitOrg", "WPartSvn"],
        ),
        # One of them has other values, or none at all.
        (
            choose(of_kind({"const": "git"}), of_kind({"type": "string"}, "name")),
            ["WPart", "WPartGit", "WPartOther"],
        ),
        (
            choose(of_kind({"const": "git"}), record(name=NULL)),
            ["WPart", "WPartGit", "WPartPlain"],
        ),
        # What is equal stays numbered.
        (
            choose(
                of_kind({"const": "git"}, "id"),
                of_kind({"const": "git"}, "id") | {"minProperties": 2},
                of_kind({"const": "svn"}),
            ),
            [*numbered("WPart"), "WPartOption3"],
        ),
    ],
)
def test_variants_with_the_same_constant_are_told_apart(
    schema: dict[str, Any], names: list[str]
) -> None:
    assert list_names(schema) == names
