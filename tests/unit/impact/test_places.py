"""Places are counted as editors count them."""

from __future__ import annotations

from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.places import PlaceFinder
from flexprice_codegen.impact.symbols import Position, Symbol, Use

EMAIL = Symbol("field", "Customer", "email")


def test_columns_count_characters() -> None:
    file = CodeFile("a.py", "x = 'é', one.email\n".encode())
    use = Use("a.py", Position(1, 14, 19), EMAIL, "attribute", "sure")
    place = PlaceFinder({"a.py": file}).find_place(use)
    assert (place.line, place.column, place.end_column) == (1, 14, 19)
    assert place.text == "x = 'é', one.email"
    assert str(place) == "a.py:1:14"


def test_lines_of_a_notebook_are_those_of_a_cell() -> None:
    file = CodeFile("a.ipynb", b"a\nb\nc\nd\n", (1, 3, 3))
    finder = PlaceFinder({"a.ipynb": file})
    found = [
        str(
            finder.find_place(
                Use("a.ipynb", Position(line, 0, 1), EMAIL, "name", "sure")
            )
        )
        for line in (2, 3, 4)
    ]
    assert found == [
        "a.ipynb:cell 1:2:1",
        "a.ipynb:cell 3:1:1",
        "a.ipynb:cell 3:2:1",
    ]
