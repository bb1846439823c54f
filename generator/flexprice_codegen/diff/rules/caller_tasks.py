"""What a caller has to do about a finding, the most urgent first.

In: the key of a rule. Out: `CallerTask`, by which reports order findings of one level.
"""

from __future__ import annotations

from enum import IntEnum

from flexprice_codegen.diff.rules.rule_key import Change, Location, RuleKey


class CallerTask(IntEnum):
    """A task of a caller; a lower value is more urgent."""

    STOP_CALLING = 0
    CHANGE_REQUESTS = 1
    CHANGE_READING = 2
    CHANGE_EVENT_HANDLING = 3
    RENAME = 4


_REMOVED: frozenset[Change] = frozenset(
    {"removed", "removed-with-deprecation", "removed-before-sunset"}
)
# What a caller names in code.
_CALLS: frozenset[Location] = frozenset({"operation", "path", "method"})
_EVENTS: frozenset[Location] = frozenset(
    {"webhook", "callback", "callback-body", "event-constant", "event"}
)
# What decides whether the server accepts a request at all.
_SENT: frozenset[Location] = frozenset(
    {
        "security",
        "global-security",
        "security-scheme",
        "server",
        "server-variable",
        "credential",
        "server-name",
        "server-argument",
        "method-body",
        "required-method-body",
        "argument",
        "required-argument",
        "required-field",
    }
)


def get_caller_task(key: RuleKey) -> CallerTask:
    """Return what a caller has to do about the findings of a rule."""
    if key.location in _CALLS and key.concept == "itself" and key.change in _REMOVED:
        return CallerTask.STOP_CALLING
    if key.change == "renamed" or key.concept in {"operation-id", "tag"}:
        return CallerTask.RENAME
    if key.location in _EVENTS:
        return CallerTask.CHANGE_EVENT_HANDLING
    is_argument = key.location == "field" and key.concept in {"required", "optional"}
    if key.direction == "request" or key.location in _SENT or is_argument:
        return CallerTask.CHANGE_REQUESTS
    return CallerTask.CHANGE_READING
