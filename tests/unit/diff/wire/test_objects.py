"""Objects of two versions: properties that come, go, or become required."""

from __future__ import annotations

import pytest
from support.comparing import list_on_wire
from support.documents import Json, answering, asking, document, record


def sent(schema: Json) -> Json:
    return document({"/a": {"post": asking(schema)}})


def received(schema: Json) -> Json:
    return document({"/a": {"get": answering(schema)}})


PLAIN = record(a="string")
MORE = record(a="string", b="string")
REQUIRED = record(["b"], a="string", b="string")
CLOSED = {**PLAIN, "additionalProperties": False}


@pytest.mark.parametrize(
    ("old", "new", "request_", "response"),
    [
        (PLAIN, MORE, ("new-optional-request-property", "info"), ("response-optional-property-added", "info")),
        (PLAIN, REQUIRED, ("new-required-request-property", "error"), ("response-required-property-added", "info")),
        (MORE, REQUIRED, ("request-property-became-required", "error"), ("response-property-became-required", "info")),
        (REQUIRED, MORE, ("request-property-became-optional", "info"), ("response-property-became-optional", "error")),
        (REQUIRED, PLAIN, ("request-property-removed", "warning"), ("response-required-property-removed", "error")),
    ],
)  # fmt: skip
def test_a_property_costs_by_who_sends_it(
    old: Json, new: Json, request_: tuple[str, str], response: tuple[str, str]
) -> None:
    assert list_on_wire(sent(old), sent(new)) == [request_]
    assert list_on_wire(received(old), received(new)) == [response]


def test_what_forbids_other_properties_breaks_who_sends_them() -> None:
    assert [level for _, level in list_on_wire(sent(PLAIN), sent(CLOSED))] == ["error"]
    assert [level for _, level in list_on_wire(sent(CLOSED), sent(PLAIN))] == ["info"]


def test_the_order_of_properties_means_nothing() -> None:
    assert list_on_wire(sent(MORE), sent(record(b="string", a="string"))) == []


def test_what_a_closed_object_gets_was_refused_before() -> None:
    def of(*, closed: bool, **members: str) -> Json:
        schema = {**record(**members), "additionalProperties": not closed}
        return document({"/a": {"get": answering(schema)}})

    for closed, level in ((True, "warning"), (False, "info")):
        old, new = of(closed=closed, a="string"), of(
            closed=closed, a="string", b="string"
        )
        assert list_on_wire(old, new) == [("response-optional-property-added", level)]
