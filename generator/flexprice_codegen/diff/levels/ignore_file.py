"""Findings that people accept: the ignore file.

In: TOML files with tables `[[ignore]]`, each with `rule`, `path` or `fingerprint` (with
the wildcards `*` and `?`), a `reason`, and perhaps `expires`, a date. Out: the findings
that stay, those that are ignored, and what is to be said of entries that have expired
or no longer match anything.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from flexprice_codegen.config import Pattern
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
    build_error,
)
from flexprice_codegen.diff.finding import Finding, sort_findings
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.levels.toml_file import (
    TomlFile,
    create_unknown_key_error,
    read_toml,
)
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.frozen_values import frozen_value

_MATCHERS = ("rule", "path", "fingerprint")
_KEYS = (*_MATCHERS, "reason", "expires")


@frozen_value(kw_only=True)
class IgnoredFinding:
    """A finding that an ignore file takes out, and the reason that it gives."""

    finding: Finding
    reason: str


@frozen_value(kw_only=True)
class IgnoreEntry:
    """An entry of an ignore file; what it does not say fits everything."""

    rule: Pattern | None = None
    path: Pattern | None = None
    fingerprint: Pattern | None = None
    reason: str
    expires: date | None = None
    at: FileLocation

    def matches_finding(self, finding: Finding) -> bool:
        """Return whether a finding is meant; a path is that of the API or of Python."""
        return (
            (self.rule is None or self.rule.matches_name(finding.rule))
            and (
                self.fingerprint is None
                or self.fingerprint.matches_name(finding.fingerprint)
            )
            and (
                self.path is None
                or self.path.matches_name(finding.path)
                or (bool(finding.python) and self.path.matches_name(finding.python))
            )
        )


@frozen_value
class IgnoreResult:
    """What is left of the findings, what is not, and what is to be said of it."""

    kept: tuple[Finding, ...]
    ignored: tuple[IgnoredFinding, ...]
    notices: tuple[Diagnostic, ...]


def read_ignore_file(path: str) -> tuple[IgnoreEntry, ...]:
    """Read an ignore file.

    Raises:
        DiagnosticError: It cannot be read, or says something that is not understood.
    """
    file = read_toml(path)
    for key in file.table:
        if key != "ignore":
            raise create_unknown_key_error(
                key, ("ignore",), "an ignore file", file.locate_key(key)
            )
    tables = file.table.get("ignore", [])
    lines = file.find_headers("ignore")
    # A list in another notation (`ignore = [{…}]`) is valid TOML, but its entries have
    # no line that a message could name.
    if not isinstance(tables, list) or len(lines) != len(tables):
        raise build_error(
            "ignore-value",
            "'ignore' is not a list of tables",
            at=file.locate_key("ignore"),
            hint="write each entry as a table: [[ignore]], and its keys below",
        )
    ends = [*(line - 1 for line in lines[1:]), None]
    return tuple(
        _parse_entry(table, file, first, last)
        for table, first, last in zip(tables, lines, ends, strict=True)
    )


def _parse_entry(
    table: dict[str, object], file: TomlFile, first: int, last: int | None
) -> IgnoreEntry:
    """Return the entry that a table is, which is between two lines."""
    for key, value in table.items():
        _check_value(key, value, file.locate_key(key, first, last))
    at = FileLocation(file.name, first, 1)
    # An entry without these would accept everything that is still to come.
    if not any(key in table for key in _MATCHERS):
        raise _create_missing_error("rule, path or fingerprint", at)
    if "reason" not in table:
        raise _create_missing_error("reason", at)
    patterns = {key: Pattern(str(table[key])) for key in _MATCHERS if key in table}
    expires = table.get("expires")
    return IgnoreEntry(
        **patterns,
        reason=str(table["reason"]),
        expires=expires if isinstance(expires, date) else None,
        at=at,
    )


def _check_value(key: str, value: object, at: FileLocation) -> None:
    """Check a key of an entry and its value.

    Raises:
        DiagnosticError: The key is unknown, or the value is of another type.
    """
    if key not in _KEYS:
        raise create_unknown_key_error(key, _KEYS, "an entry", at)
    if key == "expires":
        # A `datetime` is a `date` in Python; an entry expires with a whole day.
        if not isinstance(value, date) or isinstance(value, datetime):
            raise _create_value_error(key, "a date, such as 2030-01-31", at)
    elif not isinstance(value, str) or not value.strip():
        raise _create_value_error(key, "a text", at)


def _create_value_error(key: str, wanted: str, at: FileLocation) -> DiagnosticError:
    return build_error(
        "ignore-value", f"{key!r} is not {wanted}", at=at, hint=f"write {wanted}"
    )


def _create_missing_error(key: str, at: FileLocation) -> DiagnosticError:
    hint = f"add {key}: an entry says what it is about, and why"
    return build_error("ignore-value", f"the entry has no {key}", at=at, hint=hint)


def apply_ignore_entries(
    findings: Sequence[Finding],
    entries: Iterable[IgnoreEntry],
    today: date,
    *,
    only: Side | None = None,
    whole: bool = True,
) -> IgnoreResult:
    """Return the findings without what is ignored, and of one side if it is asked for.

    A finding that was joined is out if an entry fits it, or if each of its parts has an
    entry that does.

    Args:
        findings: All that has changed.
        entries: The entries of all ignore files.
        today: The day. An entry counts up to and on the day on which it expires.
        only: The side asked for, None for both.
        whole: Whether `findings` are all there are; else nothing is said of entries that
            match none of them.
    """
    entries = tuple(entries)
    valid = [entry for entry in entries if not entry.expires or entry.expires >= today]
    used: set[int] = set()
    kept = []
    ignored = []
    for finding in findings:
        for shown in _get_shown(finding, only):
            # An entry may be about the finding that is told of both sides.
            fitting = _find_matching(shown, valid) or _find_matching(finding, valid)
            parts = [_find_matching(part, valid) for part in shown.parts]
            used.update(fitting, *parts)
            if fitting or (parts and all(parts)):
                reason = valid[(fitting or parts[0])[0]].reason
                ignored.append(IgnoredFinding(finding=shown, reason=reason))
            else:
                kept.append(shown)

    unused = [entry for n, entry in enumerate(valid) if n not in used] if whole else []
    expired = [entry for entry in entries if entry not in valid]
    # One part of several findings, such as a schema in several places, is told once.
    told = kept if only is None else dict.fromkeys(kept)
    return IgnoreResult(
        sort_findings(told), tuple(ignored), tuple(_iter_notices(unused, expired))
    )


def _get_shown(finding: Finding, only: Side | None) -> tuple[Finding, ...]:
    """Return what is reported of a finding: itself, or its parts on one side."""
    return (finding,) if only is None else get_parts_on_side(finding, only)


def _find_matching(finding: Finding, entries: Sequence[IgnoreEntry]) -> list[int]:
    """Return the numbers of the entries that a finding matches."""
    return [
        number for number, entry in enumerate(entries) if entry.matches_finding(finding)
    ]


def _iter_notices(
    unused: Iterable[IgnoreEntry], expired: Iterable[IgnoreEntry]
) -> Iterator[Diagnostic]:
    for entry in expired:
        yield Diagnostic(
            code="ignore-expired",
            level=Level.WARNING,
            message=f"the entry expired on {entry.expires}: {entry.reason}",
            help="fix what it ignored, or set a later date",
            location=entry.at,
        )
    for entry in unused:
        if entry.rule is not None and not _is_rule(entry.rule):
            yield _create_no_rule_notice(entry, entry.rule)
            continue
        yield Diagnostic(
            code="ignore-unused",
            level=Level.WARNING,
            message=f"the entry matches no finding: {entry.reason}",
            help="remove it",
            location=entry.at,
        )


def _is_rule(pattern: Pattern) -> bool:
    return any(pattern.matches_name(id_) for id_ in RULE_IDS.values())


def _create_no_rule_notice(entry: IgnoreEntry, rule: Pattern) -> Diagnostic:
    near = difflib.get_close_matches(rule.text, RULE_IDS.values(), n=1)
    return Diagnostic(
        code="ignore-rule-unknown",
        level=Level.WARNING,
        message=f"unknown rule {rule.text!r:.80}",
        help=(
            f"did you mean {near[0]!r}?"
            if near
            else "no rule matches it; run `flexprice-codegen rules` to list all"
        ),
        location=entry.at,
    )
