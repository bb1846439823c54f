"""What the next version of an API should be called.

In: findings, and the number of the older version. Out: `VersionAdvice`: major where
something breaks, minor where some callers break or something is added, else patch. Before
1.0 a break costs a minor number and everything else a patch.

Source: Semantic Versioning 2.0.0 §4, §6-8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import Change, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value

_Bump: TypeAlias = Literal["major", "minor", "patch", "none"]

# `v1.2` and `1` are read as well: many documents have such a version. Nine digits are
# enough, and keep a number in a document of others from being a computation.
_NUMBER = re.compile(
    r"(?P<v>v?)(?P<major>[0-9]{1,9})"
    r"(?:\.(?P<minor>[0-9]{1,9})(?:\.(?P<patch>[0-9]{1,9}))?(?:[-+].*)?)?",
    re.DOTALL,
)
_ADDED: frozenset[Change] = frozenset({"added", "widened"})


@frozen_value(kw_only=True)
class VersionAdvice:
    """The number that the newer version deserves.

    `base` is the older version's number as it was read, and `version` the advice, both
    empty where the document has no such number. `because` holds the fingerprints of the
    findings that decide.
    """

    bump: _Bump
    base: str = ""
    version: str = ""
    because: tuple[str, ...] = ()


def advise_version(findings: Sequence[Finding], base: str) -> VersionAdvice:
    """Return the advice on the number of the newer version.

    Args:
        findings: What has changed, with the levels that apply to the user.
        base: The number of the older version.
    """
    bump, deciding = _choose_bump(findings)
    return VersionAdvice(
        bump=bump,
        base=base,
        version=_bump_number(base, bump),
        because=tuple(finding.fingerprint for finding in deciding),
    )


def _choose_bump(findings: Sequence[Finding]) -> tuple[_Bump, Sequence[Finding]]:
    """Return the part of the number to raise, and the findings that ask for it."""
    breaking = [finding for finding in findings if finding.level is Severity.ERROR]
    if breaking:
        return "major", breaking
    # What breaks some callers is no patch: they have to look at it.
    adding = [
        finding
        for finding in findings
        if finding.level is Severity.WARNING or _is_addition(finding.key)
    ]
    if adding:
        return "minor", adding
    return ("patch", findings) if findings else ("none", ())


def _is_addition(key: RuleKey) -> bool:
    """Return whether a rule says that callers can do more than before."""
    # A new parameter, property or body of a request counts by its level alone.
    if key.direction == "request" and key.concept == "itself":
        return False
    became_optional = key.concept == "optional" and key.change == "became"
    return key.change in _ADDED or became_optional


def _bump_number(base: str, bump: _Bump) -> str:
    """Return the next number; a part that is not written counts as zero."""
    found = _NUMBER.fullmatch(base.strip())
    if found is None:
        return ""
    major = int(found["major"])
    minor = int(found["minor"] or 0)
    patch = int(found["patch"] or 0)
    # §4: before 1.0 anything may change; by custom the minor number says what breaks.
    is_initial = major == 0
    match bump:
        case "none":
            return f"{found['v']}{major}.{minor}.{patch}"
        case "major" if not is_initial:
            return f"{found['v']}{major + 1}.0.0"
        case "major":
            return f"{found['v']}{major}.{minor + 1}.0"
        case "minor" if not is_initial:
            return f"{found['v']}{major}.{minor + 1}.0"
        case _:
            return f"{found['v']}{major}.{minor}.{patch + 1}"
