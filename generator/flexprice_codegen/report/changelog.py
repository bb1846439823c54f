"""A section of a changelog that lists the changes between two versions.

In: `Changes` and a date. Out: Markdown in the form of Keep a Changelog 1.1: what was
added, changed, deprecated and removed, with breaking changes marked. A change of both
the wire and the source is listed once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, group_findings
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleKey,
    get_general_location,
)
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import escape_markdown, join_lines
from flexprice_codegen.report.group_wording import (
    MAX_ROWS,
    PlaceRow,
    format_headline,
    list_rows,
)
from flexprice_codegen.report.runner_commands import escape_runner_commands
from flexprice_codegen.report.wording import end_sentence, format_affected

# The order of Keep a Changelog 1.1.0.
_HEADINGS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
_DEPRECATED: frozenset[Change] = frozenset(
    # A removal before its sunset date contradicts the deprecation, so it goes with it.
    {"deprecated", "deprecated-with-sunset", "removed-before-sunset"}
)
_LIFECYCLE: frozenset[Concept] = frozenset(
    {"sunset", "sunset-date", "deprecated-sunset"}
)
_SECURITY: frozenset[Location] = frozenset(
    {"security", "global-security", "security-scheme"}
)
# `@name` notifies a person and `#1` links an issue when the text is on GitHub.
_CODE = re.compile("`([^`]+)`")
# `#1` would become a link, and `@name` would notify a person on GitHub.
_LOUD = re.compile(r"([#@])")


def format_changelog(changes: Changes, today: date) -> str:
    """Return the section as Markdown.

    Args:
        changes: The changes. The heading has the advised version, or else that of the
            document.
        today: The date of the heading.
    """
    version = changes.advice.version or changes.new.version or "Unreleased"
    lines = [f"## [{escape_markdown(version)}] - {today.isoformat()}", ""]
    grouped: dict[str, list[Finding]] = {heading: [] for heading in _HEADINGS}
    for finding in changes.findings:
        grouped[get_heading(finding.key)].append(finding)

    for heading, found in grouped.items():
        if not found:
            continue
        lines += [f"### {heading}", ""]
        lines += (_format_entry(group) for group in group_findings(found))
        lines.append("")

    if not changes.findings:
        lines += ["No changes.", ""]

    return escape_runner_commands("\n".join(lines))


def get_heading(key: RuleKey) -> str:
    """Return the heading for the findings of a rule."""
    if key.location in _SECURITY:
        return "Security"
    if key.concept in _LIFECYCLE or key.change in _DEPRECATED:
        return "Deprecated"
    if key.change in {"removed", "removed-with-deprecation"}:
        return "Removed"
    if key.change == "added" and not _is_new_input(key):
        return "Added"

    return "Changed"


def _is_new_input(key: RuleKey) -> bool:
    """Return whether a rule is about a new parameter or property of a request.

    It counts as a change of the operation, not as an addition to the API.
    """
    if key.direction != "request" or key.concept != "itself":
        return False
    return get_general_location(key.location) != "body"


def _format_entry(group: FindingGroup) -> str:
    mark = "**Breaking:** " if group.level is Severity.ERROR else ""
    sentence = format_prose(end_sentence(format_headline(group)))
    if len(group.findings) == 1:
        tail = escape_text(format_affected(group.findings[0].affected))
    else:
        tail = _format_names(list_rows(group))
    return f"- {mark}{sentence}" + (f" ({tail})" if tail else "")


def _format_names(rows: Sequence[PlaceRow]) -> str:
    names = ", ".join(format_code(row.name) for row in rows[:MAX_ROWS])
    more = len(rows) - MAX_ROWS
    return f"{names} and {more:,} more" if more > 0 else names


def format_prose(text: str) -> str:
    """Return a sentence as Markdown, with its code as code."""
    # `split` returns the texts between pieces of code and the code itself in turn.
    pieces = _CODE.split(text)
    return "".join(
        format_code(piece) if number % 2 else escape_text(piece)
        for number, piece in enumerate(pieces)
    )


def format_code(text: str) -> str:
    """Return a text as code in Markdown, in which nothing has a meaning."""
    return f"`{join_lines(text).replace('`', '')}`" if text.strip() else ""


def escape_text(text: str) -> str:
    """Return Markdown in which GitHub finds no mention and no issue number."""
    # `join_lines` removes the spaces at both ends, which separate a piece from its code.
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() else ""
    return start + _LOUD.sub(r"\1<!-- -->", escape_markdown(text)) + end
