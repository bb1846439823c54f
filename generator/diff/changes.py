"""What a report tells: all that lies between two versions of an API.

In: nothing. Out: `Changes`, a frozen value: the two versions, the findings, and what is
said of ignore files. A report says nothing that does not stand here.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.diff.finding import Finding
from generator.diff.levels.ignore_file import IgnoredFinding
from generator.diff.levels.next_version import VersionAdvice
from generator.diff.rules.severity import Severity, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One side of the comparison: where it was read from and what it calls itself."""

    source: str
    title: str
    version: str
    operations: int
    events: int


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
        """Return the findings of one level."""
        return tuple(finding for finding in self.findings if finding.level is level)

    def filter_by_side(self, side: Side) -> tuple[Finding, ...]:
        """Return the findings that are felt on one side."""
        return tuple(finding for finding in self.findings if side in finding.sides)
