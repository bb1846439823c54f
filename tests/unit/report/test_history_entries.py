"""What a history reports of one version, in three formats."""

from __future__ import annotations

import re

from support.findings import NASTY, a_finding, a_mixture, changes_of

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.report.history_entries import (
    HistoryEntry,
    build_entry,
    build_first_entry,
    build_skipped_entry,
    format_totals,
)
from flexprice_codegen.report.history_html import format_history_html
from flexprice_codegen.report.history_markdown import format_history_page
from flexprice_codegen.report.history_text import iter_entry_lines
from flexprice_codegen.spec.git_history import FileVersion


def version(number: int, subject: str = "") -> FileVersion:
    return FileVersion(
        commit=f"{number:040x}",
        day=f"2026-01-{number:02}",
        subject=subject or f"number {number}",
        path="api.yaml",
        blob=f"{number:040x}",
    )


PROBLEM = Diagnostic(
    code="truncated",
    level=Level.ERROR,
    message="the text ends",
    location=FileLocation("git:1:api.yaml", 3, 4),
)
ENTRIES = (
    build_first_entry(version(1), 1, 2),
    build_skipped_entry(version(2), [PROBLEM]),
    build_entry(version(3, NASTY), a_mixture()),
    build_entry(version(28), changes_of([a_finding(n) for n in range(5)])),
)


def text_of(entry: HistoryEntry) -> list[str]:
    return [line for line, _ in iter_entry_lines(entry)]


def test_an_entry_has_a_line_for_each_group() -> None:
    assert text_of(ENTRIES[0])[1] == "  first version: 1 operation, 2 events"
    assert text_of(ENTRIES[1])[2] == "  git:1:api.yaml:3:4: the text ends"
    lines = text_of(ENTRIES[3])
    assert lines[1] == "  5 breaking"
    assert lines[2].startswith(
        "  error[request-property-removed]: 5 request properties were removed ("
    )
    assert lines[2].endswith(" and 2 more)")
    assert format_totals(ENTRIES) == ("4 versions, 2 with breaking changes, 1 skipped")


def test_the_page_has_a_bar_and_a_section_for_each_version() -> None:
    page = format_history_html(ENTRIES, "specs/api.yaml")
    assert page.count("<rect") == 4
    anchors = re.findall(r'<a href="#([^"]+)">', page)
    assert anchors == re.findall(r'<li class="[^"]+" id="([^"]+)">', page)[::-1]
    assert "<script" not in page
    assert "<img" not in page
    positions = [float(each) for each in re.findall(r'<rect class="\w+" x="([^"]+)"', page)]  # fmt: skip
    assert positions == sorted(positions)
    assert positions[0] >= 0
    assert positions[-1] <= 1_000


def test_versions_of_one_day_stand_next_to_each_other() -> None:
    same_day = [build_first_entry(version(1), 1, 0)] * 3
    page = format_history_html(same_day, "a")
    positions = re.findall(r'<rect class="\w+" x="([^"]+)"', page)
    assert len(set(positions)) == 3


def test_markdown_has_a_table_and_calls_nobody() -> None:
    page = format_history_page(ENTRIES, "specs/api.yaml")
    assert page.startswith("## History of `specs/api.yaml`\n")
    assert "| 2026-01-28 number 28 |" in page
    outside = re.sub(r"`[^`]*`", "", page)
    assert not re.search(r"@octocat|#1\b|(?<!\\)<img", outside)


def test_no_version_is_a_report_too() -> None:
    assert "0 versions" in format_history_html([], "a")
    assert "0 versions" in format_history_page([], "a")
