"""Findings: what a change does to the people who call an API, one value for each.

In: nothing. Out: `Finding` and its parts, frozen values. The rules make them, claims
and ignore files thin them out, and the reports print them; a report says nothing that
is not here.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.rules.caller_tasks import CallerTask, get_caller_task
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text

# 48 bits: of a million findings, two have the same with a chance of 1 in 500.
_FINGERPRINT_DIGITS = 12
# About two lines of a terminal.
_MAX_VALUE_LENGTH = 200


@frozen_value(kw_only=True)
class AffectedParts:
    """What a change touches: keys of operations (`POST /customers`), names of events."""

    operations: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def merge_with(self, other: AffectedParts) -> AffectedParts:
        """Return what one of the two touches, sorted."""
        if self == other:
            return self
        return AffectedParts(
            operations=tuple(sorted({*self.operations, *other.operations})),
            events=tuple(sorted({*self.events, *other.events})),
        )


@frozen_value(kw_only=True)
class Finding:
    """One edit of the API, and what it means.

    `key` is that of its rule in the catalogue. `path` names the place of the edit in words that
    do not depend on the document's layout, such as
    `components/schemas/Customer/properties/email` or `POST /customers request body`;
    ignore files and fingerprints go by it. `python` is the same place as a caller of
    the client writes it, such as `models.Customer.email`, empty where they cannot;
    `subject` is what sentences call it, such as `the request body of POST /customers`.
    `old` and `new` are None on the side where the thing does not exist. `before` and `after`
    are short JSON or Python texts, empty where there is nothing; `classes_before` and
    `classes_after` are the classes of the client that they name, in that order, all of
    them however short the text is. `message` is one sentence, `why` says why it breaks
    or does not, `fix` what to do. `detail` separates findings of one rule at one path
    (the enum value that went, for one), and must not be prose. `parts` are the findings
    of the wire and of Python that were joined to this one, empty where it was always
    one.
    """

    key: RuleKey
    level: Severity
    sides: frozenset[Side]
    path: str
    python: str = ""
    subject: str = ""
    detail: str = ""
    message: str
    why: str = ""
    fix: str = ""
    before: str = ""
    after: str = ""
    classes_before: tuple[str, ...] = ()
    classes_after: tuple[str, ...] = ()
    affected: AffectedParts = AffectedParts()
    old: FileLocation | Origin | None = None
    new: FileLocation | Origin | None = None
    parts: tuple[Finding, ...] = ()

    @property
    def rule(self) -> str:
        """The id of its rule, by which reports, ignore files and people call it."""
        return RULE_IDS[self.key]

    @property
    def fingerprint(self) -> str:
        """The identity of the finding across runs: 12 hexadecimal digits.

        It depends on the rule, the path and the detail, not on wording, order, place in
        the file or level.
        """
        text = f"{self.rule}\0{self.path}\0{self.detail}"
        return hash_text(text, _FINGERPRINT_DIGITS)


def shorten_value(text: str) -> str:
    """Return a value as a report shows it: its beginning, if it would fill a screen."""
    if len(text) <= _MAX_VALUE_LENGTH:
        return text
    return f"{text[: _MAX_VALUE_LENGTH - 1]}…"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in order: what hurts callers most comes first.

    Level decides, then what callers have to do, then how many operations and events are
    affected. Path, rule and detail decide between equals.
    """
    return tuple(sorted(findings, key=_get_sort_key))


def _get_sort_key(finding: Finding) -> tuple[int, CallerTask, int, str, str, str]:
    affected = finding.affected
    task = get_caller_task(finding.key)
    # What only deliveries contain is no task for those who call operations.
    if affected.events and not affected.operations and task < CallerTask.RENAME:
        task = CallerTask.CHANGE_EVENT_HANDLING

    return (
        -finding.level.rank,
        task,
        -len(affected.operations) - len(affected.events),
        finding.path,
        finding.rule,
        finding.detail,
    )
