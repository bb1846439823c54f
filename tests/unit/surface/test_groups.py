"""Groups of operations: by tag, else by the first segment that says something."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.groups import group_operations


def build_operation(path: str, *tags: str, method: str = "GET") -> ApiOperation:
    """Build an operation with a path and tags."""
    about = NodeMetadata(origin=Origin("", f"/paths/{path}"))
    return ApiOperation(
        method=method, path=path, route=path, id="", tags=tags, about=about
    )


def group(*operations: ApiOperation) -> list[str]:
    """Return the groups of operations, in their order."""
    return list(group_operations(operations).values())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/customers/{id}/invoices", "customers"),
        ("/v1/customers", "customers"),
        ("/api/v2/customers", "customers"),
        ("/{tenant}/v2beta1/customers", "customers"),
        ("/rest/2024-01-01/customers", "customers"),
        ("/vendors", "vendors"),
        ("/v1", "v1"),
        ("/api/v1/{id}", "api"),
        ("/{id}", "root"),
        ("/", "root"),
    ],
)
def test_an_operation_without_tags_is_in_the_group_of_its_path(
    path: str, expected: str
) -> None:
    assert group(build_operation(path)) == [expected]


def test_the_first_tag_comes_before_the_path() -> None:
    assert group(build_operation("/a", "Billing", "Other")) == ["Billing"]


@pytest.mark.parametrize("tag", ["api", "v1", "", "?"])
def test_a_tag_that_says_nothing_is_none(tag: str) -> None:
    assert group(build_operation("/api/books", tag)) == ["books"]


@pytest.mark.parametrize("path", ["/answers", "/v1/answer/x", "/ANSWERS"])
def test_a_tag_and_a_path_with_one_meaning_are_one_group(path: str) -> None:
    tagged = build_operation("/x", "Answers")
    assert group(build_operation(path), tagged) == ["Answers", "Answers"]


def test_of_tags_that_differ_in_spelling_the_first_has_the_path() -> None:
    first = build_operation("/a", "My Tag")
    second = build_operation("/b", "my-tag")
    found = group(first, second, build_operation("/my_tag"))
    assert found == ["My Tag", "my-tag", "My Tag"]


@pytest.mark.parametrize(
    ("number", "expected"), [(150, {"big"}), (151, {"big", "big/a", "big/b"})]
)
def test_a_large_group_is_parted_by_the_next_segment(
    number: int, expected: set[str]
) -> None:
    paths = [f"/v1/big/{'ab'[n % 2]}/{n}" for n in range(number - 1)]
    found = group(*map(build_operation, ["/v1/big/{id}", *paths]))
    assert set(found) == expected


def test_a_large_group_of_a_tag_is_not_parted() -> None:
    operations = [build_operation(f"/x/{n}", "Big") for n in range(200)]
    assert set(group(*operations)) == {"Big"}
