"""How long tests wait: for what hangs for ever, and for what shall not come.

No test depends on how fast a machine is. What must happen is awaited without a limit, or
with one that only ends what hangs; what must be too late is late by any clock.
"""

from __future__ import annotations

from collections.abc import Callable

import httpx2

PATIENCE = 600
"""Seconds after which something hangs, also on a machine that is busy with other work."""
MOMENT = 0.05
"""Seconds after which a client gives up a server that never answers."""
IMPATIENT = httpx2.Timeout(PATIENCE, read=MOMENT)
"""The timeout of such a client; what comes before the response may take its time."""


def hurry(attempts: int) -> Callable[[httpx2.Request], None]:
    """Return a hook that makes a client impatient, but only in its first attempts."""

    def set_timeout(request: httpx2.Request) -> None:
        is_early = request.extensions["attempt"] <= attempts
        timeout = IMPATIENT if is_early else httpx2.Timeout(PATIENCE)
        request.extensions["timeout"] = timeout.as_dict()

    return set_timeout
