"""Variance: what an edit of a set of accepted values costs, by who sends the value.

In: the effect of an edit, and the direction in which the value travels. Out: a level,
the reason for it, and what its reader may do.

A caller breaks where a request narrows: the server can reject what he sends. He breaks where a
response (or the payload of an event) widens: it may bring what he never had to handle.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flexprice_codegen.diff.rules.rule_key import RuleDirection
from flexprice_codegen.diff.rules.severity import Severity


class Effect(StrEnum):
    """What an edit does to the set of accepted values."""

    NARROWS = "narrows"
    WIDENS = "widens"
    CHANGES = "changes"
    """Values go and values come, or it is not known."""
    NOTHING = "nothing"
    """The same values are accepted as before."""


def get_level(effect: Effect, direction: RuleDirection) -> Severity:
    """Return the level of an edit that has no level of its own."""
    return Severity.ERROR if is_breaking(effect, direction) else Severity.INFO


def is_breaking(effect: Effect, direction: RuleDirection) -> bool:
    """Return whether an edit breaks a caller who did nothing wrong."""
    # The rule of variance: a function may take more and return less than another in
    # whose place it stands. A request is what it takes, a response what it returns.
    match effect:
        case Effect.CHANGES:
            return True
        case Effect.NARROWS:
            return direction == "request"
        case Effect.WIDENS:
            return direction == "response"
        case Effect.NOTHING:
            return False


_REASONS: Mapping[tuple[Effect, RuleDirection], str] = {
    (Effect.NARROWS, "request"): "The server can reject requests that it used to accept.",
    (Effect.NARROWS, "response"): "Responses contain a subset of the old values, so existing callers keep working.",
    (Effect.WIDENS, "request"): "Everything that was valid is still valid.",
    (Effect.WIDENS, "response"): "Responses can contain values that existing callers do not handle.",
    (Effect.CHANGES, "request"): "The server rejects existing values, or reads them differently.",
    (Effect.CHANGES, "response"): "Callers parse the value as its old type.",
    (Effect.NOTHING, "request"): "The same values are accepted as before.",
    (Effect.NOTHING, "response"): "Responses contain the same values as before.",
}  # fmt: skip
_FIXES: Mapping[tuple[Effect, RuleDirection], str] = {
    (Effect.NARROWS, "request"): "Check the values that your code sends before you upgrade.",
    (Effect.WIDENS, "response"): "Check that your code can handle the new values.",
    (Effect.CHANGES, "request"): "Change the values that your code sends when you upgrade.",
    (Effect.CHANGES, "response"): "Change how your code reads it when you upgrade.",
}  # fmt: skip
NOTHING_TO_DO = "No action needed."


def explain_level(effect: Effect, direction: RuleDirection) -> str:
    """Return in a sentence why an edit breaks, or why it does not."""
    return _REASONS[effect, direction]


def suggest_fix(effect: Effect, direction: RuleDirection) -> str:
    """Return in a sentence what a caller may do."""
    return _FIXES.get((effect, direction), NOTHING_TO_DO)


def explain_never_sent(direction: RuleDirection) -> str:
    """Return in a sentence why an edit of what never travels this way breaks nobody."""
    if direction == "request":
        return "It is `readOnly`: callers do not send it."
    return "It is `writeOnly`: callers do not receive it."


IN_CHOICE = "A value can now match two variants of `oneOf`, and the server rejects such a value."
"""Why an edit that widens an option may break who sends it."""
