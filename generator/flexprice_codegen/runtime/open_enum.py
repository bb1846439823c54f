# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Enums that take values which this client does not know yet.

In: a value from the wire. Out: its member, or an equal value of the same enum type.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Any


class _Open(Enum):
    @property
    def is_known(self) -> bool:
        """Return whether the value is one of the enum's members."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> object:
        kind: Any = cls
        base: Any = str if issubclass(cls, str) else int
        if not isinstance(value, base) or isinstance(value, bool):
            return None
        member = base.__new__(kind, value)
        member._name_ = str(value)
        member._value_ = base(value)
        return member

    def __repr__(self) -> str:
        shown = f"{type(self).__name__}.{self._name_}" if self.is_known else "unknown"
        return f"<{shown}: {self._value_!r}>"


class OpenStrEnum(_Open, StrEnum):
    """An enum of texts that is open: `Status("new")` never fails for a text.

    An unknown value equals and hashes as its text, and survives pickle and copy.
    Each read creates a new one: compare it by `==`, not by `is`.
    """


class OpenIntEnum(_Open, IntEnum):
    """An enum of whole numbers that is open, as `OpenStrEnum` is."""
