"""Sample values for fields whose type is not enough: lengths, ranges, patterns.

In: a field's schema. Out: a value that the schema allows. A pattern is parsed, but
never run, because it is untrusted. Only a row of characters with counts is supported.
"""

from __future__ import annotations

import math
import re
from itertools import repeat

from flexprice_codegen.api.types import Array, Number, String, Type
from flexprice_codegen.surface.scalar_types import STRING_FORMATS

_FORMATS = {
    "email": "a@example.com",
    "hostname": "example.com",
    "idn-email": "a@example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "iri": "https://example.com",
    "uri": "https://example.com",
    "uri-reference": "https://example.com",
    "url": "https://example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
"""Strings by format (JSON Schema 2020-12 validation §7.3)."""
# One character (the first of a set, `\d`, `\w`, or itself) and its quantifier.
_ATOM = re.compile(
    r"(?:\[([^\]\\^-])[^\[\]\\]*\]|\\([dw])|([A-Za-z0-9_-]))(?:\{(\d{1,2})(?:,\d*)?\}|([+*?]))?"
)
# A schema can require a string of a gigabyte; no sample is that long.
_LONGEST = 200
# The number of a sample if the schema has none and allows it.
_DEFAULT = 1


def build_sample(
    schema: Type, name: str, example: str = ""
) -> str | int | float | list[object] | None:
    """Return a value for a field, or `None` if its type alone is enough.

    `None` is returned too if no value is found.

    Args:
        schema: The schema of the field.
        name: The name of the field, which is used as a string.
        example: An example of the document, which is used instead if it is known to
            fit: it can be a number in a string.
    """
    match schema:
        case String() if _is_fitting(schema, example):
            return example
        case String():
            return _build_string(schema, name)
        case Number():
            return _build_number(schema)
        case Array():
            return _build_array(schema, name)
        case _:
            return None


def _is_fitting(schema: String, example: str) -> bool:
    """Return whether an example is known to fit a schema without a format or pattern."""
    is_free = not (schema.format or schema.pattern or schema.further_patterns)
    if not example or not is_free or schema.content is not None:
        return False
    least = schema.min_length or 0
    most = _LONGEST if schema.max_length is None else schema.max_length
    return least <= len(example) <= min(most, _LONGEST)


def _build_string(schema: String, name: str) -> str | None:
    if schema.format in _FORMATS:
        return _FORMATS[schema.format]
    # The runtime has a sample of every type.
    if schema.format in STRING_FORMATS:
        return None
    if schema.further_patterns:
        return None
    if schema.pattern:
        return _build_matching_string(schema.pattern)

    least = schema.min_length or 0
    most = _LONGEST if schema.max_length is None else schema.max_length
    # The type's own sample is the name of the field, which fits already.
    if least <= len(name) <= most or least > _LONGEST:
        return None

    return (name * (least // max(len(name), 1) + 1))[: max(least, min(most, len(name)))]


def _build_matching_string(pattern: str) -> str | None:
    """Return a string that a simple pattern (`^[A-Z]{3}$`) matches, or `None`."""
    rest = pattern.removeprefix("^").removesuffix("$")
    made = ""
    while rest:
        found = _ATOM.match(rest)
        if found is None or found.end() == 0:
            return None
        member, kind, plain, count, sign = found.groups()
        one = member or plain or {"d": "1", "w": "a"}[kind]
        made += one * (int(count) if count else sign not in ("*", "?"))
        rest = rest[found.end() :]

    return made


def _build_number(schema: Number) -> int | float | None:
    least, most = _get_limits(schema)
    step = schema.multiple_of or (1 if schema.integer else 0)
    if least <= _DEFAULT <= most and (not step or _DEFAULT % step == 0):
        return None

    value = most if least == -math.inf else max(least, min(_DEFAULT, most))
    if step:
        value = math.ceil(value / step) * step
    if not math.isfinite(value) or not least <= value <= most:
        return None

    return int(value) if schema.integer else float(value)


def _get_limits(schema: Number) -> tuple[float, float]:
    """Return the minimum and the maximum of a number, both inclusive."""
    step = 1 if schema.integer else 0.5
    lower = [-math.inf, schema.minimum, _move_bound(schema.exclusive_minimum, step)]
    upper = [math.inf, schema.maximum, _move_bound(schema.exclusive_maximum, -step)]
    return (
        max(each for each in lower if each is not None),
        min(each for each in upper if each is not None),
    )


def _move_bound(bound: float | None, step: float) -> float | None:
    return None if bound is None else bound + step


def _build_array(schema: Array, name: str) -> list[object] | None:
    one = build_sample(schema.item, name)
    if one is None or schema.max_items == 0:
        return [] if schema.max_items == 0 else None
    # Copies of one item are not unique.
    count = 1 if schema.unique else max(schema.min_items or 1, 1)
    return list(repeat(one, min(count, _LONGEST)))
