"""A section of a changelog that lists the changes between two versions.

In: `Changes` and a date. Out: Markdown in the form of Keep a Changelog 1.1: what was
added, changed, deprecated and removed, with breaking changes marked. A change of both
the wire and the source is listed once.
"""

from __future__ import annotations

import re
from datetime import date

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleKey,
    get_general_location,
)
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import escape_markdown, join_lines
from flexprice_codegen.report.runner_commands import escape_runner_commands
from flexprice_codegen.report.wording import end_sentence, format_affected

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
_LOUD = re.compile(r"([#@])")
_SPLIT = r"\1<!-- -->"
_CODE = re.compile(r"`([^`]+)`")


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
        lines += (_format_entry(each) for each in found)
        lines.append("")

    if not changes.findings:
        lines += ["No change that matters to callers.", ""]

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


def _format_entry(each: Finding) -> str:
    mark = "**Breaking:** " if each.level is Severity.ERROR else ""
    folded = format_affected(each.affected)
    tail = f" ({_escape_mentions(folded)})" if folded else ""
    return f"- {mark}{_format_prose(end_sentence(each.message))}{tail}"


def _format_prose(text: str) -> str:
    """Return a sentence as Markdown; what it marks as code is code."""
    # `split` returns the text between matches and the captured code in turns.
    parts = _CODE.split(text)
    return "".join(
        f"`{join_lines(part)}`" if number % 2 else _escape_mentions(part)
        for number, part in enumerate(parts)
    )


def _escape_mentions(text: str) -> str:
    """Return Markdown in which GitHub finds no mention and no issue number."""
    start = " " if text[:1].isspace() else ""
    end = " " if text[1:] and text[-1:].isspace() else ""
    return f"{start}{_LOUD.sub(_SPLIT, escape_markdown(text))}{end}"
