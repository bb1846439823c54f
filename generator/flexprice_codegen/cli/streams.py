"""Standard output and standard error with any encoding.

In: nothing. Out: the two streams, reconfigured.
"""

from __future__ import annotations

import io
import sys


def accept_any_character() -> None:
    """Write characters that a terminal cannot encode as escapes, not as errors."""
    for stream in (sys.stdout, sys.stderr):
        # A test or an embedding program can replace the streams.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
