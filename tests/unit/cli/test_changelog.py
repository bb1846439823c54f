"""`flexprice-codegen changelog`."""

from __future__ import annotations

from support.zoo import Run


def test_a_section_says_what_changed(run: Run) -> None:
    code, out, _ = run("changelog", "old.yaml", "new.yaml")
    assert code == 0
    assert out.startswith("## [2.0.0] - ")
    assert "### Removed" in out
