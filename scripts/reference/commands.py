"""The page of all commands, from the parser of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from flexprice_codegen.cli.arguments import build_parser
from reference.markdown import GENERATED, format_code, format_table

_HEAD = """# Commands

{description}

| exit code | meaning |
|---|---|
| 0 | success |
| 1 | a check found something, or another run is using the directory |
| 2 | usage error or invalid input; nothing was written |
| 3 | stopped half-way; the next `generate` writes the rest |
"""


def format_commands_page() -> str:
    """Return the page `reference/commands.md`."""
    parser = build_parser()
    parts = [GENERATED, _HEAD.format(description=parser.description)]
    for name, command in get_subcommands(parser).items():
        parts += _iter_command(name, command)

    return "\n".join(parts)


def get_subcommands(
    parser: argparse.ArgumentParser,
) -> Mapping[str, argparse.ArgumentParser]:
    """Return the commands of a parser by name."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - the same
            return action.choices

    return {}


def _iter_command(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the section of a command: its summary, examples, arguments, and options."""
    yield f"## `{name}`\n"
    yield f"{command.description}\n"

    if command.epilog:
        yield f"```text\n{command.epilog.strip()}\n```\n"

    for group in command._action_groups:  # noqa: SLF001 - argparse has no public way
        rows = [
            (format_code(_format_names(action)), _format_help(action, command))
            for action in group._group_actions  # noqa: SLF001 - the same
            if action.help != argparse.SUPPRESS
        ]
        if rows:
            yield format_table(("argument", "meaning"), rows)


def _format_names(action: argparse.Action) -> str:
    """Return the spellings of an argument, with the name of its value."""
    if not action.option_strings:
        return _get_metavar(action)

    names = ", ".join(action.option_strings)
    value = "" if action.nargs == 0 else f" {_get_metavar(action)}"
    return f"{names}{value}"


def _get_metavar(action: argparse.Action) -> str:
    if action.choices is not None:
        return "{" + ",".join(str(choice) for choice in action.choices) + "}"
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)

    return action.metavar or action.dest.upper()


def _format_help(action: argparse.Action, command: argparse.ArgumentParser) -> str:
    """Return the help of an argument with its default filled in."""
    if not action.help:
        return ""

    values = {**vars(action), "prog": command.prog}
    return action.help % values
