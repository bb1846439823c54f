"""What must hold of each valid value, and how the smallest that breaks it is found."""

from __future__ import annotations

import copy
import json
import logging
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from support.generated import Generator
from support.oracle.calls import Caller, Case, make_caller, make_judge
from support.oracle.choices import find_wrong_choices
from support.oracle.families import FAMILIES, Drawing
from support.oracle.judge import Json, Judge, component_of
from support.oracle.sampling import NoInstanceError, Sampler
from support.oracle.views import compare


_HOLLOW = re.compile(
    r'"(type|required|enum|oneOf|anyOf|allOf)": (\[\]|\[{}|\[[^\[\]]*, {}\])|"properties": {}'
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that a client gets wrong."""

    kind: str
    case: Case
    value: Json
    told: str


def draw_case(family: str, seed: int, name: str) -> Case:
    """Return a case of a family; one seed gives the same case everywhere."""
    chance = random.Random(f"{family} {seed}")
    version = chance.choice(("3.0.3", "3.1.0"))
    drawing = Drawing(chance, version, prefix=name.title())
    schema = FAMILIES[family](drawing)
    # A body that is null would be no body.
    whole = {"type": "object", "properties": {"v": schema}, "required": ["v"]}
    used = schema if chance.random() < 0.3 and "$ref" not in schema else whole
    return Case(name, version, used, drawing.components)


def check_value(caller: Caller, case: Case, judge: Judge, value: Json) -> Fault | None:
    """Return what is wrong with a valid value, or None."""
    schema = judge.translate(case.schema)
    if f"GET /{case.name}" not in caller.methods:
        return Fault("skipped", case, value, "the operation has no method")
    outcome = caller.pass_through(case.name, value)
    if outcome.error:
        return Fault("error", case, value, outcome.error)
    if outcome.mismatches:
        return Fault("mismatch", case, value, "; ".join(outcome.mismatches))
    differences = compare(judge, [schema], value, outcome.sent)
    if differences:
        told = "; ".join(map(str, differences))
        return Fault("lost", case, value, f"{told} (read as {outcome.value!r})")
    wrong = find_wrong_choices(judge, schema, value, outcome.value, caller.keys)
    if wrong:
        return Fault("choice", case, value, f"{wrong[0]} (read as {outcome.value!r})")
    return None


WRONG: tuple[Json, ...] = (True, "text", 5, 1.5, [], {}, {"zz": 1}, ["x"])


def spoil(judge: Judge, schema: Json, value: Json, chance: random.Random) -> Json:
    """Return a value with one part of a JSON type that nothing accepts.

    Raises:
        NoInstanceError: None was found.
    """
    loose = judge.loosen()
    places = list(_iter_places(value))
    for _ in range(8):
        wrong = _put(value, chance.choice(places), chance.choice(WRONG))
        if not loose.is_readable(schema, wrong):
            return wrong
    raise NoInstanceError


def _iter_places(value: Json, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    parts = value.items() if isinstance(value, dict) else ()
    parts = enumerate(value) if isinstance(value, list) else parts
    for key, each in parts:
        yield from _iter_places(each, (*place, key))


def _put(value: Json, place: tuple[Any, ...], wrong: Json) -> Json:
    if not place:
        return wrong
    made = copy.copy(value)
    made[place[0]] = _put(value[place[0]], place[1:], wrong)
    return made


def check_wrong(caller: Caller, case: Case, value: Json) -> Fault | None:
    """Return a fault if a value of a JSON type that nothing accepts is no mismatch."""
    outcome = caller.read(case.name, value)
    if outcome.error:
        return Fault("wrong-error", case, value, outcome.error)
    if not outcome.mismatches:
        return Fault("silent", case, value, f"no mismatch; read as {outcome.value!r}")
    return None


def find_faults(
    generator: Generator, cases: Sequence[Case], values: int
) -> Iterator[Fault]:
    """Yield what is wrong with values of several cases."""
    caller = make_caller(generator, cases)
    for case in cases:
        judge = make_judge(case)
        schema = judge.translate(case.schema)
        sampler = Sampler(judge, random.Random(case.name))
        for _ in range(values):
            try:
                value = sampler.draw_valid(schema)
            except NoInstanceError:
                continue
            fault = check_value(caller, case, judge, value)
            if fault is None:
                with suppress(NoInstanceError):
                    wrong = spoil(judge, schema, value, sampler.chance)
                    fault = check_wrong(caller, case, wrong)
            if fault is not None:
                yield fault
                break


def reduce_fault(generator: Generator, fault: Fault, steps: int = 400) -> Fault:
    """Return the smallest fault of the same kind that is found within some steps."""
    best = fault
    for _ in range(steps):
        for candidate in _iter_smaller(best):
            found = _check_alone(generator, candidate, sign(fault))
            if found is not None:
                best = found
                break
        else:
            break
    return best


def _check_alone(generator: Generator, fault: Fault, kind: str) -> Fault | None:
    judge = make_judge(fault.case)
    try:
        schema = judge.translate(fault.case.schema)
        if fault.kind in ("silent", "wrong-error"):
            if judge.loosen().is_readable(schema, fault.value):
                return None
            caller = make_caller(generator, [fault.case])
            found = check_wrong(caller, fault.case, fault.value)
        else:
            if not judge.is_valid(schema, fault.value):
                return None
            caller = make_caller(generator, [fault.case])
            found = check_value(caller, fault.case, judge, fault.value)
    except Exception:  # noqa: BLE001  # a document that makes no sense is no smaller one
        return None
    return found if found is not None and sign(found) == kind else None


def sign(fault: Fault) -> str:
    """Return what a fault has in common with those that are smaller."""
    text = re.sub(r"\(read as .*", "", fault.told, flags=re.DOTALL)
    words = re.findall(r"came back as (nothing|None|[\[{'\dTF])|(\w+Error)", text)
    return f"{fault.kind} {sorted(set(words))}"


def _iter_smaller(fault: Fault) -> Iterator[Fault]:
    """Yield faults with one part less."""
    case = fault.case
    for name in case.components:
        rest = {key: each for key, each in case.components.items() if key != name}
        if name not in json.dumps([case.schema, rest]):
            yield replace(fault, case=replace(case, components=rest))
    for value in _iter_cut(fault.value):
        yield replace(fault, value=value)
    whole = {"schema": case.schema, "components": dict(case.components)}
    for cut in _iter_cut(whole):
        if cut.keys() == whole.keys() and not _HOLLOW.search(json.dumps(cut)):
            smaller = replace(case, schema=cut["schema"], components=cut["components"])
            yield replace(fault, case=smaller)
    for name, each in case.components.items():
        reference = json.dumps({"$ref": f"#/components/schemas/{name}"})
        text = json.dumps(whole)
        if text.count(reference) == 1:
            inlined = json.loads(text.replace(reference, json.dumps(each)))
            del inlined["components"][name]
            smaller = replace(case, schema=inlined["schema"], components=inlined["components"])
            yield replace(fault, case=smaller)


def _iter_cut(value: Json) -> Iterator[Json]:
    """Yield copies of a JSON value with one member or element less, or one hoisted."""
    if isinstance(value, dict):
        for name, each in value.items():
            # Without its type, a schema is another kind of thing.
            if name != "type" or isinstance(each, dict):
                yield {key: other for key, other in value.items() if key != name}
            for smaller in _iter_cut(each):
                yield {**value, name: smaller}
            if isinstance(each, dict) and name in ("items", "schema"):
                for inner in each.get("properties", {}).values():
                    yield {**value, name: inner}
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield value[:index] + value[index + 1 :]
            for smaller in _iter_cut(each):
                yield [*value[:index], smaller, *value[index + 1 :]]
            
def show(fault: Fault) -> str:
    """Return a fault as text that can be pasted."""
    lines = [
        f"{fault.kind} ({fault.case.version}): {fault.told}",
        f"  schema: {json.dumps(fault.case.schema)}",
        *(f"  {name}: {json.dumps(each)}" for name, each in fault.case.components.items()),
        f"  value: {json.dumps(fault.value)}",
    ]
    return "\n".join(lines)
