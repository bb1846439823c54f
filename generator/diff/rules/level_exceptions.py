"""Rules whose level is not that of their effect, each with its reason.

In: nothing. Out: `EXCEPTIONS`, and the level and reason of a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from generator.diff.finding import Severity

_WARNING, _INFO, _ERROR = Severity.WARNING, Severity.INFO, Severity.ERROR


@dataclass(frozen=True, slots=True)
class Special:
    """A level of its own for the rules whose ids match a pattern, and the reason."""

    pattern: str
    level: Severity
    reason: str
    fix: str = ""


EXCEPTIONS = (
    Special(
        "request-*-set",
        _WARNING,
        "A limit that the server had all along may only be written down now; if it is "
        "new, requests that were accepted before may be refused.",
    ),
    Special(
        "request-*-pattern-changed",
        _WARNING,
        "Whether one pattern accepts all that another does cannot be decided here.",
    ),
    Special(
        "response-*-pattern-[!p]*",
        _INFO,
        "A pattern describes texts that callers read whole; few check them against it.",
    ),
    Special(
        "response-*-enum-value-added",
        _WARNING,
        "Callers may get a value that they do not know. A client made by this tool keeps "
        "it as a value of the enum; code that lists all cases must be looked at.",
        "Look at the code that tells the values apart.",
    ),
    Special(
        "response-*-any-of-added",
        _INFO,
        "What matches one of several options may match a further one as well.",
    ),
    Special(
        "request-parameter-default-value-*",
        _ERROR,
        "A call without the parameter does something else than before.",
        "Send the parameter where your code relies on what was the default.",
    ),
    Special(
        "request-parameter-property-type-changed",
        _WARNING,
        "Values in a parameter travel as text; whether the server still reads them cannot "
        "be decided here.",
    ),
    Special(
        "response-*-x-extensible-enum-*",
        _INFO,
        "The list is open by its own words: callers must expect further values.",
    ),
)


def exception(rule: str) -> Special | None:
    """Give what is special about a rule, if anything is."""
    return next((each for each in EXCEPTIONS if fnmatchcase(rule, each.pattern)), None)
