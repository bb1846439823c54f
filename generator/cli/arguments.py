"""The command line, declared.

In: nothing. Out: the parser. This module imports nothing of ours that is heavy, so that
`--help` answers at once and the process that writes models can be started first.
"""

from __future__ import annotations

import argparse

from generator.cli.diff_arguments import add_commands
from generator.version import VERSION

_DESCRIPTION = (
    "Small typed Python clients from OpenAPI documents, vendored in your repository."
)
_GENERATE = """examples:
  flexprice-codegen generate openapi.json --output src/billing/flexprice_client
  flexprice-codegen generate specs/api.yaml --overlay specs/api.overlay.yaml --output api_client
  flexprice-codegen generate                     (all clients of flexprice-codegen.toml)

exit codes: 0 done, 2 bad usage or a document that cannot be generated; then nothing
has been written.
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
_COMMANDS = {
    "generate": ("make clients", _GENERATE),
    "check": ("compare clients with what a run would make", _CHECK),
    "inspect": (
        "show operations, events and schemas, and the names they get",
        _INSPECT,
    ),
}


def parser() -> argparse.ArgumentParser:
    """Declare the command line."""
    whole = argparse.ArgumentParser(
        prog="flexprice-codegen",
        description=_DESCRIPTION,
        epilog=_GENERATE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=VERSION)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (text, examples) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text.capitalize()}.",
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_selection(command)
        if name == "inspect":
            command.add_argument("--format", choices=("table", "json"), default="table")
    add_commands(commands)
    return whole


def _add_selection(command: argparse.ArgumentParser) -> None:
    """Declare the arguments that say which clients a command works on."""
    command.add_argument(
        "spec",
        nargs="*",
        metavar="SPEC",
        help="OpenAPI documents (YAML, JSON, docs pages); several are merged into one",
    )
    command.add_argument(
        "--output", metavar="DIR", help="the folder of the package itself"
    )
    command.add_argument(
        "--package",
        metavar="NAME",
        help="its dotted import path (default: the folder's name)",
    )
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="an OpenAPI Overlay to apply; may be given several times",
    )
    command.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: the nearest one upward)",
    )
    command.add_argument(
        "--client", metavar="NAME", help="only this client of the configuration"
    )
    command.add_argument(
        "--no-docstrings", action="store_true", help="leave the document's prose out"
    )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="what stops a run: with `warning` a piece that is left out does",
    )
    command.add_argument("--notes", action="store_true", help="show all notes")
