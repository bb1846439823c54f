"""The finding that a rule of the Python side makes.

In: the key of a rule, a place, a sentence. Out: a `Finding` with the level and the
reasons of its rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.diagnostics import Origin
from generator.diff.finding import AffectedParts, Finding
from generator.diff.rules.catalogue import SOURCE_RULES
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Severity, Side

_RULES = {rule.key: rule for rule in SOURCE_RULES}
_SOURCE = frozenset({Side.SOURCE})
_LONGEST = 200
_NOWHERE = AffectedParts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonLocation:
    """A place in Python, where the document speaks of it, and what it is a part of."""

    python: str
    old: Origin | None = None
    new: Origin | None = None
    affected: AffectedParts = _NOWHERE


def create_finding(
    key: RuleKey,
    spot: PythonLocation,
    message: str,
    *,
    before: str = "",
    after: str = "",
) -> Finding:
    """Make the finding of a rule."""
    known = _RULES[key]
    return Finding(
        key=key,
        level=known.level,
        sides=_SOURCE,
        path=spot.python,
        python=spot.python,
        message=message,
        why=known.why,
        fix=known.fix,
        before=_shorten_text(before),
        after=_shorten_text(after),
        affected=spot.affected,
        old=spot.old,
        new=spot.new,
    )


def override_level(found: Finding, level: Severity | None) -> Finding:
    """Give a finding another level than its rule has, if there is one."""
    return found if level is None else replace(found, level=level)


def _shorten_text(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
