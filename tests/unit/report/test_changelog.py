"""A section of a changelog."""

from __future__ import annotations

import re
from datetime import date

from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.report.changelog import format_changelog

TODAY = date(2026, 1, 2)


def test_a_section_of_a_changelog() -> None:
    written = format_changelog(a_mixture(), TODAY)
    assert written.startswith("## [2.0.0] - 2026-01-02\n\n### Added\n\n- The property")
    assert "### Changed\n\n" not in written
    # GitHub finds no mention in code.
    assert "@octocat" not in re.sub("`[^`]*`", "", written)
    assert "No changes" in format_changelog(changes_of([]), TODAY)


def test_like_findings_are_one_entry() -> None:
    many = [a_finding(number, subject=f"`A.{number}`") for number in range(5)]
    written = format_changelog(changes_of(many), TODAY)
    assert (
        "- **Breaking:** 5 request properties were removed. "
        "(`A.0`, `A.1`, `A.2` and 2 more)\n"
    ) in written


def test_code_stays_code_and_other_text_has_no_markup() -> None:
    found = a_finding(message="`A.b_*` has a *new* value: <x> @me")
    written = format_changelog(changes_of([found]), TODAY)
    assert "`A.b_*` has a \\*new\\* value: \\<x\\> @<!-- -->me" in written
