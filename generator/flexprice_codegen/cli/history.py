"""`flexprice-codegen history`: the changes of a document, version by version.

In: arguments. Out: a report on standard output, or in a file. A version that cannot be
read is named and skipped.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flexprice_codegen.cli.diff_request import (
    read_overrides,
    read_policy,
    write_report,
)
from flexprice_codegen.cli.limit_arguments import read_limits
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.levels.ignore_file import apply_ignore_entries
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.hashes import compute_git_blob_id
from flexprice_codegen.pipeline.diff import DiffRequest
from flexprice_codegen.pipeline.history import HistoryStep, iter_history
from flexprice_codegen.report.changes_text import StyledLine
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.history_entries import (
    HistoryEntry,
    build_entry,
    build_first_entry,
    build_skipped_entry,
)
from flexprice_codegen.report.history_text import iter_entry_lines, iter_total_lines
from flexprice_codegen.spec.git_history import FileVersion, list_file_versions
from flexprice_codegen.spec.sources import Source, read_source


def run(arguments: argparse.Namespace) -> int:
    """Write the history of a document, and return the exit code.

    Raises:
        DiagnosticError: git does not have the document or the revision, or the report
            cannot be written.
    """
    entries = _iter_entries(arguments)
    if arguments.format == "text":
        _report_as_text(entries, arguments.output)
    else:
        report = _format_page(arguments.format, tuple(entries), arguments.document)
        write_report(report, arguments.output)
    return 0


def _iter_entries(arguments: argparse.Namespace) -> Iterator[HistoryEntry]:
    path = Path(arguments.document)
    today = datetime.now(UTC).date()
    request = DiffRequest(
        old=(),
        new=(),
        overlays=tuple(arguments.overlay),
        overrides=read_overrides(arguments),
        policy=read_policy(arguments, today),
        today=today,
        limits=read_limits(arguments),
    )
    only = Side(arguments.side) if arguments.side else None

    # A directory can be deleted together with the document.
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())

    def read(version: FileVersion) -> Source:
        if not version.commit:
            return read_source(path.as_posix(), request.limits.size)
        where = f"git:{version.commit}:{version.path}"
        found = read_source(where, request.limits.size, folder)
        # Locations name the version as the report does.
        return replace(found, name=f"git:{version.short_commit}:{version.path}")

    versions = list_file_versions(path, arguments.since)
    versions += _list_uncommitted(path, versions[-1], today.isoformat())
    for step in iter_history(versions, read, request):
        yield _build_entry(step, only)


def _list_uncommitted(
    path: Path, last: FileVersion, today: str
) -> tuple[FileVersion, ...]:
    """Return the version on the disk, if it differs from the last commit."""
    if not path.is_file():
        return ()
    blob = compute_git_blob_id(path.read_bytes())
    if blob == last.blob:
        return ()
    subject = "(uncommitted changes)"
    return (replace(last, commit="", day=today, subject=subject, blob=blob),)


def _build_entry(step: HistoryStep, only: Side | None) -> HistoryEntry:
    if step.problems:
        return build_skipped_entry(step.version, step.problems)
    if step.changes is None:
        return build_first_entry(step.version, step.operations, step.events)
    return build_entry(step.version, _select_side(step.changes, only))


def _select_side(changes: Changes, only: Side | None) -> Changes:
    if only is None:
        return changes
    today = datetime.now(UTC).date()
    result = apply_ignore_entries(changes.findings, (), today, only=only)
    return replace(changes, findings=result.kept)


def _report_as_text(entries: Iterable[HistoryEntry], output: str | None) -> None:
    """Print each version as soon as it is known, or write all to a file."""
    lines = _iter_text_lines(entries)
    if output:
        text = "".join(f"{strip_invisible(line)}\n" for line, _ in lines)
        write_report(text, output)
        return

    console = open_console()
    for line, style in lines:
        print_line(console, line, style)


def _iter_text_lines(entries: Iterable[HistoryEntry]) -> Iterator[StyledLine]:
    shown = []
    for entry in entries:
        yield from iter_entry_lines(entry)
        # The totals need no more than the counts, so memory stays flat.
        shown.append(replace(entry, lines=(), others=()))
    yield from iter_total_lines(shown)


def _format_page(form: str, entries: tuple[HistoryEntry, ...], document: str) -> str:
    name = Path(document).as_posix()
    if form == "html":
        # Late: Jinja takes 30 ms to import, and only pages need it.
        from flexprice_codegen.report.history_html import format_history_html

        return format_history_html(entries, name)

    from flexprice_codegen.report.history_markdown import format_history_page

    return format_history_page(entries, name)
