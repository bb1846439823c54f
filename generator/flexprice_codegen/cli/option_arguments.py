"""The options for the Python names and types of a client.

In: the parser of a subcommand. Out: its options, and `PythonOptions` from the parsed
arguments.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flexprice_codegen.config import PythonOptions


def add_python_options(command: argparse.ArgumentParser) -> None:
    """Add the options for names and types to a subcommand."""
    command.add_argument(
        "--class",
        # `class` is a keyword, which cannot be the name of an attribute.
        dest="class_name",
        default="",
        metavar="NAME",
        help="Name of the client class [default: from the lock file, else from the title]",
    )
    command.add_argument(
        "--env-prefix",
        default="",
        metavar="PREFIX",
        help="Prefix of the environment variables [default: from the lock file, else the "
        "class name in capitals]",
    )
    command.add_argument(
        "--typed-format",
        action="append",
        # Named like the key of the configuration file.
        dest="formats",
        default=[],
        metavar="FORMAT",
        help="Read strings of this format as a Python type: `uuid` as UUID, `duration` "
        "as timedelta (repeatable)",
    )


def read_python_options(arguments: argparse.Namespace) -> PythonOptions:
    """Return the options of the arguments, which have the names of its fields."""
    # Late: `--help` needs no configuration.
    from flexprice_codegen.config import PythonOptions

    return PythonOptions(
        class_name=arguments.class_name,
        env_prefix=arguments.env_prefix,
        formats=tuple(arguments.formats),
    )
