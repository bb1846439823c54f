"""A former name of a class becomes the type that its place has now, or is left."""

from __future__ import annotations

import ast

import pytest

from flexprice_codegen.impact.symbols import Way
from flexprice_codegen.impact.type_texts import (
    ReplacedText,
    TypePlace,
    replace_by_type,
)
from flexprice_codegen.surface.python_types import (
    NONE_TYPE,
    STR_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    UnionType,
)

PARTS = UnionType((DictType(ModelType("Part")), NONE_TYPE))
KINDS = UnionType((LiteralType(("a", "b")), NONE_TYPE))


def replace(line: str, type_: PyType, way: Way, code: str = "") -> str:
    """Return a line with the type in place of `Old`, or why the name is left."""
    place = TypePlace(line, line.index("Old"), "Old", way)
    found = replace_by_type(place, type_, ast.parse(code))
    if isinstance(found, str):
        return found
    assert isinstance(found, ReplacedText)
    assert line[found.start :].startswith(found.old)
    return line[: found.start] + found.new + line[found.start + len(found.old) :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one: models.Old", "one: dict[str, models.Part] | None"),
        ("x: acme.models.Old | str", "x: dict[str, acme.models.Part] | None | str"),
        ("def f(a: list[m.Old], b): ...", "def f(a: list[dict[str, m.Part] | None], b): ..."),
        ("def f() -> m.Old:", "def f() -> dict[str, m.Part] | None:"),
        ("cast('m.Old', x)", "cast('dict[str, m.Part] | None', x)"),
    ],
)  # fmt: skip
def test_the_qualifier_goes_to_the_classes(before: str, after: str) -> None:
    assert replace(before, PARTS, "attribute") == after


def test_an_import_has_the_classes_of_the_type() -> None:
    both = UnionType((ModelType("B"), ListType(ModelType("A")), ModelType("B")))
    assert replace("from m import Old, C", both, "import") == "from m import A, B, C"
    assert replace("x: Old", both, "name") == "x: B | list[A] | B"
    assert replace("from m import Old as O", both, "import").startswith("an import")
    assert replace("from m import Old", STR_TYPE, "import").startswith("its type needs")


@pytest.mark.parametrize("line", ["m.Old()", "m.Old.name", "m.Old[int]"])
def test_only_a_hint_can_be_a_type(line: str) -> None:
    assert replace(line, PARTS, "attribute").startswith("only a type hint")


def test_a_type_needs_its_imports() -> None:
    dates = ListType(PlainType("date"))
    left = "its type needs an import of date"
    assert replace("x: m.Old", dates, "attribute") == left
    assert replace("x: m.Old", dates, "attribute", "import datetime") == left
    code = "from datetime import date"
    assert replace("x: m.Old", dates, "attribute", code) == "x: list[date]"
    assert replace("x: m.Old", dates, "attribute", f"{code} as d") == left


def test_a_type_with_quotes_is_no_part_of_a_text() -> None:
    code = "from typing import Literal"
    found = replace("x: Old", KINDS, "name", code)
    assert found == 'x: Literal["a", "b"] | None'
    assert replace("x: 'Old'", KINDS, "name", code).startswith("its type has quotes")
