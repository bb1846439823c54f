"""The summary of a run for the page of a job, in Markdown.

In: results of a run. Out: Markdown in which no text of a document is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.python_text import escape_markdown, strip_invisible
from flexprice_codegen.report.run_json import ClientReport

# A job summary is limited to 1 MiB, and pages with long tables load slowly.
_MOST_ROWS = 100
_MOST_LINES = 400
# A fence must be longer than each run of backticks inside (CommonMark §4.5).
_TICKS = re.compile("`+")


def format_run_summary(
    verdict: str, clients: Sequence[ClientReport], diagnostics: Iterable[Diagnostic]
) -> str:
    """Return what happened to each client, and the diagnostics, as Markdown.

    Args:
        verdict: The result of the run, for the heading.
        clients: The clients with the files to report.
        diagnostics: Diagnostics of all clients.
    """
    lines = [f"### flexprice-codegen: {verdict}", ""]
    for client in clients:
        many = len(client.files)
        state = f"{many} file{'s' * (many != 1)}" if many else "nothing"
        lines += [f"**{escape_markdown(client.directory)}**: {state} to report", ""]
        rows = [(file.path, file.reason) for file in client.files]
        lines += _iter_table(("file", "what"), rows)
        lines += _iter_folded_diff(client.diff)

    lines += list_diagnostic_rows(diagnostics)
    return "\n".join(lines) + "\n"


def format_failure_summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the diagnostics of a run that generated nothing, as Markdown."""
    lines = ["### flexprice-codegen: stopped", "", *list_diagnostic_rows(diagnostics)]
    return "\n".join(lines) + "\n"


def list_diagnostic_rows(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return the lines of a table of errors and warnings; notes are only in the log."""
    rows = [
        (each.level.value, str(each.location or ""), f"{each.message} [{each.code}]")
        for each in diagnostics
        if each.level is not Level.NOTE
    ]
    return list(_iter_table(("level", "place", "what"), rows))


def _iter_folded_diff(diff: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a diff in a folded block, which none of its lines can end."""
    if not diff:
        return

    shown = [strip_invisible(line) for line in diff[:_MOST_LINES]]
    # A fence is longer than any run of backticks inside (GitHub Flavored Markdown
    # §4.5).
    runs = [len(run) for line in shown for run in _TICKS.findall(line)]
    fence = "`" * max([3, *(run + 1 for run in runs)])
    yield from ("<details><summary>the differences</summary>", "", f"{fence}diff")
    yield from shown
    yield from (fence, "")
    if len(diff) > _MOST_LINES:
        yield from (f"and {len(diff) - _MOST_LINES} lines more", "")
    yield from ("</details>", "")


def _iter_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows[:_MOST_ROWS]:
        yield f"| {' | '.join(escape_markdown(each) for each in row)} |"

    if len(rows) > _MOST_ROWS:
        yield ""
        yield f"and {len(rows) - _MOST_ROWS} more"

    yield ""
