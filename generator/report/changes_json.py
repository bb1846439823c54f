"""What lies between two versions, as JSON.

In: `Changes`. Out: the text, described by `changes.schema.json`. Everything is in it:
all operations and events that a finding reaches, and what was ignored.
"""

from __future__ import annotations

import json
import re

from generator.diagnostics import Origin, Place
from generator.diff.changes import Changes, VersionInfo
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity, Side
from generator.version import VERSION

FORMAT = 1
_HALF = re.compile("[\ud800-\udfff]")
_FOREIGN = re.compile("[^\x00-\x7e]")


def as_json(changes: Changes) -> str:
    """Write the report."""
    return written(value_of(changes))


def written(value: object) -> str:
    """Write a value in ASCII; half of a character, which JSON has no way for, is none."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    whole = _HALF.sub("\N{REPLACEMENT CHARACTER}", text)
    return _FOREIGN.sub(lambda found: json.dumps(found[0])[1:-1], whole) + "\n"


def value_of(changes: Changes) -> dict[str, object]:
    """Give the report as a value."""
    return {
        "format": FORMAT,
        "generator": VERSION,
        "old": _version(changes.old),
        "new": _version(changes.new),
        "summary": summary(changes),
        "next_version": changes.advice.version,
        "advice": {
            "bump": changes.advice.bump,
            "base": changes.advice.base,
            "because": list(changes.advice.because),
        },
        "findings": [finding_value(each) for each in changes.findings],
        "ignored": [
            {"reason": each.reason, **finding_value(each.finding)}
            for each in changes.ignored
        ],
        "notices": [
            {
                "code": each.code,
                "level": each.level.value,
                "message": each.message,
                "hint": each.hint,
                "at": _place(each.at),
            }
            for each in changes.notices
        ],
    }


def summary(changes: Changes) -> dict[str, int]:
    """Count the findings by level and by side."""
    return {
        **{
            level.value: len(changes.filter_by_level(level))
            for level in reversed(Severity)
        },
        **{side.value: len(changes.filter_by_side(side)) for side in Side},
        "total": len(changes.findings),
        "ignored": len(changes.ignored),
    }


def _version(version: VersionInfo) -> dict[str, object]:
    return {
        "source": version.source,
        "title": version.title,
        "version": version.version,
        "operations": version.operations,
        "events": version.events,
    }


def finding_value(each: Finding) -> dict[str, object]:
    """Give a finding as a value."""
    return {
        "rule": each.rule,
        "level": each.level.value,
        "sides": sides(each),
        "fingerprint": each.fingerprint,
        "path": each.path,
        "python": each.python,
        "detail": each.detail,
        "message": each.message,
        "why": each.why,
        "fix": each.fix,
        "before": each.before,
        "after": each.after,
        "operations": list(each.affected.operations),
        "events": list(each.affected.events),
        "old": _place(each.old),
        "new": _place(each.new),
        "parts": [_part(part) for part in each.parts],
    }


def _part(each: Finding) -> dict[str, object]:
    """Give what was joined to a finding, short."""
    return {
        "rule": each.rule,
        "level": each.level.value,
        "sides": sides(each),
        "fingerprint": each.fingerprint,
        "path": each.path,
        "detail": each.detail,
        "message": each.message,
        "before": each.before,
        "after": each.after,
        "old": _place(each.old),
        "new": _place(each.new),
    }


def sides(each: Finding) -> list[str]:
    """Name the sides on which a finding is felt, the wire first."""
    return [side.value for side in Side if side in each.sides]


def _place(at: Place | Origin | None) -> dict[str, object] | None:
    if not isinstance(at, Place):
        return None
    return {"file": at.file, "line": at.line, "column": at.column}
