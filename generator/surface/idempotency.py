"""What makes a call safe to repeat: the hint `idempotency-key`.

In: an operation with its hints, and the type of its body. Out: a `Key`. A hint that
cannot be followed is a warning, and the call is not repeated.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.api.model import Operation
from generator.api.types import Type
from generator.diagnostics import Sink
from generator.surface.model import Key
from generator.surface.paths import Definitions, at

HINT = "idempotency-key"
_FORMS = "write `fill: FIELD`, with or without `unless: FIELD`, `caller: FIELD`, or `derived`"


def key_of(
    operation: Operation, body: Type | None, definitions: Definitions, sink: Sink
) -> Key | None:
    """Read the hint of an operation; None where there is none that can be followed."""
    hint = dict(operation.hints).get(HINT)
    if hint is None:
        return None
    origin = operation.about.origin.child("x-codegen").child(HINT)
    found = _read(hint)
    if found is None:
        sink.warning(
            "idempotency-key",
            f"{operation.key}: the hint has no form that is known; the call is not repeated",
            at=origin,
            hint=_FORMS,
        )
        return None
    for field in filter(None, (found.field, found.unless)):
        if at(definitions, body, field) is None:
            sink.warning(
                "idempotency-key",
                f"{operation.key}: its body has no field {field!r}; the call is not repeated",
                at=origin,
                hint="name a field as it is on the wire; `events[].id` is one of each event",
            )
            return None
    return found


def _read(hint: object) -> Key | None:
    if hint == "derived":
        return Key(kind="derived")
    if not isinstance(hint, Mapping) or not all(
        isinstance(each, str) and each for each in hint.values()
    ):
        return None
    match dict(hint):
        case {"fill": field, **rest} if rest.keys() <= {"unless"}:
            return Key(kind="fill", field=field, unless=rest.get("unless", ""))
        case {"caller": field, **rest} if not rest:
            return Key(kind="caller", field=field)
    return None
