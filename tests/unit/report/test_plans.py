"""Plans as text: what a run does with each file."""

from __future__ import annotations

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.report.plans import (
    format_state_counts,
    iter_file_diffs,
    iter_plan_lines,
    iter_unified_diff,
)
from flexprice_codegen.vendor.plan import FileState, PlanStep, WritePlan


def plan(**states: FileState) -> WritePlan:
    return WritePlan(tuple(PlanStep(path, state) for path, state in states.items()))


def test_states_are_counted_in_the_order_of_what_matters() -> None:
    assert (
        format_state_counts(plan(a="same", b="update", c="same"))
        == "1 updated, 2 unchanged"
    )
    assert format_state_counts(plan()) == "no files"


def test_files_are_listed_but_not_those_of_a_new_client() -> None:
    assert [
        line.split() for line in iter_plan_lines(plan(a="delete", b="add", c="same"))
    ] == [
        ["added", "b"],
        ["deleted", "a"],
    ]
    assert list(iter_plan_lines(plan(a="add", b="add"))) == []


def test_of_many_files_the_rest_is_counted() -> None:
    updated: dict[str, FileState] = {f"f{number:02}": "update" for number in range(15)}
    many = plan(keep="same", **updated)
    lines = list(iter_plan_lines(many))
    assert len(lines) == 13
    assert lines[-1].endswith("… and 3 more")


def test_line_ends_of_a_checkout_are_no_difference() -> None:
    files = [GeneratedFile("a", "x\ny\n")]
    assert list(iter_file_diffs(plan(a="update"), files, {"a": b"x\r\ny\r\n"})) == []
    assert list(iter_unified_diff("a", "x\n", "y\n"))[-2:] == ["-x", "+y"]
