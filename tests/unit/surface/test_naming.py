"""Names: assigned once, kept from run to run, whatever the order of the document."""

from __future__ import annotations

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
