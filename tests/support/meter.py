"""A server that counts usage events as Flexprice's Sum meters do.

In: events, one a request or in batches. Out: the sum of their property `n`. Copies of an
event are one only if `event_id` and `timestamp` are equal; what an event lacks of them,
the server sets when it arrives.

Source: https://docs.flexprice.io/docs/core-concepts/usage-events/idempotency
"""

from __future__ import annotations

import itertools
import json

from support.loopback import Loopback, Reply


class Meter(Loopback):
    """Counts each request before it answers, also where its answer is a failure."""

    def __init__(self) -> None:
        super().__init__()
        self._usage: dict[tuple[str, str], int] = {}
        self._arrivals = itertools.count(1)

    @property
    def total(self) -> int:
        """What the customer pays for."""
        return sum(self._usage.values())

    def next_reply(self) -> Reply:
        """Count the latest request, then answer it."""
        body = json.loads(self.last.body)
        for event in body.get("events", [body]):
            arrival = next(self._arrivals)
            key = (
                event.get("event_id") or f"event {arrival}",
                event.get("timestamp") or f"time {arrival}",
            )
            self._usage[key] = event["properties"]["n"]
        return super().next_reply()
