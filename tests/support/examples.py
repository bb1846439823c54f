"""How many examples a property draws: all in `make test`, some in `make test-fast`.

The number is read while a test module is imported, after the profile was chosen.
"""

from __future__ import annotations

from hypothesis import settings

FAST = "fast"
FEW = 30


def register_profiles() -> None:
    """Register the settings of both runs."""
    # How long an example takes says nothing about the code on a busy machine.
    settings.register_profile("project", deadline=None)
    settings.register_profile(FAST, deadline=None, max_examples=FEW)


def count_examples(most: int) -> int:
    """Return how many examples to draw, out of so many in `make test`."""
    return min(most, FEW) if settings.get_current_profile_name() == FAST else most
