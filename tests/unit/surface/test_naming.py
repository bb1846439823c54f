"""Unique names: who gets the name that several want, and what the others get."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names


def assign(
    *wanted: NameRequest,
    reserved: frozenset[str] = frozenset(),
    ignore_case: bool = False,
    **previous: str,
) -> tuple[list[str], list[str]]:
    """Return the names in the order of the requests, and the keys with a note."""
    sink = DiagnosticSink()
    scope = NameScope(title="thing", reserved=reserved, ignore_case=ignore_case)
    names = assign_names(wanted, scope, previous, sink)
    notes = [each.message.split("'")[1] for each in sink.diagnostics]
    return [names[each.key] for each in wanted], notes


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Pet", ["Pet", "Pet2", "Pet3", "Pet4"]),
        ("list_pets", ["list_pets", "list_pets_2", "list_pets_3", "list_pets_4"]),
        ("Pet1", ["Pet1", "Pet1_2", "Pet1_3", "Pet1_4"]),
    ],
)
def test_equal_names_are_numbered_without_gaps(stem: str, expected: list[str]) -> None:
    names, notes = assign(*(NameRequest(key=key, whole=stem) for key in "abcd"))
    assert names == expected
    assert notes == ["b", "c", "d"]


def test_a_number_that_is_taken_is_skipped() -> None:
    names, _ = assign(
        NameRequest(key="a", whole="Pet"),
        NameRequest(key="b", whole="Pet"),
        NameRequest(key="c", whole="Pet2"),
    )
    assert names == ["Pet", "Pet3", "Pet2"]


def test_the_key_that_equals_the_name_wins_then_the_first_key() -> None:
    names, _ = assign(
        NameRequest(key="a", whole="Pet"),
        NameRequest(key="Pet", whole="Pet"),
    )
    assert names == ["Pet2", "Pet"]
    names, _ = assign(
        NameRequest(key="b", whole="Pet"), NameRequest(key="a", whole="Pet")
    )
    assert names == ["Pet2", "Pet"]


def test_a_short_name_is_for_the_only_one_that_wants_it() -> None:
    one = NameRequest(key="a.Pet", short="Pet", whole="APet")
    other = NameRequest(key="b.Pet", short="Pet", whole="BPet")
    assert assign(one) == (["Pet"], [])
    assert assign(one, other) == (["APet", "BPet"], ["a.Pet", "b.Pet"])


def test_an_exact_name_comes_before_a_short_one_and_that_before_a_whole_one() -> None:
    names, _ = assign(
        NameRequest(key="a", whole="Pet"),
        NameRequest(key="b", short="Pet", whole="BPet"),
        NameRequest(key="c", exact="Pet", whole="CPet"),
    )
    assert names == ["Pet2", "BPet", "Pet"]


def test_a_previous_name_is_kept_without_a_note() -> None:
    first = NameRequest(key="a", whole="Pet")
    second = NameRequest(key="b", whole="Pet", other_keys=("c", "d"))
    assert assign(first, second, b="Pet") == (["Pet2", "Pet"], ["a"])
    assert assign(first, second, d="Pet", a="Cat") == (["Cat", "Pet"], [])
    assert assign(first, reserved=frozenset({"Cat"}), a="Cat") == (["Pet"], [])


def test_names_that_differ_in_case_only_can_be_equal() -> None:
    wanted = [NameRequest(key="a", whole="Pet"), NameRequest(key="b", whole="PET")]
    assert assign(*wanted)[0] == ["Pet", "PET"]
    names, _ = assign(*wanted, ignore_case=True)
    assert names == ["Pet", "PET2"]
    assert assign(wanted[0], reserved=frozenset({"PET"}), ignore_case=True)[0] != [
        "Pet"
    ]
