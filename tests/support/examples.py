"""Which examples a property draws: all in `make test`, some in `make test-fast`.

The number is read while a test module is imported, after the profile was chosen. A test
draws the same examples in each run, so that none fails by chance (but for a few, which
Hypothesis takes from constants of the modules that were imported before); with
`EXPLORE=1` it draws others.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FAST = "fast"
FEW = 30


def register_profiles() -> None:
    """Register the settings of both runs."""
    common = settings(
        # How long an example takes says nothing about the code on a busy machine.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize="EXPLORE" not in os.environ,
    )
    settings.register_profile("project", common)
    settings.register_profile(FAST, common, max_examples=FEW)


def count_examples(most: int, few: int = FEW) -> int:
    """Return how many examples to draw, out of so many in `make test`."""
    return min(most, few) if settings.get_current_profile_name() == FAST else most
