"""The levels of findings that apply to the user: overrides of those of rules.

In: `RULE=LEVEL` from the command line, and TOML files of `RULE = "LEVEL"`. Out: the
findings with those levels; `none` takes a finding out. Later ones count more.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flexprice_codegen.config import Pattern
from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.levels.toml_file import read_toml
from flexprice_codegen.diff.rules.severity import NO_LEVEL, Severity
from flexprice_codegen.frozen_values import frozen_value

_LEVELS = (*(level.value for level in Severity), NO_LEVEL)


@frozen_value
class LevelOverride:
    """A level for the rules that a pattern fits; None takes them out."""

    rule: Pattern
    level: Severity | None


def read_levels_file(path: str, rules: Sequence[str]) -> tuple[LevelOverride, ...]:
    """Read a file of levels.

    Args:
        path: The file.
        rules: The ids of all rules.

    Raises:
        DiagnosticError: It cannot be read, or names a rule or a level that does not exist.
    """
    file = read_toml(path)
    return tuple(
        _create_override(rule, level, rules, file.locate_key(rule))
        for rule, level in file.table.items()
    )


def parse_override(text: str, rules: Sequence[str]) -> LevelOverride:
    """Parse `RULE=LEVEL`.

    Args:
        text: What was written.
        rules: The ids of all rules.

    Raises:
        DiagnosticError: It is none, or names a rule or a level that does not exist.
    """
    rule, _, level = text.partition("=")
    return _create_override(rule.strip(), level.strip(), rules, None)


def _create_override(
    rule: str, level: object, rules: Sequence[str], at: FileLocation | None
) -> LevelOverride:
    if level not in _LEVELS:
        message = f"invalid level {level!r:.80}"
        raise _create_unknown_error(message, str(level), _LEVELS, at)
    pattern = Pattern(rule)
    # A pattern that fits nothing is a slip of the pen: it would change no level.
    if not any(pattern.matches_name(id_) for id_ in rules):
        raise _create_unknown_error(f"unknown rule {rule!r:.80}", rule, rules, at)
    return LevelOverride(pattern, None if level == NO_LEVEL else Severity(str(level)))


def _create_unknown_error(
    message: str, text: str, known: Sequence[str], at: FileLocation | None
) -> DiagnosticError:
    near = difflib.get_close_matches(text, known, n=1)
    if near:
        hint = f"did you mean {near[0]!r}?"
    elif known is _LEVELS:
        hint = f"use one of {', '.join(known)}"
    else:
        # There are more than a thousand of them.
        hint = "run `flexprice-codegen rules` to list all"
    return build_error("usage", message, at=at, hint=hint)


def apply_overrides(
    findings: Iterable[Finding], overrides: Sequence[LevelOverride]
) -> tuple[Finding, ...]:
    """Return findings with the levels that are asked for, without those of `none`."""
    kept = []
    for finding in findings:
        level: Severity | None = finding.level
        for override in overrides:
            if override.rule.matches_name(finding.rule):
                level = override.level
        if level is finding.level:
            kept.append(finding)
        elif level is not None:
            kept.append(replace(finding, level=level))
    return tuple(kept)
