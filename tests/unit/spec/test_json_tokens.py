"""The scan of an invalid JSON text, for its diagnostics."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.spec.json_tokens import DuplicateKey, scan_json

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)


def test_a_key_that_stands_twice_in_one_object_is_found() -> None:
    found = scan_json('{"a": {"a": 1}, "\\u0061": ["a", "a"]}', 9)
    assert found.duplicate_keys == [DuplicateKey("a", 1, 16)]


def test_the_value_in_which_a_text_ends_is_the_innermost() -> None:
    assert scan_json('{"a": [1', 9).unfinished == ("an array", 6)
    assert scan_json('{"a": "x', 9).unfinished == ("a string", 6)
    assert scan_json("{}", 9).unfinished is None


def test_the_first_value_that_is_too_deep_is_found() -> None:
    assert scan_json("[[[1], [[2]]]]", 3).too_deep == 8
    assert scan_json("[[[1]]]", 3).too_deep is None


@given(VALUES)
def test_a_valid_text_has_no_fault(value: object) -> None:
    found = scan_json(json.dumps(value), 100)
    assert found.duplicate_keys == []
    assert found.unfinished is None


@given(st.text(st.sampled_from('{}[]",:\\a1 '), max_size=30))
def test_any_text_is_scanned(body: str) -> None:
    assert 0 <= scan_json(body, 2).last <= len(body)
