"""The report of `impact` as JSON.

In: `CodeImpact`. Out: text that `impact.schema.json` describes. It has all places.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.impact.edits import CodeEdit
from flexprice_codegen.impact.impacts import CodeImpact, FormerName, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.impact.symbols import Use
from flexprice_codegen.report.changes_json import build_finding, format_json
from flexprice_codegen.version import VERSION

# It grows when a key is removed or gets another meaning, not when one is added.
IMPACT_FORMAT_VERSION = 1


def as_json(impact: CodeImpact) -> str:
    """Return the report as JSON, in ASCII, with a final line break."""
    return format_json(build_report(impact))


def build_report(impact: CodeImpact) -> dict[str, object]:
    """Return the report as a JSON value, as `impact.schema.json` describes it."""
    return {
        "format": IMPACT_FORMAT_VERSION,
        "generator": VERSION,
        "old": impact.changes.old.source,
        "new": impact.changes.new.source,
        "confidence": impact.least,
        "code": {
            "files": impact.code.files,
            "skipped": [
                {"file": each.path, "reason": each.reason}
                for each in impact.code.skipped
            ],
            "untyped": impact.code.untyped,
            "checker": impact.code.checker,
        },
        "summary": {
            level.value: _count_level(impact, level) for level in reversed(Severity)
        },
        "impacts": [_build_impact(each, impact.edits) for each in impact.impacts],
        "untouched": [each.fingerprint for each in impact.untouched],
        "deprecated": [_build_former_name(each) for each in impact.former_names],
    }


def _count_level(impact: CodeImpact, level: Severity) -> dict[str, int]:
    return {
        "affected": len(impact.list_affected(level)),
        "possible": len(impact.list_possible(level)),
        "total": impact.count_findings(level),
    }


def _build_impact(each: Impact, edits: Mapping[Use, CodeEdit]) -> dict[str, object]:
    return {
        "finding": build_finding(each.finding),
        "places": [
            {**build_place(place), "edit": _build_edit(edits.get(place.use))}
            for place in each.places
        ],
    }


def _build_edit(edit: CodeEdit | None) -> dict[str, object] | None:
    """Return the replacement that `migrate` would make."""
    if edit is None:
        return None
    return {"column": edit.start + 1, "old": edit.old, "new": edit.new}


def build_place(place: Place) -> dict[str, object]:
    """Return a place as a JSON value; lines and columns count from one."""
    return {
        "file": place.file,
        "cell": place.cell or None,
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "symbol": str(place.use.symbol),
        "way": place.use.way,
        "confidence": place.use.confidence,
        "mixed": place.use.is_mixed,
        "text": place.text,
    }


def _build_former_name(each: FormerName) -> dict[str, object]:
    return {
        "old": each.old,
        "new": each.new,
        "places": [build_place(place) for place in each.places],
    }
