"""An application that adds an event for each request, in workers that are forked.

In: requests. Out: events, and one of the process that imported the application first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from counted_client import Counted, batching, models

batch = batching.Batch(Counted().events.send_events, every=60)
batch.add(models.Event(name="master"))


def app(
    _environ: dict[str, object],
    start_response: Callable[[str, list[tuple[str, str]]], object],
) -> Iterable[bytes]:
    """Add an event."""
    batch.add(models.Event(name="worker"))
    start_response("204 No Content", [])
    return []
