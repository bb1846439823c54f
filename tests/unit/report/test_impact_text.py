"""The report of `impact` for a terminal."""

from __future__ import annotations

from dataclasses import replace

from support.impacts import FIND, create_impact, create_place

from flexprice_codegen.impact.impacts import CodeImpact, CodeRead, Impact
from flexprice_codegen.report.impact_text import as_text


def test_the_summary_comes_first_and_the_rest_last() -> None:
    text = as_text(create_impact())
    assert text.startswith(
        "Your code is affected by 1 of 3 breaking changes (1 place in 1 file; "
        "3 files read, 1 skipped).\n"
        "1 breaking change may affect it, by names alone; "
        "1 change that may break affects it as well.\n\n"
    )
    assert text.endswith(
        "1 other change does not affect your code.\n"
        "not read: src/c.py: line 1: bad\n"
        "2 places only have the name of something affected: add type hints, or use "
        "--checker\n"
    )


def test_what_is_surest_comes_first_with_its_places() -> None:
    text = as_text(create_impact())
    assert text.index("Client.customers.find | was renamed") < text.index(
        "Models.Customer.email | was removed"
    )
    assert "  src/b.py:3:5  client.customers.find · attribute · sure\n" in text
    assert "  src/a.py:2:5  models.Customer.email · keyword · maybe\n" in text


def test_deprecated_names_are_listed() -> None:
    text = as_text(create_impact())
    assert (
        "Deprecated: client.customers.list is client.customers.find now\n"
        "  src/b.py:4:5  client.customers.find · attribute · sure\n"
        "    Run `flexprice-codegen migrate --aliases`.\n" in text
    )


def test_many_places_are_counted() -> None:
    impact = create_impact()
    places = tuple(create_place("a.py", line, FIND) for line in range(1, 31))
    many = Impact(finding=impact.impacts[1].finding, places=places)
    text = as_text(replace(impact, impacts=(many,)))
    assert "a.py:20:5" in text
    assert "a.py:21:5" not in text
    assert "and 10 more places\n" in text


def test_nothing_is_affected() -> None:
    impact = create_impact()
    nothing = CodeImpact(
        changes=impact.changes,
        impacts=(),
        untouched=(),
        former_names=(),
        code=CodeRead(files=1),
    )
    assert as_text(nothing) == (
        "Your code is affected by no breaking change: there is none (1 file read, "
        "0 skipped).\n\n"
    )
