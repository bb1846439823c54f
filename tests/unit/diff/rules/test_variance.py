"""Variance: a request breaks where it narrows, a response where it widens."""

from __future__ import annotations

import pytest

from flexprice_codegen.diff.rules.rule_key import RuleDirection
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import (
    NOTHING_TO_DO,
    Effect,
    explain_level,
    get_level,
    suggest_fix,
)

BREAKING = {
    (Effect.NARROWS, "request"),
    (Effect.WIDENS, "response"),
    (Effect.CHANGES, "request"),
    (Effect.CHANGES, "response"),
}


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("effect", Effect)
def test_what_breaks_is_an_error_with_something_to_do(
    effect: Effect, direction: RuleDirection
) -> None:
    breaks = (effect, direction) in BREAKING
    assert (get_level(effect, direction) is Severity.ERROR) is breaks
    assert (suggest_fix(effect, direction) == NOTHING_TO_DO) is not breaks
    assert explain_level(effect, direction).endswith(".")
