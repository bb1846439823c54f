"""The report as annotations of GitHub."""

from __future__ import annotations

import re

from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.report.changes_github import as_github


def test_github_gets_no_command_from_a_document() -> None:
    written = as_github(a_mixture()).splitlines()
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in written)
    assert len(written) == 5
    assert "file=specs/new.yaml,line=7,col=3" in written[1]


def test_github_shows_the_gravest_and_counts_the_rest() -> None:
    many = [a_finding(number) for number in range(25)]
    many += [a_finding(number, level=Severity.INFO) for number in range(30, 45)]
    written = as_github(changes_of(many)).splitlines()
    assert sum(line.startswith("::error") for line in written) == 10
    assert sum(line.startswith("::notice") for line in written) == 10
    assert "21 more are not annotated" in written[-1]


def test_each_edit_is_annotated_before_the_places_of_one() -> None:
    alike = [a_finding(number) for number in range(25)]
    other = a_finding(99, rule="response-success-status-removed", message="other")
    written = as_github(changes_of([*alike, other])).splitlines()
    assert "24 more places changed in the same way" in written[0]
    assert "Other." in written[1]
    assert sum(line.startswith("::error") for line in written) == 10
