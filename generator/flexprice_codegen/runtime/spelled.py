# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""UUIDs and durations that are written back as they were read.

In: the text of a value. Out: the value, which also has its text: `PT36H` is not sent as
`P1DT12H`. Type checkers see the types of the standard library.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import TYPE_CHECKING, Any, Self

from msgspec import convert

_WEEKS = re.compile(r"P(\d+)W")
_SIX_DIGITS = re.compile(r"([.,]\d{6})\d+")


class SpelledUUID(uuid.UUID):
    """A UUID (RFC 9562) that has the text of what a server sent."""

    __slots__ = ("__text__",)
    __text__: str
    sample = "00000000-0000-4000-8000-000000000000"

    def __init__(self, text: str) -> None:
        """Read a text; a ValueError says that it is not a UUID."""
        super().__init__(text)
        object.__setattr__(self, "__text__", text)  # a UUID refuses new attributes

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what pickle and copy make it of."""
        return SpelledUUID, (self.__text__,)

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a JSON value; for msgspec, which reads no class that is not its own."""
        convert(value, uuid.UUID)  # raises for texts that only Python takes
        return cls(value)


class SpelledDuration(dt.timedelta):
    """A duration (RFC 3339, appendix A) that has the text of what a server sent."""

    __slots__ = ("__text__",)
    __text__: str
    sample = "PT1H"

    def __new__(cls, text: str) -> Self:
        """Read a text; years and months have no fixed length, so they raise a ValueError."""
        weeks = _WEEKS.fullmatch(text)
        days = f"P{int(weeks[1]) * 7}D" if weeks else _SIX_DIGITS.sub(r"\1", text)
        known = convert(days, dt.timedelta)
        found = super().__new__(cls, known.days, known.seconds, known.microseconds)
        found.__text__ = text
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what pickle and copy make it of."""
        return SpelledDuration, (self.__text__,)

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a JSON value; for msgspec, which reads no class that is not its own."""
        return cls(convert(value, str))


if TYPE_CHECKING:
    UUID = uuid.UUID
    timedelta = dt.timedelta
else:
    UUID = SpelledUUID
    timedelta = SpelledDuration
    # As which reprs, mismatches and pickle know them.
    UUID.__name__ = UUID.__qualname__ = "UUID"
    timedelta.__name__ = timedelta.__qualname__ = "timedelta"
