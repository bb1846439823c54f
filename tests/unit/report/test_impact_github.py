"""The report of `impact` as annotations."""

from __future__ import annotations

from dataclasses import replace

from support.impacts import create_impact

from flexprice_codegen.report.impact_github import as_github


def test_each_file_of_a_finding_has_one_annotation() -> None:
    lines = as_github(create_impact()).splitlines()
    assert lines[0].startswith(
        "::error file=src/b.py,line=3,col=5,title=method-renamed"
    )
    assert "::Client.customers.find | was renamed.%0A" in lines[0]
    assert lines[0].endswith("%0AConfidence: sure.")
    assert lines[1].startswith("::notice file=src/a.py,line=1,col=5,")
    assert "%0ALines 1, 2.%0A" in lines[1]
    assert lines[2].startswith("::warning file=src/b.py,line=9,col=5,")
    assert lines[3].startswith("::notice title=API changes in your code::Your code")


def test_more_than_github_shows_are_counted() -> None:
    impact = create_impact()
    many = replace(impact, impacts=impact.impacts * 12)
    lines = as_github(many).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert lines[-1].endswith("7 more annotations are in the summary.")
