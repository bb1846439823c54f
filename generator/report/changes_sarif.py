"""What lies between two versions, as SARIF.

In: `Changes` and the rules. Out: a log of one run: each finding a result at its place in
the newer document, the place in the older one beside it. Ignored findings are there,
suppressed.

Source: Static Analysis Results Interchange Format 2.1.0 (OASIS), §3.27 (result).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from generator.diagnostics import Origin, Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.catalogue import RULES_BY_ID
from generator.diff.rules.rule import Rule
from generator.diff.rules.severity import Severity
from generator.emit.quoting import visible
from generator.report.changes_json import sides, written
from generator.report.wording import reach, sentence
from generator.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(changes: Changes) -> str:
    """Write the report."""
    used = [*changes.findings, *(each.finding for each in changes.ignored)]
    ids = sorted({each.rule for each in used})
    numbers = {rule: number for number, rule in enumerate(ids)}
    results = [_result(each, numbers, changes.new.source) for each in changes.findings]
    for each in changes.ignored:
        result = _result(each.finding, numbers, changes.new.source)
        result["suppressions"] = [
            {"kind": "external", "justification": visible(each.reason)}
        ]
        results.append(result)
    run = {
        "tool": {
            "driver": {
                "name": "flexprice-codegen",
                "version": VERSION,
                "rules": [_rule(each, RULES_BY_ID.get(each)) for each in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return written(log)


def _rule(rule_id: str, rule: Rule | None) -> dict[str, object]:
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": f"{rule.says} {rule.why}"},
        "help": {"text": f"{rule.why} {rule.fix} Example: {rule.example}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.side.value, rule.area]},
    }


def _result(each: Finding, numbers: dict[str, int], newer: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": each.rule,
        "ruleIndex": numbers[each.rule],
        "level": _LEVELS[each.level],
        "message": {"text": _message(each)},
        "locations": _locations((each.new, each.old), newer)[:1],
        "partialFingerprints": {"flexpriceCodegen/v1": each.fingerprint},
        "properties": {
            "sides": sides(each),
            "path": visible(each.path),
            "python": visible(each.python),
            "before": visible(each.before),
            "after": visible(each.after),
            "operations": [visible(name) for name in each.affected.operations],
            "events": [visible(name) for name in each.affected.events],
        },
    }
    if isinstance(each.new, Place) and isinstance(each.old, Place):
        related = _locations((each.old,), newer)[0]
        result["relatedLocations"] = [
            {**related, "message": {"text": "in the older version"}}
        ]
    return result


def _message(each: Finding) -> str:
    folded = reach(each.affected)
    parts = [each.message, each.why, each.fix, f"It reaches {folded}" if folded else ""]
    return visible(" ".join(sentence(part) for part in parts if part)) or each.rule


def _locations(
    places: Sequence[Place | Origin | None], otherwise: str
) -> list[dict[str, object]]:
    """Give the places that are known; at least one, the newer document as a whole."""
    made = [_location(at) for at in _known(places)]
    return made or [{"physicalLocation": {"artifactLocation": _artifact(otherwise)}}]


def _known(places: Iterable[Place | Origin | None]) -> list[Place]:
    return [at for at in places if isinstance(at, Place)]


def _location(at: Place) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(at.file),
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }


def _artifact(name: str) -> dict[str, object]:
    return {"uri": quote(visible(name), safe="/:@!$&'()*+,;=~-._")}
