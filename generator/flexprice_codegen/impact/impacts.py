"""What a new version of an API means for the user's code.

In: nothing. Out: `CodeImpact` and its parts, frozen values. A report says nothing that
is not in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import SkippedFile
from flexprice_codegen.impact.edits import CodeEdit
from flexprice_codegen.impact.places import Place
from flexprice_codegen.impact.symbols import CONFIDENCES, Confidence, Use


@frozen_value(kw_only=True)
class Impact:
    """A finding, and where it affects the code."""

    finding: Finding
    places: tuple[Place, ...]

    def list_surer(self, least: Confidence) -> tuple[Place, ...]:
        """Return the places that are as sure as that, or surer."""
        limit = CONFIDENCES.index(least)
        return tuple(
            each
            for each in self.places
            if CONFIDENCES.index(each.use.confidence) <= limit
        )

    def has_confidence(self, least: Confidence) -> bool:
        """Return whether a place is as sure as that, or surer."""
        return bool(self.list_surer(least))


@frozen_value(kw_only=True)
class FormerName:
    """A deprecated name, the current one, and where the code uses it."""

    old: str
    new: str
    places: tuple[Place, ...]


@frozen_value(kw_only=True)
class CodeRead:
    """The code that was read; `checker` is the language server that was asked, if any."""

    files: int
    skipped: tuple[SkippedFile, ...] = ()
    untyped: int = 0
    """The number of places that have only the name of something affected."""
    checker: str = ""


@frozen_value(kw_only=True)
class CodeImpact:
    """The findings that affect the code, and those that do not.

    `least` is the confidence from which on a place counts.
    """

    changes: Changes
    impacts: tuple[Impact, ...]
    untouched: tuple[Finding, ...]
    former_names: tuple[FormerName, ...]
    code: CodeRead
    least: Confidence = "likely"
    edits: Mapping[Use, CodeEdit] = field(default_factory=dict)
    """The replacements that `migrate` would make."""

    def list_affected(self, level: Severity) -> tuple[Impact, ...]:
        """Return the impacts of a level with places that count."""
        return tuple(
            each
            for each in self.impacts
            if each.finding.level is level and each.has_confidence(self.least)
        )

    def list_possible(self, level: Severity) -> tuple[Impact, ...]:
        """Return the impacts of a level whose places are all less sure."""
        return tuple(
            each
            for each in self.impacts
            if each.finding.level is level and not each.has_confidence(self.least)
        )

    def count_findings(self, level: Severity) -> int:
        """Return the number of all findings of a level."""
        touched = [each for each in self.impacts if each.finding.level is level]
        return len(touched) + sum(each.level is level for each in self.untouched)
