"""JSON values of a document: one text for all spellings of a value.

In: values as a document holds them. Out: canonical JSON: sorted keys, no spaces,
numbers without a fraction as integers.

Two values are the same if their texts are. `==` is not such a test: Python considers 1
equal to True and 0 equal to False; in JSON they are a number and a Boolean.

Source: JSON Schema 2020-12 core §4.2.2 (instance equality: 1 and 1.0 are one number).
"""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONEncoder

encode_json = JSONEncoder(sort_keys=True, separators=(",", ":")).encode
"""Return the text of a value whose numbers are normalized."""


def canonical_json(value: object) -> str:
    """Return the text that a JSON value has in every spelling."""
    return encode_json(normalize_numbers(value))


def is_same_json(one: object, other: object) -> bool:
    """Return whether two values are the same JSON."""
    return canonical_json(one) == canonical_json(other)


def normalize_numbers(value: object) -> object:
    """Return a value in which each number without a fraction is an integer."""
    # Strings are most of a document, and the test for a mapping is slow.
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {key: normalize_numbers(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [normalize_numbers(each) for each in value]
    return value
