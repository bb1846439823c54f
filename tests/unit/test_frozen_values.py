"""Frozen values: what type checkers refuse, and what a dataclass does at run time."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from dataclasses import replace as replace_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.twins import twins

from flexprice_codegen.frozen_values import frozen_value, replace

SOURCES = Path(__file__).parents[2] / "generator"
ASSIGNMENTS = """\
from flexprice_codegen.frozen_values import frozen_value

@frozen_value
class Point:
    x: int

@frozen_value(order=True, kw_only=True)
class Label:
    text: str

point = Point(1)
point.x = 2  # WRONG
label = Label(text="a")
label.text = "b"  # WRONG
print(point < point)  # WRONG
Label("a")  # WRONG
"""


@frozen_value
class Pair:
    """Of its two fields one counts."""

    first: int
    second: str = field(default="", compare=False)


@frozen_value(order=True, kw_only=True)
class Rank:
    """A value with an order."""

    number: int


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]],
    ids=lambda command: command[0],
)
def test_type_checkers_refuse_assignments(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "assignments.py").write_text(ASSIGNMENTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *command, "assignments.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = enumerate(ASSIGNMENTS.splitlines(), 1)
    found = re.findall(r"assignments\.py:(\d+):.* error:", done.stdout)
    assert [int(each) for each in found] == [
        number for number, line in lines if line.endswith("# WRONG")
    ]


def test_equal_values_have_equal_hashes() -> None:
    assert Pair(1, "a") == Pair(1, "b") != Pair(2, "a")
    assert len({Pair(1, "a"), Pair(1, "b"), Pair(2, "a")}) == 2


def test_a_value_has_only_its_fields() -> None:
    with pytest.raises(AttributeError):
        Pair(1).third = 3  # type: ignore[attr-defined]


def test_an_assignment_is_an_error_of_types() -> None:
    Pair(1).first = 2  # type: ignore[misc]


def test_order_and_keywords_can_be_asked_for() -> None:
    assert min(Rank(number=2), Rank(number=1)) == Rank(number=1)
    with pytest.raises(TypeError):
        Rank(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        _ = Pair(1) < Pair(2)  # type: ignore[operator]


def test_a_value_is_replaced_matched_and_copied() -> None:
    pair = Pair(1, "a")
    match replace(pair, first=3):
        case Pair(first, second):
            assert (first, second) == (3, "a")
    assert [repr(each) for each in twins(pair)] == [repr(pair)] * 3


@given(defaults=st.lists(st.booleans(), max_size=5), kw_only=st.booleans())
def test_a_value_is_built_as_a_dataclass_is(
    *, defaults: list[bool], kw_only: bool
) -> None:
    rows = {f"f{number}": each for number, each in enumerate(sorted(defaults))}
    value, twin = (_create_class(rows) for _ in range(2))
    value = frozen_value(kw_only=kw_only)(value)
    twin = dataclass(slots=True, kw_only=kw_only)(twin)

    assert _list_parameters(value) == _list_parameters(twin)
    arguments = {name: number for number, name in enumerate(rows)}
    assert _list_fields(value(**arguments)) == _list_fields(twin(**arguments))
    if not kw_only:
        assert _list_fields(value(*arguments.values())) == list(arguments.items())


def _create_class(rows: dict[str, bool]) -> type[Any]:
    """Return a class of integers; the names say which have a default."""
    defaults = {name: -1 for name, has_default in rows.items() if has_default}
    return type("Value", (), {"__annotations__": dict.fromkeys(rows, int), **defaults})


def _list_parameters(kind: type[object]) -> list[tuple[str, object, object]]:
    found = inspect.signature(kind).parameters.values()
    return [(each.name, each.kind, each.default) for each in found]


def _list_fields(value: Any) -> list[tuple[str, object]]:  # noqa: ANN401 - a made class
    return [(each.name, getattr(value, each.name)) for each in fields(value)]


def test_a_missing_argument_is_named_with_its_class() -> None:
    with pytest.raises(TypeError, match=r"Pair\.__init__\(\) missing .*'first'"):
        Pair()  # type: ignore[call-arg]


@frozen_value
class Derived:
    """A value that computes one of its fields, and has a default that is built."""

    first: int
    listed: list[int] = field(default_factory=list)
    double: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", 2 * self.first)


def test_a_value_computes_fields_as_a_dataclass_does() -> None:
    assert (Derived(2).double, Derived(2).listed) == (4, [])
    assert Derived(2).listed is not Derived(2).listed
    assert replace(Derived(2), first=5).double == 10


def test_fields_are_replaced_as_of_a_dataclass() -> None:
    assert replace(Pair(1, "a"), first=2) == replace_dataclass(Pair(1, "a"), first=2)
    assert replace(Pair(1, "a"), first=2).second == "a"
    assert replace(Rank(number=2), number=3) == Rank(number=3)
    assert replace(Derived(1, [2])).listed == [2]
    with pytest.raises(TypeError):
        replace(Pair(1), nothing=1)  # type: ignore[call-arg]


def test_functions_of_dataclasses_take_a_value() -> None:
    assert is_dataclass(Rank)
    assert asdict(Pair(1, "a")) == {"first": 1, "second": "a"}
    assert [(each.name, each.type, each.compare) for each in fields(Pair)] == [
        ("first", "int", True),
        ("second", "str", False),
    ]


def test_a_dataclass_is_derived_from_a_value() -> None:
    # Made at run time: type checkers take a value as frozen, and its heirs are not.
    third = {"__annotations__": {"third": "int"}, "third": 0}
    made: Any = dataclass(type("Triple", (Pair,), third))

    assert [each.name for each in fields(made)] == ["first", "second", "third"]
    assert made(1, "a", 2) == made(1, "b", 2) != made(1, "a", 3)


def test_values_are_ordered_as_their_fields_are() -> None:
    ranks = [Rank(number=2), Rank(number=1), Rank(number=2)]
    assert [each.number for each in sorted(ranks)] == [1, 2, 2]
    assert ranks[1] < ranks[0] <= ranks[2]
    assert ranks[0] >= ranks[2] > ranks[1]
