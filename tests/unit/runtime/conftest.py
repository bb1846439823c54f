"""What the tests of the runtime share: a server, and an environment without secrets."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Give a real HTTP server on loopback."""
    with Loopback() as server:
        yield server


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the sample client's variables out of the environment."""
    for name in [name for name in os.environ if name.startswith("SAMPLE_")]:
        monkeypatch.delenv(name)
