"""Cycles: names that depend on each other, found whatever the depth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.api.cycles import find_components

NAMES = "abcdef"
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True)
)


def reach(edges: dict[str, list[str]], start: str) -> set[str]:
    """Return all names that one depends on, directly or not."""
    found: set[str] = set()
    pending = [start]
    while pending:
        for each in edges.get(pending.pop(), []):
            if each in edges and each not in found:
                found.add(each)
                pending.append(each)
    return found


@given(GRAPHS)
def test_a_component_is_all_names_that_lead_to_each_other(
    edges: dict[str, list[str]],
) -> None:
    components = find_components(edges)
    assert sorted(name for each in components for name in each) == sorted(edges)
    for component in components:
        for one in component:
            for other in edges:
                both = other in reach(edges, one) and one in reach(edges, other)
                assert (other in component) is (both or one == other)


@given(GRAPHS)
def test_a_component_comes_after_all_that_it_depends_on(
    edges: dict[str, list[str]],
) -> None:
    done: set[str] = set()
    for component in find_components(edges):
        done |= set(component)
        for name in component:
            assert reach(edges, name) <= done


def test_a_chain_may_be_longer_than_the_stack_of_python() -> None:
    edges = {number: [number + 1] for number in range(50_000)}
    found = find_components(edges)
    assert found[0] == (49_999,)
    assert len(found) == 50_000
