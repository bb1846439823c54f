"""Rows of the reports for other platforms, whatever command they come from.

In: findings of `diff`, or drifted files and diagnostics of `generate` and `check`. Out:
`ReportedProblem`, a diagnostic with an identity that is the same across runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.report.wording import end_sentence, format_affected

_LEVELS: Mapping[Severity, Level] = {
    Severity.ERROR: Level.ERROR,
    Severity.WARNING: Level.WARNING,
    Severity.INFO: Level.NOTE,
}


@frozen_value
class ReportedProblem:
    """A diagnostic, the name of what it is about, and its identity across runs."""

    diagnostic: Diagnostic
    name: str
    fingerprint: str


def list_finding_problems(changes: Changes) -> tuple[ReportedProblem, ...]:
    """Return the findings of a comparison, the worst first."""
    return tuple(_build_finding_problem(finding) for finding in changes.findings)


def _build_finding_problem(finding: Finding) -> ReportedProblem:
    affected = format_affected(finding.affected)
    texts = (
        finding.why,
        finding.fix,
        f"Affected: {affected}" if affected else "",
    )
    diagnostic = Diagnostic(
        code=finding.rule,
        level=_LEVELS[finding.level],
        message=finding.message,
        help=" ".join(end_sentence(text) for text in texts if text),
        location=_get_location(finding),
    )
    return ReportedProblem(diagnostic, finding.path, finding.fingerprint)


def _get_location(finding: Finding) -> FileLocation | None:
    """Return the location of a finding, in the new document if it is there."""
    for at in (finding.new, finding.old):
        if isinstance(at, FileLocation):
            return at
    return None


def list_run_problems(
    files: Mapping[Path, Sequence[Drift]], diagnostics: Iterable[Diagnostic]
) -> tuple[ReportedProblem, ...]:
    """Return the drifted files and the diagnostics of a run.

    Args:
        files: The files to report, by the directory of the client.
        diagnostics: Diagnostics of all clients.
    """
    drifts = [
        _build_drift_problem(file, folder)
        for folder, found in files.items()
        for file in found
        if file.is_fault
    ]
    return (*drifts, *list_diagnostic_problems(diagnostics))


def _build_drift_problem(file: Drift, folder: Path) -> ReportedProblem:
    path = (folder / file.path).as_posix()
    diagnostic = Diagnostic(
        code=f"file-{file.state}",
        level=Level.ERROR,
        message=f"{path}: {file.reason}",
        help="Run `flexprice-codegen generate`.",
        location=FileLocation(path, file.line, 1),
    )
    return ReportedProblem(diagnostic, path, hash_text(f"{diagnostic.code}\0{path}"))


def list_diagnostic_problems(
    diagnostics: Iterable[Diagnostic],
) -> tuple[ReportedProblem, ...]:
    """Return diagnostics, each once: several clients can share a document."""
    problems = (_build_diagnostic_problem(each) for each in diagnostics)
    return tuple({each.fingerprint: each for each in problems}.values())


def _build_diagnostic_problem(diagnostic: Diagnostic) -> ReportedProblem:
    place = str(diagnostic.location or "")
    text = f"{diagnostic.code}\0{place}\0{diagnostic.message}"
    return ReportedProblem(diagnostic, place or diagnostic.code, hash_text(text))
