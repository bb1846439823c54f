"""The formats of the report of `diff`, by name."""

from __future__ import annotations

import pytest
from support.findings import a_mixture

from flexprice_codegen.cli.report_formats import REPORT_FORMATS, format_report


@pytest.mark.parametrize("name", list(REPORT_FORMATS))
def test_each_format_has_a_report(name: str) -> None:
    assert "request-property-removed" in format_report(name, a_mixture())


def test_only_text_has_a_verbose_form() -> None:
    changes = a_mixture()
    differing = {
        name
        for name in REPORT_FORMATS
        if format_report(name, changes) != format_report(name, changes, verbose=True)
    }
    assert differing == {"text"}
