"""No value that was accepted, and is not any more, contradicts the level of a finding."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from support.comparing import compare_wire
from support.documents import read_api
from support.oracle.calls import Case, make_document
from support.oracle.checks import draw_case
from support.oracle.drawing import open_chance
from support.oracle.edits import EDITS, edit, find_witness, hide
from support.oracle.families import FAMILIES
from support.oracle.sampling import NoInstanceError

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.level_exceptions import find_level_exception
from flexprice_codegen.diff.rules.severity import Severity

pytestmark = pytest.mark.slow
CASES = int(os.environ.get("CASES", "1"))
_SHOWN = 3


@pytest.mark.parametrize("name", EDITS)
def test_no_value_contradicts_a_level(name: str) -> None:
    told: Counter[str] = Counter()
    contradictions = []
    for family in FAMILIES:
        for number in range(CASES):
            old = draw_case(family, number)
            new = edit(old, name, open_chance(name, number))
            if new is None or _is_contradictory(new):
                continue
            found = compare_wire(make_document([old]), make_document([new]))
            for direction in ("request", "response"):
                verdict = _judge(direction, old, new, found)
                told[verdict] += 1
                if verdict == "contradiction":
                    contradictions.append(_show(direction, old, new, found))
    # Where no value was drawn this reports, and does not fail: `pytest -rP` shows it.
    print(name, dict(told))  # noqa: T201
    contradictions.sort(key=len)
    shown = "\n".join(contradictions[:_SHOWN])
    assert not contradictions, f"{len(contradictions)} levels:\n{shown}"


def _is_contradictory(case: Case) -> bool:
    """Return whether the document itself is warned of: nothing fits one of its schemas."""
    sink = DiagnosticSink()
    read_api(make_document([case]), sink)
    return any(each.code == "schema-contradiction" for each in sink.diagnostics)


def _judge(direction: str, old: Case, new: Case, found: tuple[Finding, ...]) -> str:
    """Say what a drawn value makes of the findings of one direction."""
    mine = [each for each in found if each.key.direction == direction]
    is_breaking = any(each.level is not Severity.INFO for each in mine)
    is_exception = any(find_level_exception(each.key) for each in mine)
    if not _has_witness(direction, old, new):
        return "breaking, no value drawn" if is_breaking else "compatible"
    if is_breaking:
        return "breaking"
    return "exception" if is_exception else "contradiction"


def _has_witness(direction: str, old: Case, new: Case) -> bool:
    """Return whether a value was drawn that breaks who relied on the old version."""
    word = "readOnly" if direction == "request" else "writeOnly"
    before, after = hide(old, word), hide(new, word)
    if direction == "response":
        before, after = after, before
    try:
        find_witness(before, after, seed=0, tries=25)
    except NoInstanceError:
        return False
    return True


def _show(direction: str, old: Case, new: Case, found: tuple[Finding, ...]) -> str:
    listed = "\n".join(f"  {each.level} {each.rule} {each.path}" for each in found)
    return f"{direction}\n{old}\n{new}\n{listed}"
