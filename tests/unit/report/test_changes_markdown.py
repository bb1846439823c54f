"""The report as Markdown, for a comment on a pull request."""

from __future__ import annotations

import re

import pytest
from support.findings import a_finding, a_mixture, changes_of

from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.report.changes_markdown import MAX_COMMENT_LENGTH, as_markdown


def test_markdown_puts_the_summary_first_and_folds_the_rest() -> None:
    written = as_markdown(a_mixture())
    assert written.startswith("## API changes: 4 changes, 2 breaking\n")
    assert "| :x: Breaking | 2 | 1 | 2 |" in written
    assert written.count("<details>") == written.count("</details>") == 3
    assert "1 finding ignored by an ignore file" in written


def test_markdown_calls_nobody_and_runs_nothing() -> None:
    written = as_markdown(a_mixture())
    assert "<img" not in written
    outside = re.sub(r"<code>.*?</code>", "", written)
    assert not re.search(r"@octocat|#1\b|https://", outside)


@pytest.mark.parametrize("level", list(Severity))
def test_markdown_stays_below_the_limit_and_says_what_is_missing(
    level: Severity,
) -> None:
    rules = list(RULES_BY_ID)[:900]
    many = [a_finding(rule=rule, level=level, message="é😀" * 90) for rule in rules]
    written = as_markdown(changes_of(many))
    assert len(written.encode("utf-16-le")) // 2 <= MAX_COMMENT_LENGTH
    assert written.count("<details>") == written.count("</details>")
    missing = re.search(
        r"Not shown, because a comment has a maximum length: (\d+) ", written
    )
    assert missing is not None
    shown = written.count("<sub>")
    assert shown + int(missing[1]) == 900


def test_like_findings_are_one_line_with_folded_places() -> None:
    many = [
        a_finding(number, path=f"p{number}", before="string", after="integer")
        for number in range(104)
    ]
    written = as_markdown(changes_of(many))
    assert written.count("<details>") == 1
    assert "104 request properties were removed: string → integer." in written
    assert "and 84 more" in written
