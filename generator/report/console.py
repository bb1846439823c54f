"""Where reports go: a terminal with colour, or plain lines in a pipe and in CI.

In: lines with a style. Out: the terminal. Text of documents is printed as it is: no
markup in it counts, no control character reaches the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from rich.console import Console
from rich.text import Text

from generator.emit.quoting import visible


def console(*, error: bool = False) -> Console:
    """Give the console for results, or that for diagnostics and progress."""
    return Console(
        file=sys.stderr if error else sys.stdout,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


@contextmanager
def bar(target: Console, total: int) -> Iterator[Callable[[str, str], None]]:
    """Show a bar of `total` steps on a terminal, nothing elsewhere.

    The function that it gives is told of each step: of what, and what it is.
    """
    if not target.is_terminal:
        yield _silent
        return
    rich = import_module("rich.progress")  # half of the library, for terminals only
    with rich.Progress(
        rich.TextColumn("{task.description}", markup=False),
        rich.BarColumn(),
        console=target,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=total, start=True)

        def advance(name: str, step: str) -> None:
            progress.update(task, advance=1, description=visible(f"{name}: {step}"))

        yield advance


def _silent(name: str, step: str) -> None:
    """Show no progress."""


def say(target: Console, line: str, style: str = "") -> None:
    """Print one line, or several."""
    target.print(Text(visible(line), style=style), soft_wrap=True)
