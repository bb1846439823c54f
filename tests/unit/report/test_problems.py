"""Rows of the reports for other platforms."""

from __future__ import annotations

from pathlib import Path

from support.findings import a_mixture

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.report.problems import list_finding_problems, list_run_problems

AT = FileLocation("api.yaml", 2, 3)


def test_a_finding_keeps_its_identity_level_and_location() -> None:
    changes = a_mixture()
    problems = list_finding_problems(changes)
    assert [each.fingerprint for each in problems] == [
        each.fingerprint for each in changes.findings
    ]
    assert problems[1].diagnostic.level is Level.WARNING
    assert problems[1].diagnostic.location == FileLocation("specs/new.yaml", 7, 3)
    assert "Affected: POST /customers" in problems[1].diagnostic.help


def test_a_drifted_file_is_an_error_and_a_written_one_is_none() -> None:
    drifts = (
        Drift("a.py", "edited", "was edited", 7),
        Drift("b.py", "add", "x", 1, False),
    )
    (problem,) = list_run_problems({Path("client"): drifts}, [])
    assert problem.diagnostic.location == FileLocation("client/a.py", 7, 1)
    assert problem.diagnostic.code == "file-edited"


def test_a_diagnostic_of_two_clients_is_one_problem() -> None:
    diagnostic = Diagnostic(code="c", level=Level.NOTE, message="m", location=AT)
    assert len(list_run_problems({}, [diagnostic, diagnostic])) == 1
