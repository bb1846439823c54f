"""The report as text."""

from __future__ import annotations

from support.findings import NASTY, a_finding, a_mixture, changes_of

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.report.changes_text import as_text, iter_lines


def test_a_finding_has_two_lines_at_most() -> None:
    lines = as_text(changes_of([a_finding()])).splitlines()
    assert lines[:5] == [
        "Breaking (1)",
        "",
        "error[request-property-removed]: The property field0 was removed",
        "  1 operation, 1 event",
        "",
    ]


def test_like_findings_have_a_headline_and_three_places() -> None:
    many = [
        a_finding(number, subject=f"`Customer.f{number}`", before="a", after="b")
        for number in range(104)
    ]
    lines = as_text(changes_of(many)).splitlines()
    headline = "104 request properties were removed: a -> b"
    assert lines[2] == f"error[request-property-removed]: {headline}"
    assert lines[3] == "  Customer.f0  1 operation, 1 event"
    assert lines[6] == "  and 101 more"
    assert len(lines) < 15


def test_values_of_one_enum_share_a_line() -> None:
    rule = "response-property-enum-value-added"
    values = [
        a_finding(rule=rule, detail=value, before="", after=value) for value in "abcd"
    ]
    other = a_finding(1, rule=rule, before="", after="z")
    lines = as_text(changes_of([*values, other])).splitlines()
    assert lines[2].endswith("2 response properties have a new enum value (5 values)")
    assert "a, b and 2 more" in lines[3]


def test_other_changes_are_counted_and_the_verbose_report_lists_them() -> None:
    changes = changes_of([a_finding(level=Severity.INFO, fix="Nothing")])
    assert "Other changes (1; list them with --verbose)" in as_text(changes)
    assert "The property" not in as_text(changes)
    assert "  help:         Nothing." in as_text(changes, verbose=True).splitlines()


def test_the_verbose_report_has_all_of_each_finding() -> None:
    changes = a_mixture()
    text = as_text(changes, verbose=True)
    assert all(finding.fingerprint in text for finding in changes.findings)
    assert "GET /things/37" in text
    assert "    old:          specs/new.yaml:7:3" in text


def test_no_line_is_a_command_of_a_runner() -> None:
    changes = changes_of([a_finding(message=NASTY, path=NASTY, subject=NASTY)] * 2)
    for verbose in (False, True):
        lines = [line for line, _ in iter_lines(changes, verbose=verbose)]
        assert not any(line.lstrip().startswith("::") for line in lines)


def test_the_last_lines_are_counts_version_and_help() -> None:
    lines = as_text(a_mixture()).splitlines()
    assert lines[-4:] == [
        "old.json -> new.json: 2 breaking, 1 potentially breaking, 1 other change",
        "1 finding ignored",
        "Suggested version: 2.0.0 (major; currently 1.4.0)",
        "For the reason and a fix, run `flexprice-codegen rules RULE` or use --verbose",
    ]
