"""Text for people that no CI runner takes for a command.

In: any text. Out: the same text, in which no command begins.

Source: GitHub Actions runner, ActionCommand.cs: `::` at the start of a line, `##[`
anywhere in it; Azure Pipelines agent, Command.cs: `##vso[` and `##[` anywhere in a line.
"""

from __future__ import annotations

import re

# GitHub reads `::error …` only at the beginning of a line, after blanks.
_AT_START = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
# GitHub reads `##[…]` and Azure `##vso[…]` in the middle of a line, too.
_ANYWHERE = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)


def escape_runner_commands(text: str) -> str:
    """Return a text with a backslash in whatever begins a command of a CI runner."""
    if "::" not in text and "##" not in text:
        return text
    return _ANYWHERE.sub(r"#\\", _AT_START.sub(r"\1\\:", text))
