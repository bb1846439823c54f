"""What a caller has to do about a finding."""

from __future__ import annotations

import pytest
from support.comparing import KEYS

from flexprice_codegen.diff.rules.caller_tasks import CallerTask, get_caller_task


@pytest.mark.parametrize(
    ("rule", "task"),
    [
        ("api-removed-without-deprecation", CallerTask.STOP_CALLING),
        ("method-removed", CallerTask.STOP_CALLING),
        ("request-property-became-required", CallerTask.CHANGE_REQUESTS),
        ("field-became-required", CallerTask.CHANGE_REQUESTS),
        ("argument-removed", CallerTask.CHANGE_REQUESTS),
        ("response-property-type-changed", CallerTask.CHANGE_READING),
        ("field-type-changed", CallerTask.CHANGE_READING),
        ("webhook-removed", CallerTask.CHANGE_EVENT_HANDLING),
        ("class-renamed", CallerTask.RENAME),
        ("method-renamed", CallerTask.RENAME),
    ],
)
def test_rules_have_the_task_of_their_callers(rule: str, task: CallerTask) -> None:
    assert get_caller_task(KEYS[rule]) is task
