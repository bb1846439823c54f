"""Files that a workflow of GitHub reads."""

from __future__ import annotations

from flexprice_codegen.cli.github_workflow import truncate_summary


def test_a_summary_that_github_would_refuse_is_cut_at_the_end_of_a_line() -> None:
    cut = truncate_summary("a line with é\n" * 100_000)
    assert len(cut.encode()) < 1_000_000
    assert cut.endswith(
        "a line with é\n\nThe summary is too long to be shown in full.\n"
    )
