"""A difference between one value and the document.

In: nothing. Out: `Difference`, `Verdict`.
"""

from __future__ import annotations

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
