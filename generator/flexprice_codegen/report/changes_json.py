"""The report of `diff` as JSON.

In: `Changes`. Out: text that `changes.schema.json` describes. It is complete: it has
all affected operations and events, and the ignored findings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.changes import Changes, VersionInfo
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, group_findings
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.group_wording import format_headline
from flexprice_codegen.version import VERSION

# It grows when a key is removed or gets another meaning, not when one is added.
JSON_FORMAT_VERSION = 1
_SIDES = tuple(Side)
# The function in C that `json.dumps` ends in for a string.
_format_string = encode_basestring_ascii
# The escape of half of a surrogate pair (`\ud800`). What is kept comes first: an escaped
# backslash, and both halves of a pair (RFC 8259 §7).
_HALF = re.compile(r"(\\\\|\\ud[89ab]..\\ud[c-f]..)|\\ud[89a-f]..")


def as_json(changes: Changes) -> str:
    """Return the report as JSON, in ASCII, with a final line break."""
    return format_json(build_report(changes))


def format_json(value: object) -> str:
    """Return a value as indented ASCII JSON; lone surrogates become U+FFFD."""
    text = _format_value(value, "\n")
    # UTF-8 cannot encode half of a pair, and strict parsers reject its escape.
    if "\\ud" in text:
        text = _HALF.sub(lambda found: found[1] or "\\ufffd", text)
    return f"{text}\n"


def _format_value(value: object, end: str) -> str:
    """Return a value as `json.dumps(value, indent=2)` does.

    The library writes indented JSON in Python, with a generator for each object, which
    takes a tenth of a comparison.

    Args:
        value: The value.
        end: A line break, and the indentation of the line in which the value begins.
    """
    # Nearly all values are strings.
    if isinstance(value, str):
        return _format_string(value)

    inner = f"{end}  "
    match value:
        case int() if not isinstance(value, bool):
            return int.__repr__(value)
        case dict() if value:
            members = [
                f"{_format_string(name)}: {_format_value(each, inner)}"
                for name, each in value.items()
            ]
            return "{" + inner + f",{inner}".join(members) + end + "}"
        case list() | tuple() if value:
            elements = _format_elements(value, inner)
            return "[" + inner + f",{inner}".join(elements) + end + "]"
        case None:
            return "null"
        case dict():
            return "{}"
        case list() | tuple():
            return "[]"
        case _:
            return json.dumps(value)


def _format_elements(values: Sequence[object], end: str) -> list[str]:
    """Return the elements of an array as JSON; most arrays are of strings alone."""
    try:
        return list(map(_format_string, values))  # type: ignore[arg-type]
    except TypeError:
        return [_format_value(each, end) for each in values]


def build_report(changes: Changes) -> dict[str, object]:
    """Return the report as a JSON value, as `changes.schema.json` describes it."""
    return {
        "format": JSON_FORMAT_VERSION,
        "generator": VERSION,
        "old": _build_version(changes.old),
        "new": _build_version(changes.new),
        "summary": count_findings(changes),
        "next_version": changes.advice.version,
        "advice": {
            "bump": changes.advice.bump,
            "base": changes.advice.base,
            "because": list(changes.advice.because),
        },
        "findings": [build_finding(each) for each in changes.findings],
        "groups": [_build_group(each) for each in group_findings(changes.findings)],
        "ignored": [
            {"reason": each.reason, **build_finding(each.finding)}
            for each in changes.ignored
        ],
        "notices": [
            {
                "code": each.code,
                "level": each.level.value,
                "message": each.message,
                "hint": each.help,
                "at": _build_location(each.location),
            }
            for each in changes.notices
        ],
    }


def count_findings(changes: Changes) -> dict[str, int]:
    """Return the number of findings by level, by side, in total, and ignored."""
    return {
        **{
            level.value: len(changes.filter_by_level(level))
            for level in reversed(Severity)
        },
        **{side.value: len(changes.filter_by_side(side)) for side in Side},
        "total": len(changes.findings),
        "ignored": len(changes.ignored),
    }


def _build_version(version: VersionInfo) -> dict[str, object]:
    return {
        "source": version.source,
        "title": version.title,
        "version": version.version,
        "operations": version.operations,
        "events": version.events,
    }


def build_finding(each: Finding) -> dict[str, object]:
    """Return a finding as a JSON value, with all affected operations and events."""
    return {
        "rule": each.rule,
        "level": each.level.value,
        "sides": list_sides(each),
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
        "old": _build_location(each.old),
        "new": _build_location(each.new),
        "parts": [_build_part(part) for part in each.parts],
    }


def _build_group(group: FindingGroup) -> dict[str, object]:
    """Return a group of like findings, which it names by their fingerprints."""
    return {
        "id": group.id,
        "rule": group.rule,
        "level": group.level.value,
        "edit": "" if group.edit is None else str(group.edit),
        "headline": format_headline(group),
        "count": len(group.findings),
        "fingerprints": [each.fingerprint for each in group.findings],
    }


def _build_part(each: Finding) -> dict[str, object]:
    """Return the short form of a finding that was merged into another one."""
    return {
        "rule": each.rule,
        "level": each.level.value,
        "sides": list_sides(each),
        "fingerprint": each.fingerprint,
        "path": each.path,
        "detail": each.detail,
        "message": each.message,
        "before": each.before,
        "after": each.after,
        "old": _build_location(each.old),
        "new": _build_location(each.new),
    }


def list_sides(each: Finding) -> list[str]:
    """Return the sides that a finding affects, `wire` before `source`."""
    return [side.value for side in _SIDES if side in each.sides]


def _build_location(at: FileLocation | Origin | None) -> dict[str, object] | None:
    if not isinstance(at, FileLocation):
        return None
    return {"file": at.file, "line": at.line, "column": at.column}
