"""The report of `diff` as SARIF.

In: `Changes` and the rules. Out: a log of one run. Each finding is a result located in
the new document, with the location in the old one as related. Ignored findings are
results with a suppression.

Source: Static Analysis Results Interchange Format 2.1.0 (OASIS), §3.27 (result).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.report.changes_json import format_json, list_sides
from flexprice_codegen.report.github_annotations import (
    get_repository_path,
    get_repository_root,
)
from flexprice_codegen.report.wording import end_sentence, format_affected
from flexprice_codegen.version import VERSION

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SARIF_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def as_sarif(changes: Changes) -> str:
    """Return the report as a SARIF log in JSON."""
    used = [*changes.findings, *(each.finding for each in changes.ignored)]
    ids = sorted({each.rule for each in used})
    numbers = {rule: number for number, rule in enumerate(ids)}
    results = [
        _build_result(each, numbers, changes.new.source) for each in changes.findings
    ]

    for each in changes.ignored:
        result = _build_result(each.finding, numbers, changes.new.source)
        result["suppressions"] = [
            {"kind": "external", "justification": strip_invisible(each.reason)}
        ]
        results.append(result)

    run = {
        "tool": {
            "driver": {
                "name": "flexprice-codegen",
                "version": VERSION,
                "rules": [build_rule(each, RULES_BY_ID.get(each)) for each in ids],
            }
        },
        # Columns count code points, as Python indexes strings.
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}

    return format_json(log)


def build_rule(rule_id: str, rule: Rule | None) -> dict[str, object]:
    """Return a rule as SARIF describes it."""
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": f"{rule.says} {rule.why}"},
        "help": {"text": f"{rule.why} {rule.fix} Example: {rule.example}"},
        "defaultConfiguration": {"level": SARIF_LEVELS[rule.level]},
        "properties": {"tags": [rule.side.value, rule.area]},
    }


def _build_result(
    each: Finding, numbers: dict[str, int], newer: str
) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": each.rule,
        "ruleIndex": numbers[each.rule],
        "level": SARIF_LEVELS[each.level],
        "message": {"text": _format_full_message(each)},
        "locations": _build_locations((each.new, each.old), newer)[:1],
        "partialFingerprints": {"flexpriceCodegen/v1": each.fingerprint},
        "properties": {
            "sides": list_sides(each),
            "path": strip_invisible(each.path),
            "python": strip_invisible(each.python),
            "before": strip_invisible(each.before),
            "after": strip_invisible(each.after),
            "operations": [strip_invisible(name) for name in each.affected.operations],
            "events": [strip_invisible(name) for name in each.affected.events],
        },
    }

    if isinstance(each.new, FileLocation) and isinstance(each.old, FileLocation):
        related = _build_locations((each.old,), newer)[0]
        result["relatedLocations"] = [
            {**related, "message": {"text": "in the older version"}}
        ]

    return result


def _format_full_message(each: Finding) -> str:
    folded = format_affected(each.affected)
    parts = [each.message, each.why, each.fix, f"Affected: {folded}" if folded else ""]
    return (
        strip_invisible(" ".join(end_sentence(part) for part in parts if part))
        or each.rule
    )


def _build_locations(
    places: Sequence[FileLocation | Origin | None], otherwise: str
) -> list[dict[str, object]]:
    """Return the known locations, or else the new document without a position."""
    # Code scanning on GitHub rejects a result without a location.
    made = [_build_sarif_location(at) for at in _list_known_locations(places)]
    return made or [
        {"physicalLocation": {"artifactLocation": build_artifact(otherwise)}}
    ]


def _list_known_locations(
    places: Iterable[FileLocation | Origin | None],
) -> list[FileLocation]:
    return [at for at in places if isinstance(at, FileLocation)]


def _build_sarif_location(at: FileLocation) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": build_artifact(at.file),
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }


def build_artifact(name: str) -> dict[str, object]:
    """Return the location of a file."""
    # Code scanning resolves paths from the root of the repository.
    path = get_repository_path(name, get_repository_root())
    # A URI reference (RFC 3986), which allows fewer characters than a file name.
    return {"uri": quote(strip_invisible(path), safe="/:@!$&'()*+,;=~-._")}
