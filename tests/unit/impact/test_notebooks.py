"""A notebook is code in cells, and nothing but that code changes."""

from __future__ import annotations

import json

import pytest

from flexprice_codegen.impact.notebooks import join_cells, replace_lines

CELLS = [
    {"cell_type": "code", "source": ["%pip install x\n", "a = 'é'"]},
    {"cell_type": "markdown", "source": "a = 1"},
    {"cell_type": "code", "source": "b = 2\nc = 3\n"},
]
DOCUMENT = {"cells": CELLS, "metadata": {"x": 1.5}, "nbformat": 4}


@pytest.mark.parametrize("indent", [1, 2, 4, None])
@pytest.mark.parametrize("is_ascii", [True, False])
@pytest.mark.parametrize("end", ["", "\n"])
def test_only_lines_are_replaced(
    *, indent: int | None, is_ascii: bool, end: str
) -> None:
    def write(old: str, new: str) -> bytes:
        text = json.dumps(DOCUMENT, indent=indent, ensure_ascii=is_ascii) + end
        return text.replace(old, new).encode()

    assert join_cells(write("", ""))[0] == "pass\na = 'é'\nb = 2\nc = 3\n".encode()
    assert join_cells(write("", ""))[1] == (1, 3, 3)
    assert replace_lines(write("", ""), {}) == write("", "")
    assert replace_lines(write("", ""), {3: "b = 7"}) == write("b = 2", "b = 7")
    assert replace_lines(write("", ""), {2: "é"}) == write(
        json.dumps("a = 'é'", ensure_ascii=is_ascii),
        json.dumps("é", ensure_ascii=is_ascii),
    )


def test_a_notebook_of_another_layout_is_not_written() -> None:
    data = json.dumps(DOCUMENT, separators=(",", ":")).encode()
    assert replace_lines(data, {3: "b = 7"}) is None


def test_a_cell_whose_texts_are_not_its_lines_is_not_written() -> None:
    cell = {"cell_type": "code", "source": ["a", " = 1\n", "b = 2"]}
    data = json.dumps({"cells": [cell]}).encode()
    assert replace_lines(data, {1: "a = 7"}) is None
