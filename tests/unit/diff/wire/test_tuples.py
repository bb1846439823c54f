"""Lists with a schema for each of their first items, and what stands behind those."""

from __future__ import annotations

from support.comparing import list_on_wire
from support.documents import Json, answering, asking, document, record

TEXT: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
CLOSED: Json = {"type": "array", "prefixItems": [TEXT], "items": False}
OPEN: Json = {"type": "array", "prefixItems": [TEXT]}


def sent(old: Json, new: Json) -> list[tuple[str, str]]:
    """Return what changes between two schemas of a property that is sent."""
    before, after = (
        document({"/a": {"post": asking(record(x=each))}}) for each in (old, new)
    )
    return list_on_wire(before, after)


def received(old: Json, new: Json) -> list[tuple[str, str]]:
    """Return what changes between two schemas of a property that is received."""
    before, after = (
        document({"/a": {"get": answering(record(x=each))}}) for each in (old, new)
    )
    return list_on_wire(before, after)


def test_no_further_items_is_a_type_of_them() -> None:
    assert sent(OPEN, CLOSED) == [("request-property-type-changed", "error")]
    assert sent(CLOSED, OPEN) == [("request-property-type-generalized", "info")]
    assert received(CLOSED, OPEN) == [("response-property-type-generalized", "error")]
    assert received(OPEN, CLOSED) == [("response-property-type-specialized", "info")]


def test_a_schema_for_an_item_that_could_be_anything_narrows_it() -> None:
    anything: Json = {"type": "array"}
    assert sent(anything, OPEN) == [("request-property-type-changed", "error")]
    assert sent(OPEN, anything) == [("request-property-type-generalized", "info")]
    assert received(anything, OPEN) == [("response-property-type-specialized", "info")]
    assert received(OPEN, anything) == [("response-property-type-generalized", "error")]


def test_a_schema_for_an_item_replaces_that_of_all_items() -> None:
    texts: Json = {"type": "array", "items": TEXT}
    first: Json = {**texts, "prefixItems": [INTEGER]}
    assert sent(texts, {**texts, "prefixItems": [TEXT]}) == []
    assert sent(texts, first) == [
        ("request-property-prefix-items-added", "info"),
        ("request-property-type-changed", "error"),
    ]
    assert received(texts, first) == [
        ("response-property-prefix-items-added", "error"),
        ("response-property-type-changed", "error"),
    ]


def test_an_item_behind_the_last_one_came() -> None:
    longer: Json = {**CLOSED, "prefixItems": [TEXT, INTEGER]}
    assert sent(CLOSED, longer) == [("request-property-prefix-items-added", "info")]
    assert sent(longer, CLOSED) == [("request-property-prefix-items-removed", "error")]
