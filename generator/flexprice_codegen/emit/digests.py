"""Hashes of the inputs of a text, equal for equal inputs on every machine.

In: values. Out: hashes. A value is serialized in a form of our own: `repr` orders a set
differently in every process, and shows some objects by their address. Values without an
order, and unknown values, have no hash.

All fields of a dataclass count, except locations in a document: a line that is added
above a schema changes no generated text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from json.encoder import encode_basestring_ascii
from operator import attrgetter

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.hashes import SHORT, hash_text

# Where something stands in the document changes no generated file.
_PLACES = (Origin, FileLocation)
_NUMBERS = (bool, int, float)
_LISTS = (tuple, list)


def inputs_digest(*values: object) -> str:
    """Return the hash of some values, in hexadecimal.

    Raises:
        TypeError: A value holds a set, or another type without a serialized form.
    """
    pieces: list[str] = []
    _write(values, pieces.append)
    return hash_text("".join(pieces), SHORT)


def _write(value: object, put: Callable[[str], object]) -> None:
    """Write the serialized form of a value; a location is written as `None`."""
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
    # The order of entries counts: it is the order in the generated text.
    elif isinstance(value, dict):
        put("{}")
        _write(tuple(value.items()), put)
    else:
        kind: type = type(value)
        labels, read = _describe_fields(kind)
        put(kind.__name__)
        for label, each in zip(labels, read(value), strict=True):
            put(label)
            # Most fields are strings or empty, and need no call of their own.
            if type(each) is str:
                put(encode_basestring_ascii(each))
            elif each is None or each is False:
                put(repr(each))
            else:
                _write(each, put)
        put(";")


@cache
def _describe_fields(
    kind: type,
) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Return the serialized labels of a dataclass, and a function that reads its fields.

    Raises:
        TypeError: The type is not a dataclass.
    """
    if not is_dataclass(kind):
        raise TypeError(f"a {kind.__name__} has no digest that is the same everywhere")
    names = tuple(each.name for each in fields(kind))
    labels = tuple(f",{name}=" for name in names)
    if len(names) > 1:
        return labels, attrgetter(*names)
    # For one name, `attrgetter` returns no tuple.
    return labels, lambda value: tuple(getattr(value, name) for name in names)
