"""Servers of two versions; their order means nothing."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire, list_on_wire
from support.documents import Json, document, operation


def at(*servers: Json) -> Json:
    return document({"/a": {"get": operation()}}, servers=list(servers))


def region(default: str, *values: str) -> Json:
    enum = {"enum": list(values)} if values else {}
    return {"url": "https://{r}.a", "variables": {"r": {"default": default, **enum}}}


UNSET: Json = {"url": "https://{r}.a", "variables": {"r": {}}}
UNDECLARED: Json = {"url": "https://{r}.a"}
PLAIN: Json = {"url": "https://us.a"}


ONE, TWO = {"url": "https://one"}, {"url": "https://two"}


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ([ONE, TWO], [TWO, {"url": "https://one/"}], []),
        ([ONE], [ONE, TWO], ["server-added"]),
        ([ONE, TWO], [ONE], ["server-removed"]),
        ([region("us")], [region("eu")], ["server-variable-default-changed"]),
        ([region("us", "us")], [region("us", "us", "eu")], ["server-variable-value-added"]),
        ([region("us", "us", "eu")], [region("us", "us")], ["server-variable-value-removed"]),
        ([region("us")], [region("us", "us")], []),
        ([PLAIN], [region("us")], ["server-variable-added"]),
        ([PLAIN], [region("eu")], ["server-added", "server-removed"]),
        ([PLAIN, region("us")], [PLAIN], ["server-removed"]),
        ([region("us")], [PLAIN], ["server-variable-removed"]),
        ([region("us")], [UNSET], ["server-variable-default-missing"]),
        ([UNDECLARED], [UNSET], ["server-variable-default-missing"]),
        ([UNDECLARED], [region("us")], ["server-variable-added"]),
        ([UNSET], [region("us")], ["server-variable-default-changed"]),
    ],
)  # fmt: skip
def test_what_changes(old: list[Json], new: list[Json], rules: list[str]) -> None:
    assert [rule for rule, _ in list_on_wire(at(*old), at(*new))] == rules


def test_what_all_operations_share_is_told_once() -> None:
    (found,) = compare_wire(at(ONE), at(ONE, TWO))
    assert found.after == "https://two"


def called_at(own: list[Json], shared: list[Json]) -> Json:
    called = operation(servers=own) if own else operation()
    return document({"/a": {"get": called}}, servers=shared)


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (called_at([], [ONE]), called_at([ONE], [ONE]), []),
        (called_at([ONE], [TWO]), called_at([], [ONE]), ["server-added", "server-removed"]),
        (called_at([], [ONE]), called_at([TWO], [ONE]), ["api-server-added", "api-server-removed"]),
        (called_at([TWO], [ONE]), called_at([], [ONE]), ["api-server-added", "api-server-removed"]),
    ],
)  # fmt: skip
def test_an_operation_is_called_at_its_own_servers(
    old: Json, new: Json, rules: list[str]
) -> None:
    assert [rule for rule, _ in list_on_wire(old, new)] == rules


def test_that_an_operation_moved_is_said_of_it() -> None:
    found = compare_wire(called_at([], [ONE]), called_at([TWO], [ONE]))
    assert {each.path for each in found} == {"GET /a"}
    assert all("`GET /a`" in each.message for each in found)
    assert {each.level.value for each in found} == {"warning", "info"}
