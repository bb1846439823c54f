"""The finding that a rule of the Python side makes.

In: the id of a rule, a place, a sentence. Out: a `Finding` with the level and the
reasons of its rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding, Severity, Side
from flexprice_codegen.diff.rules.catalogue import SOURCE_RULES

_BY_ID = {each.id: each for each in SOURCE_RULES}
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
    rule: str, spot: PythonLocation, message: str, *, before: str = "", after: str = ""
) -> Finding:
    """Make the finding of a rule."""
    known = _BY_ID[rule]
    return Finding(
        rule=rule,
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
