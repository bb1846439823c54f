"""The command line, parsed, with suggestions for names that do not exist.

In: arguments. Out: a namespace, or a message and exit code 2.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterable, Sequence

from flexprice_codegen.cli.arguments import build_parser


def parse_command_line(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the arguments of a command.

    Args:
        arguments: The arguments; by default those of the process.

    Raises:
        SystemExit: An argument is invalid (exit code 2), or asks for help (0).
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = build_parser(next(iter(given), ""))
    commands = parser.commands
    name = next((each for each in given if not each.startswith("-")), "")
    if name and name not in commands:
        known = ", ".join(sorted(commands))
        hint = _suggest(name, commands) or f"use one of {known}"
        parser.exit_with_hint(f"unknown command {name!r}", hint)

    parsed, unknown = parser.parse_known_args(given)
    if unknown:
        command = commands[parsed.command]
        option = next((each for each in unknown if each.startswith("-")), unknown[0])
        # The value of an option can follow it after an equals sign.
        wrong = option.partition("=")[0]
        hint = _suggest(wrong, command.list_options()) or (
            f"run `{command.prog} --help` to list the options"
        )
        command.exit_with_hint(f"unexpected argument {wrong!r}", hint)
    return parsed


def _suggest(wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else ""
