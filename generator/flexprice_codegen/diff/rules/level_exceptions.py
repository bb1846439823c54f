"""Rules whose level is not that of their effect, each with its reason.

In: nothing. Out: `EXCEPTIONS`, and the level and reason of a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from flexprice_codegen.diff.finding import Severity

_WARNING, _INFO, _ERROR = Severity.WARNING, Severity.INFO, Severity.ERROR


@dataclass(frozen=True, slots=True)
class LevelException:
    """A level of its own for the rules whose ids match a pattern, and the reason."""

    pattern: str
    level: Severity
    reason: str
    fix: str = ""


LEVEL_EXCEPTIONS = (
    LevelException(
        "request-*-set",
        _WARNING,
        "A limit that the server had all along may only be written down now; if it is "
        "new, requests that were accepted before may be refused.",
    ),
    LevelException(
        "request-*-pattern-changed",
        _WARNING,
        "Whether one pattern accepts all that another does cannot be decided here.",
    ),
    LevelException(
        "response-*-pattern-[!p]*",
        _INFO,
        "A pattern describes texts that callers read whole; few check them against it.",
    ),
    LevelException(
        "response-*-enum-value-added",
        _WARNING,
        "Callers may get a value that they do not know. A client made by this tool keeps "
        "it as a value of the enum; code that lists all cases must be looked at.",
        "Look at the code that tells the values apart.",
    ),
    LevelException(
        "response-*-any-of-added",
        _INFO,
        "What matches one of several options may match a further one as well.",
    ),
    LevelException(
        "request-parameter-default-value-*",
        _ERROR,
        "A call without the parameter does something else than before.",
        "Send the parameter where your code relies on what was the default.",
    ),
    LevelException(
        "request-parameter-property-type-changed",
        _WARNING,
        "Values in a parameter travel as text; whether the server still reads them cannot "
        "be decided here.",
    ),
    LevelException(
        "response-*-x-extensible-enum-*",
        _INFO,
        "The list is open by its own words: callers must expect further values.",
    ),
)


def find_level_exception(rule: str) -> LevelException | None:
    """Give what is special about a rule, if anything is."""
    return next(
        (each for each in LEVEL_EXCEPTIONS if fnmatchcase(rule, each.pattern)), None
    )
