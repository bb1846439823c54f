"""The report as text."""

from __future__ import annotations

from support.findings import a_mixture

from flexprice_codegen.report.changes_text import iter_lines


def test_text_folds_what_a_finding_reaches() -> None:
    text = [line for line, _ in iter_lines(a_mixture())]
    assert "    reaches 38 operations, 12 events" in text
    assert "    reaches POST /customers, customer.created" in text
    assert text[-1] == (
        "The next version: 2.0.0 (major; it is 1.4.0 now); 2 findings break callers"
    )
