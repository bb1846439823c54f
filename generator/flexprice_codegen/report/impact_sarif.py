"""The report of `impact` as SARIF.

In: `CodeImpact`. Out: a log of one run: a result for each place, located in the user's
code, with the place in the new document as related, and the replacement where `migrate`
would make one.

Source: Static Analysis Results Interchange Format 2.1.0 (OASIS), §3.27 (result), §3.55
(fix).
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.hashes import hash_text
from flexprice_codegen.impact.edits import CodeEdit
from flexprice_codegen.impact.impacts import CodeImpact, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.report.changes_json import format_json
from flexprice_codegen.report.changes_sarif import (
    SARIF_LEVELS,
    SARIF_SCHEMA,
    build_artifact,
    build_rule,
)
from flexprice_codegen.report.impact_wording import format_place, sort_impacts
from flexprice_codegen.report.wording import end_sentence
from flexprice_codegen.version import VERSION

# 64 bits, as the fingerprints that GitHub computes.
_HASH_DIGITS = 16


def as_sarif(impact: CodeImpact) -> str:
    """Return the report as a SARIF log in JSON."""
    ids = sorted({each.finding.rule for each in impact.impacts})
    numbers = {rule: number for number, rule in enumerate(ids)}
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
        "results": [
            _build_result(each, place, impact, numbers)
            for each in sort_impacts(impact)
            for place in each.places
        ],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return format_json(log)


def _build_result(
    each: Impact, place: Place, impact: CodeImpact, numbers: Mapping[str, int]
) -> dict[str, object]:
    finding = each.finding
    level = SARIF_LEVELS[finding.level]
    if not each.has_confidence(impact.least):
        level = SARIF_LEVELS[Severity.INFO]
    text = " ".join(end_sentence(one) for one in (finding.message, finding.fix) if one)
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": level,
        "message": {"text": strip_invisible(text) or finding.rule},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": build_artifact(place.file),
                    "region": _build_region(place),
                }
            }
        ],
        # The text of the line, so that a result stays the same when lines move.
        "partialFingerprints": {
            "flexpriceCodegenImpact/v1": hash_text(
                f"{finding.fingerprint}\0{place.use.symbol}\0{place.text}",
                _HASH_DIGITS,
            )
        },
        "properties": {
            "symbol": strip_invisible(str(place.use.symbol)),
            "confidence": place.use.confidence,
            "use": strip_invisible(format_place(place)),
        },
    }
    if isinstance(finding.new, FileLocation):
        result["relatedLocations"] = [_build_related(finding.new)]
    edit = impact.edits.get(place.use)
    if edit is not None:
        result["fixes"] = [_build_fix(place, edit)]
    return result


def _build_region(place: Place) -> dict[str, object]:
    # A cell of a notebook is no region of its file.
    if place.cell:
        return {"startLine": 1}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": max(place.end_column, place.column),
    }


def _build_related(at: FileLocation) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": build_artifact(at.file),
            "region": {"startLine": at.line, "startColumn": at.column},
        },
        "message": {"text": "in the newer version"},
    }


def _build_fix(place: Place, edit: CodeEdit) -> dict[str, object]:
    """Return the replacement that `migrate` would make."""
    return {
        "description": {"text": strip_invisible(f"rename to {edit.new}")},
        "artifactChanges": [
            {
                "artifactLocation": build_artifact(place.file),
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": place.line,
                            "startColumn": edit.start + 1,
                            "endColumn": edit.start + 1 + len(edit.old),
                        },
                        "insertedContent": {"text": edit.new},
                    }
                ],
            }
        ],
    }
