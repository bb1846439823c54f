"""How much a finding costs, and where it is felt.

In: nothing. Out: `Severity` and `Side`, which rules and findings share.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a finding costs; in ascending order of `rank`."""

    INFO = "info"
    """Worth telling; nobody has to do anything."""
    WARNING = "warning"
    """Breaks some callers, or breaks them in a way that cannot be decided here."""
    ERROR = "error"
    """Breaks a caller who did nothing wrong."""

    @property
    def rank(self) -> int:
        """The place of a level in their order: 0 for info, 2 for error."""
        return _RANKS[self]


# Each finding is asked several times, and to list an enumeration takes long.
_RANKS: Final = {level: rank for rank, level in enumerate(Severity)}
NO_LEVEL: Final = "none"
"""What people write for no level at all: no finding has it."""


class Side(StrEnum):
    """Where a change is felt."""

    WIRE = "wire"
    """The HTTP contract: what is sent and what comes back."""
    SOURCE = "source"
    """The Python that calls the generated client."""
