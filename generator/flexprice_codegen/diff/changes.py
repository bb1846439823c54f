"""What a report says: all that lies between two versions of an API.

In: nothing. Out: `Changes`, a frozen value: the two versions, the findings, and what is
said of ignore files. A report says nothing that is not here.
"""

from __future__ import annotations

from flexprice_codegen.diagnostics import Diagnostic
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.levels.ignore_file import IgnoredFinding
from flexprice_codegen.diff.levels.next_version import VersionAdvice
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.frozen_values import frozen_value


@frozen_value(kw_only=True)
class VersionInfo:
    """One side of the comparison: where it was read from and what it calls itself."""

    source: str
    title: str
    version: str
    operations: int
    events: int


@frozen_value(kw_only=True)
class Changes:
    """What lies between two versions; findings are sorted, the highest level first."""

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
