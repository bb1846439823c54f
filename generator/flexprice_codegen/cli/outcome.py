"""How a command ends: its exit code, and what is said of faults.

In: a command and its arguments. Out: an exit code; no traceback reaches the user.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from flexprice_codegen.cli.bounds import (
    OutOfTimeError,
    alarm,
    out_of_memory,
    out_of_time,
)
from flexprice_codegen.cli.workflow import record
from flexprice_codegen.diagnostics import SpecError
from flexprice_codegen.report.annotations import of_diagnostic, root_of_repository
from flexprice_codegen.report.console import Console, console, say
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.runs import failure
from flexprice_codegen.report.summaries import failure_summary

BUSY = 1
REFUSED = 2
HALF_WRITTEN = 3
_INTERRUPTED = 130


def of(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command and turn what it raises into messages."""
    errors = console(error=True)
    try:
        return _within_bounds(run, arguments)
    except SpecError as error:
        _say(errors, getattr(arguments, "format", "text"), error)
        return _code_of(error)
    except KeyboardInterrupt:
        say(errors, "interrupted; nothing is half-written")
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        say(errors, f"error: {error} [system]", "bold red")
        return REFUSED
    except Exception as error:
        if os.environ.get("FLEXPRICE_CODEGEN_TRACEBACK"):
            raise
        say(errors, f"error: {type(error).__name__}: {error} [internal]", "bold red")
        say(
            errors, "    a fault of the generator; please report it with your document;"
        )
        say(errors, "    FLEXPRICE_CODEGEN_TRACEBACK=1 shows where it happened")
        return REFUSED


def _code_of(error: SpecError) -> int:
    codes = {each.code for each in error.diagnostics}
    if "half-written" in codes:
        return HALF_WRITTEN
    return BUSY if "busy" in codes else REFUSED


def _say(errors: Console, form: str, error: SpecError) -> None:
    """Say why nothing could be done, in the format that was asked for."""
    if form != "github":
        print_diagnostics(errors, error.diagnostics, all_notes=True)
    if form == "json":
        print(failure(error.diagnostics))  # noqa: T201 - the result itself
    if form == "github":
        for each in error.diagnostics:
            print(of_diagnostic(each).text(root_of_repository()))  # noqa: T201
        with suppress(SpecError):  # the first fault is what counts
            record({}, failure_summary(error.diagnostics))


def _within_bounds(
    run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace
) -> int:
    """Run a command as long as it may run, and no longer.

    Raises:
        SpecError: The time or the memory is used up.
    """
    if not hasattr(arguments, "max_time"):
        return run(arguments)
    try:
        with alarm(arguments.max_time):
            return run(arguments)
    except OutOfTimeError:
        raise out_of_time(arguments.max_time) from None
    except MemoryError:
        raise out_of_memory(arguments.max_memory) from None
