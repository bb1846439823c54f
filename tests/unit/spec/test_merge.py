"""Several documents to one."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.merge import MergedDocument, merge
from flexprice_codegen.spec.parse import parse_documents
from flexprice_codegen.spec.sources import Source

HEAD = "openapi: 3.0.{}\ninfo: {{title: Shop, version: '1'}}\n"


def merged(*bodies: str) -> MergedDocument:
    return merge(
        [
            each
            for index, body in enumerate(bodies)
            for each in parse_documents(
                Source(f"{index}.yaml", (HEAD.format(index) + body).encode())
            )
        ]
    )


def conflicts(*bodies: str) -> list[tuple[str, str]]:
    """Return the message and place of each conflict."""
    with pytest.raises(DiagnosticError) as caught:
        merged(*bodies)
    found = caught.value.diagnostics
    assert {each.code for each in found} == {"merge-conflict"}
    return [(each.message, str(each.location)) for each in found]


A = """\
paths:
  /orders:
    get: {summary: List}
components:
  schemas:
    Order: {type: object, properties: {id: {type: string}}}
tags:
- {name: orders}
x-groups: {a: {b: [1]}}
"""
B = """\
paths:
  /items: {}
  /orders:
    post: {summary: Create}
components:
  schemas:
    Order: {properties: {id: {type: string}}, type: object}
    Item: {type: object}
  responses:
    Gone: {description: gone}
tags:
- {name: items}
- {name: orders}
x-groups: {a: {c: 2}}
"""


def test_parts_are_put_together_and_equal_ones_stand_once() -> None:
    data = merged(A, B).data
    assert data == {
        "openapi": "3.0.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/orders": {"get": {"summary": "List"}, "post": {"summary": "Create"}},
            "/items": {},
        },
        "components": {
            "schemas": {
                "Order": {"type": "object", "properties": {"id": {"type": "string"}}},
                "Item": {"type": "object"},
            },
            "responses": {"Gone": {"description": "gone"}},
        },
        "tags": [{"name": "orders"}, {"name": "items"}],
        "x-groups": {"a": {"b": [1], "c": 2}},
    }


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", "0.yaml:1:1"),
        ("/paths/~1orders", "0.yaml:4:3"),
        ("/paths/~1orders/get/summary", "0.yaml:5:11"),
        ("/paths/~1orders/post", "1.yaml:6:5"),
        ("/paths/~1orders/post/summary", "1.yaml:6:12"),
        ("/paths/~1orders/post/added/later", "1.yaml:6:5"),
        ("/components/schemas/Order", "0.yaml:8:5"),
        ("/components/schemas/Item/type", "1.yaml:10:12"),
        ("/components/responses/Gone", "1.yaml:12:5"),
        ("/tags/0/name", "0.yaml:10:4"),
        ("/tags/1/name", "1.yaml:14:4"),
        ("/x-groups/a/c", "1.yaml:16:16"),
    ],
)
def test_each_part_is_placed_in_the_file_it_came_from(pointer: str, place: str) -> None:
    assert str(merged(A, B).locate(pointer)) == place


def test_merging_changes_none_of_the_documents() -> None:
    first, second = (
        parse_documents(Source(name, (HEAD.format(0) + body).encode()))[0]
        for name, body in (("a.yaml", A), ("b.yaml", B))
    )
    before = repr(first.data), repr(second.data)
    merge([first, second, second])
    assert (repr(first.data), repr(second.data)) == before


def test_one_document_is_given_as_it_is() -> None:
    (only,) = parse_documents(Source("a.yaml", b"openapi: 3.0.3"))
    assert merge([only]).data is only.data


def test_a_conflict_names_the_first_difference_in_both_files() -> None:
    (conflict,) = conflicts(A, B.replace("{type: string}", "{type: integer}"))
    assert conflict == (
        (
            "cannot merge documents: 'components schemas Order properties id type' "
            "differs from 0.yaml:8:45"
        ),
        "1.yaml:9:31",
    )


def test_a_conflict_with_a_part_of_the_second_file_names_the_second() -> None:
    third = B.replace("Create", "Make")
    (conflict,) = conflicts(A, B, third)
    assert conflict == (
        "cannot merge documents: 'paths /orders post summary' differs from 1.yaml:6:12",
        "2.yaml:6:12",
    )


def test_an_operation_does_not_come_under_the_parameters_of_another_file() -> None:
    shared = "paths: {/orders: {parameters: [{name: a}], get: {}}}"
    alone = "paths: {/orders: {post: {}}}"
    ((missing, _),) = conflicts(shared, alone)
    assert missing == (
        "cannot merge documents: 'paths /orders parameters' is declared at 0.yaml:3:19 "
        "but not here"
    )
    ((added, _),) = conflicts(alone, shared)
    assert added == (
        "cannot merge documents: 'paths /orders parameters' is declared here but not at "
        "0.yaml:3:9"
    )


@pytest.mark.parametrize("key", ["servers", "security"])
def test_what_holds_for_all_operations_must_be_the_same(key: str) -> None:
    assert merged(f"{key}: []", "paths: {}").data["openapi"] == "3.0.0"
    assert len(conflicts(f"{key}: [{{a: []}}]", "paths: {}")) == 1
    assert len(conflicts("paths: {}", f"{key}: [{{a: []}}]")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x-a: true", "x-a: 1"),
        ("x-a: 1", "x-a: 1.0"),
        ("x-a: [1]", "x-a: [1, 2]"),
        ("x-a: {b: 1}", "x-a: {b: {}}"),
        ("tags: [{name: a, description: x}]", "tags: [{name: a, description: y}]"),
        ("paths: {/a: {get: {}}}", "paths: []"),
        ("jsonSchemaDialect: a", "jsonSchemaDialect: b"),
    ],
)
def test_unequal_parts_are_a_conflict(one: str, other: str) -> None:
    assert len(conflicts(one, other)) == 1
    assert len(conflicts(other, one)) == 1


def test_versions_agree_in_major_and_minor() -> None:
    old, new = (
        parse_documents(Source(f"{version}.yaml", f"openapi: {version}".encode()))[0]
        for version in ("3.0.3", "3.1.0")
    )
    with pytest.raises(DiagnosticError):
        merge([old, new])
