"""A section of a changelog, made of what lies between two versions.

In: `Changes` and a day. Out: Markdown in the form of Keep a Changelog 1.1: what was
added, changed, deprecated and removed, the breaking ones marked. What is felt on the
wire and in Python stands once.
"""

from __future__ import annotations

import re
from datetime import date

from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity
from generator.emit.quoting import cell
from generator.report.wording import reach, sentence

_HEADINGS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
_WORDS = {
    "Security": ("security",),
    "Deprecated": ("deprecated", "sunset"),
    "Removed": ("removed", "deleted"),
    "Added": ("added",),
}
"""The words of a rule's id that say under which heading its findings stand."""
_LOUD = re.compile(r"([#@])")


def as_changelog(changes: Changes, today: date) -> str:
    """Write the section; its version is the advice, else what the document says."""
    version = changes.advice.version or changes.new.version or "Unreleased"
    lines = [f"## [{cell(version)}] - {today.isoformat()}", ""]
    grouped: dict[str, list[Finding]] = {heading: [] for heading in _HEADINGS}
    for each in changes.findings:
        grouped[heading_of(each.rule)].append(each)
    for heading, found in grouped.items():
        if not found:
            continue
        lines += [f"### {heading}", ""]
        lines += (_line(each) for each in found)
        lines.append("")
    if not changes.findings:
        lines += ["No change that matters to callers.", ""]
    return "\n".join(lines)


def heading_of(rule: str) -> str:
    """Give the heading under which the findings of a rule stand."""
    words = rule.split("-")
    for heading, signs in _WORDS.items():
        if any(sign in words for sign in signs):
            return heading
    return "Changed"


def _line(each: Finding) -> str:
    mark = "**Breaking:** " if each.level is Severity.ERROR else ""
    folded = reach(each.affected)
    tail = f" ({cell(folded)})" if folded else ""
    return f"- {mark}{_quiet(sentence(each.message))}{tail}"


def _quiet(text: str) -> str:
    """Write a text in which GitHub calls nobody and links no issue."""
    return _LOUD.sub(r"\1<!-- -->", cell(text))
