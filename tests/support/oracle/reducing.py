"""The smallest fault of a kind: what a person looks at.

In: a fault. Out: one with the same sign whose schema and value have fewer parts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from support.generated import Generator
from support.oracle.calls import Case, make_caller, make_judge
from support.oracle.checks import check_value, check_wrong_value
from support.oracle.dialect import COMPONENTS, Json
from support.oracle.faults import Fault

_HOLLOW: Final = re.compile(
    r'"(type|required|enum|oneOf|anyOf|allOf)": (\[\]|\[{}|\[[^\[\]]*, {}\])|"properties": {}'
)
"""Schemas that say nothing, or something else than a schema with a part less would."""


def reduce_fault(generator: Generator, fault: Fault, steps: int = 100) -> Fault:
    """Return the smallest fault of the same sign that is found within some steps."""
    for _ in range(steps):
        smaller = (
            found
            for candidate in _iter_smaller(fault)
            if (found := _check_alone(generator, candidate)) is not None
            and found.sign == fault.sign
        )
        found = next(smaller, None)
        if found is None:
            break
        fault = found
    return fault


def _check_alone(generator: Generator, fault: Fault) -> Fault | None:
    case, value = fault.case, fault.value
    try:
        judge = make_judge(case)
        schema = judge.translate(case.schema)
        if fault.kind in ("silent", "wrong-error"):
            if judge.loosen().is_readable(schema, value):
                return None
            return check_wrong_value(make_caller(generator, [case]), case, value)
        if not judge.is_valid(schema, value):
            return None
        return check_value(make_caller(generator, [case]), case, judge, value)
    except Exception:  # noqa: BLE001  # a document without sense is no smaller one
        return None


def _iter_smaller(fault: Fault) -> Iterator[Fault]:
    """Yield faults with one part less."""
    case = fault.case
    for name in case.components:
        rest = {key: each for key, each in case.components.items() if key != name}
        if f'"{COMPONENTS}{name}"' not in json.dumps([case.schema, rest]):
            yield replace(fault, case=replace(case, components=rest))
    for value in _iter_cut(fault.value):
        yield replace(fault, value=value)
    whole = {"schema": case.schema, "components": dict(case.components)}
    for cut in (*_iter_cut(whole), *_iter_inlined(case, whole)):
        if cut.keys() == whole.keys() and not _HOLLOW.search(json.dumps(cut)):
            smaller = replace(case, schema=cut["schema"], components=cut["components"])
            yield replace(fault, case=smaller)


def _iter_inlined(case: Case, whole: Json) -> Iterator[Json]:
    """Yield the schemas with a component in the only place that refers to it."""
    text = json.dumps(whole)
    for name, each in case.components.items():
        reference = json.dumps({"$ref": COMPONENTS + name})
        if text.count(reference) == 1:
            inlined = json.loads(text.replace(reference, json.dumps(each)))
            del inlined["components"][name]
            yield inlined


def _iter_cut(value: Json) -> Iterator[Json]:
    """Yield copies of a JSON value with one member or element less."""
    if isinstance(value, dict):
        for name, each in value.items():
            # Without its type, a schema is another kind of thing.
            if name != "type" or isinstance(each, dict):
                yield {key: other for key, other in value.items() if key != name}
            for smaller in _iter_cut(each):
                yield {**value, name: smaller}
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield value[:index] + value[index + 1 :]
            for smaller in _iter_cut(each):
                yield [*value[:index], smaller, *value[index + 1 :]]
