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
        reason="A limit that the server had all along may only be written down now; if it is "
        "new, requests that were accepted before may be refused.",
    ),
    LevelException(
        direction="request",
        concepts=frozenset({"pattern"}),
        change="changed",
        level=Severity.WARNING,
        reason="Whether one pattern accepts all that another does cannot be decided here.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"pattern"}),
        level=Severity.INFO,
        reason="A pattern describes texts that callers read whole; few check them against it.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"enum-value"}),
        change="added",
        level=Severity.WARNING,
        reason="Callers may get a value that they do not know. A client made by this tool keeps "
        "it as a value of the enum; code that lists all cases must be looked at.",
        fix="Look at the code that tells the values apart.",
    ),
    LevelException(
        direction="request",
        location="parameter",
        concepts=frozenset({"default-value"}),
        level=Severity.ERROR,
        reason="A call without the parameter does something else than before.",
        fix="Send the parameter where your code relies on what was the default.",
    ),
    LevelException(
        direction="request",
        location="parameter-property",
        concepts=frozenset({"type"}),
        change="changed",
        level=Severity.WARNING,
        reason="Values in a parameter travel as text; whether the server still reads them cannot "
        "be decided here.",
    ),
    LevelException(
        direction="response",
        concepts=frozenset({"x-extensible-enum-value"}),
        level=Severity.INFO,
        reason="The list is open by its own words: callers must expect further values.",
    ),
)
"""In order: the first that fits a rule decides."""


def find_level_exception(key: RuleKey) -> LevelException | None:
    """Return what is special about a rule, None if nothing is."""
    return next(
        (exception for exception in LEVEL_EXCEPTIONS if exception.matches(key)), None
    )
