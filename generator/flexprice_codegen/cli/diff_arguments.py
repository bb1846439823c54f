"""The arguments of `diff`, `changelog` and `rules`.

In: the subcommands of the parser. Out: three more subcommands.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.limit_arguments import add_limits, build_integer_parser
from flexprice_codegen.cli.report_formats import REPORT_FORMATS
from flexprice_codegen.diff.rules.severity import NO_LEVEL, Severity
from flexprice_codegen.diff.wire.deprecation_policy import STABILITY_LEVELS

if TYPE_CHECKING:
    # argparse has no public name for the type that `add_subparsers` returns.
    from argparse import _SubParsersAction
_MOST_DAYS = 100_000
FAIL_ON_LEVELS = (*(each.value for each in reversed(Severity)), NO_LEVEL)
_DIFF = """examples:
  flexprice-codegen diff old.yaml new.yaml
  flexprice-codegen diff git:main:specs/api.yaml specs/api.yaml --format markdown
  flexprice-codegen diff src/billing/flexprice_client/flexprice.lock.json specs/api.yaml
  flexprice-codegen diff --client billing git:main:specs/api.yaml specs/api.yaml
  flexprice-codegen diff --client billing        (its lock against its documents)

OLD and NEW are files, addresses, docs pages, git:REV:PATH, or the lock of a client: the
document that it was generated from.

exit codes: 0 nothing at or above the level of --fail-on, 1 something, 2 bad usage or a
document that cannot be read.
"""
_CHANGELOG = """examples:
  flexprice-codegen changelog old.yaml new.yaml >> CHANGELOG.md

exit codes: 0 done, 2 bad usage or a document that cannot be read.
"""
_RULES = """examples:
  flexprice-codegen rules
  flexprice-codegen rules request-property-became-required

exit codes: 0 done, 2 there is no such rule.
"""


def add_diff_commands(commands: _SubParsersAction[CommandParser]) -> None:
    """Add the subcommands `diff`, `changelog` and `rules`."""
    diff = add_command(commands, "diff", "tell what a new version breaks", _DIFF)
    add_versions(diff)
    add_side(diff)
    diff.add_argument("--format", choices=list(REPORT_FORMATS), default="text")
    diff.add_argument(
        "--fail-on",
        choices=FAIL_ON_LEVELS,
        default="error",
        help="the least level that makes the exit code 1 (default: error)",
    )
    changelog = add_command(
        commands, "changelog", "write a section of a changelog", _CHANGELOG
    )
    add_versions(changelog)
    add_side(changelog)
    rules = add_command(commands, "rules", "show what diff knows", _RULES)
    rules.add_argument("id", nargs="?", metavar="ID", help="only this rule, in full")
    rules.add_argument("--format", choices=("text", "markdown", "json"), default="text")


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
        help="findings of one side only",
    )


def add_versions(command: argparse.ArgumentParser) -> None:
    """Add the arguments for the versions to compare and the levels of findings."""
    command.add_argument(
        "old", nargs="?", metavar="OLD", help="the version that callers know"
    )
    command.add_argument(
        "new", nargs="?", metavar="NEW", help="the version that they will meet"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write the report there, not to the terminal",
    )
    command.add_argument(
        "--client",
        metavar="NAME",
        help="what it does to this client of the configuration: its selection, its "
        "overlays, its names",
    )
    command.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: the nearest one upward)",
    )
    command.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="an OpenAPI Overlay to apply to both; may be given several times",
    )
    command.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="FILE",
        help="a TOML file of findings that are accepted; may be given several times",
    )
    command.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="RULE=LEVEL",
        help="judge a rule otherwise; RULE may have wildcards, and LEVEL be none",
    )
    command.add_argument(
        "--levels", metavar="FILE", help="a TOML file of such lines: RULE = LEVEL"
    )
    _add_policy(command)
    add_limits(command)


def _add_policy(command: argparse.ArgumentParser) -> None:
    """Add what a team has agreed on about deprecation and stability."""
    group = command.add_argument_group(
        "deprecation", "also `sunset_days`, `beta_sunset_days`, `stability` in [diff]"
    )
    group.add_argument(
        "--sunset-days",
        type=build_integer_parser(_MOST_DAYS, least=0),
        metavar="N",
        help="the days that something must stay after its deprecation (default: 0, no "
        "sunset is asked for)",
    )
    group.add_argument(
        "--beta-sunset-days",
        type=build_integer_parser(_MOST_DAYS, least=0),
        metavar="N",
        help="the same of what is beta (default: 0)",
    )
    group.add_argument(
        "--stability",
        choices=STABILITY_LEVELS,
        help="compare no operation that is less stable (default: beta)",
    )
