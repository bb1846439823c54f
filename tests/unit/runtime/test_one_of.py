"""Unions: the option that a tag names, else the one that fits best."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from support.reading import read, read_field
from support.shapes import (
    Cat,
    Dog,
    Loose,
    Money,
    Pet,
    Simple,
)

from flexprice_codegen.runtime.one_of import one_of


@dataclass(slots=True, kw_only=True)
class Owned:
    """A class with a member that is a union with a tag, or null."""

    id: str
    owner: Pet | None = None


@dataclass(slots=True, kw_only=True)
class GuessedOwned:
    """The same with a union without one."""

    id: str
    owner: Loose | None = None


def test_a_union_is_read_by_its_tag() -> None:
    value, report = read(
        '{"pets": [{"kind": "cat", "lives": 9}, {"kind": "dog", "barks": true}, null]}'
    )
    assert value.pets == [Cat(kind="cat", lives=9), Dog(kind="dog", barks=True), None]
    assert report == []


def test_a_fault_within_a_union_costs_only_its_field() -> None:
    value, report = read('{"pet": {"kind": "cat", "lives": "many"}}')
    assert value.pet == Cat(kind="cat", lives="many")  # type: ignore[arg-type]
    assert [each.path for each in report] == ["$.pet.lives"]


def test_a_tag_that_is_misspelt_is_read_by_fit_if_all_fits() -> None:
    value, report = read('{"pet": {"kind": "Cat", "lives": 3}}')
    assert (value.pet, report) == (Cat(kind="Cat", lives=3), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"amount": "5", "currency": "EUR"}',
            Money(amount=Decimal(5), currency="EUR"),
        ),
        ('{"kind": "x", "lives": 1}', Cat(kind="x", lives=1)),
        ('"5"', "5"),
        ("5", 5),
        ('[{"kind": "x"}]', [Cat(kind="x")]),
    ],
)
def test_a_union_without_a_tag_is_read_by_what_fits_best(
    text: str, expected: object
) -> None:
    found = read_field("loose", text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ('{"kind": "cat", "lives": 1}', Cat(kind="cat", lives=1)),
        ("null", None),
    ],
)
@pytest.mark.parametrize("kind", [Owned, GuessedOwned])
def test_a_member_that_is_a_union_or_null_counts_as_one_that_fits(
    kind: type, owner: str, expected: object
) -> None:
    either = one_of("Either", (Simple, kind))
    found, report = read(f'{{"id": "a", "owner": {owner}}}', either)
    assert (found, report) == (kind(id="a", owner=expected), [])


def test_a_union_may_hold_itself() -> None:
    assert read_field("tree", '{"a": ["b", {"c": "d"}]}') == {"a": ["b", {"c": "d"}]}


def test_no_body_makes_an_ambiguous_union_slow() -> None:
    text = "[" * 150 + '"x"' + "]" * 150
    found: Any = read_field("tree", text)
    while isinstance(found, list):
        (found,) = found
    assert found == "x"
