"""The parser of a command: `argparse`, without abbreviations and with hints.

In: the definition of arguments. Out: a parser.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import NoReturn

from flexprice_codegen.emit.python_text import show_invisible
from flexprice_codegen.report.runner_commands import escape_runner_commands

EXIT_USAGE = 2
# As wide as a terminal that is not asked.
_UNSIZED = partial(argparse.RawDescriptionHelpFormatter, width=80)


class CommandParser(argparse.ArgumentParser):
    """A parser whose options have only their full names.

    An abbreviation would have another meaning as soon as there are new options.
    """

    def __init__(self, **options: object) -> None:
        # `argparse` makes a formatter of each argument to check it. Only one that prints
        # needs the width of the terminal, for which it would import `shutil`.
        options.setdefault("formatter_class", _UNSIZED)
        super().__init__(**options, allow_abbrev=False)  # type: ignore[arg-type]
        self.commands: dict[str, CommandParser] = {}

    def format_help(self) -> str:
        """Return the help, as wide as the terminal."""
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        return super().format_help()

    def format_usage(self) -> str:
        """Return the usage, as wide as the terminal."""
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        return super().format_usage()

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
