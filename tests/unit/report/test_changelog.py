"""A section of a changelog."""

from __future__ import annotations

from datetime import date

from support.findings import a_mixture, changes_of

from flexprice_codegen.report.changelog import format_changelog


def test_a_section_of_a_changelog() -> None:
    written = format_changelog(a_mixture(), date(2026, 1, 2))
    assert written.startswith("## [2.0.0] - 2026-01-02\n\n### Added\n\n- The property")
    assert "### Removed\n\n- **Breaking:** The property field0 was removed." in written
    assert "(38 operations, 12 events)" in written
    assert "@octocat" not in written
    assert "No change" in format_changelog(changes_of([]), date(2026, 1, 2))
