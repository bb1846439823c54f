"""The call of black, in a module of its own so that it is loaded only when needed.

In: Python code. Out: the code in black's layout, for the oldest supported Python.
"""

from __future__ import annotations

from black import format_str
from black.mode import Mode, TargetVersion

from flexprice_codegen.emit.python_text import LINE_WIDTH

_MODE = Mode(target_versions={TargetVersion.PY311}, line_length=LINE_WIDTH)


def format_python(text: str) -> str:
    """Return a module or a statement in black's layout."""
    return format_str(text, mode=_MODE)
