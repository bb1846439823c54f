"""Hashes of the inputs of a text, equal for equal inputs on every machine.

In: values. Out: hashes. A value is serialized as JSON, in which a dataclass is an object
with its name and its fields. `repr` would order a set differently in every process, and
show some objects by their address. Values without an order, and unknown values, have no
hash.

All fields of a dataclass count, except locations in a document: a line that is added
above a schema changes no generated text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.hashes import SHORT, hash_text

# Where something stands in the document changes no generated file.
_PLACES = (Origin, FileLocation)


def inputs_digest(*values: object) -> str:
    """Return the hash of some values, in hexadecimal.

    Raises:
        TypeError: A value holds a set, or another type without a serialized form.
    """
    return hash_text(_ENCODER.encode(values), SHORT)


def _describe(value: object) -> object:
    """Return a value of Python as values of JSON; a location becomes `None`."""
    kind: type = type(value)
    return _build_reader(kind)(value)


# A tree of dataclasses has no cycles to look for. The order of entries counts, since it
# is the order in the generated text.
_ENCODER = json.JSONEncoder(
    default=_describe, check_circular=False, separators=(",", ":")
)


@cache
def _build_reader(kind: type) -> Callable[[object], object]:
    """Return a function that returns the name and the fields of a dataclass.

    Raises:
        TypeError: The type is not a dataclass.
    """
    if kind in _PLACES:
        return lambda _: None
    if not is_dataclass(kind):
        raise TypeError(f"a {kind.__name__} has no digest that is the same everywhere")
    names = tuple(each.name for each in fields(kind))
    read = attrgetter(*names) if names else lambda _: ()
    label = f"{kind.__name__}()"
    return lambda value: {label: read(value)}
