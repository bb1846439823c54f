"""Two spellings of one schema have no difference on the wire."""

from __future__ import annotations

import os

import pytest
from support.comparing import compare_wire
from support.oracle.calls import make_document, make_judge
from support.oracle.checks import draw_case
from support.oracle.drawing import open_chance
from support.oracle.families import FAMILIES
from support.oracle.rewrites import REWRITES, rewrite
from support.oracle.sampling import NoInstanceError, Sampler

pytestmark = pytest.mark.slow
CASES = int(os.environ.get("CASES", "3"))
_SHOWN = 3


@pytest.mark.parametrize("name", REWRITES)
def test_another_spelling_is_no_finding(name: str) -> None:
    differing = []
    for family in FAMILIES:
        for number in range(CASES):
            old = draw_case(family, number)
            new = rewrite(old, name, open_chance(name, number))
            if new is None:
                continue
            found = compare_wire(make_document([old]), make_document([new]))
            if found:
                listed = "\n".join(f"  {each.rule} {each.path}" for each in found)
                differing.append(f"{old}\n{new}\n{listed}")
    differing.sort(key=len)
    shown = "\n".join(differing[:_SHOWN])
    assert not differing, f"{len(differing)} schemas differ:\n{shown}"


@pytest.mark.parametrize("name", REWRITES)
def test_another_spelling_accepts_the_same_values(name: str) -> None:
    """Hold the rewrites themselves against the judge."""
    for family in FAMILIES:
        old = draw_case(family, 0)
        new = rewrite(old, name, open_chance(name, 0))
        if new is None:
            continue
        judge, other = make_judge(old), make_judge(new)
        sampler = Sampler(judge, open_chance(family))
        try:
            value = sampler.draw_valid(judge.translate(old.schema))
        except NoInstanceError:
            continue
        assert other.is_valid(other.translate(new.schema), value), (old, new, value)
