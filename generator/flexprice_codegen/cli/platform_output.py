"""Reports of `generate` and `check` for platforms: GitLab, and JUnit XML.

In: problems of a run. Out: the text of a report.
"""

from __future__ import annotations

from collections.abc import Sequence

from flexprice_codegen.config import CONFIG_FILE_NAME
from flexprice_codegen.report.gitlab import format_gitlab
from flexprice_codegen.report.junit import format_junit
from flexprice_codegen.report.problems import ReportedProblem

PLATFORM_FORMATS = ("gitlab", "junit")
"""The formats that this module writes."""


def format_problems(form: str, problems: Sequence[ReportedProblem]) -> str:
    """Return a report, with a final line break.

    Args:
        form: `gitlab` or `junit`.
        problems: What to report.
    """
    if form == "gitlab":
        return format_gitlab(problems, CONFIG_FILE_NAME)
    return format_junit(problems, "flexprice-codegen")
