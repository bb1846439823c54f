"""Patterns that are written as methods of a client."""

from __future__ import annotations

import pytest
from support.documents import document, operation, read_api, record
from support.surfaces import build_client

from flexprice_codegen.config import Pattern, Selection
from flexprice_codegen.surface.method_patterns import (
    join_resolved,
    resolve_method_patterns,
)
from flexprice_codegen.surface.previous_names import PreviousNames

PATHS = {
    "/a": {"get": operation("getA", answer="A"), "post": operation("createA")},
    "/b": {"get": operation("things.getB")},
}
NOTHING = PreviousNames()
API = read_api(document(PATHS, {"A": record(a="string")}))


def resolve(*texts: str, previous: PreviousNames = NOTHING) -> list[str]:
    """Return the patterns for operations that come out."""
    selection = Selection(operations=tuple(map(Pattern, texts)))
    found = resolve_method_patterns(selection, API, previous)
    return [each.text for each in found.operations]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("things.get_a", ["GET /a"]),
        ("things.*_a", ["GET /a", "POST /a"]),
        # An operation ID comes first, and what matches nothing stays for the error.
        ("things.getB", ["things.getB"]),
        ("others.get_a", ["others.get_a"]),
        ("get_a", ["get_a"]),
        ("GET /a.b", ["GET /a.b"]),
    ],
)
def test_a_method_is_its_operation(pattern: str, expected: list[str]) -> None:
    assert resolve(pattern) == expected


def test_of_two_versions_a_pattern_has_to_match_in_one() -> None:
    method, dead, operation_id = map(Pattern, ("things.get_a", "x.y", "getB"))
    selection = Selection(operations=(method, dead, operation_id))
    first = Selection(operations=(Pattern("GET /a"), dead, operation_id))
    second = Selection(operations=(method, dead, operation_id))

    joined = join_resolved(selection, [first, second])

    assert joined.operations == (Pattern("GET /a"), dead, operation_id)


def test_the_names_of_an_earlier_run_count() -> None:
    named = {"x-codegen": {"name": "fetch"}} | operation("getA", answer="A")
    before = build_client({"/a": {"get": named}}, {"A": record(a="string")})
    previous = PreviousNames(before.surface.names)
    assert resolve("things.fetch", previous=previous) == ["GET /a"]
