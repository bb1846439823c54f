"""Evidence to findings.

In: an `EvidenceCollector`. Out: `ConformFinding` values, one for each place and
difference, sorted by level.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.conform.differences import DOCUMENT
from flexprice_codegen.conform.evidence import (
    Evidence,
    EvidenceCollector,
    EvidenceKey,
    Habit,
)
from flexprice_codegen.conform.rules import find_rule
from flexprice_codegen.conform.scalar_forms import is_identifier
from flexprice_codegen.diagnostics import FileLocation, Level, Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_text
from flexprice_codegen.json_pointers import split_pointer

# The order of findings: the worst first.
_RANKS = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_HIDDEN = "…"
# Rules whose detail is text of the traffic: a name that was seen once can be a value.
_NAMED_BY_TRAFFIC = frozenset(
    {"property-undeclared", "parameter-undeclared", "route-undocumented"}
)
_FINGERPRINT_DIGITS = 12
# Fewer values than these can have a common form by accident.
_LEAST_HABIT_SAMPLES = 20
# One response can hold many values from one source.
_LEAST_HABIT_EXCHANGES = 5
# Digits in a place that is named like this are no amounts.
_CODES = ("id", "code", "number", "phone", "zip", "key", "token", "version")


@frozen_value(kw_only=True)
class ConformFinding:
    """A difference between the server and its document.

    Attributes:
        key: The rule, the place, and the detail.
        level: Its level.
        message: A sentence without values of the traffic.
        help: What to do.
        path: The place: a JSON pointer, or the operation.
        samples: The values that differ, of `of` that were seen at the place.
        exchanges: The exchanges that they are in.
        operations: The operations that they are of.
        location: The place in the file.
    """

    key: EvidenceKey
    level: Level
    message: str
    help: str
    path: str
    samples: int
    of: int
    exchanges: int
    operations: tuple[str, ...]
    location: FileLocation | None = None

    @property
    def fingerprint(self) -> str:
        """A short hash of rule, place and detail, for ignore files."""
        text = f"{self.key.rule}\n{self.key.at.pointer}\n{self.key.detail}"
        return hash_text(text, _FINGERPRINT_DIGITS)


def build_findings(
    collector: EvidenceCollector, least: int
) -> tuple[ConformFinding, ...]:
    """Return all findings, the worst first.

    Args:
        collector: The evidence of all exchanges.
        least: The exchanges from which a name of the traffic is shown.
    """
    found = [
        *_iter_difference_findings(collector, least),
        *_iter_habit_findings(collector),
    ]
    return tuple(sorted(found, key=_rank_finding))


def _rank_finding(finding: ConformFinding) -> tuple[int, int, str, str, str]:
    key = finding.key
    return (
        _RANKS[finding.level],
        -len(finding.operations),
        key.rule,
        key.at.pointer,
        key.detail,
    )


def _iter_difference_findings(
    collector: EvidenceCollector, least: int
) -> Iterator[ConformFinding]:
    for key, evidence in collector.evidence.items():
        rule = find_rule(key.rule)
        seen = max(collector.samples[key.at], evidence.samples)
        yield ConformFinding(
            key=key,
            level=rule.level,
            message=rule.sentence.format(
                it=format_place(key.at), detail=_get_shown_detail(key, evidence, least)
            ),
            help=rule.help,
            path=key.at.pointer or key.detail,
            samples=evidence.samples,
            of=seen,
            exchanges=evidence.exchanges,
            operations=tuple(evidence.operations),
        )


def _get_shown_detail(key: EvidenceKey, evidence: Evidence, least: int) -> str:
    """Return a detail, unless it can be a value that a single exchange had."""
    bare = key.rule.removeprefix("request-")
    if bare not in _NAMED_BY_TRAFFIC or evidence.exchanges >= least:
        return key.detail

    return _HIDDEN


def is_name_shown(key: EvidenceKey, evidence: Evidence, least: int) -> bool:
    """Return whether a name of the traffic may be written into an overlay."""
    return evidence.exchanges >= least and is_identifier(key.detail.lstrip("_"))


def _iter_habit_findings(collector: EvidenceCollector) -> Iterator[ConformFinding]:
    for place, habit in collector.habits.items():
        rule_id = find_habit(place, habit)
        if not rule_id:
            continue
        rule = find_rule(rule_id)
        yield ConformFinding(
            key=EvidenceKey(rule_id, place, ""),
            level=rule.level,
            message=rule.sentence.format(it=format_place(place), detail=""),
            help=rule.help,
            path=place.pointer,
            samples=habit.samples,
            of=habit.samples,
            exchanges=habit.exchanges,
            operations=(),
        )


def find_habit(place: Origin, habit: Habit) -> str:
    """Return the rule of a habit; empty if there is none.

    Digits alone are not decimals: postal codes and IDs have them, too.
    """
    if habit.samples < _LEAST_HABIT_SAMPLES or habit.exchanges < _LEAST_HABIT_EXCHANGES:
        return ""

    forms = habit.forms
    filled = habit.samples - forms["empty"]
    name = place.pointer.rsplit("/", 1)[-1].lower()
    if filled and forms["date-time"] == filled:
        return "time-by-habit"
    if forms["decimal"] == filled and forms["fraction"] and not name.endswith(_CODES):
        return "decimal-by-habit"

    return ""


def format_place(at: Origin) -> str:
    """Return a place for people: a property of its schema, or an operation."""
    if at == DOCUMENT:
        return "the API"

    keys = split_pointer(at.pointer)
    match keys:
        case ["components", "schemas", name, *rest]:
            return f"`{'.'.join([name, *_shorten(rest)])}`"
        case ["paths", path, method, *rest]:
            below = f" ({_format_part(rest)})" if rest else ""
            return f"`{method.upper()} {path}`{below}"
        case _:
            return f"`{at.pointer}`"


def _shorten(keys: list[str]) -> list[str]:
    """Return the names of properties on the way, with `[]` for elements."""
    names: list[str] = []
    at = 0
    while at < len(keys):
        if keys[at] == "properties" and at + 1 < len(keys):
            names.append(keys[at + 1])
            at += 2
        else:
            names.append({"items": "[]", "additionalProperties": "*"}.get(keys[at], ""))
            at += 1

    return [name for name in names if name]


def _format_part(keys: list[str]) -> str:
    match keys:
        case ["responses", status, "content", _, "schema", *rest]:
            return ".".join([f"response {status}", *_shorten(rest)])
        case ["responses", status, *_]:
            return f"response {status}"
        case ["requestBody", "content", _, "schema", *rest]:
            return ".".join(["request body", *_shorten(rest)])
        case ["requestBody", *_]:
            return "request body"
        case ["parameters", *_]:
            return "parameter"
        case _:
            return ".".join(keys)
