"""The report of `impact` as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from support.impacts import create_impact

import flexprice_codegen.report
from flexprice_codegen.report.impact_json import as_json

SCHEMA = json.loads(
    (Path(flexprice_codegen.report.__file__).parent / "impact.schema.json").read_text(
        encoding="utf-8"
    )
)


def test_it_is_what_its_schema_says() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = json.loads(as_json(create_impact()))
    Draft202012Validator(SCHEMA).validate(report)
    assert report["summary"] == {
        "error": {"affected": 1, "possible": 1, "total": 3},
        "warning": {"affected": 1, "possible": 0, "total": 1},
        "info": {"affected": 0, "possible": 0, "total": 0},
    }
    assert len(report["untouched"]) == 1


def test_a_place_has_the_edit_that_migrate_makes() -> None:
    report = json.loads(as_json(create_impact()))
    places = [place for each in report["impacts"] for place in each["places"]]
    assert [place["edit"] for place in places] == [
        None,
        None,
        {"column": 5, "old": "find", "new": "search"},
        None,
    ]
