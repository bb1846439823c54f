"""Output for people: color in a terminal, plain lines in a pipe and in CI.

In: lines with a style. Out: the terminal. Text of documents is printed as it is: markup
in it has no effect, and no control character reaches the terminal.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from flexprice_codegen.emit.python_text import (
    join_lines,
    show_invisible,
    strip_invisible,
)
from flexprice_codegen.report.runner_commands import escape_runner_commands

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

_TERMINAL_VARIABLES = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""The variables with which a user makes rich treat a pipe as a terminal."""

_UNLIMITED = 10_000
"""The width of a table in a pipe, where rich would cut texts off at 80 characters."""


class Console:
    """A stream for lines of text, with color if it is a terminal.

    rich takes 30 ms to import, so it is imported for terminals only.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @cached_property
    def rich(self) -> RichConsole | None:
        """The console of rich, or `None` if the stream is not a terminal."""
        is_null = isinstance(self._stream, _NullStream)
        if is_null or (
            not self._stream.isatty()
            and not any(os.environ.get(name) for name in _TERMINAL_VARIABLES)
        ):
            return None
        console = _open_rich(self._stream)
        return console if console.is_terminal else None

    def print_line(self, line: str, style: str = "") -> None:
        """Print one or more lines, with escapes for invisible characters.

        Args:
            line: The text; its line breaks are kept.
            style: A style of rich, such as `bold red`; without effect outside of
                terminals.
        """
        text = escape_runner_commands(show_invisible(line))
        if self.rich is None:
            # As rich does on a terminal, so that columns are the same in a pipe.
            self._stream.write(text.expandtabs() + "\n")
            return
        from rich.text import Text  # late: see the class

        self.rich.print(Text(text, style=style), soft_wrap=True)

    def print_table(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """Print a table without a limit of its width; each cell is one line."""
        from rich.table import Table  # late: see the class
        from rich.text import Text

        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for head in heads:
            table.add_column(head, overflow="fold", no_wrap=True)

        for row in rows:
            texts = (escape_runner_commands(join_lines(show_invisible(e))) for e in row)
            table.add_row(*map(Text, texts))

        target = self.rich or _open_rich(self._stream, width=_UNLIMITED)
        target.print(table, soft_wrap=True)


def _open_rich(stream: TextIO, width: int | None = None) -> RichConsole:
    from rich.console import Console as RichConsole  # late: see the class above

    class PipeConsole(RichConsole):
        """A console that raises `BrokenPipeError`, where rich ends the process."""

        def on_broken_pipe(self) -> None:
            raise  # noqa: PLE0704 - rich calls this while it handles the error

    return PipeConsole(
        file=stream,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        width=width,
    )


class _NullStream(io.StringIO):
    """A stream that discards what is written to it."""

    def write(self, text: str, /) -> int:
        return len(text)


def open_console(*, error: bool = False, quiet: bool = False) -> Console:
    """Return the console of standard output, or of standard error.

    Args:
        error: Whether diagnostics and progress are printed, and not results.
        quiet: Whether to print nothing.
    """
    if quiet:
        return Console(_NullStream())
    return Console(sys.stderr if error else sys.stdout)


@contextmanager
def show_progress_bar(
    target: Console, total: int
) -> Iterator[Callable[[str, str], None]]:
    """Show a progress bar on a terminal, and nothing elsewhere.

    Args:
        target: The console.
        total: The number of steps.

    Yields:
        A function to call at each step, with a name and the name of the step.
    """
    if target.rich is None:
        yield _silent
        return
    # Late: half of the library, which only terminals need.
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        console=target.rich,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=total, start=True)

        def advance(name: str, step: str) -> None:
            progress.update(
                task, advance=1, description=strip_invisible(f"{name}: {step}")
            )

        yield advance


def _silent(name: str, step: str) -> None:
    """Ignore a step, where no bar is shown."""


def print_line(target: Console, line: str, style: str = "") -> None:
    """Print one or more lines, with a style of rich."""
    target.print_line(line, style)
