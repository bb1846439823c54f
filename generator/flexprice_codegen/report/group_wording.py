"""Wording of groups of findings: their headline, and one row for each place.

In: groups of findings. Out: short texts in English, without markup.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, get_value_change
from flexprice_codegen.diff.grouping.sides import says_more_in_python
from flexprice_codegen.diff.rules.nouns import get_noun
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.rules_by_key import get_rule
from flexprice_codegen.diff.rules.sentences import format_sentence
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.report.wording import (
    format_count,
    format_side_set,
    is_only_python,
)

MAX_ROWS = 3
"""The number of places of a group that a short report shows."""
# Two examples show what the values of a group have in common.
_MAX_VALUES = 2


@frozen_value
class PlaceRow:
    """A place of a group, with all of its findings there, as columns of text."""

    name: str
    value: str
    affected: str
    location: str


def format_headline(group: FindingGroup) -> str:
    """Return what happened to all places of a group, in one sentence."""
    if len(group.findings) == 1:
        sentence = group.findings[0].message
    else:
        sentence = _format_count_sentence(group)
    if all(is_only_python(finding) for finding in group.findings):
        sentence += " (breaking only in Python)"
    return sentence


def _format_count_sentence(group: FindingGroup) -> str:
    places = len(_group_by_place(group.findings))
    sentence = _fill_template(group.key, places)
    if group.edit is not None:
        sentence += f": {group.edit}"
    if places < len(group.findings):
        sentence += f" ({len(group.findings):,} values)"
    more = (_fill_template(key, places) for key in _find_more_in_python(group))
    return ". In Python: ".join((sentence, *more))


def _fill_template(key: RuleKey, count: int) -> str:
    """Return the sentence of a rule about a number of places."""
    noun = get_noun(key)
    # A name alone does not say what it is, but a count has the noun.
    template = get_rule(key).template.removeprefix(f"{noun.one} ")
    subject = format_count(count, noun.one, noun.many)
    return format_sentence(template, subject, many=count > 1)


def _find_more_in_python(group: FindingGroup) -> list[RuleKey]:
    """Return the rules of Python that say more about each finding than its own."""
    keys = [
        {each.key for each in finding.parts if says_more_in_python(each)}
        for finding in group.findings
    ]
    common = set.intersection(*keys) - {group.key}
    return sorted(common)


def format_group_sides(group: FindingGroup) -> str:
    """Return the sides that the findings of a group affect."""
    return format_side_set(
        frozenset(side for finding in group.findings for side in finding.sides)
    )


def list_rows(group: FindingGroup) -> tuple[PlaceRow, ...]:
    """Return the places of a group."""
    return tuple(
        _build_row(found, has_edit=group.edit is not None)
        for found in _group_by_place(group.findings)
    )


def _group_by_place(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Return findings by their places: several values can be added to one enum."""
    places: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        places[finding.path, get_name(finding)].append(finding)
    return tuple(tuple(found) for found in places.values())


def _build_row(findings: Sequence[Finding], *, has_edit: bool) -> PlaceRow:
    first = findings[0]
    name = get_name(first)
    affected = format_few_affected(first)
    python = "" if first.python == name else first.python
    return PlaceRow(
        name,
        python if has_edit else _format_values(findings) or python,
        "" if affected == name else affected,
        format_location(first),
    )


def _format_values(findings: Sequence[Finding]) -> str:
    values = [_format_value(finding) for finding in findings]
    shown = ", ".join(values[:_MAX_VALUES])
    more = len(values) - _MAX_VALUES
    return f"{shown} and {more:,} more" if more > 0 else shown


def _format_value(finding: Finding) -> str:
    change = get_value_change(finding)
    return str(change) if change else finding.before or finding.after


def get_name(finding: Finding) -> str:
    """Return what a table calls a finding, which needs no marks of code."""
    return (finding.subject or finding.python or finding.path).replace("`", "")


def format_few_affected(finding: Finding) -> str:
    """Return what a finding affects: one name, or counts."""
    names = (*finding.affected.operations, *finding.affected.events)
    if len(names) == 1:
        return names[0]

    parts = []
    if finding.affected.operations:
        parts.append(format_count(len(finding.affected.operations), "operation"))
    if finding.affected.events:
        parts.append(format_count(len(finding.affected.events), "event"))
    return ", ".join(parts)


def format_location(finding: Finding) -> str:
    """Return file and line of a finding, in the new document if it is there."""
    for at in (finding.new, finding.old):
        if isinstance(at, FileLocation):
            return f"{at.file}:{at.line}"
    return ""
