"""The formats whose texts have a type of their own in Python.

In: nothing. Out: `FORMATS`, which says whether a text has a format.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, datetime
from typing import Final

from jsonschema import FormatChecker

_DATE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)",
    re.ASCII | re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)",
    re.ASCII | re.IGNORECASE,
)
_DECIMAL: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

FORMATS: Final = FormatChecker(formats=())
"""The formats that have a type of their own in Python."""


@FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    """Return whether a string is a moment (RFC 3339 §5.6)."""
    if not isinstance(value, str):
        return True
    found = _DATE_TIME.fullmatch(value)
    if found is None:
        return False
    # A leap second has no moment in Python.
    text = value[:17] + "59" + value[19:] if found[1] == "60" else value
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    """Return whether a string is a day (RFC 3339 §5.6)."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@FORMATS.checks("time")
def _is_time(value: object) -> bool:
    """Return whether a string is a time of a day (RFC 3339 §5.6)."""
    return not isinstance(value, str) or _TIME.fullmatch(value) is not None


@FORMATS.checks("decimal")
def _is_decimal(value: object) -> bool:
    """Return whether a string is a fixed-point number."""
    return not isinstance(value, str) or _DECIMAL.fullmatch(value) is not None


@FORMATS.checks("binary")
@FORMATS.checks("byte")
def _is_base64(value: object) -> bool:
    """Return whether a string is base64 as RFC 4648 §4 writes it."""
    if not isinstance(value, str):
        return True
    try:
        return (
            base64.b64encode(base64.b64decode(value, validate=True)) == value.encode()
        )
    except (binascii.Error, ValueError):
        return False
