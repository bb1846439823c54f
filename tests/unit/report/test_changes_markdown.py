"""The report as Markdown, for a comment on a pull request."""

from __future__ import annotations

import re

import pytest
from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.report.changes_markdown import MAX_COMMENT_LENGTH, as_markdown


def test_markdown_puts_the_summary_first_and_folds_the_rest() -> None:
    written = as_markdown(a_mixture())
    assert written.startswith("## API changes: 2 of 4 findings break callers\n")
    assert "| :x: Breaking | 2 | 1 | 2 |" in written
    assert written.count("<details>") == written.count("</details>") == 4
    assert "1 ignored by an ignore file" in written


def test_markdown_calls_nobody_and_runs_nothing() -> None:
    written = as_markdown(a_mixture())
    assert "<img" not in written
    outside = re.sub(r"<code>.*?</code>", "", written)
    assert not re.search(r"@octocat|#1\b|https://", outside)


@pytest.mark.parametrize("level", list(Severity))
def test_markdown_stays_below_the_limit_and_says_what_is_missing(
    level: Severity,
) -> None:
    many = [a_finding(n, level=level, message="é😀" * 90) for n in range(900)]
    written = as_markdown(changes_of(many))
    assert len(written.encode("utf-16-le")) // 2 <= MAX_COMMENT_LENGTH
    assert written.count("<details>") == written.count("</details>")
    missing = re.search(r"Not shown, for want of room: (\d+) of", written)
    assert missing is not None
    shown = written.count("<sub>")
    assert shown + int(missing[1]) == 900
