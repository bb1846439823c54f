"""Frozen values: what type checkers refuse, and what a dataclass does at run time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import field, replace
from pathlib import Path

import pytest
from support.twins import twins

from flexprice_codegen.frozen_values import frozen_value

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
