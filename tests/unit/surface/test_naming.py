"""Names: assigned once, kept from run to run, whatever the order of the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names

SCOPE = NameScope(title="class", reserved=frozenset({"Any"}))


def names(
    *wanted: NameRequest,
    previous: dict[str, str] | None = None,
    scope: NameScope = SCOPE,
) -> tuple[dict[str, str], int]:
    """Return the names, and how many notes were made."""
    sink = DiagnosticSink()
    return assign_names(wanted, scope, previous or {}, sink), len(sink.diagnostics)


def want(key: str, short: str = "", whole: str = "") -> NameRequest:
    return NameRequest(key=key, short=short, whole=whole or key)


def test_a_short_name_is_taken_only_if_nobody_else_wants_it() -> None:
    found, _ = names(want("a.Pet", "Pet", "APet"), want("b.Pet", "Pet", "BPet"), want("a.Cat", "Cat", "ACat"))  # fmt: skip
    assert found == {"a.Pet": "APet", "b.Pet": "BPet", "a.Cat": "Cat"}


def test_a_nickname_is_taken_only_if_nobody_else_could_have_it() -> None:
    def call(key: str, nickname: str, exact: str) -> NameRequest:
        return NameRequest(key=key, nickname=nickname, exact=exact, whole=key)

    found = names(
        call("a", "list", "cats_list"), call("b", "get", "cats_get"), call("c", "get", "dogs_get"),
        call("d", "make", "cats_make"), call("e", "", "make"), call("f", "do", "do"),
    )  # fmt: skip
    assert found == (
        {"a": "list", "b": "cats_get", "c": "dogs_get", "d": "cats_make", "e": "make", "f": "do"}, 0,
    )  # fmt: skip


def test_what_is_reserved_is_numbered_with_a_note() -> None:
    assert names(want("Any")) == ({"Any": "Any2"}, 1)


def test_a_name_of_an_earlier_run_stays_without_a_note() -> None:
    found = names(want("a.Pet", "Pet", "APet"), want("Cat"), previous={"a.Pet": "Beast", "Cat": "Beast"})  # fmt: skip
    assert found == ({"a.Pet": "Beast", "Cat": "Cat"}, 0)


def test_case_alone_may_not_be_enough() -> None:
    modules = NameScope(title="module", reserved=frozenset(), ignore_case=True)
    assert set(names(want("pet"), want("Pet"), scope=modules)[0].values()) == {"Pet", "pet_2"}  # fmt: skip


REQUESTS = st.lists(
    st.builds(want, st.sampled_from("ABC"), st.sampled_from(["", "X", "Y"]), st.sampled_from(["X", "Y", "Any"])),
    unique_by=lambda each: each.key,
)  # fmt: skip


@given(REQUESTS.flatmap(lambda all_: st.tuples(st.just(all_), st.permutations(all_))))
def test_names_are_unique_and_the_order_decides_nothing(
    both: tuple[list[NameRequest], list[NameRequest]],
) -> None:
    requests, mixed = both
    first, _ = names(*requests)
    assert len(set(first.values())) == len(requests)
    assert "Any" not in first.values()
    assert names(*requests, previous=first) == (first, 0)
    assert set(names(*mixed)[0].values()) == set(first.values())


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
