"""JSON text to plain values."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.spec.json_text import read_json
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json, WrittenFloat
from flexprice_codegen.spec.source_text import SourceText


def read(body: str, limits: Limits | None = None) -> Json:
    return read_json(SourceText("api.json", body), limits or Limits())


def refusal(body: str, limits: Limits | None = None) -> DiagnosticError:
    with pytest.raises(DiagnosticError) as caught:
        read(body, limits)
    return caught.value


def test_values_are_what_json_says() -> None:
    assert read('{"a": [1, true, null, "x"], "b": {}}') == {
        "a": [1, True, None, "x"],
        "b": {},
    }


@pytest.mark.parametrize("written", ["1.10", "3.0", "1e3", "-0.50"])
def test_a_float_remembers_how_it_was_written(written: str) -> None:
    value = read(written)
    assert isinstance(value, WrittenFloat)
    assert value.text == written
    assert value == float(written)


def test_each_repeated_key_is_named_with_both_places() -> None:
    error = refusal('{"a": 1,\n "b": {"c": 1, "c": 2},\n "\\u0061": 3}')
    first, second = error.diagnostics
    assert (first.code, first.location) == (
        "duplicate-key",
        FileLocation("api.json", 2, 16),
    )
    assert "api.json:2:8" in first.help
    assert (second.code, second.location) == (
        "duplicate-key",
        FileLocation("api.json", 3, 2),
    )
    assert "api.json:1:2" in second.help


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('{"a": [1, 2', "an array"),
        ('{"a": [1, 2]', "an object"),
        ('{"a": [1, 2],', "an object"),
        ('{"a":', "an object"),
        ('{"a": "b', "a string"),
        ('{"a": "b\\', "a string"),
        ('{"a": "b\\u12', "a string"),
        ('{"a": tru', "an object"),
        ('["a", -', "an array"),
        ('"', "a string"),
    ],
)
def test_a_text_that_ends_early_says_in_the_middle_of_what(
    body: str, what: str
) -> None:
    (fault,) = refusal(f"{body}\n").diagnostics
    assert fault.code == "truncated"
    assert f"in {what} " in fault.message
    assert fault.location == FileLocation("api.json", 1, len(body) + 1)


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("{a: 1}", 2),
        ('{"a": 1} x', 10),
        ('{"a" 1}', 6),
        ("[1,, 2]", 4),
        ("[1, 2]]", 7),
        ('["a\tb"]', 4),
        ("['a']", 2),
        ("\ufeff{}", 1),
    ],
)
def test_what_is_no_json_is_a_fault_at_its_place(body: str, column: int) -> None:
    (fault,) = refusal(body).diagnostics
    assert (fault.code, fault.location) == (
        "invalid-json",
        FileLocation("api.json", 1, column),
    )


@pytest.mark.parametrize(
    "word", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "-1e400"]
)
def test_a_number_that_nothing_can_hold_is_refused(word: str) -> None:
    (fault,) = refusal(f'{{"a": 1,\n  "b": {word}}}').diagnostics
    assert (fault.code, fault.location) == (
        "invalid-number",
        FileLocation("api.json", 2, 8),
    )


def test_values_may_stand_as_deep_as_the_limit_and_no_deeper() -> None:
    limits = Limits(depth=3)
    assert read("[[[1]]]", limits) == [[[1]]]
    body = '[[["a"]],\n[{}],\n  [[{"a": 1}]]]'
    (fault,) = refusal(body, limits).diagnostics
    assert (fault.code, fault.location) == ("too-deep", FileLocation("api.json", 3, 5))


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_no_depth_exhausts_the_stack(opening: str) -> None:
    (fault,) = refusal(opening * 50_000).diagnostics
    assert fault.code in {"too-deep", "truncated"}
    closing = "]" if opening == "[" else "}"
    body = f"{opening * 50_000}1{closing * 50_000}"
    (fault,) = refusal(body).diagnostics
    assert fault.code == "too-deep"


def test_a_text_of_nothing_but_commas_is_refused_before_it_is_read() -> None:
    (fault,) = refusal(f"[{'0,' * 100}0]", Limits(values=20)).diagnostics
    assert fault.code == "too-large"


def test_half_of_a_surrogate_pair_is_refused_and_a_whole_one_is_read() -> None:
    assert read('"\\ud83d\\ude00"') == "\U0001f600"
    (fault,) = refusal('["\\ud83d\\ude00",\n "a\\ude00"]').diagnostics
    assert (fault.code, fault.location) == (
        "invalid-character",
        FileLocation("api.json", 2, 2),
    )


_PIECES = ("\\\\", "\\ud83d", "\\uDE00", "\\n", "ud83d", "ude00", "\\u0041", "a", '\\"')


@given(st.lists(st.sampled_from(_PIECES), max_size=8))
def test_a_string_is_refused_if_utf_8_cannot_encode_it(pieces: list[str]) -> None:
    body = f'["{"".join(pieces)}"]'
    try:
        json.loads(body)[0].encode()
    except UnicodeEncodeError:
        assert refusal(body).diagnostics[0].code == "invalid-character"
    else:
        assert read(body) == json.loads(body)
