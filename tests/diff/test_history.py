"""Real pairs: what the history of one description must say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from support.documents import read_api

from flexprice_codegen.api.model import Api
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.wire.compare_apis import compare_apis

pytestmark = pytest.mark.slow
TODAY = dt.date(2026, 8, 8)


def version(shared: Path, number: str) -> Api:
    (path,) = (shared / "specs" / "flexprice-history").glob(f"{number}_*.json")
    return read_api(path)


def told(shared: Path, old: str, new: str) -> tuple[Finding, ...]:
    return compare_apis(version(shared, old), version(shared, new), today=TODAY)


@pytest.mark.parametrize(("old", "new"), [("133", "134"), ("117", "118")])
def test_other_names_change_nothing_on_the_wire(
    old: str, new: str, shared: Path
) -> None:
    assert told(shared, old, new) == ()


def test_numbers_became_strings(shared: Path) -> None:
    found = told(shared, "106", "107")
    assert {each.rule for each in found} == {
        "response-property-type-changed",
        "request-property-type-changed",
    }
    assert {(each.before, each.after) for each in found} == {("number", "string")}
    assert len({each.path for each in found}) == 31


def test_what_a_team_of_today_is_told(shared: Path) -> None:
    found = told(shared, "148", "178")
    errors = {(each.rule, each.path) for each in found if each.level.value == "error"}
    assert errors == {
        ("api-path-removed-without-deprecation", "GET /events/{id}"),
        ("api-path-removed-without-deprecation", "POST /costs/analytics-v2"),
        ("api-path-removed-without-deprecation", "POST /invoices/meter-usage-preview"),
        ("api-path-removed-without-deprecation", "POST /meter-usage/analytics"),
        ("api-path-removed-without-deprecation", "POST /meter-usage/query"),
        ("api-removed-without-deprecation", "POST /tasks"),
        (
            "request-body-added-required",
            "POST /events/huggingface-inference request body",
        ),
        (
            "request-property-became-required",
            "components/schemas/CreateCustomerRequest/properties/name",
        ),
        (
            "request-property-type-changed",
            "components/schemas/types.AlertThreshold/properties/threshold",
        ),
        (
            "response-body-additional-properties-untyped",
            "GET /rbac/roles 500 response",
        ),
        ("response-body-type-changed", "GET /taxes/rates 200 response"),
        (
            "response-property-type-changed",
            "components/schemas/CreditGrantApplicationResponse/properties/credits",
        ),
        (
            "response-property-type-changed",
            "components/schemas/types.AlertInfo/properties/value_at_time",
        ),
        (
            "response-property-type-changed",
            "components/schemas/types.AlertThreshold/properties/threshold",
        ),
    }
    many = Counter(each.rule for each in found)
    assert many["endpoint-added"] == 26
    assert many["webhook-added"] == 15
    codes = [
        each for each in found if each.path.endswith("ErrorResponse/properties/code")
    ]
    assert {each.after for each in codes} == {
        '"not_implemented"',
        '"too_many_requests"',
    }
    assert all(len(each.affected.operations) > 150 for each in codes)
