"""Standard output and error, whatever the terminal can show.

In: nothing. Out: the two streams, set up.
"""

from __future__ import annotations

import io
import sys


def accept_any_character() -> None:
    """Let a terminal that cannot show a character show its number, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
