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
