"""The arguments of `impact` and `migrate`.

In: the subcommands of the parser. Out: two more subcommands.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from flexprice_codegen.cli.command_parser import CommandParser
from flexprice_codegen.cli.diff_arguments import (
    FAIL_ON_LEVELS,
    add_command,
    add_side,
    add_versions,
)

if TYPE_CHECKING:
    # argparse has no public name for the type that `add_subparsers` returns.
    from argparse import _SubParsersAction

IMPACT_FORMATS = ("text", "markdown", "json", "github", "sarif")
CONFIDENCE_NAMES = ("sure", "likely", "maybe")
CHECKER_NAMES = ("auto", "none", "pyright", "basedpyright", "ty", "pyrefly")
_RENAME_KINDS = (
    "method",
    "class",
    "enum",
    "field",
    "keyword",
    "event",
    "client",
    "import",
    "env",
)
_IMPACT = """examples:
  flexprice-codegen impact --client billing --code src --code tests
  flexprice-codegen impact src/billing/flexprice_client specs/api.yaml --code src
  flexprice-codegen impact git:main:specs/api.yaml specs/api.yaml --package flexprice_client

OLD and NEW are as for diff. OLD is what your code uses today. Without them, --client
compares the client's lock file with its documents.

confidence: sure (the type says so), likely (a chain of names such as
x.customers.get_customer, the name of an event in a text, unpacked values), maybe (an
attribute of that name on a value of an unknown type).

exit codes: 0 nothing that counts, 1 a change with the level of --fail-on affects the code,
2 bad usage or a document that cannot be read; with --strict also a file that was skipped.
"""
_MIGRATE = """examples:
  flexprice-codegen migrate --client billing --code src
  flexprice-codegen migrate --client billing --code src --write
  flexprice-codegen migrate old.yaml new.yaml --rename models.Customer.email=email_address
  flexprice-codegen migrate --client billing --aliases --write

It prints a unified diff, and the places that it leaves to you. Only names change: no
other byte of a file does. Run it before `generate`: OLD is what your code uses today.

exit codes: 0 done, 2 bad usage, a document that cannot be read, or a file with changes
that are not committed; then nothing was written.
"""


def add_impact_commands(commands: _SubParsersAction[CommandParser]) -> None:
    """Add the subcommands `impact` and `migrate`."""
    _add_impact(commands)
    _add_migrate(commands)


def _add_impact(commands: _SubParsersAction[CommandParser]) -> None:
    impact = add_command(
        commands, "impact", "show which of your lines a new version breaks", _IMPACT
    )
    add_versions(impact)
    add_side(impact)
    _add_code(impact)
    impact.add_argument("--format", choices=IMPACT_FORMATS, default="text")
    impact.add_argument(
        "--confidence",
        choices=CONFIDENCE_NAMES,
        default="likely",
        help="Lowest confidence of a place that counts [default: likely]",
    )
    impact.add_argument(
        "--fail-on",
        choices=FAIL_ON_LEVELS,
        default="error",
        help="Lowest level that makes the exit code 1 [default: error]",
    )
    impact.add_argument(
        "--checker",
        choices=CHECKER_NAMES,
        default="none",
        help="Ask this language server as well, if you have it [default: none]",
    )
    impact.add_argument(
        "--strict",
        action="store_true",
        help="Exit with code 2 if a file was skipped",
    )


def _add_migrate(commands: _SubParsersAction[CommandParser]) -> None:
    migrate = add_command(
        commands, "migrate", "rename what a new version renames in your code", _MIGRATE
    )
    add_versions(migrate)
    migrate.set_defaults(side=None)
    _add_code(migrate)
    migrate.add_argument(
        "--rename",
        action="append",
        default=[],
        metavar="SYMBOL=NAME",
        help="Rename this as well, such as models.Customer.email=mail (repeatable)",
    )
    migrate.add_argument(
        "--aliases", action="store_true", help="Replace deprecated names as well"
    )
    migrate.add_argument(
        "--only",
        action="append",
        default=[],
        choices=_RENAME_KINDS,
        help="Rename only this kind of name (repeatable); `env` also in .env files, YAML, "
        "TOML and Dockerfiles",
    )
    migrate.add_argument(
        "--write", action="store_true", help="Write the files, not only a diff"
    )
    migrate.add_argument(
        "--force",
        action="store_true",
        help="Write files with uncommitted changes, too",
    )


def _add_code(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--code",
        action="append",
        default=[],
        metavar="PATH",
        help="Directory or file of your code (repeatable) [default: .]",
    )
    command.add_argument(
        "--package",
        default="",
        metavar="NAME",
        help="Import path of the client, if it is not in your repository",
    )
