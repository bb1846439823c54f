"""The report as SARIF."""

from __future__ import annotations

import json

from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema
from support.findings import a_mixture

from flexprice_codegen.report.changes_sarif import as_sarif


def test_sarif_is_what_its_schema_says() -> None:
    log = as_sarif(a_mixture())
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log)
    run = json.loads(log)["runs"][0]
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"]
    assert [each.get("suppressions") for each in run["results"]][-1] == [
        {"kind": "external", "justification": "agreed"}
    ]
