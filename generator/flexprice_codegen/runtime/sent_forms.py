# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What the type of a field does not say about how its values are sent.

In: the value of a field, and its place. Out: the same in the form of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from msgspec import Raw

from .encoding import Writer, number_form
from .shapes import Plain

_Parts: TypeAlias = Plain | tuple[Any, ...] | AbstractSet[Any] | Mapping[str, Any]


def as_numbers(value: Any, place: str) -> Any:
    """Return a value with its decimals as JSON numbers, which keep their digits."""
    if isinstance(value, Decimal):
        return Raw(str(number_form(value, place)).encode())
    return _in_parts(value, place, as_numbers)


def as_dates(value: Any, place: str) -> Any:
    """Return a value of dates; a `datetime`, which is a `date` for Python, raises."""
    if isinstance(value, datetime):
        raise TypeError(f"{place}: expected a date, got a datetime; pass its .date()")
    return _in_parts(value, place, as_dates)


def as_bytes(value: Any, place: str) -> Any:
    """Return a value of bytes; a file raises, because only a multipart body carries it."""
    if isinstance(value, tuple) or hasattr(value, "read"):
        raise TypeError(f"{place}: expected bytes, got a file; pass its content")
    return _in_parts(value, place, as_bytes)


def as_text(value: Any, place: str) -> Any:
    """Return a value of texts; bytes raise, because they would be sent in base64."""
    if isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{place}: expected a string, got bytes; decode them")
    return _in_parts(value, place, as_text)


def _in_parts(value: _Parts, place: str, form: Writer) -> Any:
    if isinstance(value, (list, tuple, AbstractSet)):
        return [form(each, place) for each in value]
    if isinstance(value, Mapping):
        return {key: form(each, place) for key, each in value.items()}
    return value
