"""The arguments of `diff`, `changelog`, `history` and `rules`.

In: the subcommands of the parser. Out: four more subcommands.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.limit_arguments import add_limits, build_integer_parser
from flexprice_codegen.cli.report_formats import REPORT_FORMATS
from flexprice_codegen.diff.rules.severity import NO_LEVEL, Severity
from flexprice_codegen.diff.wire.deprecation_policy import STABILITY_LEVELS

if TYPE_CHECKING:
    # argparse has no public name for the type that `add_subparsers` returns.
    from argparse import _SubParsersAction
# Almost 300 years: dates of Python end with the year 9999.
_MOST_DAYS = 100_000
FAIL_ON_LEVELS = (*(each.value for each in reversed(Severity)), NO_LEVEL)
_DIFF = """examples:
  flexprice-codegen diff old.yaml new.yaml
  flexprice-codegen diff git:main:specs/api.yaml specs/api.yaml --format markdown
  flexprice-codegen diff src/billing/flexprice_client/flexprice.lock.json specs/api.yaml
  flexprice-codegen diff --client billing git:main:specs/api.yaml specs/api.yaml
  flexprice-codegen diff --client billing        # its lock file against its current documents
  flexprice-codegen diff old.yaml new.yaml --accept ignore.toml --reason "v2 launch"

OLD and NEW are each a file, a URL, a Markdown page, git:REV:PATH, or a lock file. A lock
file means the document that the client was generated from.

exit codes: 0 no finding at or above the --fail-on level, 1 at least one, 2 usage error or
unreadable document.
"""
_CHANGELOG = """examples:
  flexprice-codegen changelog old.yaml new.yaml >> CHANGELOG.md

exit codes: 0 success, 2 usage error or unreadable document.
"""
_HISTORY = """examples:
  flexprice-codegen history specs/api.yaml
  flexprice-codegen history specs/api.yaml --since v1.4.0 --format html --output history.html

exit codes: 0 success, 2 usage error, or git does not have the document.
"""
_RULES = """examples:
  flexprice-codegen rules
  flexprice-codegen rules request-property-became-required

exit codes: 0 success, 2 unknown rule.
"""


def add_diff_commands(commands: _SubParsersAction[CommandParser]) -> None:
    """Add the subcommands `diff`, `changelog`, `history` and `rules`."""
    diff = add_command(
        commands,
        "diff",
        "report breaking changes between two versions of an API",
        _DIFF,
    )
    add_versions(diff)
    add_side(diff)
    diff.add_argument("--format", choices=list(REPORT_FORMATS), default="text")
    diff.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="List all places and changes, with reasons and help",
    )
    diff.add_argument(
        "--fail-on",
        choices=FAIL_ON_LEVELS,
        default="error",
        help="Lowest level that makes the exit code 1 [default: error]",
    )
    _add_accept(diff)
    changelog = add_command(
        commands,
        "changelog",
        "write a changelog section for the changes between two versions",
        _CHANGELOG,
    )
    add_versions(changelog)
    add_side(changelog)
    _add_history(commands)
    rules = add_command(
        commands, "rules", "list the rules of diff, or explain one rule", _RULES
    )
    rules.add_argument("id", nargs="?", metavar="ID", help="Rule to explain")
    rules.add_argument("--format", choices=("text", "markdown", "json"), default="text")


def _add_history(commands: _SubParsersAction[CommandParser]) -> None:
    history = add_command(
        commands, "history", "report the changes of a document in git", _HISTORY
    )
    history.add_argument("document", metavar="PATH", help="OpenAPI document in git")
    history.add_argument(
        "--since", metavar="REV", help="Start with the version of this revision"
    )
    history.add_argument(
        "--format", choices=("text", "markdown", "html"), default="text"
    )
    history.add_argument(
        "--config",
        metavar="FILE",
        help="Configuration file [default: the nearest one in this directory or a parent]",
    )
    add_side(history)
    _add_report_options(history)
    _add_policy(history)
    add_limits(history)


def _add_accept(diff: argparse.ArgumentParser) -> None:
    """Add the options that accept the findings of a report."""
    diff.add_argument(
        "--accept",
        metavar="FILE",
        help="Add an entry for each error and warning to this ignore file, and exit "
        "with code 0",
    )
    diff.add_argument(
        "--reason", metavar="TEXT", help="Reason of the accepted findings"
    )
    diff.add_argument(
        "--expires",
        metavar="DATE",
        type=_parse_date,
        help="Last day on which the findings are accepted, such as 2030-01-31",
    )


def _parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"invalid date {text!r:.80}; expected YYYY-MM-DD"
        raise argparse.ArgumentTypeError(message) from error


def add_command(
    commands: _SubParsersAction[CommandParser],
    name: str,
    text: str,
    examples: str,
) -> CommandParser:
    """Add a subcommand with examples, and return its parser."""
    return commands.add_parser(
        name,
        help=text,
        description=f"{text.capitalize()}.",
        epilog=examples,
    )


def add_side(command: argparse.ArgumentParser) -> None:
    """Add the argument for the findings of one side."""
    command.add_argument(
        "--only",
        choices=("wire", "source"),
        dest="side",
        help="Report only changes to the HTTP contract (`wire`) or to the Python API "
        "(`source`)",
    )


def add_versions(command: argparse.ArgumentParser) -> None:
    """Add the arguments for the versions to compare and the levels of findings."""
    command.add_argument(
        "old",
        nargs="?",
        metavar="OLD",
        help="Old version: the one that callers use today",
    )
    command.add_argument("new", nargs="?", metavar="NEW", help="New version")
    _add_report_options(command)
    command.add_argument(
        "--client",
        metavar="NAME",
        help="Compare for this client only, with its selection, its overlays, and the "
        "names in its lock file",
    )
    command.add_argument(
        "--config",
        metavar="FILE",
        help="Configuration file [default: the nearest one in this directory or a parent]",
    )
    command.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="FILE",
        help="TOML file of findings to ignore (repeatable)",
    )
    _add_policy(command)
    add_limits(command)


def _add_report_options(command: argparse.ArgumentParser) -> None:
    """Add the options for what is compared, and what is reported of it."""
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the report to FILE instead of standard output",
    )
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="OpenAPI Overlay to apply to all versions (repeatable)",
    )
    command.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="RULE=LEVEL",
        help="Override the level of a rule (error, warning, info, or none); RULE may "
        "contain wildcards",
    )
    command.add_argument(
        "--levels",
        metavar="FILE",
        help='TOML file of level overrides, one `"RULE" = "LEVEL"` per line',
    )


def _add_policy(command: argparse.ArgumentParser) -> None:
    """Add what a team has agreed on about deprecation and stability."""
    group = command.add_argument_group(
        "deprecation", "also `sunset_days`, `beta_sunset_days`, `stability` in [diff]"
    )
    group.add_argument(
        "--sunset-days",
        type=build_integer_parser(_MOST_DAYS, least=0),
        metavar="N",
        help="Days that an operation must stay after its deprecation [default: 0, no "
        "sunset date is required]",
    )
    group.add_argument(
        "--beta-sunset-days",
        type=build_integer_parser(_MOST_DAYS, least=0),
        metavar="N",
        help="Days for an operation that is beta [default: 0]",
    )
    group.add_argument(
        "--stability",
        choices=STABILITY_LEVELS,
        help="Skip operations that are less stable [default: beta]",
    )
