"""What the overlays of a document did to it.

In: the matches of actions. Out: an error for each required action without a match. These
values are apart from the code that applies overlays, for most documents have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.former_pointers import FormerPointers
from flexprice_codegen.spec.nodes import Json


@frozen_value
class ActionMatch:
    """Whether an action matched something in a document."""

    at: FileLocation
    target: str
    matched: bool
    optional: bool


@frozen_value
class OverlayResult:
    """A document with its overlays applied.

    Attributes:
        data: The corrected data; it shares nothing with the original.
        former_pointers: The JSON pointers before removals.
        matches: For each action, in order, whether it matched.
        diagnostics: The errors of actions that matched something that they do not fit.
    """

    data: Mapping[str, Json]
    former_pointers: FormerPointers
    matches: tuple[ActionMatch, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def list_unmatched_actions(*runs: Sequence[ActionMatch]) -> tuple[Diagnostic, ...]:
    """Return an error for each required action that matched in none of the runs.

    Args:
        runs: The matches of the same actions over one or more documents.
    """
    return tuple(
        Diagnostic(
            code="overlay-no-match",
            level=Level.ERROR,
            message=f"target {first.target:.200} matches nothing",
            help="correct the target, remove the action, or add `x-optional: true`",
            location=first.at,
        )
        for first, *others in zip(*runs, strict=True)
        if not (first.optional or first.matched or any(each.matched for each in others))
    )
