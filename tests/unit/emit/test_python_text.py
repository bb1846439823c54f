"""Texts of documents in Python code: no quote ends them, nothing in them is hidden."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.emit.python_text import (
    escape_markdown,
    format_docstring,
    join_lines,
    strip_invisible,
    wrap_paragraph,
)

ANY = st.text(st.sampled_from("ab \n\t\"'\\`|\x00\u202e\ud800\r{}%é"), max_size=40)


@given(ANY)
def test_any_text_is_a_docstring(text: str) -> None:
    code = format_docstring(text, 4)
    if code:
        body = ast.parse(f"def f():\n    {code}\n").body
        assert isinstance(body[0], ast.FunctionDef)
        assert len(body) == len(body[0].body) == 1
        assert ast.get_docstring(body[0]) is not None
    else:
        assert not strip_invisible(text).strip()


def test_controls_and_direction_marks_are_removed() -> None:
    assert strip_invisible("a\x00b\u202ec\r\nd\re\ud800") == "abc\nd\ne\N{REPLACEMENT CHARACTER}"  # fmt: skip
    assert join_lines(" a\n\tb  c\n") == "a b c"


def test_markdown_shows_a_text_as_text() -> None:
    assert escape_markdown("a|b\n<c>`*[d]") == "a\\|b \\<c\\>\\`\\*\\[d\\]"


@pytest.mark.parametrize("line", ["| a | b |", "```x", "    code"])
def test_tables_and_code_are_not_wrapped(line: str) -> None:
    long = f"x\n{line} {'y ' * 50}"
    assert len(wrap_paragraph(long, 40)) == 2
    assert len(wrap_paragraph("y " * 50, 40)) > 2
