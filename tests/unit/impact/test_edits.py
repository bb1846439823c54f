"""Edits replace names, and keep the rest of a line."""

from __future__ import annotations

from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.edits import CodeEdit, apply_edits, list_new_positions
from flexprice_codegen.impact.symbols import Position, Symbol, Use

FIND = Symbol("method", "customers", "find")


def create_edit(line: int, start: int) -> CodeEdit:
    use = Use("a.py", Position(line, start, start + 4), FIND, "attribute", "sure")
    return CodeEdit("a.py", line, start, "find", "search", use, FIND)


def test_edits_of_one_line_do_not_move_each_other() -> None:
    edits = [create_edit(1, 2), create_edit(1, 10), create_edit(2, 0)]
    file = apply_edits(CodeFile("a.py", b"a.find, b.find\r\nfind\n"), edits)
    # The second edit is where the text has it.
    assert file is not None
    assert file.data == b"a.search, b.search\r\nsearch\n"
    assert [start for _, _, start in list_new_positions(edits).values()] == [2, 12, 0]


def test_a_file_that_cannot_be_written_back_is_left() -> None:
    edit = create_edit(2, 0)
    strange = CodeFile("a.py", b"# coding: utf-7\nfind+AOk-\n")
    assert apply_edits(strange, [edit]) is None
    unknown = CodeEdit("a.py", 2, 0, "find", "é", edit.use, FIND)
    ascii_file = CodeFile("a.py", b"# coding: ascii\nfind\n")
    assert apply_edits(ascii_file, [unknown]) is None
