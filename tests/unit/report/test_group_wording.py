"""Wording of groups of findings."""

from __future__ import annotations

from support.findings import a_finding

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.diff.grouping.groups import group_findings
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.group_wording import (
    PlaceRow,
    format_few_affected,
    format_group_sides,
    format_headline,
    list_rows,
)

BOTH = frozenset(Side)


def test_a_single_finding_keeps_its_sentence() -> None:
    (group,) = group_findings([a_finding()])
    assert format_headline(group) == "The property field0 was removed"


def test_a_headline_says_what_breaks_only_in_python() -> None:
    part = a_finding(level=Severity.INFO)
    found = [a_finding(number, parts=(part,), sides=BOTH) for number in range(2)]
    (group,) = group_findings(found)
    assert format_headline(group) == (
        "2 request properties were removed (breaking only in Python)"
    )
    assert format_group_sides(group) == "WIRE + SOURCE"


def test_a_row_has_the_change_of_its_value_unless_the_headline_has_it() -> None:
    at = FileLocation("new.yaml", 7, 3)
    found = [
        a_finding(n, subject=f"`A.{n}`", before="a", after=f"{n}", new=at, python="m.A")
        for n in range(2)
    ]
    (group,) = group_findings(found)
    affected = "1 operation, 1 event"
    assert list_rows(group)[1] == PlaceRow("A.1", "a → 1", affected, "new.yaml:7")

    (shared,) = group_findings([found[0], a_finding(5, before="a", after="0")])
    assert list_rows(shared)[0].value == "m.A"


def test_one_affected_operation_is_named_and_several_are_counted() -> None:
    one = AffectedParts(operations=("GET /a",))
    two = AffectedParts(operations=("GET /a", "GET /b"))
    assert format_few_affected(a_finding(affected=one)) == "GET /a"
    assert format_few_affected(a_finding(affected=two)) == "2 operations"
