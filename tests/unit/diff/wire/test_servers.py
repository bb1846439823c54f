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
    ],
)  # fmt: skip
def test_what_changes(old: list[Json], new: list[Json], rules: list[str]) -> None:
    assert [rule for rule, _ in list_on_wire(at(*old), at(*new))] == rules


def test_what_all_operations_share_is_told_once() -> None:
    (found,) = compare_wire(at(ONE), at(ONE, TWO))
    assert found.after == "https://two"
