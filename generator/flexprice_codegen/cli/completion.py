"""`flexprice-codegen completion`: print a script that completes commands in a shell.

In: arguments. Out: a script on standard output.
"""

from __future__ import annotations

import argparse
import sys

from flexprice_codegen.cli.arguments import build_parser
from flexprice_codegen.report.completion import format_completion


def run(arguments: argparse.Namespace) -> int:
    """Print the script for a shell, and return the exit code."""
    parser = build_parser()
    options = {name: each.list_options() for name, each in parser.commands.items()}
    sys.stdout.write(format_completion(arguments.shell, parser.prog, options))
    return 0
