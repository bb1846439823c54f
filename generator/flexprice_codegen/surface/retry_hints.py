"""What an operation says of retries: the hints `safe` and `rate-limit`.

In: an operation with its hints. Out: a `RetryHint`. An invalid hint is a warning, and
the client does not retry the call.
"""

from __future__ import annotations

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value

_UNPROCESSED = "unprocessed"


@frozen_value
class RetryHint:
    """Whether an operation only reads, and whether it does nothing if it answers 429."""

    safe: bool = False
    unprocessed_429: bool = False


def read_retry_hint(operation: ApiOperation, sink: DiagnosticSink) -> RetryHint:
    """Return what the hints `safe` and `rate-limit` of an operation say.

    Args:
        operation: The operation.
        sink: Receives a warning for an invalid hint.
    """
    hints = dict(operation.hints)
    safe = hints.get("safe", False)
    rate_limit = hints.get("rate-limit")
    if not isinstance(safe, bool):
        _add_warning(
            operation, "safe", "write `true` if the operation only reads", sink
        )
    if rate_limit not in (None, _UNPROCESSED):
        advice = "write `unprocessed` if the server does nothing before it answers 429"
        _add_warning(operation, "rate-limit", advice, sink)

    return RetryHint(safe is True, rate_limit == _UNPROCESSED)


def _add_warning(
    operation: ApiOperation, name: str, advice: str, sink: DiagnosticSink
) -> None:
    sink.add_warning(
        "retry-hint",
        f"{operation.key}: the hint `{name}` has an unknown form; it is ignored",
        at=operation.about.origin.get_child("x-codegen").get_child(name),
        hint=advice,
    )
