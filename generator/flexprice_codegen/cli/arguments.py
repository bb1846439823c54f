"""The parser of the command line.

In: nothing. Out: the parser. This module imports nothing heavy, so that `--help` and a
run without work are fast.
"""

from __future__ import annotations

import argparse
from functools import cache
from typing import TYPE_CHECKING

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.limit_arguments import add_limits
from flexprice_codegen.cli.option_arguments import add_python_options
from flexprice_codegen.version import VERSION

if TYPE_CHECKING:
    from argparse import _SubParsersAction

# A day: a longer timeout is a typing error.
_LONGEST_WAIT = 86_400
_DESCRIPTION = "Generate small, typed Python clients from OpenAPI documents."
_EXAMPLES = """examples:
  flexprice-codegen generate openapi.json --output src/billing/flexprice_client
  flexprice-codegen generate specs/api.yaml --overlay specs/api.overlay.yaml --output api_client
  flexprice-codegen generate https://api.example.com/openapi.json --output api_client
  flexprice-codegen generate                     # every client in flexprice-codegen.toml

"""
_WHOLE = f"""{_EXAMPLES}exit codes: 0 success; 1 a check found something, or another run is using the directory;
2 usage error or invalid input (nothing is written); 3 stopped half-way (the next run
writes the rest)
"""
_GENERATE = f"""{_EXAMPLES}exit codes: 0 success; 1 another run is using the directory; 2 usage error, invalid input,
or a full disk (nothing is written); 3 stopped half-way (the next run writes the rest)
"""
_CHECK = """examples:
  flexprice-codegen check                        # every client in flexprice-codegen.toml
  flexprice-codegen check openapi.json --output src/billing/flexprice_client

exit codes: 0 up to date; 1 out of date; 2 usage error or invalid input
"""
_INSPECT = """examples:
  flexprice-codegen inspect openapi.json
  flexprice-codegen inspect --format json | jq '.operations[].method'
"""
SELECTING = {
    "tag": "Generate only operations with a matching tag",
    "operation": "Generate only operations with a matching operationId or METHOD /path",
    "event": "Generate only webhook events with a matching name",
}
"""The options that select a part of a document, with their help."""
_PULL = """examples:
  flexprice-codegen pull                         # every [[spec]] in flexprice-codegen.toml
  flexprice-codegen pull specs/api.yaml          # one document

Only https URLs are supported. `pull` respects HTTPS_PROXY and SSL_CERT_FILE.
exit codes: 0 success; 2 usage error or failed download (nothing is written)
"""
_INIT = """examples:
  flexprice-codegen init specs/api.yaml
  flexprice-codegen init https://docs.example.com/openapi.json
  flexprice-codegen init --api flexprice
  flexprice-codegen init --write-excludes        # linters skip the clients
  flexprice-codegen init --api flexprice --diff  # what an upgrade would change in it

exit codes: 0 created; 2 a configuration already exists, or the document cannot be read
"""
_COMPLETION = """examples:
  source <(flexprice-codegen completion bash)    # in ~/.bashrc
  source <(flexprice-codegen completion zsh)     # in ~/.zshrc
  flexprice-codegen completion fish | source     # in ~/.config/fish/config.fish
"""
_COMMANDS = {
    "generate": ("Generate clients", _GENERATE),
    "check": ("Check that generated clients are up to date", _CHECK),
    "inspect": (
        "List operations, events, and schemas with their Python names",
        _INSPECT,
    ),
    "init": ("Create a configuration file", _INIT),
    "pull": ("Download the OpenAPI documents listed in the configuration", _PULL),
    "completion": ("Print a script for shell completion", _COMPLETION),
}
_COMPARING = {
    "diff": "document",
    "changelog": "document",
    "history": "document",
    "rules": "document",
    "conform": "traffic",
    "impact": "code",
    "migrate": "code",
}
"""The commands that compare a document, and with what."""
SHELLS = ("bash", "zsh", "fish")
"""The shells for which there is a script of completions."""


@cache
def build_parser(only: str = "") -> CommandParser:
    """Return the parser of all commands.

    Args:
        only: The first word of the command line. If it is a command, the parser has only
            this one, and those that are added with it.
    """
    whole = CommandParser(
        prog="flexprice-codegen", description=_DESCRIPTION, epilog=_WHOLE
    )
    whole.add_argument("-V", "--version", action="version", version=VERSION)
    commands = whole.add_subparsers(
        dest="command",
        metavar="COMMAND",
        required=True,
        parser_class=CommandParser,
    )

    names = (only,) if only in _COMMANDS else tuple(_COMMANDS)
    if only in _COMPARING:
        names = ()
    for name in names:
        text, examples = _COMMANDS[name]
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text.capitalize()}.",
            epilog=examples,
        )
        if name != "completion":
            _add_verbosity(command)
        match name:
            case "completion":
                command.add_argument("shell", choices=SHELLS)
            case "init":
                _add_init(command)
            case "pull":
                _add_pull(command)
            case "generate":
                _add_selection(command)
                _add_all(command)
                _add_format(command)
                _add_generate(command)
                add_limits(command)
            case "inspect":
                _add_selection(command)
                add_limits(command)
                formats = ("table", "json")
                command.add_argument("--format", choices=formats, default="table")
            case _:
                _add_selection(command)
                _add_all(command)
                _add_format(command)
                add_limits(command)

    if only not in _COMMANDS:
        _add_comparing_commands(commands, _COMPARING.get(only))
    whole.commands = dict(commands.choices)
    return whole


