"""A report for GitLab, which shows it in a merge request.

In: problems. Out: a JSON list of Code Quality issues.

Source: GitLab, "Code Quality", § implement a custom tool.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flexprice_codegen.diagnostics import FileLocation, Level
from flexprice_codegen.emit.python_text import join_lines, strip_invisible
from flexprice_codegen.report.changes_json import format_json
from flexprice_codegen.report.problems import ReportedProblem
from flexprice_codegen.report.wording import end_sentence

# Those of Code Climate, which GitLab shows in a merge request.
_SEVERITIES: Mapping[Level, str] = {
    Level.ERROR: "critical",
    Level.WARNING: "minor",
    Level.NOTE: "info",
}


def format_gitlab(problems: Iterable[ReportedProblem], default_file: str) -> str:
    """Return the report as JSON.

    Args:
        problems: What to report.
        default_file: The file of a problem without a location: GitLab ignores issues
            without a path.
    """
    return format_json([_build_issue(each, default_file) for each in problems])


def _build_issue(problem: ReportedProblem, default_file: str) -> dict[str, object]:
    diagnostic = problem.diagnostic
    at = diagnostic.location
    if not isinstance(at, FileLocation):
        at = FileLocation(default_file, 1, 1)
    texts = [end_sentence(join_lines(diagnostic.message)), join_lines(diagnostic.help)]
    return {
        "description": " ".join(text for text in texts if text),
        "check_name": diagnostic.code,
        "fingerprint": problem.fingerprint,
        "severity": _SEVERITIES[diagnostic.level],
        "location": {
            "path": strip_invisible(at.file),
            "lines": {"begin": at.line},
        },
    }
