"""Methods of two versions of a client: names, bodies, results."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.customers import (
    NAME,
    Row,
    called,
    check_is_told_once,
    query,
)
from support.documents import Json, document, operation, record
from support.values import Value

CALLS: list[Row] = [
    ("method renamed", called(), called(name="addCustomer"),
     ("client.things.call", "method-renamed", "error")),
    ("body added", called(), called(body="A"),
     ("client.things.call", "method-required-body-added", "error")),
    ("body removed", called(body="A"), called(),
     ("client.things.call", "method-body-removed", "error")),
    ("body of another type", called(body="A"), called(body="B"),
     ("client.things.call", "method-body-type-changed", "error")),
    ("another return type", called(answer="A"), called(answer="B"),
     ("client.things.call", "return-type-changed", "error")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [pytest.param(*row[1:], id=row[0]) for row in CALLS]
)
def test_an_edit_is_told_once(
    old: Json, new: Json, expected: tuple[str, str, str]
) -> None:
    check_is_told_once(old, new, expected)


def test_the_body_of_errors_is_told_once_for_all_methods() -> None:
    def of(schema: str) -> dict[str, Value]:
        found = {}
        for name in ("a", "b"):
            found[f"/{name}"] = {"get": operation(name)}
            reference = {"$ref": f"#/components/schemas/{schema}"}
            content = {"application/json": {"schema": reference}}
            found[f"/{name}"]["get"]["responses"]["400"] = {
                "description": "", "content": content,
            }  # fmt: skip
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return document(found, schemas)

    found = list_in_python(compare(of("A"), of("B")))
    assert found == [("error.body: A → B", "error-type-changed", "warning")]


def test_a_list_may_lose_its_pages() -> None:
    def of(answer: str) -> dict[str, Value]:
        items = {"type": "array", "items": NAME}
        page = record(items=items, pagination=record(total="integer"))
        found = operation(
            parameters=[query("limit", "integer"), query("offset", "integer")],
            answer=answer,
        )
        return document({"/p": {"get": found}}, {"P": page, "A": record(a="string")})

    method = "client.things.call"
    removed = list_in_python(compare(of("P"), of("A")))
    assert (method, "method-paging-removed", "error") in removed
    added = list_in_python(compare(of("A"), of("P")))
    assert (method, "method-paging-added", "info") in added
