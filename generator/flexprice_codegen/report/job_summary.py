"""The summary of a run, in Markdown, for the page of a job.

In: what a run did or found. Out: Markdown in which no text of a document is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.python_text import escape_markdown, strip_invisible
from flexprice_codegen.report.run_json import ClientReport

_MOST_ROWS = 100
_MOST_LINES = 400
_TICKS = re.compile("`+")


def format_run_summary(
    verdict: str, clients: Sequence[ClientReport], diagnostics: Iterable[Diagnostic]
) -> str:
    """Write what became of each client, and what was said."""
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
    """Write why nothing could be made."""
    lines = ["### flexprice-codegen: stopped", "", *list_diagnostic_rows(diagnostics)]
    return "\n".join(lines) + "\n"


def list_diagnostic_rows(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Write warnings and errors as a table; notes are for the log."""
    rows = [
        (each.level.value, str(each.location or ""), f"{each.message} [{each.code}]")
        for each in diagnostics
        if each.level is not Level.NOTE
    ]
    return list(_iter_table(("level", "place", "what"), rows))


def _iter_folded_diff(diff: Sequence[str]) -> Iterator[str]:
    """Write a diff that is shown on demand; no line of it can end its block."""
    if not diff:
        return
    shown = [strip_invisible(line) for line in diff[:_MOST_LINES]]
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
