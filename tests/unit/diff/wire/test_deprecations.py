"""Deprecations, sunsets and the policy about them."""

from __future__ import annotations

import pytest
from support.comparing import TODAY, list_rules_of_paths
from support.documents import Json

from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy

OK: Json = {"responses": {"200": {"description": "ok"}}}


OLD: Json = {"deprecated": True}


SUNSET_AHEAD: Json = {"x-sunset": "2030-01-01"}


SUNSET_PAST: Json = {"x-sunset": "2020-01-01"}


POLICY = DeprecationPolicy(today=TODAY, beta_days=30, stable_days=180)


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({}, "removed-without-deprecation"),
        (OLD, "removed-with-deprecation"),
        (OLD | SUNSET_PAST, "removed-with-deprecation"),
        (OLD | SUNSET_AHEAD, "removed-before-sunset"),
    ],
)
def test_removal_is_fine_after_a_deprecation_and_its_sunset(
    facts: Json, end: str
) -> None:
    gone = {**OK, **facts}
    whole = {"/a": {"get": gone}}, {"/b": {"get": OK}}
    assert list_rules_of_paths({**whole[0], **whole[1]}, whole[1]) == [
        f"api-path-{end}"
    ]
    part = {"/a": {"get": OK}}
    assert list_rules_of_paths({"/a": {"get": OK, "post": gone}}, part) == [
        f"api-{end}"
    ]


def test_a_sunset_that_is_no_date_excuses_no_removal() -> None:
    gone = {"/a": {"get": {**OK, **OLD, "x-sunset": "soon"}}}
    assert list_rules_of_paths(gone, {}) == ["api-path-sunset-parse"]


@pytest.mark.parametrize("level", ["draft", "alpha"])
def test_what_is_not_yet_promised_may_go(level: str) -> None:
    draft = {"/a": {"get": {**OK, "x-stability-level": level}}}
    assert list_rules_of_paths(draft, {}) == []
    policy = DeprecationPolicy(today=TODAY, stability="draft")
    assert list_rules_of_paths(draft, {}, policy) == [
        "api-path-removed-without-deprecation"
    ]


def test_a_policy_asks_for_a_sunset_that_is_far_enough() -> None:
    def of(facts: Json) -> Json:
        parameter = {"name": "p", "in": "query", "schema": {"type": "string"}, **facts}
        schema = {"type": "object", "properties": {"x": {"type": "string", **facts}}}
        content = {"application/json": {"schema": schema}}
        return {
            "/operation": {"get": {**OK, **facts}},
            "/parameter": {"get": {**OK, "parameters": [parameter]}},
            "/request": {"post": {**OK, "requestBody": {"content": content}}},
            "/response": {
                "get": {"responses": {"200": {"description": "", "content": content}}}
            },
        }

    near = {"x-sunset": "2026-08-20"}
    assert list_rules_of_paths(of({}), of(OLD), POLICY) == [
        "api-deprecated-sunset-missing",
        "request-parameter-deprecated-sunset-missing",
        "request-property-deprecated-sunset-missing",
        "response-property-deprecated-sunset-missing",
    ]
    assert list_rules_of_paths(of({}), of(OLD | near), POLICY) == [
        "api-sunset-date-too-small",
        "request-parameter-sunset-date-too-small",
        "request-property-sunset-date-too-small",
        "response-property-sunset-date-too-small",
    ]
    assert list_rules_of_paths(of(OLD | SUNSET_AHEAD), of(OLD | near), POLICY) == [
        "api-sunset-date-changed-too-small",
        "request-parameter-sunset-date-changed-too-small",
    ]
