"""The examples of real documents, and values drawn of their schemas, come back.

`make test` looks at the documents that are small, and at a part of one that is not;
`make proof` looks at all of them whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.generated import Generator
from support.oracle.calls import Caller, make_document
from support.oracle.checks import check_value
from support.oracle.dialect import Json
from support.oracle.drawing import open_chance
from support.oracle.examples import (
    Example,
    as_document,
    iter_examples,
    list_components,
    load,
    make_cases,
)
from support.oracle.judge import Judge
from support.oracle.sampling import NoInstanceError, Sampler

pytestmark = pytest.mark.slow

LARGEST = int(os.environ.get("LARGEST", "50000"))
"""Bytes of the largest document that is looked at."""
VALUES = int(os.environ.get("VALUES", "2"))
"""Values that are drawn of each schema."""
_SHOWN = 10
_WIDTH = 400


def test_valid_examples_come_back(generator: Generator, shared: Path) -> None:
    faults = []
    for path in _list_documents(shared):
        document = load(path)
        found = _find_faults(generator, document, list(iter_examples(document)))
        faults += [f"{path.name} {each}" for each in found]
    assert not faults, _show(faults)


def test_drawn_values_come_back(generator: Generator, shared: Path) -> None:
    faults = []
    for path in _list_documents(shared):
        document = load(path)
        found = _find_faults(generator, document, list_components(document))
        faults += [f"{path.name} {each}" for each in found]
    assert not faults, _show(faults)


def _list_documents(shared: Path) -> list[Path]:
    specs = shared / "specs"
    found = [*specs.glob("*.json"), *specs.glob("more/*"), *specs.glob("world/*.json")]
    return sorted(each for each in found if each.stat().st_size <= LARGEST)


def _find_faults(
    generator: Generator, document: Json, examples: list[Example]
) -> Iterator[str]:
    """Yield the faults of values that a document has, or that are drawn for it."""
    cases = list(make_cases(document, examples, "e"))
    if not cases:
        return
    whole = as_document(make_document([case for case, _ in cases]), document)
    judge = Judge(whole, keep_examples=True)
    caller = Caller(generator(whole))
    for case, values in cases:
        schema = judge.translate(case.schema)
        for example, value in values:
            for each in _list_values(judge, schema, example, value):
                fault = check_value(caller, case, judge, each)
                if fault is not None:
                    yield f"{example.pointer}: {fault.kind}: {fault.message}"


def _list_values(
    judge: Judge, schema: Json, example: Example, value: Json
) -> Iterator[Json]:
    """Yield the value of an example if it is valid, else some that are drawn."""
    if not example.is_open:
        if judge.is_valid(schema, value):
            yield value
        return
    (name,) = value
    sampler = Sampler(judge, open_chance(example.pointer))
    for _ in range(VALUES):
        try:
            yield {name: sampler.draw_valid(schema["properties"][name], tries=10)}
        except NoInstanceError:
            return


def _show(faults: list[str]) -> str:
    return f"{len(faults)} values:\n" + "\n".join(
        each[:_WIDTH] for each in faults[:_SHOWN]
    )
