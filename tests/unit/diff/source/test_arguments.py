"""Keywords of methods in two versions of a client."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.customers import (
    EITHER,
    NAME,
    Row,
    called,
    check_is_told_once,
    query,
)
from support.documents import Json, document, operation, record
from support.values import Value

KEYWORDS: list[Row] = [
    ("keyword removed", called(query("limit")), called(),
     ("client.things.call(limit)", "argument-removed", "error")),
    ("keyword added", called(), called(query("limit")),
     ("client.things.call(limit)", "argument-added", "info")),
    ("keyword added, required", called(), called(query("limit", required=True)),
     ("client.things.call(limit)", "argument-required-added", "error")),
    ("keyword became required", called(query("limit")),
     called(query("limit", required=True)),
     ("client.things.call(limit)", "argument-became-required", "error")),
    ("keyword became optional", called(query("limit", required=True)),
     called(query("limit")),
     ("client.things.call(limit)", "argument-became-optional", "info")),
    ("keyword of another type", called(query("limit")), called(query("limit", "integer")),
     ("client.things.call(limit)", "argument-type-changed", "error")),
    ("keyword of one more type", called(query("limit")), called(query("limit", EITHER)),
     ("client.things.call(limit)", "argument-type-widened", "info")),
    ("keyword of one type less", called(query("limit", EITHER)), called(query("limit")),
     ("client.things.call(limit)", "argument-type-narrowed", "error")),
    ("another default of a keyword",
     called(query("limit", {"type": "integer", "default": 1})),
     called(query("limit", {"type": "integer", "default": 2})),
     ("client.things.call(limit)", "argument-default-changed", "info")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [pytest.param(*row[1:], id=row[0]) for row in KEYWORDS]
)
def test_an_edit_is_told_once(
    old: Json, new: Json, expected: tuple[str, str, str]
) -> None:
    check_is_told_once(old, new, expected)


def test_parameters_may_change_their_order() -> None:
    old = called(query("a"), query("b"), query("c", required=True))
    new = called(query("c", required=True), query("b"), query("a"))
    assert list_in_python(compare(old, new)) == []


def test_a_parameter_of_the_path_may_be_renamed() -> None:
    def of(name: str) -> dict[str, Value]:
        one = {"name": name, "in": "path", "required": True, "schema": NAME}
        return document(
            {f"/customers/{{{name}}}": {"get": operation(parameters=[one])}}, {}
        )

    found = list_in_python(compare(of("id"), of("customer_id")))
    assert found == [("client.things.call(id)", "argument-renamed", "error")]


def test_a_keyword_may_travel_in_another_place() -> None:
    """A call stays as it is, unless the lock file reserves the name of another place."""
    old = called({**query("id"), "in": "header"})
    new = called(query("id"))
    assert list_in_python(compare(old, new)) == []
    assert list_in_python(compare(old, new, names=())) == [
        ("client.things.call(id)", "argument-renamed", "error")
    ]


def test_the_keyword_of_an_idempotency_key_may_come_and_go() -> None:
    def of(hint: Value, *parameters: dict[str, Value]) -> dict[str, Value]:
        found = operation(body="A", parameters=parameters)
        found["x-codegen"] = {"idempotency-key": hint}
        return document({"/a": {"post": found}}, {"A": record(a="string")})

    method, name = "client.things.call", "idempotency_key"
    keyed, derived = of({"fill": "a"}), of("derived")
    removed = list_in_python(compare(keyed, derived))
    assert removed == [(f"{method}({name})", "argument-removed", "error")]
    added = list_in_python(compare(derived, keyed))
    assert added == [(f"{method}({name})", "argument-added", "info")]
    renamed = list_in_python(compare(keyed, of({"fill": "a"}, query(name))))
    assert (f"{method}({name})", "argument-renamed", "error") in renamed
