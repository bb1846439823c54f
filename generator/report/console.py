"""Where reports go: a terminal with colour, or plain lines in a pipe and in CI.

In: lines with a style. Out: the terminal. Text of documents is printed as it is: no
markup in it counts, no control character reaches the terminal.
"""

from __future__ import annotations

import sys

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


def say(target: Console, line: str, style: str = "") -> None:
    """Print one line, or several."""
    target.print(Text(visible(line), style=style), soft_wrap=True)
