"""Schemas that keywords apply to a part of a value."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, asking, document, ref


def applying(keyword: str, schema: Json, **schemas: Json) -> Json:
    """Return a document in which a list applies a schema to its items by a keyword."""
    whole = {"type": "array", "items": {}, keyword: schema}
    if keyword == "if":  # which does nothing alone
        whole["then"] = {"maxItems": 1}
    return document({"/a": {"post": asking(whole)}}, schemas=schemas)


@pytest.mark.parametrize("keyword", ["contains", "unevaluatedItems", "not", "if"])
def test_what_a_condition_refers_to_is_followed(keyword: str) -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    named = applying(keyword, ref("Cat"), Cat=cat)
    assert compare_wire(named, applying(keyword, cat)) == ()
    assert compare_wire(named, applying(keyword, ref("Tom"), Tom=cat)) == ()
    other: Json = {"type": "object", "properties": {"a": {"type": "integer"}}}
    (found,) = compare_wire(named, applying(keyword, ref("Cat"), Cat=other))
    if keyword in {"not", "if"}:
        assert found.rule == f"request-body-{keyword}-changed"
    else:
        assert found.rule == "request-property-type-changed"
        assert found.path == "components/schemas/Cat/properties/a"
    assert found.affected.operations == ("POST /a",)


def choosing(limit: int, *, twice: bool = True) -> Json:
    """Return a document whose body has a schema in `if`, and in `then` as well."""
    cat = {
        "type": "object",
        "properties": {"a": {"type": "string", "maxLength": limit}},
    }
    then = ref("Cat") if twice else {"required": ["b"]}
    body = {"type": "object", "properties": {"b": {}}, "if": ref("Cat"), "then": then}
    paths = {"/a": {"post": asking(body)}, "/b": {"post": asking(ref("Cat"))}}
    return document(paths, schemas={"Cat": cat})


def test_a_schema_in_a_condition_and_in_its_consequence_changes_once() -> None:
    (found,) = compare_wire(choosing(5), choosing(3))
    assert found.rule == "request-property-max-length-decreased"
    assert found.affected.operations == ("POST /a", "POST /b")


def test_a_condition_says_what_no_other_finding_says() -> None:
    # A wider condition can refuse what passed before; the schema itself refuses nothing.
    rules = {each.rule for each in compare_wire(choosing(3), choosing(5))}
    assert rules == {"request-body-if-changed", "request-property-max-length-increased"}
    # Of POST /a only the condition speaks.
    old, new = choosing(5, twice=False), choosing(3, twice=False)
    found = {each.rule: each.affected.operations for each in compare_wire(old, new)}
    assert found == {
        "request-body-if-changed": ("POST /a",),
        "request-property-max-length-decreased": ("POST /b",),
    }
