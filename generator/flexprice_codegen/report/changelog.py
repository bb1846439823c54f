"""A section of a changelog, made of what lies between two versions.

In: `Changes` and a day. Out: Markdown in the form of Keep a Changelog 1.1: what was
added, changed, deprecated and removed, the breaking ones marked. What is felt on the
wire and in Python stands once.
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
from flexprice_codegen.emit.python_text import escape_markdown
from flexprice_codegen.report.wording import end_sentence, format_affected

_HEADINGS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
_DEPRECATED: frozenset[Change] = frozenset(
    # What goes before the day that was promised breaks the promise of a deprecation.
    {"deprecated", "deprecated-with-sunset", "removed-before-sunset"}
)
_LIFECYCLE: frozenset[Concept] = frozenset(
    {"sunset", "sunset-date", "deprecated-sunset"}
)
_SECURITY: frozenset[Location] = frozenset(
    {"security", "global-security", "security-scheme"}
)
_LOUD = re.compile(r"([#@])")


def format_changelog(changes: Changes, today: date) -> str:
    """Write the section; its version is the advice, else what the document says."""
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
    return "\n".join(lines)


def get_heading(key: RuleKey) -> str:
    """Return the heading under which the findings of a rule stand."""
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
    """Return whether a rule says that requests have a new parameter or property."""
    if key.direction != "request" or key.concept != "itself":
        return False
    return get_general_location(key.location) != "body"


def _format_entry(each: Finding) -> str:
    mark = "**Breaking:** " if each.level is Severity.ERROR else ""
    folded = format_affected(each.affected)
    tail = f" ({escape_markdown(folded)})" if folded else ""
    return f"- {mark}{_escape_mentions(end_sentence(each.message))}{tail}"


def _escape_mentions(text: str) -> str:
    """Write a text in which GitHub calls nobody and links no issue."""
    return _LOUD.sub(r"\1<!-- -->", escape_markdown(text))
