"""Sample values: what the runtime cannot guess from a type alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.api.types import AnyValue, Array, Number, String, Type
from flexprice_codegen.emit.samples import build_sample


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (String(), None),
        (String(format="date"), None),
        (String(format="email"), "a@example.com"),
        (String(min_length=10), "namenamena"),
        (String(max_length=2), "na"),
        (String(pattern="^[A-Z]{3}$"), "AAA"),
        (String(pattern="^INV-\\d+$"), "INV-1"),
        (String(pattern="(a|b)"), None),
        (Number(integer=True), None),
        (Number(integer=True, minimum=5), 5),
        (Number(integer=True, exclusive_maximum=1), 0),
        (Number(minimum=0.5, multiple_of=0.75), 1.5),
        (Number(integer=True, minimum=3, maximum=2), None),
        (Array(item=String()), None),
        (Array(item=String(), max_items=0), []),
        (Array(item=Number(integer=True, minimum=5), min_items=2), [5, 5]),
        (AnyValue(), None),
    ],
)
def test_a_field_has_a_value_that_its_schema_allows(
    schema: Type, value: object
) -> None:
    found = build_sample(schema, "name")
    assert (found, type(found)) == (value, type(value))


@given(st.integers(-20, 20), st.integers(-20, 20), st.sampled_from([None, 2, 3]))
def test_a_number_lies_within_its_limits(
    least: int, most: int, step: int | None
) -> None:
    schema = Number(integer=True, minimum=least, maximum=most, multiple_of=step)
    found = build_sample(schema, "n")
    allowed = [n for n in range(least, most + 1) if step is None or n % step == 0]
    value = 1 if found is None else found
    assert value in allowed or not allowed or 1 not in allowed


@given(st.from_regex(r"\A\^(\[[A-Z]-[A-Z]\]|\\d|[a-z])(\{[1-9]\}|\+|\?)?\$\Z"))
def test_a_simple_pattern_is_matched(pattern: str) -> None:
    found = build_sample(String(pattern=pattern), "name")
    try:
        expression = re.compile(pattern)
    except re.error:
        return
    assert isinstance(found, str)
    assert expression.search(found)


@pytest.mark.parametrize(
    ("schema", "example", "expected"),
    [
        (String(), "12.50", "12.50"),
        (String(max_length=5), "12.50", "12.50"),
        (String(max_length=4), "12.50", None),
        (String(min_length=6), "12.50", "namena"),
        (String(pattern="^a$"), "12.50", "a"),
        (String(format="email"), "12.50", "a@example.com"),
        (String(), "x" * 1_000, None),
        (Number(), "12.50", None),
    ],
)
def test_an_example_that_fits_is_the_sample(
    schema: Type, example: str, expected: str | None
) -> None:
    """A number in a string is one that code can read."""
    assert build_sample(schema, "name", example) == expected
