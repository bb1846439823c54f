"""What a report tells: all that lies between two versions of an API.

In: nothing. Out: `Changes`, a frozen value: the two versions, the findings, and what is
said of ignore files. A report says nothing that does not stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.diff.finding import Finding, Severity, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One side of the comparison: where it was read from and what it calls itself."""

    source: str
    title: str
    version: str
    operations: int
    events: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredFinding:
    """A finding that an ignore file takes out, and the reason that it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What lies between two versions; findings are sorted, the gravest first."""

    old: VersionInfo
    new: VersionInfo
    findings: tuple[Finding, ...]
    advice: VersionAdvice
    ignored: tuple[IgnoredFinding, ...] = ()
    notices: tuple[Diagnostic, ...] = ()

    def filter_by_level(self, level: Severity) -> tuple[Finding, ...]:
        """Give the findings of one level."""
        return tuple(each for each in self.findings if each.level is level)

    def filter_by_side(self, side: Side) -> tuple[Finding, ...]:
        """Give the findings that are felt on one side."""
        return tuple(each for each in self.findings if side in each.sides)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings: the gravest first, then by path, rule and detail."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (-each.level.rank, each.path, each.rule, each.detail),
        )
    )
