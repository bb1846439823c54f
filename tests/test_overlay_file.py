"""specs/flexprice.overlay.yaml: every action is well formed, and still needed.

The overlay is applied here by a few lines of this file, and not by the generator, so
that a fault in one of the two shows.

Source: OpenAPI Overlay 1.0.0 §4.4; RFC 9535 (JSONPath).
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonpath import JSONPathEnvironment, JSONPathMatch

Json: TypeAlias = dict[str, Any]

SPECS = Path(__file__).parent.parent / "specs"
STRICT = JSONPathEnvironment(strict=True)
SLOW = pytest.mark.slow
SEVERAL_NAMES = re.compile(r"\[('[^']+'(?:\s*,\s*'[^']+')+)\]")


def _places(table: str) -> set[tuple[str, str]]:
    """Read lines of `schema: property property …`."""
    rows = [line.split(":") for line in table.strip().splitlines()]
    return {(row[0].strip(), each) for row in rows for each in row[1].split()}


FLOATS = _places("""
    GetUsageBySubscriptionResponse: amount commitment_amount commitment_utilized
    GetUsageBySubscriptionResponse: overage_amount overage_factor
    GetUsageResponse: value
    SubscriptionUsageByMetersResponse: amount overage_factor quantity
    UsageResult: value
    types.Value: number
    """)
QUOTED_NUMBERS = _places("""
    CreateSubscriptionLineItemRequest: commitment_amount commitment_quantity
    CreateSubscriptionLineItemRequest: commitment_overage_factor quantity
    LineItemCommitmentConfig: commitment_amount commitment_quantity overage_factor
    UpdateSubscriptionLineItemRequest: commitment_amount commitment_quantity
    UpdateSubscriptionLineItemRequest: commitment_overage_factor
    UsageRecordResponse: amount quantity
    types.AutoTopup: amount threshold
    types.InvoiceFilter: amount_due_gt amount_remaining_gt
    types.ReportingUnit: conversion_rate
    types.TimeOfDayBucket: overage_factor
    types.WalletTransactionFilter: credits_available_gt
    webhookDto.WalletAlertInfo: credit_balance current_balance
    """)


@dataclass(slots=True)
class Applied:
    """A document before and after, and what did not match on the way."""

    before: Json
    after: Json
    unmatched: list[str] = field(default_factory=list)
    unmatched_names: list[str] = field(default_factory=list)


def _actions() -> list[Json]:
    text = (SPECS / "flexprice.overlay.yaml").read_text(encoding="utf-8")
    actions: list[Json] = yaml.safe_load(text)["actions"]
    return actions


def _nodes(target: str, document: Json) -> list[JSONPathMatch]:
    return list(STRICT.compile(target).finditer(document))


def _one_name_each(target: str) -> Iterator[str]:
    """Yield `target` once per name in it, with that name alone in its brackets."""
    for several in SEVERAL_NAMES.finditer(target):
        for name in re.findall(r"'[^']+'", several[1]):
            yield f"{target[:several.start()]}[{name}]{target[several.end():]}"


def _merge(node: Json, update: Json) -> None:
    for key, value in update.items():
        current = node.get(key)
        if isinstance(current, dict) and isinstance(value, dict):
            _merge(current, value)
        elif isinstance(current, list) and isinstance(value, list):
            current.extend(copy.deepcopy(value))
        else:
            node[key] = copy.deepcopy(value)


def _act(action: Json, nodes: list[JSONPathMatch]) -> None:
    for node in reversed(nodes):
        match node.obj:
            case _ if action.get("remove"):
                assert node.parent is not None
                holder: Any = node.parent.obj
                del holder[node.parts[-1]]
            case list() as items:
                items.append(copy.deepcopy(action["update"]))
            case dict() as members:
                _merge(members, action["update"])
            case _:
                pytest.fail(f"{action['target']} selects a plain value at {node.path}")


def _apply(document: Json) -> Applied:
    applied = Applied(document, copy.deepcopy(document))
    for action in _actions():
        nodes = _nodes(action["target"], applied.after)
        if not nodes:
            applied.unmatched.append(action["target"])
        applied.unmatched_names += [
            single
            for single in _one_name_each(action["target"])
            if nodes and not _nodes(single, applied.after)
        ]
        _act(action, nodes)
    return applied


def _properties(document: Json) -> dict[tuple[str, str], Json]:
    return {
        (schema, name): found
        for schema, body in document["components"]["schemas"].items()
        for name, found in body.get("properties", {}).items()
    }


def _operations(document: Json) -> dict[str, Json]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _hints(document: Json, hint: str) -> dict[str, Any]:
    return {
        place: operation["x-codegen"][hint]
        for place, operation in _operations(document).items()
        if hint in operation.get("x-codegen", {})
    }


def _decimals(applied: Applied, declared: str) -> set[tuple[str, str]]:
    """Return the properties that were `declared`, and became decimals."""
    before = _properties(applied.before)
    return {
        place
        for place, found in _properties(applied.after).items()
        if found.get("format") == "decimal"
        and before.get(place, {}).get("type") == declared
    }


def _references(value: object) -> Iterator[str]:
    match value:
        case {"$ref": str(reference)}:
            yield reference.removeprefix("#/components/schemas/")
        case dict():
            for member in value.values():
                yield from _references(member)
        case list():
            for item in value:
                yield from _references(item)
        case _:
            pass


def _dangling(document: Json) -> set[str]:
    return set(_references(document)) - set(document["components"]["schemas"])


def _holds(test: object, name: str, payload: Mapping[str, str]) -> bool:
    match test:
        case {"present": bool(wanted)}:
            return (name in payload) is wanted
        case {"not": unwanted}:
            return name in payload and payload[name] != unwanted
        case _:
            return payload.get(name) == test


def _read(shared: Path, pattern: str) -> Applied:
    (path,) = (shared / "specs").glob(pattern)
    return _apply(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=[pytest.param("full", marks=SLOW)])
def full(shared: Path, request: pytest.FixtureRequest) -> Applied:
    return _read(shared, f"flexprice-{request.param}.json")


@pytest.fixture(
    scope="module",
    params=[pytest.param(each, marks=SLOW) for each in (134, 148, 164, 178)],
)
def older(shared: Path, request: pytest.FixtureRequest) -> Applied:
    """A version of the full description, from half a year ago to the last one."""
    return _read(shared, f"flexprice-history/{request.param}_*.json")


@pytest.fixture(scope="module")
def small() -> Applied:
    return _apply(
        yaml.safe_load((SPECS / "flexprice.yaml").read_text(encoding="utf-8"))
    )


def test_every_action_says_why_and_does_one_thing() -> None:
    for action in _actions():
        assert action["description"].strip()
        assert ("update" in action) is not (action.get("remove") is True)


def test_every_target_is_strict_jsonpath_and_stands_once() -> None:
    acts = [(STRICT.compile(act["target"]), act.get("remove")) for act in _actions()]

    assert len({(str(target), removes) for target, removes in acts}) == len(acts)


def test_what_the_small_description_lacks_is_optional(small: Applied) -> None:
    optional = {act["target"] for act in _actions() if act.get("x-optional") is True}
    details = _properties(small.after)["errors.ErrorResponse", "details"]

    assert set(small.unmatched) <= optional
    assert len(optional - set(small.unmatched)) == 4
    assert details["additionalProperties"] == {}


def test_every_action_matches_in_the_full_or_in_the_small_description(
    full: Applied, small: Applied
) -> None:
    assert len(full.unmatched) == 1
    assert set(full.unmatched).isdisjoint(small.unmatched)


def test_every_name_in_a_selector_is_one_of_the_full_description(full: Applied) -> None:
    assert full.unmatched_names == []


def test_quoted_numbers_become_decimals_and_true_floats_stay(full: Applied) -> None:
    before, after = _properties(full.before), _properties(full.after)
    numbers = {place for place, it in before.items() if it.get("type") == "number"}

    assert len(QUOTED_NUMBERS) == 21
    assert len(FLOATS) == 11
    assert numbers == QUOTED_NUMBERS | FLOATS
    assert _decimals(full, "number") == QUOTED_NUMBERS
    assert all(after[place] == before[place] for place in FLOATS)


def test_decimals_are_strings_and_were_strings_or_numbers(full: Applied) -> None:
    before, after = _properties(full.before), _properties(full.after)
    decimals = {place for place, it in after.items() if it.get("format") == "decimal"}
    was = {before[place]["type"] for place in decimals & before.keys()}

    assert was == {"string", "number"}
    assert all(after[place]["type"] == "string" for place in decimals)
    assert len(_decimals(full, "string")) == 244


@pytest.mark.parametrize(
    "name",
    ["currency", "price_unit", "symbol", "display_amount", "total_usage_display", "id"],
)
def test_codes_and_formatted_texts_are_no_decimals(full: Applied, name: str) -> None:
    named = [it for place, it in _properties(full.after).items() if place[1] == name]

    assert named
    assert all(it.get("format") is None for it in named)


def test_only_the_value_of_an_alert_was_said_to_be_something_else(
    full: Applied,
) -> None:
    before = _properties(full.before)
    odd = {
        place
        for place in _decimals(full, "string")
        if before[place].keys() - {"type", "description", "nullable", "default"}
    }

    assert odd == {("types.AlertInfo", "value_at_time")}


def test_all_times_without_a_format_get_one(full: Applied) -> None:
    before, after = _properties(full.before), _properties(full.after)
    times = {
        place
        for place, it in after.items()
        if it.get("format") == "date-time" and "format" not in before.get(place, it)
    }

    assert len(times) == 29
    assert all(before[place]["type"] == "string" for place in times)


def test_every_array_in_a_query_repeats_its_key(full: Applied) -> None:
    arrays = [
        parameter
        for operation in _operations(full.after).values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query" and parameter["schema"]["type"] == "array"
    ]

    assert len(arrays) == 14
    assert all(parameter["explode"] is True for parameter in arrays)


def test_a_route_keeps_the_path_parameters_and_is_no_path_of_the_document(
    full: Applied,
) -> None:
    routes = _hints(full.after, "route")

    assert len(routes) == 8
    for place, route in routes.items():
        assert re.findall(r"{\w+}", route) == re.findall(r"{\w+}", place)
        assert f"{place.split()[0]} {route}" not in _operations(full.after)


def test_every_operation_has_a_name_and_the_key(full: Applied) -> None:
    names = _hints(full.after, "name")
    calls = {
        place: operation
        for place, operation in _operations(full.after).items()
        if "Webhook Events" not in operation["tags"]
    }

    assert all("operationId" in it or place in names for place, it in calls.items())
    assert all(it["security"] == [{"ApiKeyAuth": []}] for it in calls.values())


def test_calls_that_may_be_repeated_are_these(full: Applied) -> None:
    assert _hints(full.after, "idempotency-key") == {
        "POST /events": {"fill": ["event_id", {"field": "timestamp", "with": "now"}]},
        "POST /events/bulk": {
            "fill": [
                "events[].event_id",
                {"field": "events[].timestamp", "with": "now"},
            ]
        },
        "POST /wallets/{id}/top-up": {"fill": "idempotency_key"},
        "POST /invoices": {"fill": "idempotency_key", "unless": "subscription_id"},
        "POST /payments": {"caller": "idempotency_key"},
        "POST /creditnotes": {
            "fill": "idempotency_key",
            "unless": "credit_note_number",
        },
    }


def test_every_call_that_may_be_repeated_says_how_that_is_known() -> None:
    text = (SPECS / "flexprice.overlay.yaml").read_text(encoding="utf-8")
    marked = [each for each in text.split("\n\n") if "idempotency-key:" in each]

    assert len(marked) == 7, "the table of hints, and six actions"
    assert all("  # Source: " in each for each in marked[1:])


def test_an_event_without_a_name_is_told_by_exactly_one_rule(full: Applied) -> None:
    rules = _hints(full.after, "event-when")
    schemas = full.after["components"]["schemas"]
    told: set[str] = set()
    for kind, state in product(
        schemas["types.AlertType"]["enum"], schemas["types.AlertState"]["enum"]
    ):
        payload = {"alert_type": kind, "alert_status": state}
        fitting = [
            place
            for place, rule in rules.items()
            if all(_holds(test, name, payload) for name, test in rule.items())
        ]
        assert len(fitting) <= 1, payload
        told.update(fitting)

    assert told == rules.keys()
    assert len(told) == 7


def test_every_event_of_the_list_has_a_page(full: Applied) -> None:
    names = full.after["components"]["schemas"]["types.WebhookEventName"]["enum"]

    assert {f"/webhook-events/{name}" for name in names} <= full.after["paths"].keys()


def test_the_errors_that_callers_of_customers_rely_on_are_named(
    full: Applied,
) -> None:
    operations = _operations(full.after)

    assert "409" in operations["POST /customers"]["responses"]
    for place in ("PUT /customers", "GET /customers/{id}", "DELETE /customers/{id}"):
        assert "404" in operations[place]["responses"]
    assert "404" in operations["GET /customers/{id}/entitlements"]["responses"]


def test_messages_are_not_said_to_be_records(full: Applied) -> None:
    answers = {
        place: set(_references(operation["responses"]["200"]))
        for place, operation in _operations(full.after).items()
        if place.endswith(("/finalize", "/void", "/terminate"))
    }

    assert answers["POST /creditnotes/{id}/finalize"] == {"SuccessResponse"}
    assert answers["POST /creditnotes/{id}/void"] == {"SuccessResponse"}
    assert answers["POST /wallets/{id}/terminate"] == {"SuccessResponse"}


def test_dead_paths_are_gone_and_free_form_values_are_free(full: Applied) -> None:
    properties = _properties(full.after)

    assert "/tasks/result" not in full.after["paths"]
    assert properties["IngestEventRequest", "properties"]["additionalProperties"] == {}
    assert "enum" not in full.after["components"]["schemas"]["types.Duration"]


def test_deletions_answer_as_the_server_does(full: Applied) -> None:
    operations = _operations(full.after)
    task = operations["DELETE /tasks/scheduled/{id}"]["responses"]
    tax = operations["DELETE /taxes/associations/{id}"]["responses"]

    assert [status for status in task if status.startswith("2")] == ["200"]
    assert "content" not in tax["200"]


def test_no_version_of_the_description_is_broken_by_it(older: Applied) -> None:
    before = _properties(older.before)

    assert _dangling(older.after) <= _dangling(older.before)
    for place, found in _properties(older.after).items():
        if found.get("format") == "decimal" and place in before:
            assert before[place]["type"] in {"string", "number"}
    for operation in _operations(older.after).values():
        names = [(it["in"], it["name"]) for it in operation.get("parameters", ())]
        assert len(names) == len(set(names)), operation["summary"]
