"""How grave findings are to those who ask: overrides of the levels of rules.

In: `RULE=LEVEL` from the command line, and TOML files of `RULE = "LEVEL"`. Out: the
findings with those levels; `none` takes a finding out. Later ones count more.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.config import Pattern
from generator.diagnostics import Place, SpecError, fault
from generator.diff.finding import Finding
from generator.diff.levels.toml_file import read_toml
from generator.diff.rules.severity import Severity

_NONE = "none"
_LEVELS = (*(each.value for each in Severity), _NONE)


@dataclass(frozen=True, slots=True)
class LevelOverride:
    """A level for the rules that a pattern fits; None takes them out."""

    rule: Pattern
    level: Severity | None


def read_levels_file(where: str, rules: Sequence[str]) -> tuple[LevelOverride, ...]:
    """Read a file of levels.

    Raises:
        SpecError: It cannot be read, or names a rule or a level that does not exist.
    """
    file = read_toml(where)
    return tuple(
        _create_override(rule, level, rules, file.locate_key(rule))
        for rule, level in file.table.items()
    )


def parse_override(text: str, rules: Sequence[str]) -> LevelOverride:
    """Read `RULE=LEVEL`.

    Raises:
        SpecError: It is none, or names a rule or a level that does not exist.
    """
    rule, _, level = text.partition("=")
    return _create_override(rule.strip(), level.strip(), rules, None)


def _create_override(
    rule: str, level: object, rules: Sequence[str], at: Place | None
) -> LevelOverride:
    if level not in _LEVELS:
        raise _create_unknown_error(
            f"{level!r:.80} is no level", str(level), _LEVELS, at
        )
    pattern = Pattern(rule)
    if not any(pattern.fits(each) for each in rules):
        raise _create_unknown_error(f"there is no rule {rule!r:.80}", rule, rules, at)
    return LevelOverride(pattern, None if level == _NONE else Severity(str(level)))


def _create_unknown_error(
    message: str, text: str, known: Sequence[str], at: Place | None
) -> SpecError:
    near = difflib.get_close_matches(text, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else ""
    if not hint:
        hint = (
            f"write one of {', '.join(known)}"
            if known is _LEVELS
            else "`flexprice-codegen rules` lists them all"
        )
    return fault("usage", message, at=at, hint=hint)


def apply_overrides(
    findings: Iterable[Finding], overrides: Sequence[LevelOverride]
) -> tuple[Finding, ...]:
    """Give findings the levels that are asked for."""
    made = []
    for found in findings:
        level: Severity | None = found.level
        for each in overrides:
            if each.rule.fits(found.rule):
                level = each.level
        if level is not None:
            made.append(found if level is found.level else replace(found, level=level))
    return tuple(made)
