"""The arguments of `conform`.

In: the subcommands of the parser. Out: one more subcommand.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.limit_arguments import add_limits, build_integer_parser

if TYPE_CHECKING:
    # argparse has no public name for the type that `add_subparsers` returns.
    from argparse import _SubParsersAction

# Far more than a day of traffic; a larger number is most likely a slip of the keyboard.
_MOST_EXCHANGES = 1_000_000
_FORMATS = ("text", "markdown", "json", "github", "sarif")
_TEXT = "Report where recorded traffic differs from the document, and correct it"
_EXAMPLES = """examples:
  flexprice-codegen conform traffic.har --spec specs/api.yaml
  flexprice-codegen conform recordings/ --client billing --write specs/api.traffic.yaml
  flexprice-codegen conform - --client billing --fail-on error < traffic.jsonl
  flexprice-codegen conform traffic.har --client billing --scrub shareable.jsonl

Traffic is HAR (browsers, mitmproxy, Proxyman, Charles) or JSON Lines with one HAR entry
per line. Values of the traffic are in no report.

exit codes: 0 no finding at or above the `--fail-on` level; 1 at least one; 2 usage error
or unreadable input
"""


def add_conform_command(commands: _SubParsersAction[CommandParser]) -> None:
    """Add the subcommand `conform`."""
    command = commands.add_parser(
        "conform",
        help=_TEXT,
        description=f"{_TEXT}.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "traffic",
        nargs="+",
        metavar="TRAFFIC",
        help="HAR file, JSON Lines, directory of both, or `-` for standard input",
    )
    _add_document(command)
    _add_evidence(command)
    _add_output(command)
    add_limits(command)


def _add_document(command: argparse.ArgumentParser) -> None:
    """Add what names the document."""
    command.add_argument(
        "--spec",
        action="append",
        metavar="SPEC",
        help="OpenAPI document; several are merged (repeatable)",
    )
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="OpenAPI Overlay to apply to the document (repeatable)",
    )
    command.add_argument(
        "--client", metavar="NAME", help="Client of the configuration file"
    )
    command.add_argument(
        "--config",
        metavar="FILE",
        help="Configuration file [default: the nearest one in this directory or a parent]",
    )
    command.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="URL",
        help="Base URL of the traffic, if the document does not have it (repeatable)",
    )


def _add_evidence(command: argparse.ArgumentParser) -> None:
    """Add what counts as evidence."""
    command.add_argument(
        "--least",
        type=build_integer_parser(_MOST_EXCHANGES),
        default=2,
        metavar="N",
        help="Exchanges that a correction needs [default: 2]",
    )
    command.add_argument(
        "--enum-values",
        action="store_true",
        help="Write unknown enum values into the overlay; they are values of the traffic",
    )
    command.add_argument(
        "--habits",
        action="store_true",
        help="Also correct what always holds: strings that are decimals or timestamps",
    )
    command.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="FILE",
        help="TOML file of findings to ignore (repeatable)",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    """Add what is written."""
    command.add_argument(
        "--write",
        metavar="FILE",
        help="Write proved corrections to this overlay; actions of people stay",
    )
    command.add_argument(
        "--coverage",
        metavar="FILE",
        help="Write what the traffic reached, as .json or .md",
    )
    command.add_argument(
        "--scrub",
        metavar="FILE",
        help="Write the traffic to FILE without its values, as JSON Lines",
    )
    command.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="Output format [default: text]",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the report to FILE instead of standard output",
    )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning", "note", "none"),
        default="error",
        help="Lowest level that makes the exit code 1 [default: error]",
    )
