"""The command `flexprice-codegen`.

In: the command line. Out: an exit code: 0 done, 1 a check found something, 2 bad usage
or a document that cannot be generated, and then nothing has been written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from generator.cli import check, generate, inspect
from generator.cli.selection import add_arguments
from generator.diagnostics import SpecError
from generator.pipeline.generate import generator_version
from generator.report.console import console, say
from generator.report.diagnostics import print_diagnostics

REFUSED = 2
_INTERRUPTED = 130
_COMMANDS: dict[str, tuple[ModuleType, str]] = {
    "generate": (generate, "make clients"),
    "check": (
        check,
        "compare clients with what a run would make; exit code 1 on a difference",
    ),
    "inspect": (inspect, "show operations, schemas and events, and the names they get"),
}
_DESCRIPTION = """Small typed Python clients from OpenAPI documents, vendored in your repository."""


def parser() -> argparse.ArgumentParser:
    """Declare the command line."""
    main_parser = argparse.ArgumentParser(
        prog="flexprice-codegen",
        description=_DESCRIPTION,
        epilog=generate.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    main_parser.add_argument("--version", action="version", version=generator_version())
    commands = main_parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True
    )
    for name, (module, text) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            epilog=module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_arguments(command)
        if module is inspect:
            command.add_argument("--format", choices=("table", "json"), default="table")
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command."""
    parsed = parser().parse_args(arguments)
    module, _ = _COMMANDS[parsed.command]
    errors = console(error=True)
    try:
        code: int = module.run(parsed)
    except SpecError as error:
        print_diagnostics(errors, error.diagnostics, all_notes=True)
        return REFUSED
    except KeyboardInterrupt:
        say(errors, "interrupted; nothing is half-written")
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:
        if os.environ.get("FLEXPRICE_CODEGEN_TRACEBACK"):
            raise
        kind = type(error).__name__
        say(errors, f"error: {kind}: {error} [internal]", "bold red")
        say(
            errors,
            "    this is a fault of the generator; please report it with your document",
        )
        say(errors, "    FLEXPRICE_CODEGEN_TRACEBACK=1 shows where it happened")
        return REFUSED
    return code


if __name__ == "__main__":
    sys.exit(main())
