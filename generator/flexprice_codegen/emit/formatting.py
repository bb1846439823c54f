"""The call of black, in a module of its own so that it is loaded only when needed.

In: Python text. Out: the text as black lays it out, for the oldest Python we support.
"""

from __future__ import annotations

from black import format_str
from black.mode import Mode, TargetVersion

_MODE = Mode(target_versions={TargetVersion.PY311})


def format_python(text: str) -> str:
    """Lay out a module or a definition."""
    return format_str(text, mode=_MODE)
