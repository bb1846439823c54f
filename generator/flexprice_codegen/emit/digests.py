"""Digests of what a text is made from: the same for the same inputs on every machine.

In: values. Out: digests. A value is written in a form of our own: `repr` gives a set in
an order of its own in every process, and an object by its address. What has no order, and
what is not known here, has no digest.

All fields of a dataclass count. Only where a thing is in its document does not: a line
that is added above it makes no text anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring_ascii

from flexprice_codegen.diagnostics import FileLocation, Origin

_LENGTH = 16
_PLACES = (Origin, FileLocation)
_NUMBERS = (bool, int, float)
_LISTS = (tuple, list)


def inputs_digest(*values: object) -> str:
    """Return the digest of some values.

    Raises:
        TypeError: One of them holds a set, or something else without a written form.
    """
    pieces: list[str] = []
    _write(values, pieces.append)
    return sha256("".join(pieces).encode()).hexdigest()[:_LENGTH]


def _write(value: object, put: Callable[[str], object]) -> None:
    """Write a value; a place is written as none is."""
    if isinstance(value, str):
        put(encode_basestring_ascii(value))
    elif value is None or isinstance(value, _PLACES):
        put("None")
    elif isinstance(value, _NUMBERS):
        put(repr(value))
    elif isinstance(value, _LISTS):
        put("[")
        for each in value:
            _write(each, put)
            put(",")
        put("]")
    elif isinstance(value, dict):
        put("{}")
        _write(tuple(value.items()), put)
    else:
        kind: type = type(value)
        put(kind.__name__)
        for name, label in _label_fields(kind):
            put(label)
            _write(getattr(value, name), put)
        put(";")


@cache
def _label_fields(kind: type) -> tuple[tuple[str, str], ...]:
    """Return the fields of a dataclass, each with its label.

    Raises:
        TypeError: It is no dataclass.
    """
    if not is_dataclass(kind):
        raise TypeError(f"a {kind.__name__} has no digest that is the same everywhere")
    return tuple((each.name, f",{each.name}=") for each in fields(kind))
