"""What counts is what is sure enough."""

from __future__ import annotations

from dataclasses import replace

from support.impacts import create_impact

from flexprice_codegen.diff.rules.severity import Severity


def test_what_is_sure_enough_counts() -> None:
    impact = create_impact()
    assert len(impact.list_affected(Severity.ERROR)) == 1
    assert len(impact.list_possible(Severity.ERROR)) == 1
    assert impact.count_findings(Severity.ERROR) == 3
    maybe = replace(impact, least="maybe")
    assert len(maybe.list_affected(Severity.ERROR)) == 2
    assert maybe.list_possible(Severity.ERROR) == ()
