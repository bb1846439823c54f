"""JSON pointers: keys and tokens, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.json_pointers import (
    build_pointer,
    escape_token,
    parse_array_index,
    split_pointer,
    unescape_token,
)


@given(st.lists(st.text(st.sampled_from("~/01a"))))
def test_keys_come_back(keys: list[str]) -> None:
    assert split_pointer(build_pointer(keys)) == keys
    assert [unescape_token(escape_token(key)) for key in keys] == keys


@pytest.mark.parametrize(
    ("token", "index"),
    [("0", 0), ("12", 12), ("01", None), ("-", None), ("", None), ("1" * 10, None), ("\u0661", None)],
)  # fmt: skip
def test_only_a_plain_number_is_an_index(token: str, index: int | None) -> None:
    assert parse_array_index(token) == index
