"""What the tests of the runtime share: an environment without secrets."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the sample client's variables out of the environment."""
    for name in [name for name in os.environ if name.startswith("SAMPLE_")]:
        monkeypatch.delenv(name)
