"""Arguments of the client for server variables, of two versions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.documents import Json, document, operation, read_surface

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.source.compare_surfaces import compare_surfaces


def at(url: str, **variables: Json) -> Json:
    servers = [{"url": url, "variables": variables}]
    return document({"/a": {"get": operation()}}, servers=servers)


PLAIN = at("https://eu.a")
OPEN = at("https://{r}.a", r={"default": "eu"})
TWO = at("https://{r}.a", r={"default": "eu", "enum": ["eu", "us"]})
THREE = at("https://{r}.a", r={"default": "eu", "enum": ["us", "eu", "in"]})
OTHER = at("https://{r}.a", r={"default": "eu", "enum": ["eu", "in"]})


def compare(old: Json, new: Json) -> tuple[Finding, ...]:
    """Return the findings about arguments of the client; servers have their own names."""
    found = compare_surfaces(read_surface(old), read_surface(new))
    return tuple(each for each in found if each.key.location == "server-argument")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (PLAIN, OPEN, ["server-argument-added"]),
        (OPEN, PLAIN, ["server-argument-removed"]),
        (OPEN, TWO, ["server-argument-type-narrowed"]),
        (TWO, OPEN, ["server-argument-type-widened"]),
        (TWO, THREE, ["server-argument-type-widened"]),
        (THREE, TWO, ["server-argument-type-narrowed"]),
        (TWO, OTHER, ["server-argument-type-narrowed"]),
        (TWO, TWO, []),
    ],
)
def test_what_happens_to_an_argument(old: Json, new: Json, rules: list[str]) -> None:
    assert [each.rule for each in compare(old, new)] == rules


def test_an_argument_that_goes_is_an_error_of_the_caller() -> None:
    (found,) = compare(OPEN, PLAIN)
    assert found.level is Severity.ERROR
    assert found.message == f"`{found.python}` was removed"
    assert found.python.endswith("(r)")


def test_a_value_that_goes_is_named() -> None:
    (found,) = compare(THREE, TWO)
    assert (found.before, found.after) == ("us, eu, in", "eu, us")


def test_a_name_that_only_a_lock_decides_is_found_too() -> None:
    old = read_surface(OPEN)
    (variable,) = old.server_variables
    renamed = replace(variable, keyword="server_r")
    new = replace(old, server_variables=(renamed,))
    (found,) = compare_surfaces(old, new)
    assert found.rule == "server-argument-renamed"
