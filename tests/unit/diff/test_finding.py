"""Findings, and what their fingerprints depend on."""

from __future__ import annotations

from dataclasses import replace

from support.findings import a_finding

from flexprice_codegen.diff.finding import AffectedParts, Finding, sort_findings
from flexprice_codegen.diff.rules.severity import Severity


def test_fingerprints_depend_on_what_and_where_only() -> None:
    one = a_finding()
    same = replace(
        one, message="m", why="w", fix="f", level=Severity.INFO, before="b", after="a"
    )
    assert same.fingerprint == one.fingerprint
    others: list[Finding] = [
        a_finding(1), a_finding(detail="x"), a_finding(rule="field-removed"),
    ]  # fmt: skip
    assert one.fingerprint not in {each.fingerprint for each in others}


def test_findings_are_ordered_by_what_hurts_callers_most() -> None:
    far = AffectedParts(operations=("GET /a", "GET /b", "GET /c"))
    delivered = AffectedParts(events=("a", "b", "c"))
    ordered = [
        a_finding(rule="api-removed-without-deprecation"),
        a_finding(1, affected=far),
        a_finding(0),
        a_finding(rule="response-required-property-removed", affected=far),
        a_finding(rule="response-required-property-removed", affected=delivered),
        a_finding(rule="class-renamed", affected=far),
        a_finding(rule="api-removed-without-deprecation", level=Severity.INFO),
    ]
    assert sort_findings(reversed(ordered)) == tuple(ordered)
