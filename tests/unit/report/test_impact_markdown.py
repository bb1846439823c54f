"""The report of `impact` for a pull request."""

from __future__ import annotations

from dataclasses import replace

from support.impacts import FIND, create_impact, create_place

from flexprice_codegen.impact.impacts import Impact
from flexprice_codegen.report.impact_markdown import as_markdown


def test_a_finding_is_a_row_with_its_lines() -> None:
    text = as_markdown(create_impact())
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 5
    assert "<code>src/b.py:3:5</code> |" in rows[1]
    assert "<code>src/a.py:1:5</code> (maybe)<br><code>src/a.py:2:5</code>" in rows[2]
    # A bar of a text does not end a cell.
    assert all(row.count("|") == 5 for row in rows)


def test_names_of_files_are_no_markup() -> None:
    impact = create_impact()
    place = create_place("<b>@x|y.py", 1, FIND)
    one = Impact(finding=impact.impacts[1].finding, places=(place,))
    text = as_markdown(replace(impact, impacts=(one,), former_names=()))
    assert "<code>&lt;b&gt;@x&#124;y.py:1:5</code>" in text


def test_what_does_not_fit_is_counted() -> None:
    impact = create_impact()
    text = as_markdown(replace(impact, impacts=impact.impacts * 100), limit=8_000)
    assert len(text) <= 8_000
    assert "more rows did not fit." in text
    assert "1 other change does not affect your code." in text
