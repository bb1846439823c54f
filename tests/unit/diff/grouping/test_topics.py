"""Which rules of both sides can be about one edit, and that it is told once then."""

from __future__ import annotations

import pytest
from support.comparing import KEYS, compare
from support.documents import Json, document, operation

from flexprice_codegen.diff.grouping.topics import is_same_topic
from flexprice_codegen.diff.rules.severity import Side


@pytest.mark.parametrize(
    ("source", "wire", "other"),
    [
        ("enum-member-added", "response-property-enum-value-added",
         "response-property-type-changed"),
        ("field-type-changed", "response-property-type-changed",
         "response-property-became-nullable"),
        ("field-type-widened", "response-property-list-of-types-widened",
         "response-property-max-increased"),
        ("return-type-widened", "response-media-type-added",
         "response-success-status-added"),
        ("class-kind-changed", "response-body-became-enum", "response-body-any-of-added"),
        ("field-became-nullable", "response-property-became-nullable",
         "response-property-type-changed"),
        ("field-became-nullable", "response-property-became-optional",
         "response-property-deprecated"),
        ("argument-became-required", "request-parameter-became-required",
         "request-parameter-became-optional"),
        ("argument-became-optional", "request-parameter-became-optional",
         "request-parameter-became-required"),
        ("field-default-changed", "request-property-default-value-changed",
         "request-property-const-changed"),
        ("field-default-changed", "request-property-became-required-with-default",
         "request-property-became-required"),
        ("argument-removed", "request-parameter-removed-before-sunset",
         "new-optional-request-parameter"),
        ("field-added", "new-required-request-property-with-default",
         "request-property-removed"),
    ],
)  # fmt: skip
def test_two_rules_are_of_one_topic(source: str, wire: str, other: str) -> None:
    assert is_same_topic(KEYS[source], KEYS[wire])
    assert not is_same_topic(KEYS[source], KEYS[other])


def test_some_rules_about_python_are_of_no_topic() -> None:
    """That a thing is called otherwise is nothing that the wire says."""
    for id_, key in KEYS.items():
        assert not is_same_topic(KEYS["method-renamed"], key), id_


def test_an_option_is_no_edit_of_the_class_of_all_options() -> None:
    for wire in ("response-body-one-of-removed", "request-property-any-of-removed"):
        assert not is_same_topic(KEYS["class-removed"], KEYS[wire])
        assert is_same_topic(KEYS["return-type-changed"], KEYS[wire])


def limited(*, required: bool, type_: str = "integer") -> Json:
    limit = {"name": "limit", "in": "query", "required": required}
    listed = operation("list", parameters=[{**limit, "schema": {"type": type_}}])
    return document(paths={"/a": {"get": listed}})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (limited(required=True), limited(required=False)),
        (limited(required=False), limited(required=True)),
        (limited(required=False), limited(required=False, type_="string")),
        (limited(required=False), document(paths={"/a": {"get": operation("list")}})),
    ],
)
def test_an_edit_of_a_parameter_is_told_once(old: Json, new: Json) -> None:
    (found,) = compare(old, new).findings
    assert found.sides == frozenset(Side)
    assert len(found.parts) == 2
