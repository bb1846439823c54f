"""What the tests of the team share: a server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.loopback import Loopback


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Yield a real HTTP server."""
    with Loopback() as server:
        yield server
