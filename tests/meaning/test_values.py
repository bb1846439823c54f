"""A valid value is read and written back as itself, whatever schema it is of.

JSON Schema is the oracle: `jsonschema` says which values are valid. A few schemas of each
family are looked at here; `make proof` looks at hundreds.
"""

from __future__ import annotations

import os

import pytest
from support.generated import Generator
from support.oracle.calls import Case, make_caller, make_judge
from support.oracle.checks import VERSIONS, check_value, draw_case, find_faults
from support.oracle.drawing import Drawing, open_chance
from support.oracle.families import FAMILIES
from support.oracle.reducing import reduce_fault
from support.oracle.sampling import Sampler
from support.oracle.union_families import unions_by_bounds

CASES = int(os.environ.get("CASES", "12"))
"""Schemas of each family."""
NOTED = 8
VALUES = 8
_IN_ONE_CLIENT = 40
_SHOWN = 3


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_valid_value_comes_back_and_a_wrong_one_is_a_mismatch(
    generator: Generator, family: str
) -> None:
    faults = []
    for start in range(0, CASES, _IN_ONE_CLIENT):
        numbers = range(start, min(start + _IN_ONE_CLIENT, CASES))
        cases = [draw_case(family, number, f"c{number}") for number in numbers]
        for version in VERSIONS:
            alike = [each for each in cases if each.version == version]
            faults += list(find_faults(generator, alike, VALUES)) if alike else []
    shown = [str(reduce_fault(generator, each)) for each in faults[:_SHOWN]]
    assert not faults, f"{len(faults)} of {CASES} schemas:\n" + "\n".join(shown)


@pytest.mark.parametrize("number", range(NOTED))
def test_variants_that_only_bounds_tell_apart_are_noted_and_lose_nothing(
    generator: Generator, number: int
) -> None:
    chance = open_chance("bounds", number)
    drawing = Drawing(chance, chance.choice(VERSIONS))
    union = unions_by_bounds(drawing)
    schema = {"type": "object", "properties": {"v": union}, "required": ["v"]}
    case = Case("c0", drawing.version, schema, drawing.components)
    caller = make_caller(generator, [case])
    notes = [each.code for each in caller.generated.diagnostics]
    assert "similar-variants" in notes, case

    judge = make_judge(case)
    translated = judge.translate(schema)
    sampler = Sampler(judge, chance)
    for _ in range(VALUES):
        value = sampler.draw_valid(translated)
        fault = check_value(caller, case, judge, value)
        assert fault is None, str(fault)
