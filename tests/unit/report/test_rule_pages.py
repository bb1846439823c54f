"""The pages about rules."""

from __future__ import annotations

from pathlib import Path

from flexprice_codegen.diff.rules.catalogue import RULES
from flexprice_codegen.report.rule_pages import format_rules_page

ROOT = Path(__file__).parents[3]


def test_the_page_of_rules_is_up_to_date() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == format_rules_page(RULES), "run `make rules`"
