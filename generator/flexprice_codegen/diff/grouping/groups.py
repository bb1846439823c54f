"""Groups of like findings, which reports show as one.

In: sorted findings. Out: `FindingGroup`, each with the findings of one rule and level
that share an edit, or that share none. Nothing is decided by a group: fingerprints,
ignoring and exit codes are those of its findings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text

_ID_DIGITS = 12


@frozen_value
class ValueChange:
    """The value before an edit and the value after it, as short JSON or Python."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


@frozen_value
class FindingGroup:
    """The findings of one rule and level, in the order of the report.

    `edit` is the change of the value that all of them share, None if they share none.
    """

    key: RuleKey
    level: Severity
    edit: ValueChange | None
    findings: tuple[Finding, ...]

    @property
    def rule(self) -> str:
        """The ID of the rule."""
        return RULE_IDS[self.key]

    @property
    def id(self) -> str:
        """The identity of the group across runs: 12 hexadecimal digits."""
        text = f"{self.level.value}\0{self.rule}\0{self.edit or ''}"
        return hash_text(text, _ID_DIGITS)


_GroupName: TypeAlias = tuple[Severity, RuleKey, ValueChange | None]


def group_findings(findings: Sequence[Finding]) -> tuple[FindingGroup, ...]:
    """Return all findings in groups, in the order of the first finding of each."""
    shared = _find_shared_edits(findings)
    groups: dict[_GroupName, list[Finding]] = defaultdict(list)
    for finding in findings:
        name = _get_group_name(finding)
        if name not in shared:
            name = finding.level, finding.key, None
        groups[name].append(finding)

    return tuple(
        FindingGroup(key, level, edit, tuple(found))
        for (level, key, edit), found in groups.items()
    )


def _find_shared_edits(findings: Sequence[Finding]) -> frozenset[_GroupName]:
    """Return the edits that make a group of their own.

    An edit that only one of several findings of a rule has makes none: a report would be
    as long as without groups.
    """
    of_rule = Counter((finding.level, finding.key) for finding in findings)
    of_edit = Counter(_get_group_name(finding) for finding in findings)
    return frozenset(
        (level, key, edit)
        for (level, key, edit), number in of_edit.items()
        if number > 1 or number == of_rule[level, key]
    )


def _get_group_name(finding: Finding) -> _GroupName:
    return finding.level, finding.key, get_value_change(finding)


def get_value_change(finding: Finding) -> ValueChange | None:
    """Return the change of a value, None if a value was only added or removed."""
    if not finding.before or not finding.after:
        return None
    return ValueChange(finding.before, finding.after)
