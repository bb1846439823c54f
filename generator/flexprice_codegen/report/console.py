"""Where reports go: a terminal with color, or plain lines in a pipe and in CI.

In: lines with a style. Out: the terminal. Text of documents is printed as it is: no
markup in it counts, no control character reaches the terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from flexprice_codegen.emit.python_text import join_lines, strip_invisible

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

_TERMINAL_VARIABLES = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""The variables by which a user tells rich that a pipe is a terminal."""

_UNLIMITED = 10_000
"""The width of a table in a pipe: rich cuts nothing off."""


class Console:
    """Prints lines to a stream: in color where that is a terminal, else as they are.

    rich takes 30 ms to import, so that it is imported for terminals only.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @cached_property
    def rich(self) -> RichConsole | None:
        """The console of rich, if the stream is a terminal."""
        if not self._stream.isatty() and not any(
            os.environ.get(name) for name in _TERMINAL_VARIABLES
        ):
            return None
        console = _open_rich(self._stream)
        return console if console.is_terminal else None

    def print_line(self, line: str, style: str = "") -> None:
        """Print one line, or several, without what cannot be seen.

        Args:
            line: The text; line breaks in it stay.
            style: A style of rich, such as `bold red`; nothing outside of terminals.
        """
        text = strip_invisible(line)
        if self.rich is None:
            self._stream.write(text.expandtabs() + "\n")
            return
        from rich.text import Text  # see the class

        self.rich.print(Text(text, style=style), soft_wrap=True)

    def print_table(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """Print a table, as wide as it is; its texts are on one line each."""
        from rich.table import Table  # see the class
        from rich.text import Text

        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for head in heads:
            table.add_column(head, overflow="fold", no_wrap=True)
        for row in rows:
            table.add_row(*(Text(join_lines(cell)) for cell in row))
        target = self.rich or _open_rich(self._stream, width=_UNLIMITED)
        target.print(table, soft_wrap=True)


def _open_rich(stream: TextIO, width: int | None = None) -> RichConsole:
    from rich.console import Console as RichConsole  # see the class above

    return RichConsole(
        file=stream,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        width=width,
    )


def console(*, error: bool = False) -> Console:
    """Return the console for results, or that for diagnostics and progress."""
    return Console(sys.stderr if error else sys.stdout)


@contextmanager
def bar(target: Console, total: int) -> Iterator[Callable[[str, str], None]]:
    """Show a bar of `total` steps on a terminal, nothing elsewhere.

    The function that it yields is called for each step: of what, and what it is.
    """
    if target.rich is None:
        yield _silent
        return
    # Half of the library, for terminals only.
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
    """Show no progress."""


def say(target: Console, line: str, style: str = "") -> None:
    """Print one line, or several."""
    target.print_line(line, style)
