"""Each schema against each other one: values of a pool contradict no finding.

A value that breaks somebody has a finding that says so; two schemas with the same values
have none; and where no value breaks, no finding says so, unless that is not decided.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest
from support.oracle.pairs import (
    SCALARS,
    SCHEMAS,
    TEXTS,
    VALUES,
    compare_pairs,
    list_declared,
    list_texts,
    list_values,
    split_changes,
)
from support.schema_places import Place

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.level_exceptions import find_level_exception
from flexprice_codegen.diff.rules.severity import Severity

pytestmark = pytest.mark.slow
JSON_PLACES: list[Place] = [("request", "property"), ("response", "property")]
TEXT_PLACES: list[tuple[Place, str]] = [
    (("request", "parameter"), "application/json"),
    (("response", "header"), "application/json"),
    (("request", "body"), "text/plain"),
    (("response", "body"), "text/plain"),
    (("request", "property"), "application/x-www-form-urlencoded"),
    (("request", "property"), "application/xml"),
    (("response", "property"), "application/xml"),
]
UNDECIDED = {"digits", "date", "date_time", "date_or_integer", "even", "above", "pair"}
UNDECIDED |= {"no_text", "no_integer", "other_texts", "object", "pet", "pet_or_null"}
"""Schemas with a pattern, a format, multiples, several limits or `not`, and choices of objects.

It is not decided whether all of their values keep a limit, or are of another object.
"""
OPEN = {"cat", "demanded", "demanding", "text_by_name", "integer_by_name"}
OPEN |= {"text_beside_integers"}
"""Objects, which can have members that no schema declares."""
SPELLED_AS_TEXT = UNDECIDED | {"long_text", "short_text", "words", "word", "anything"}
"""Schemas of strings that numbers and Booleans may keep once they are texts."""


@cache
def _compare_all(
    place: Place, media_type: str, names: tuple[str, ...]
) -> dict[tuple[str, str], list[Finding]]:
    return compare_pairs(place, permutations(names, 2), media_type)


def _is_breaking(findings: list[Finding]) -> bool:
    return any(each.level is not Severity.INFO for each in findings)


def _is_exception(findings: list[Finding]) -> bool:
    return any(find_level_exception(each.key) for each in findings)


def _show(pair: tuple[str, str], findings: list[Finding], *values: object) -> str:
    return f"{pair} {[(each.level.value, each.rule) for each in findings]} {values}"


@pytest.mark.parametrize("place", JSON_PLACES, ids=str)
def test_a_value_that_breaks_somebody_is_told(place: Place) -> None:
    missed = []
    compared = _compare_all(place, "application/json", tuple(SCHEMAS))
    for pair, found in compared.items():
        old, new = (SCHEMAS[name] for name in pair)
        declared, other = list_declared(old), list_declared(new)
        if place[0] == "request":
            broken, _ = split_changes(declared, list_values(new), "request")
        else:
            broken, _ = split_changes(list_values(old), other, "response")
        if broken and not _is_breaking(found) and not _is_exception(found):
            missed.append(_show(pair, found, *(VALUES[each] for each in broken)))
    assert missed == []


@pytest.mark.parametrize("place", JSON_PLACES, ids=str)
def test_a_schema_of_the_same_values_is_no_edit(place: Place) -> None:
    differing = [
        _show(pair, found)
        for pair, found in _compare_all(
            place, "application/json", tuple(SCHEMAS)
        ).items()
        if found and list_values(SCHEMAS[pair[0]]) == list_values(SCHEMAS[pair[1]])
    ]
    assert differing == []


@pytest.mark.parametrize("place", JSON_PLACES, ids=str)
def test_what_breaks_nobody_is_no_error(place: Place) -> None:
    false = []
    compared = _compare_all(place, "application/json", tuple(SCHEMAS))
    for pair, found in compared.items():
        if not (UNDECIDED | OPEN).isdisjoint(pair):
            continue
        old, new = (list_values(SCHEMAS[name]) for name in pair)
        broken, changed = split_changes(old, new, place[0])
        is_error = any(each.level is Severity.ERROR for each in found)
        if changed and not broken and is_error:
            false.append(_show(pair, found))
    assert false == []


@pytest.mark.parametrize(("place", "media_type"), TEXT_PLACES, ids=str)
def test_a_text_that_breaks_somebody_is_told(place: Place, media_type: str) -> None:
    missed = []
    for pair, found in _compare_all(place, media_type, tuple(SCALARS)).items():
        old, new = (list_texts(SCALARS[name]) for name in pair)
        broken, _ = split_changes(old, new, place[0])
        if broken and not _is_breaking(found) and not _is_exception(found):
            missed.append(_show(pair, found, *(TEXTS[each] for each in broken)))
    assert missed == []


@pytest.mark.parametrize(("place", "media_type"), TEXT_PLACES, ids=str)
def test_what_breaks_nobody_as_text_is_no_error(place: Place, media_type: str) -> None:
    false = []
    for pair, found in _compare_all(place, media_type, tuple(SCALARS)).items():
        if not SPELLED_AS_TEXT.isdisjoint(pair):
            continue
        old, new = (list_texts(SCALARS[name]) for name in pair)
        broken, changed = split_changes(old, new, place[0])
        is_error = any(each.level is Severity.ERROR for each in found)
        if changed and not broken and is_error:
            false.append(_show(pair, found))
    assert false == []
