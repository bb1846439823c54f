"""Forms of strings: what a scalar looks like, without what it says.

In: strings. Out: whether they are numbers, timestamps, dates, or identifiers.
"""

from __future__ import annotations

import re

# RFC 8259 §6 without a fraction. A leading zero, as in `007`, makes it a string.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
# RFC 8259 §6.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# Amounts keep leading zeros, unlike numbers of JSON, and have no exponent.
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# RFC 3339 §5.6; a space for the `T` is allowed there.
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
# The `full-date` of RFC 3339 §5.6; which days a month has is not looked at.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Without spaces, and short: values of enums have this form, sentences do not.
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,40}")


def is_integer_text(text: str) -> bool:
    """Return whether a string is an integer as JSON writes it."""
    return _INTEGER.fullmatch(text) is not None


def is_number_text(text: str) -> bool:
    """Return whether a string is a number as JSON writes it."""
    return _NUMBER.fullmatch(text) is not None


def is_decimal(text: str) -> bool:
    """Return whether a string is a decimal number without an exponent."""
    return _DECIMAL.fullmatch(text) is not None


def is_timestamp(text: str) -> bool:
    """Return whether a string is a timestamp."""
    return _TIME.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Return whether a string is a date."""
    return _DATE.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Return whether a string looks like a name of a state, not like content."""
    return _IDENTIFIER.fullmatch(text) is not None


def fits_format(text: str, format_: str) -> bool:
    """Return whether a string has a format; formats that are not known always fit.

    An empty string fits each format: servers write it for a value that is not set.
    """
    match format_:
        case "date-time":
            return not text or is_timestamp(text)
        case "date":
            return not text or is_date(text)
        case "decimal":
            return not text or is_decimal(text)
        case _:
            return True
