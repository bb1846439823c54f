"""The summary of `migrate`, below its diff.

In: `Migration`. Out: styled lines: what changed, and what is left and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.impact.edits import LeftPlace
from flexprice_codegen.impact.migration import Migration
from flexprice_codegen.report.changes_text import StyledLine
from flexprice_codegen.report.wording import format_count


def iter_summary(migration: Migration, *, is_written: bool) -> Iterator[StyledLine]:
    """Yield the lines about what changed, what is left, and what was not read.

    Args:
        migration: The migration.
        is_written: Whether the files are written.
    """
    if migration.edits:
        what = (
            f"{format_count(len(migration.edits), 'name')} in "
            f"{format_count(len(migration.files), 'file')}"
        )
        yield (f"renamed {what}" if is_written else f"would rename {what}"), "bold"
    else:
        yield "there is nothing to rename", "bold"
    for each in migration.left:
        yield join_lines(_format_left(each)), ""
    for file in migration.skipped:
        yield join_lines(f"not read: {file.path}: {file.reason}"), "dim"
    if migration.edits and not is_written:
        yield "Write it with --write.", ""


def _format_left(each: LeftPlace) -> str:
    place = f"{each.use.file}:{each.use.position.line}:{each.use.position.column + 1}"
    return f"left: {place}: {each.use.symbol}: {each.reason}"
