"""Drift: which files are not as a run would leave them, and from which line on."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.report.drift import list_drifts, list_written_files
from flexprice_codegen.vendor.plan import PlanStep, WritePlan

PLAN = WritePlan(
    (PlanStep("a", "edited"), PlanStep("b", "stray"), PlanStep("c", "same"))
)


@pytest.mark.parametrize(
    ("found", "line"),
    [(b"1\n2\nx\n", 3), (b"1\n2\n", 2), (b"1\n2\n3\n4\n", 4), (b"", 1)],
)
def test_the_first_line_that_differs_is_named(found: bytes, line: int) -> None:
    files = [GeneratedFile("a", "1\n2\n3\n")]
    edited, stray = list_drifts(PLAN, files, {"a": found, "b": b"x"})
    assert (edited.path, edited.state, edited.line) == ("a", "edited", line)
    assert (stray.path, stray.line) == ("b", 1)
    assert edited.build_annotation(Path("c")).location is not None


def test_what_was_written_is_no_fault_but_a_stray_file_is() -> None:
    assert [(each.path, each.is_fault) for each in list_written_files(PLAN)] == [
        ("a", False), ("b", True),
    ]  # fmt: skip
