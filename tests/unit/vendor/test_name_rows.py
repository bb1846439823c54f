"""Rows of names in a lock file, as they are written and read."""

from __future__ import annotations

import pytest

from flexprice_codegen.surface.model import AssignedName, DeprecatedAlias
from flexprice_codegen.surface.previous_names import EarlierNames
from flexprice_codegen.vendor.name_rows import (
    group_earlier_rows,
    list_earlier_rows,
    list_name_row,
    read_earlier_row,
    read_name,
)

ALIAS = DeprecatedAlias(
    kind="class", name="Old", key="New", old="models.Old", new="models.New"
)
MEMBER = AssignedName(
    kind="member", key="on", name="ON", group="State", aliases=("ENABLED",)
)
EARLIER = (
    EarlierNames(source_id="a"),
    EarlierNames(source_id="b", names=(MEMBER,), gone=(ALIAS,)),
    EarlierNames(source_id="c", came=(ALIAS,)),
)


def test_a_name_is_read_as_it_was_written() -> None:
    assert read_name(*list_name_row(MEMBER)) == MEMBER


def test_earlier_documents_are_read_as_they_were_written() -> None:
    rows = list_earlier_rows(EARLIER)
    assert [row[:2] for row in rows] == [
        ["a"], ["b"], ["b", "name"], ["b", "gone"], ["c"], ["c", "came"],
    ]  # fmt: skip
    read = (read_earlier_row(*row) for row in rows)
    assert group_earlier_rows(read) == EARLIER


@pytest.mark.parametrize(
    "row",
    [
        [1],
        ["a", "other"],
        ["a", "", "more"],
        ["a", "name", "class", "A", "no name"],
        ["a", "gone", "class", "", "Old", "New"],
        ["a", "came", "event", "", "Old", "New", "", ""],
    ],
)
def test_a_row_that_no_run_writes_is_an_error(row: list[object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_earlier_row(*row)
