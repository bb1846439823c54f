"""An object that is exploded is the same query as its members alone."""

from __future__ import annotations

from support.comparing import compare_wire, list_on_wire
from support.documents import Json, document, operation, parameter, record

PAGE: Json = {"type": "integer", "minimum": 1}


def asked(*parameters: Json) -> Json:
    return document({"/a": {"get": operation(parameters=list(parameters))}})


def test_members_may_be_written_out() -> None:
    alone = asked(parameter("page", schema=PAGE), parameter("size"))
    together = asked(parameter("paging", schema=record(page=PAGE, size="string")))
    assert compare_wire(alone, together) == ()
    assert compare_wire(together, alone) == ()


def test_members_are_compared() -> None:
    alone = asked(parameter("page", schema=PAGE), parameter("size"))
    other = record(["page"], page={"type": "integer", "minimum": 5})
    together = asked(parameter("paging", schema=other, required=True))
    assert list_on_wire(alone, together) == [
        ("request-parameter-became-required", "error"),
        ("request-parameter-min-increased", "error"),
        ("request-parameter-removed", "warning"),
    ]


def test_an_object_that_is_new_is_one_parameter() -> None:
    together = asked(parameter("paging", schema=record(page=PAGE, size="string")))
    assert list_on_wire(asked(), together) == [
        ("new-optional-request-parameter", "info")
    ]


def test_another_style_does_not_write_the_members_alone() -> None:
    alone = asked(parameter("page", schema=PAGE))
    deep = asked(parameter("paging", schema=record(page=PAGE), style="deepObject"))
    assert len(compare_wire(alone, deep)) == 2
