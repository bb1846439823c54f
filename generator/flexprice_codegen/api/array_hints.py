"""The notation of lists in queries and forms: `x-codegen: {arrays: …}`.

In: the node of a parameter, of a request body, or of the document. Out: the notation
that the hint asks for. OpenAPI does not define how lists within objects are sent.
"""

from __future__ import annotations

from typing import Final, get_args

from flexprice_codegen.api.keywords import get_hints
from flexprice_codegen.api.model import ArrayNotation
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.nodes import Node

ARRAYS_HINT: Final = "arrays"
_NOTATIONS: Final[tuple[ArrayNotation, ...]] = get_args(ArrayNotation)


def read_array_notation(
    node: Node, root: Node, sink: DiagnosticSink
) -> ArrayNotation | None:
    """Return the notation of a parameter or body; None if nothing asks for one.

    Args:
        node: The parameter or body, whose hint comes first.
        root: The document, whose hint is the default.
        sink: Receives a warning for an unknown notation, which is ignored.

    Raises:
        DiagnosticError: `wrong-type`: `x-codegen` is not an object.
    """
    for owner in (node, root):
        asked = dict(get_hints(owner)).get(ARRAYS_HINT)
        known = next((each for each in _NOTATIONS if each == asked), None)
        if known is not None:
            return known

        if asked is not None:
            sink.add_warning(
                "array-notation",
                f"ignored the hint `arrays`: unknown notation {asked!r:.40}",
                at=owner.origin.get_child("x-codegen").get_child(ARRAYS_HINT),
                hint=f"use {' or '.join(_NOTATIONS)}",
            )
    return None
