"""A difference between one value and the document.

In: nothing. Out: `Difference`, `Verdict`, and `VerdictBuilder`, which collects one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

DOCUMENT = Origin("", "")
"""The place of what no part of a document says."""


@frozen_value
class Difference:
    """A difference: the rule, the place that says otherwise, and a detail.

    `detail` is never a value of the traffic, but a kind, a status code, a media type, or
    the name of a property. `value` is the value, from which a schema is inferred.
    """

    rule: str
    at: Origin
    detail: str = ""
    value: object = None


@frozen_value
class Verdict:
    """All differences of a value, and the places that it has samples of."""

    differences: tuple[Difference, ...] = ()
    places: tuple[Origin, ...] = ()
    texts: tuple[tuple[Origin, str], ...] = ()
    """Strings at places without a format, for habits."""


def join_verdicts(*verdicts: Verdict) -> Verdict:
    """Return all differences of several verdicts."""
    return Verdict(
        tuple(each for verdict in verdicts for each in verdict.differences),
        tuple(each for verdict in verdicts for each in verdict.places),
        tuple(each for verdict in verdicts for each in verdict.texts),
    )


@dataclass(slots=True)
class VerdictBuilder:
    """A verdict that grows while a value with thousands of parts is checked."""

    differences: list[Difference] = field(default_factory=list)
    places: list[Origin] = field(default_factory=list)
    texts: list[tuple[Origin, str]] = field(default_factory=list)

    def add(self, rule: str, at: Origin, detail: str = "") -> None:
        """Add a difference without a value."""
        self.differences.append(Difference(rule, at, detail))

    def extend(self, other: VerdictBuilder) -> None:
        """Add all that another builder collected."""
        self.differences += other.differences
        self.places += other.places
        self.texts += other.texts

    def build(self) -> Verdict:
        """Return the verdict."""
        return Verdict(tuple(self.differences), tuple(self.places), tuple(self.texts))