def _add_comparing_commands(
    commands: _SubParsersAction[CommandParser], only: str | None
) -> None:
    """Add the commands that compare a document with another one, code, or traffic.

    Args:
        commands: The subcommands of the parser.
        only: What these commands compare a document with; all of them if it is None.
    """
    # Late: a run of `generate` without work needs none of them, and they take as long to
    # import and to build as all else of it.
    if only in {None, "document"}:
        from flexprice_codegen.cli.diff_arguments import add_diff_commands

        add_diff_commands(commands)
    if only in {None, "traffic"}:
        from flexprice_codegen.cli.conform_arguments import add_conform_command

        add_conform_command(commands)
    if only in {None, "code"}:
        from flexprice_codegen.cli.impact_arguments import add_impact_commands

        add_impact_commands(commands)


def _add_init(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `init`."""
    command.add_argument(
        "spec",
        nargs="?",
        metavar="SPEC",
        help="OpenAPI document: a path or an https URL [default with --api: that of "
        "the API]",
    )
    command.add_argument(
        "--api",
        choices=("flexprice",),
        help="API that this version knows: also copy its overlay into the repository",
    )
    command.add_argument(
        "--diff",
        action="store_true",
        help="With --api: print how the overlay of this version differs from the copy, "
        "without writing files",
    )
    command.add_argument(
        "--write-excludes",
        action="store_true",
        help="Exclude the clients from ruff, black, mypy, pyright, coverage, and pylint in "
        "pyproject.toml; without SPEC, the clients of the configuration file",
    )


def _add_pull(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `pull`."""
    command.add_argument(
        "path",
        nargs="*",
        metavar="PATH",
        help="Download only the [[spec]] with this path (repeatable)",
    )
    _add_config(command)
    command.add_argument(
        "--timeout",
        type=_parse_seconds,
        default=60.0,
        metavar="SECONDS",
        help="Timeout for each document, in seconds [default: 60]",
    )


def _parse_seconds(text: str) -> float:
    """Parse a number of seconds: positive, and less than a day.

    Raises:
        argparse.ArgumentTypeError: The text is not such a number.
    """
    try:
        seconds = float(text)
    except ValueError:
        # Not a number is rejected like a number that is too small.
        seconds = 0.0
    if not 0 < seconds < _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"expected a number of seconds, got {text!r}")
    return seconds


def _add_verbosity(command: argparse.ArgumentParser) -> None:
    """Add the options for how much a command prints."""
    command.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="Print only warnings and errors",
    )
    command.add_argument(
        "-v",
        "--verbose",
        "--notes",
        dest="notes",
        action="store_true",
        help="Print all notes, not only the first 20",
    )


def _add_config(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config",
        metavar="FILE",
        help="Configuration file [default: the nearest one in this directory or a parent]",
    )


def _add_patterns(command: argparse.ArgumentParser) -> None:
    """Add the options that select parts of a document."""
    for name, help_ in SELECTING.items():
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="PATTERN",
            help=f"{help_}; * and ? are wildcards (repeatable)",
        )


def _add_format(command: argparse.ArgumentParser) -> None:
    """Add the option for the format of a report."""
    command.add_argument(
        "--format",
        choices=("text", "json", "github", "gitlab", "junit"),
        default="text",
        help="Output format [default: text]",
    )


def _add_all(command: argparse.ArgumentParser) -> None:
    """Add the option for repositories with several configuration files."""
    command.add_argument(
        "--all",
        action="store_true",
        help="Process all configuration files in this directory and below",
    )


def _add_generate(command: argparse.ArgumentParser) -> None:
    """Add the options of `generate` that other commands lack."""
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="Print the changes as unified diffs without writing files",
    )
    command.add_argument(
        "--prune-aliases",
        action="store_true",
        help="Remove the deprecated aliases of renamed classes and methods",
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    """Add the arguments that select the clients of a command."""
    command.add_argument(
        "spec",
        nargs="*",
        metavar="SPEC",
        help="OpenAPI documents (YAML, JSON, or Markdown pages): files, https URLs, "
        "git:REV:PATH, or - for standard input; several are merged",
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", help="Directory to write the package to"
    )
    command.add_argument(
        "--package",
        metavar="NAME",
        help="Import path of the package [default: name of the output directory]",
    )
    add_python_options(command)
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="OpenAPI Overlay to apply to the documents (repeatable)",
    )
    _add_patterns(command)
    _add_config(command)
    command.add_argument(
        "--client", metavar="NAME", help="Process only the client with this name"
    )
    _add_choices(command)


def _add_choices(command: argparse.ArgumentParser) -> None:
    """Add the options for the content of a client, and for what stops a run."""
    command.add_argument(
        "--no-docstrings",
        action="store_true",
        help="Do not copy descriptions from the document into docstrings",
    )
    command.add_argument(
        "--request-options",
        action="store_true",
        help="Give each method the keyword argument `request_options`",
    )
    command.add_argument(
        "--inputs",
        choices=("dataclass", "both"),
        help="What methods take as a request body: classes, or `both` classes and typed "
        "dicts [default: dataclass]",
    )
    command.add_argument(
        "--testing",
        action="store_true",
        help="Add a `testing` module with a fake transport, for tests without a network",
    )
    command.add_argument(
        "--agents",
        action="store_true",
        help="Add an AGENTS.md with rules and tables for coding agents",
    )
    command.add_argument(
        "--recording",
        action="store_true",
        help="add a module that records what the server answers, for `conform`",
    )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="Lowest level that makes the run fail; `warning` also fails if part of the "
        "document is skipped [default: error]",
    )
