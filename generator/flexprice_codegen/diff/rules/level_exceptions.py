"""Rules whose level is not that of their effect, each with its reason.

In: nothing. Out: `LEVEL_EXCEPTIONS`, and the one that a rule is.
"""

from __future__ import annotations

from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleDirection,
    RuleKey,
)
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value


@frozen_value(kw_only=True)
class LevelException:
    """A level of its own for some rules about keywords of a schema, and the reason.

    It is about the rules whose keys have these words; a field that is None or empty
    fits every word.
    """

    direction: RuleDirection
    location: Location | None = None
    concepts: frozenset[Concept] = frozenset()
    change: Change | None = None
    level: Severity
    reason: str
    fix: str = ""

    def matches(self, key: RuleKey) -> bool:
        """Return whether the exception is about a rule."""
        return (
            self.direction == key.direction
            and self.location in (None, key.location)
            and (not self.concepts or key.concept in self.concepts)
            and self.change in (None, key.change)
        )


# Levels that the rule of variance would give, and that would be wrong for most APIs.
LEVEL_EXCEPTIONS = (
    LevelException(
        direction="request",
        change="set",
        level=Severity.WARNING,
        reason="The limit may be new or only newly documented. If it is new, the server "
        "rejects requests that it used to accept.",
    ),
    LevelException(
        direction="request",
        concepts=frozenset({"pattern"}),
        change="changed",
        level=Severity.WARNING,
        reason="It is not decidable here whether the new pattern accepts all old values.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"pattern"}),
        level=Severity.INFO,
        reason="Callers rarely validate the strings that they read.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"enum-value"}),
        change="added",
        level=Severity.WARNING,
        reason="Responses can contain a value that existing callers do not know. Generated "
        "clients keep it as an unknown enum value.",
        fix="Check code that branches on the value.",
    ),
    LevelException(
        direction="request",
        location="parameter",
        concepts=frozenset({"default-value"}),
        level=Severity.ERROR,
        reason="Requests that omit the parameter behave differently.",
        fix="Send the parameter if your code relies on the old default.",
    ),
    LevelException(
        direction="request",
        concepts=frozenset({"default-value"}),
        level=Severity.INFO,
        reason="The same values are accepted, and requests that omit it can behave differently.",
        fix="Send it if your code relies on the old default.",
    ),
    LevelException(
        direction="request",
        location="parameter-property",
        concepts=frozenset({"type"}),
        change="changed",
        level=Severity.WARNING,
        reason="Parameter values are sent as text, and it is not decidable here whether the server "
        "still accepts them.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"x-extensible-enum-value"}),
        level=Severity.INFO,
        reason="The keyword `x-extensible-enum` announces that values can be added.",
    ),
)
"""In order: the first that fits a rule decides."""


def find_level_exception(key: RuleKey) -> LevelException | None:
    """Return what is special about a rule, None if nothing is."""
    return next(
        (exception for exception in LEVEL_EXCEPTIONS if exception.matches(key)), None
    )
