"""The report of `diff` for GitLab, and as JUnit XML.

In: `Changes`. Out: one text, in which each finding is an issue or a test.
"""

from __future__ import annotations

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.report.gitlab import format_gitlab
from flexprice_codegen.report.junit import format_junit
from flexprice_codegen.report.problems import list_finding_problems


def as_gitlab(changes: Changes) -> str:
    """Return the report as a list of Code Quality issues."""
    return format_gitlab(list_finding_problems(changes), changes.new.source)


def as_junit(changes: Changes) -> str:
    """Return the report as a suite of tests."""
    return format_junit(list_finding_problems(changes), "flexprice-codegen diff")
