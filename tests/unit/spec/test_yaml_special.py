"""Characters that YAML libraries take for line ends, hidden and restored."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.spec.yaml_special import hide_special, restore_special


@given(st.text(st.sampled_from("a\x85\u2028\u2029\ufeff\ue000\ue001")))
def test_a_body_keeps_its_length_and_comes_back(body: str) -> None:
    hidden, table = hide_special(body)
    assert len(hidden) == len(body)
    assert not set(hidden) & set("\x85\u2028\u2029\ufeff")
    assert hidden.translate(table) == body


def test_an_alias_is_restored_once() -> None:
    hidden, table = hide_special("- &a 'x\u2028y'\n- *a\n- {'\u2028': [*a]}\n")
    root = yaml.compose(hidden, Loader=yaml.SafeLoader)
    assert root is not None
    restore_special(root, table)
    value = yaml.constructor.SafeConstructor().construct_document(root)
    assert value == ["x\u2028y", "x\u2028y", {"\u2028": ["x\u2028y"]}]


def test_a_body_without_them_stays() -> None:
    assert hide_special("a: b\n") == ("a: b\n", {})
