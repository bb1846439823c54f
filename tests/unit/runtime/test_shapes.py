"""Hints: what they mean, what they reach, and whether msgspec reads them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec import UnsetType
from support.shapes import Cat, Everything, Pet, Renamed, Simple

from flexprice_codegen.runtime.shapes import (
    Hint,
    get_field_hints,
    get_item_hint,
    get_null_maker,
    get_plan,
    get_table,
    is_class,
    list_options,
    resolve_hint,
)


def test_none_and_unset_are_no_options() -> None:
    assert list_options(str | None) == (str,)
    assert list_options(str | int | UnsetType | None) == (str, int)
    assert list_options(list[str]) == (list[str],)


@pytest.mark.parametrize(
    ("hint", "part"), [(list[int], int), (dict[str, int] | None, int), (list, Any)]
)
def test_what_a_list_or_a_map_holds(hint: Hint, part: Hint) -> None:
    assert get_item_hint(hint) is part


def test_null_is_an_empty_list_where_one_must_be_there() -> None:
    assert get_null_maker(list[int])() == []
    assert get_null_maker(str)() is None


def test_a_hint_that_is_a_text_names_classes_of_the_models() -> None:
    found = resolve_hint("list[Cat] | None", "support.shapes", "")
    assert found == list[Cat] | None
    assert resolve_hint("dict[str, Decimal]", "support.shapes", "").__args__[0] is str


@dataclass
class Late:
    """A class whose hints are texts, as `from __future__` leaves them."""

    other: list[Cat] | None = None


def test_hints_of_a_class_are_hints() -> None:
    assert get_field_hints(Late) == {"other": list[Cat] | None}
    assert is_class(Late)
    assert not is_class(Pet)


def test_a_plan_says_who_reads_it() -> None:
    assert get_plan(list[datetime]).has_times
    assert not get_plan(list[str]).has_times
    assert get_plan(Cat).trusted
    assert not get_plan(Decimal).trusted, "NaN is none that is meant"
    assert not get_plan(Everything).trusted


def test_a_table_has_names_of_the_wire_and_what_is_required() -> None:
    found = get_table(Renamed)
    assert found.names == {"class": "class_", "from-date": "from_"}
    assert found.extra == "extra"
    assert set(found.blank) == {"class_"}
    assert get_table(Simple).extra is None
