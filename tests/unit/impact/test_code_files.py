"""Files of code are read as Python reads them."""

from __future__ import annotations

import json

import pytest

from flexprice_codegen.impact.code_files import (
    CodeFile,
    SkippedFile,
    decode_source,
    parse_code,
    read_code,
)


def test_an_encoding_is_what_the_file_declares() -> None:
    file = read_code("a.py", "# coding: latin-1\nname = 'é'\n".encode("latin-1"))
    assert isinstance(file, CodeFile)
    assert file.list_lines()[1] == "name = 'é'\n"


def test_a_byte_order_mark_is_no_character() -> None:
    assert decode_source(b"\xef\xbb\xbfx = 1\r\n") == "x = 1\r\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x = (\n", "line 1"),
        (b"# coding: latin-9999\n", "unknown encoding"),
        (b"x = '\xff'\n", "line"),
        (b"x = 1\0\n", "null bytes"),
    ],
)
def test_what_is_not_python_is_skipped(data: bytes, reason: str) -> None:
    tree = parse_code(CodeFile("a.py", data))
    assert isinstance(tree, SkippedFile)
    assert reason in tree.reason


def notebook(*cells: tuple[str, object]) -> bytes:
    """Return a notebook with cells of a type and a source."""
    made = [{"cell_type": kind, "source": source} for kind, source in cells]
    return json.dumps({"nbformat": 4, "cells": made}).encode()


def test_the_cells_of_a_notebook_are_joined() -> None:
    file = read_code(
        "a.ipynb",
        notebook(
            ("code", ["%pip install x\n", "a = 1"]),
            ("markdown", "not code"),
            ("code", "if a:\n    !ls\n    b = 2\n"),
            ("code", "%%bash\nls -l\n"),
        ),
    )
    assert isinstance(file, CodeFile)
    assert file.data == b"pass\na = 1\nif a:\n    pass\n    b = 2\npass\npass\n"
    assert file.cells == (1, 3, 3, 6)


@pytest.mark.parametrize("data", [b"{}", b"[1]", b"{", b'{"cells": [{}]}', b"\xff"])
def test_what_is_no_notebook_is_skipped(data: bytes) -> None:
    assert isinstance(read_code("a.ipynb", data), SkippedFile)
