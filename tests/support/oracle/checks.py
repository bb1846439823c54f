"""What must hold of each value that a client reads.

In: cases, and clients of them. Out: faults.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, TypeAlias

from support.generated import Generator
from support.oracle.calls import Caller, Case, make_caller, make_judge
from support.oracle.choices import find_wrong_choices
from support.oracle.dialect import Json
from support.oracle.drawing import Drawing, open_chance
from support.oracle.families import FAMILIES
from support.oracle.faults import Fault
from support.oracle.judge import Judge
from support.oracle.sampling import NoInstanceError, Sampler
from support.oracle.views import compare

Place: TypeAlias = tuple[Any, ...]
"""The names and indices that lead to a part of a value."""

VERSIONS: Final = ("3.0.3", "3.1.0")
_WRONG: Final[tuple[Json, ...]] = (True, "text", 5, 1.5, [], {}, {"zz": 1}, ["x"])
_TRIES: Final = 8


def draw_case(family: str, seed: int, name: str = "c0") -> Case:
    """Return a case of a family; one seed gives the same case everywhere."""
    chance = open_chance(family, seed)
    version = chance.choice(VERSIONS)
    drawing = Drawing(chance, version, prefix=name.title())
    schema = FAMILIES[family](drawing)
    # A body that is null would be no body, so most schemas are those of a member.
    whole = {"type": "object", "properties": {"v": schema}, "required": ["v"]}
    is_body = "$ref" not in schema and chance.random() < 0.3
    return Case(name, version, schema if is_body else whole, drawing.components)


def check_value(caller: Caller, case: Case, judge: Judge, value: Json) -> Fault | None:
    """Return what is wrong with a valid value, or None."""
    if f"GET /{case.name}" not in caller.methods:
        return Fault("skipped", case, value, "the operation has no method")
    outcome = caller.pass_through(case.name, value)
    if outcome.error:
        return Fault("error", case, value, outcome.error)
    if outcome.mismatches:
        return Fault("mismatch", case, value, "; ".join(outcome.mismatches))

    schema = judge.translate(case.schema)
    read_as = f"(read as {outcome.value!r})"
    differences = compare(judge, [schema], value, outcome.sent)
    if differences:
        listed = "; ".join(map(str, differences))
        return Fault("lost", case, value, f"{listed} {read_as}")
    wrong = find_wrong_choices(judge, schema, value, outcome.value, caller.keys)
    return Fault("choice", case, value, f"{wrong[0]} {read_as}") if wrong else None


def check_wrong_value(caller: Caller, case: Case, value: Json) -> Fault | None:
    """Return a fault if a value of a JSON type that nothing accepts is no mismatch."""
    outcome = caller.read(case.name, value)
    if outcome.error:
        return Fault("wrong-error", case, value, outcome.error)
    if not outcome.mismatches:
        message = f"no mismatch (read as {outcome.value!r})"
        return Fault("silent", case, value, message)
    return None


def spoil(judge: Judge, schema: Json, value: Json, chance: random.Random) -> Json:
    """Return a value with one part of a JSON type that nothing accepts.

    Raises:
        NoInstanceError: None was found.
    """
    loose = judge.loosen()
    places = list(_iter_places(value))
    for _ in range(_TRIES):
        wrong = _put(value, chance.choice(places), chance.choice(_WRONG))
        if not loose.is_readable(schema, wrong):
            return wrong
    raise NoInstanceError


def _iter_places(value: Json, place: Place = ()) -> Iterator[Place]:
    yield place
    keys: Sequence[Any] = ()
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield from _iter_places(value[key], (*place, key))


def _put(value: Json, place: Place, part: Json) -> Json:
    if not place:
        return part
    made = copy.copy(value)
    made[place[0]] = _put(value[place[0]], place[1:], part)
    return made


def find_faults(
    generator: Generator, cases: Sequence[Case], values: int
) -> Iterator[Fault]:
    """Yield the first fault of each case, with some values each, valid and spoiled.

    Args:
        generator: Makes the client, one for all cases.
        cases: Cases of one version of OpenAPI.
        values: How many values each case gets.
    """
    caller = make_caller(generator, cases)
    for case in cases:
        fault = _find_fault(caller, case, values)
        if fault is not None:
            yield fault


def _find_fault(caller: Caller, case: Case, values: int) -> Fault | None:
    judge = make_judge(case)
    schema = judge.translate(case.schema)
    sampler = Sampler(judge, open_chance(case.schema))
    for _ in range(values):
        with suppress(NoInstanceError):
            value = sampler.draw_valid(schema)
            fault = check_value(caller, case, judge, value)
            if fault is not None:
                return fault
            wrong = spoil(judge, schema, value, sampler.chance)
            fault = check_wrong_value(caller, case, wrong)
            if fault is not None:
                return fault
    return None
