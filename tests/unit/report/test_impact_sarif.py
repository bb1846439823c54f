"""The report of `impact` as SARIF."""

from __future__ import annotations

import json
from dataclasses import replace

from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema
from support.impacts import create_impact

from flexprice_codegen.impact.impacts import Impact
from flexprice_codegen.report.impact_sarif import as_sarif


def test_it_is_what_its_schema_says() -> None:
    log = as_sarif(create_impact())
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log)
    results = json.loads(log)["runs"][0]["results"]
    assert [each["level"] for each in results] == ["error", "note", "note", "warning"]
    (fixed,) = [each for each in results if "fixes" in each]
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 5, "endColumn": 9},
            "insertedContent": {"text": "search"},
        }
    ]


def test_a_result_stays_the_same_when_its_line_moves() -> None:
    impact = create_impact()
    found = impact.impacts[1]
    moved = Impact(
        finding=found.finding,
        places=tuple(replace(each, line=each.line + 7) for each in found.places),
    )
    marks = {
        json.dumps(json.loads(log)["runs"][0]["results"][0]["partialFingerprints"])
        for log in (
            as_sarif(replace(impact, impacts=(found,))),
            as_sarif(replace(impact, impacts=(moved,))),
        )
    }
    assert len(marks) == 1
