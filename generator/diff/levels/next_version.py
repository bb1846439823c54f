"""What the next version of an API should be called.

In: findings, and the number of the older version. Out: `Advice`: major where something
breaks, minor where some callers break or something is added, else patch. Before 1.0 a
break costs a minor number and everything else a patch.

Source: Semantic Versioning 2.0.0 §4, §6-8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.diff.finding import Finding
from generator.diff.rules.rule_key import Change, RuleKey
from generator.diff.rules.severity import Severity

_NUMBER = re.compile(
    r"(?P<v>v?)(?P<major>[0-9]{1,9})"
    r"(?:\.(?P<minor>[0-9]{1,9})(?:\.(?P<patch>[0-9]{1,9}))?(?:[-+].*)?)?",
    re.DOTALL,
)
_ADDED: frozenset[Change] = frozenset({"added", "widened"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAdvice:
    """The number that the newer version deserves.

    `bump` is major, minor, patch or none; `base` the older version's number as it was
    read, and `version` the advice, both empty where the document has no such number.
    `because` holds the fingerprints of the findings that decide.
    """

    bump: str
    base: str = ""
    version: str = ""
    because: tuple[str, ...] = ()


def advise_version(findings: Sequence[Finding], base: str) -> VersionAdvice:
    """Advise on the number of the newer version."""
    bump, deciding = _choose_bump(findings)
    return VersionAdvice(
        bump=bump,
        base=base,
        version=_bump_number(base, bump),
        because=tuple(each.fingerprint for each in deciding),
    )


def _choose_bump(findings: Sequence[Finding]) -> tuple[str, Sequence[Finding]]:
    breaks = [each for each in findings if each.level is Severity.ERROR]
    if breaks:
        return "major", breaks
    adds = [
        each
        for each in findings
        if each.level is Severity.WARNING or _is_addition(each.key)
    ]
    if adds:
        return "minor", adds
    return ("patch", findings) if findings else ("none", ())


def _is_addition(key: RuleKey) -> bool:
    """Return whether a rule says that callers can do more than before."""
    # A new parameter, property or body counts by its level alone.
    if key.direction == "request" and key.concept == "itself":
        return False
    return key.change in _ADDED or (
        key.concept == "optional" and key.change == "became"
    )


def _bump_number(base: str, bump: str) -> str:
    """Raise a number; a part that is not written counts as zero."""
    found = _NUMBER.fullmatch(base.strip())
    if found is None:
        return ""
    major, minor, patch = (
        int(found[part] or 0) for part in ("major", "minor", "patch")
    )
    if major == 0 and bump != "none":
        bump = {"major": "minor"}.get(bump, "patch")
    match bump:
        case "major":
            major, minor, patch = major + 1, 0, 0
        case "minor":
            minor, patch = minor + 1, 0
        case "patch":
            patch += 1
    return f"{found['v']}{major}.{minor}.{patch}"
