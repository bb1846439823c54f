"""The parser of the command line.

In: nothing. Out: the parser. This module imports nothing heavy, so that `--help` and a
run without work are fast.
"""

from __future__ import annotations

import argparse

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.conform_arguments import add_conform_command
from flexprice_codegen.cli.diff_arguments import add_diff_commands
from flexprice_codegen.cli.limit_arguments import add_limits
from flexprice_codegen.version import VERSION

# A day: a longer timeout is a typing error.
_LONGEST_WAIT = 86_400
_DESCRIPTION = (
    "Small typed Python clients from OpenAPI documents, vendored in your repository."
)
_EXAMPLES = """examples:
  flexprice-codegen generate openapi.json --output src/billing/flexprice_client
  flexprice-codegen generate specs/api.yaml --overlay specs/api.overlay.yaml --output api_client
  flexprice-codegen generate https://api.example.com/openapi.json --output api_client
  flexprice-codegen generate                     (all clients of flexprice-codegen.toml)

"""
_WHOLE = f"""{_EXAMPLES}exit codes: 0 done. 1 a check found something, or another run works on the client.
2 bad usage or a document that cannot be generated; then nothing was written. 3 stopped
half-way; the next run writes the rest.
"""
_GENERATE = f"""{_EXAMPLES}exit codes: 0 done, 1 another run works on the client, 2 bad usage, a document that cannot
be generated or a disk that is full; then nothing was written. 3 stopped half-way; the
next run writes the rest.
"""
_CHECK = """examples:
  flexprice-codegen check                        (all clients of flexprice-codegen.toml)
  flexprice-codegen check openapi.json --output src/billing/flexprice_client

exit codes: 0 as generated, 1 it differs, 2 as for generate.
"""
_INSPECT = """examples:
  flexprice-codegen inspect openapi.json
  flexprice-codegen inspect --format json | jq '.operations[].method'
"""
SELECTING = {
    "tag": "take only the operations with a tag",
    "operation": "take only the operations with an id or METHOD /path",
    "event": "take only the webhook events with a name",
}
"""The options that select a part of a document, with their help."""
_PULL = """examples:
  flexprice-codegen pull                         (all [[spec]] of flexprice-codegen.toml)
  flexprice-codegen pull specs/api.yaml          (only this one)

Documents come over https only; HTTPS_PROXY and SSL_CERT_FILE are followed.
exit codes: 0 done, 2 bad usage or a document that cannot be had; then nothing has been
written.
"""
_INIT = """examples:
  flexprice-codegen init specs/api.yaml
  flexprice-codegen init https://docs.example.com/openapi.json

exit codes: 0 written, 2 there is one already, or a document that cannot be read.
"""
_COMPLETION = """examples:
  source <(flexprice-codegen completion bash)    (in ~/.bashrc)
  source <(flexprice-codegen completion zsh)     (in ~/.zshrc)
  flexprice-codegen completion fish | source     (in ~/.config/fish/config.fish)
"""
_COMMANDS = {
    "generate": ("make clients", _GENERATE),
    "check": ("compare clients with what a run would make", _CHECK),
    "inspect": (
        "show operations, events and schemas, and the names they get",
        _INSPECT,
    ),
    "init": ("write a configuration to begin with", _INIT),
    "pull": ("fetch the documents of the configuration", _PULL),
    "completion": ("print a script that completes commands in a shell", _COMPLETION),
}
SHELLS = ("bash", "zsh", "fish")
"""The shells for which there is a script of completions."""


def build_parser() -> CommandParser:
    """Return the parser of all commands."""
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

    for name, (text, examples) in _COMMANDS.items():
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
                _add_format(command)
                add_limits(command)

    add_diff_commands(commands)
    add_conform_command(commands)
    whole.commands = dict(commands.choices)
    return whole


def _add_init(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `init`."""
    command.add_argument(
        "spec",
        metavar="SPEC",
        help="an OpenAPI document, or the https address of one",
    )


def _add_pull(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `pull`."""
    command.add_argument(
        "path",
        nargs="*",
        metavar="PATH",
        help="only the [[spec]] with this path; may be given several times",
    )
    _add_config(command)
    command.add_argument(
        "--timeout",
        type=_parse_seconds,
        default=60.0,
        metavar="SECONDS",
        help="the time for each document (default: 60)",
    )


def _parse_seconds(text: str) -> float:
    """Parse a number of seconds: positive, and less than a day.

    Raises:
        argparse.ArgumentTypeError: The text is not such a number.
    """
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < _LONGEST_WAIT:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _add_verbosity(command: argparse.ArgumentParser) -> None:
    """Add the options for how much a command prints."""
    command.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="print only warnings and errors",
    )
    command.add_argument(
        "-v",
        "--verbose",
        "--notes",
        dest="notes",
        action="store_true",
        help="print all notes, not only the first 20",
    )


def _add_config(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: the nearest one upward)",
    )


def _add_patterns(command: argparse.ArgumentParser) -> None:
    """Add the options that select parts of a document."""
    for name, help_ in SELECTING.items():
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="PATTERN",
            help=f"{help_}; * and ? are wildcards; may be given several times",
        )


def _add_format(command: argparse.ArgumentParser) -> None:
    """Add the option for the format of a report."""
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="for people, for programs, or as annotations of GitHub Actions",
    )


def _add_generate(command: argparse.ArgumentParser) -> None:
    """Add the options of `generate` that other commands lack."""
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="write nothing; show what would be done, with diffs",
    )
    command.add_argument(
        "--prune-aliases",
        action="store_true",
        help="drop the old names that earlier runs kept for renamed classes and methods",
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    """Add the arguments that select the clients of a command."""
    command.add_argument(
        "spec",
        nargs="*",
        metavar="SPEC",
        help="OpenAPI documents (YAML, JSON, docs pages), as files, https addresses, "
        "git:REV:PATH or - for standard input; several are merged into one",
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", help="the folder of the package itself"
    )
    command.add_argument(
        "--package",
        metavar="NAME",
        help="its dotted import path (default: the folder's name)",
    )
    command.add_argument(
        "--class",
        # `class` is a keyword, which cannot be the name of an attribute.
        dest="class_name",
        default="",
        metavar="NAME",
        help="name of the client's class (default: as in the lock file, else by the title)",
    )
    command.add_argument(
        "--env-prefix",
        default="",
        metavar="PREFIX",
        help="start of its environment variables (default: as in the lock file, else the "
        "class name in capitals)",
    )
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="an OpenAPI Overlay to apply; may be given several times",
    )
    _add_patterns(command)
    _add_config(command)
    command.add_argument(
        "--client", metavar="NAME", help="only this client of the configuration"
    )
    _add_choices(command)


def _add_choices(command: argparse.ArgumentParser) -> None:
    """Add the options for the content of a client, and for what stops a run."""
    command.add_argument(
        "--no-docstrings", action="store_true", help="leave the document's prose out"
    )
    command.add_argument(
        "--testing",
        action="store_true",
        help="add a module with a fake transport for tests of code that uses it",
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
        help="what stops a run: with `warning` a piece that is left out does",
    )
