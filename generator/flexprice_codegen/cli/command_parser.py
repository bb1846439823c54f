"""The parser of a command: `argparse`, without abbreviations and with hints.

In: the definition of arguments. Out: a parser.
"""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from flexprice_codegen.emit.python_text import show_invisible
from flexprice_codegen.report.runner_commands import escape_runner_commands

EXIT_USAGE = 2


class CommandParser(argparse.ArgumentParser):
    """A parser whose options have only their full names.

    An abbreviation would have another meaning as soon as there are new options.
    """

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options, allow_abbrev=False)  # type: ignore[arg-type]
        self.commands: dict[str, CommandParser] = {}

    def list_options(self) -> list[str]:
        """Return the names of all options, such as `-o` and `--output`."""
        return list(self._option_string_actions)

    def exit_with_hint(self, message: str, hint: str) -> NoReturn:
        """Print a message and a hint, and exit.

        Args:
            message: What is wrong.
            hint: What to do.

        Raises:
            SystemExit: Always, with the exit code of invalid usage.
        """
        text = f"{self.prog}: error: {message}\n    {hint}\n"
        sys.stderr.write(escape_runner_commands(show_invisible(text)))
        raise SystemExit(EXIT_USAGE)
