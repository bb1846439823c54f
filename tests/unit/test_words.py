"""Every text has a name, which Python accepts as it is."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import count_examples
from support.nasty import TEXT, deterministic

from flexprice_codegen.words import (
    append_underscores,
    build_class_name,
    build_identifier,
    build_member_name,
    fold_case,
    is_valid_name,
)

BUILDERS = [
    (build_identifier, "call"),
    (build_class_name, "Model"),
    (build_member_name, "VALUE"),
]


@cache
def list_letters() -> tuple[str, ...]:
    """Return all that an expression, Python, or a rule of cases can take for a letter."""
    return tuple(
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if letter.isalnum()
        or f"a{letter}".isidentifier()
        or letter.islower()
        or letter.isupper()
    )


def list_faults(text: str) -> list[str]:
    """Return the names of a text that Python does not accept as they are."""
    names = (build(text, fallback) for build, fallback in BUILDERS)
    return [f"{text!r} is {name!r}" for name in names if not is_valid_name(name)]


@pytest.mark.slow
def test_every_letter_can_be_in_a_name() -> None:
    for letter in list_letters():
        assert list_faults(letter) == []
        assert list_faults(f"x{letter}x") == []


@given(st.one_of(TEXT, st.text()))
@deterministic(max_examples=count_examples(1000))
def test_every_text_has_names(text: str) -> None:
    assert list_faults(text) == []


@pytest.mark.slow
def test_names_with_different_forms_differ_in_every_case() -> None:
    by_form: dict[str, set[str]] = {}
    for letter in list_letters():
        name = build_identifier(f"x{letter}", "call")
        for cased in (name.upper(), name.casefold(), name):
            found = unicodedata.normalize("NFKC", cased)
            by_form.setdefault(found, set()).add(fold_case(name))
    assert {name: forms for name, forms in by_form.items() if len(forms) > 1} == {}


@pytest.mark.parametrize(
    ("text", "name"), [("x৴y", "x_y"), ("\\x\u0345", "x\u0345"), ("ΐ", "ΐ")]
)
def test_only_a_character_that_no_name_can_have_separates_words(
    text: str, name: str
) -> None:
    assert build_identifier(text, "call") == name


def test_a_name_of_ours_gives_way_to_those_of_a_document() -> None:
    assert append_underscores("request", ()) == "request"
    assert append_underscores("request", {"request", "request_"}) == "request__"
