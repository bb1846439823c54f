"""A difference between one value and the document.

In: nothing. Out: `Difference`, `Verdict`, and `VerdictDraft`, which collects one.
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


@dataclass(slots=True)
class VerdictDraft:
    """A verdict that is being found.

    A value is judged part by part: to join the verdicts of all parts at each level would
    copy each of them as often as the value is deep.
    """

    differences: list[Difference] = field(default_factory=list)
    places: list[Origin] = field(default_factory=list)
    texts: list[tuple[Origin, str]] = field(default_factory=list)

    def add(self, other: VerdictDraft) -> None:
        """Add all that another draft has."""
        self.differences += other.differences
        self.places += other.places
        self.texts += other.texts

    def finish(self) -> Verdict:
        """Return the verdict."""
        return Verdict(tuple(self.differences), tuple(self.places), tuple(self.texts))


def join_verdicts(*verdicts: Verdict) -> Verdict:
    """Return all differences of several verdicts."""
    return Verdict(
        tuple(each for verdict in verdicts for each in verdict.differences),
        tuple(each for verdict in verdicts for each in verdict.places),
        tuple(each for verdict in verdicts for each in verdict.texts),
    )
