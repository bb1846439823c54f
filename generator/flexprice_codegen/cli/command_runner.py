"""The end of a command: its exit code, and the messages about errors.

In: a command and its arguments. Out: an exit code. The user never sees a traceback.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from flexprice_codegen.cli.interrupts import raise_interrupts
from flexprice_codegen.cli.process_limits import (
    TimeLimitError,
    build_depth_error,
    build_memory_error,
    build_time_error,
    limit_time,
)
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.report.console import Console, open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics

EXIT_BUSY = 1
EXIT_ERROR = 2
HALF_WRITTEN = 3
_CLOSED_PIPE = 141  # 128 + SIGPIPE, as shells report it
_PRINTING = frozenset({"changelog", "completion", "inspect", "rules"})
"""The commands that find nothing: who reads a part of their text has all of it."""
INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def run_command(
    run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace
) -> int:
    """Run a command, report what it raises as messages, and return the exit code.

    Args:
        run: The command, which returns its exit code.
        arguments: Parsed arguments.
    """
    errors = open_console(error=True)
    try:
        with raise_interrupts():
            return _run_within_limits(run, arguments)
    except DiagnosticError as error:
        _report_error(errors, getattr(arguments, "format", "text"), error)
        return _code_of(error)
    except KeyboardInterrupt:
        print_line(errors, "interrupted; no file is partially written")
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes standard output at exit, which would raise the error
        # again (Python library reference, `signal`, note on SIGPIPE).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0 if arguments.command in _PRINTING else _CLOSED_PIPE
    # A full disk, a missing permission: errors of the system need no traceback.
    except OSError as error:
        print_line(errors, f"error: {error} [system]", "bold red")
        return EXIT_ERROR
    except Exception as error:
        # For reports of bugs, and for developers of the generator.
        if os.environ.get("FLEXPRICE_CODEGEN_TRACEBACK"):
            raise
        print_line(
            errors, f"error: {type(error).__name__}: {error} [internal]", "bold red"
        )
        print_line(errors, "    this is a bug; please report it with your document;")
        print_line(errors, "    FLEXPRICE_CODEGEN_TRACEBACK=1 shows where it happened")
        return EXIT_ERROR


def _code_of(error: DiagnosticError) -> int:
    codes = {each.code for each in error.diagnostics}
    if "half-written" in codes:
        return HALF_WRITTEN
    return EXIT_BUSY if "busy" in codes else EXIT_ERROR


def _report_error(errors: Console, form: str, error: DiagnosticError) -> None:
    """Report why a command failed, in the format of the arguments."""
    if form != "github":
        print_diagnostics(errors, error.diagnostics, all_notes=True)
    match form:
        case "json":
            _report_as_json(error)
        case "github":
            _report_to_github(error)
        case "gitlab" | "junit":
            _report_to_platform(form, error)
        case _:
            return


# The imports are late: every command starts here, and few fail in one of these formats.
def _report_as_json(error: DiagnosticError) -> None:
    from flexprice_codegen.report.run_json import format_failure

    print(format_failure(error.diagnostics))  # noqa: T201 - the result itself


def _report_to_github(error: DiagnosticError) -> None:
    from flexprice_codegen.cli.github_workflow import write_workflow_outputs
    from flexprice_codegen.report.github_annotations import (
        build_annotation,
        get_repository_root,
    )
    from flexprice_codegen.report.job_summary import format_failure_summary

    for each in error.diagnostics:
        report = build_annotation(each).format_command(get_repository_root())
        print(report)  # noqa: T201 - the result itself
    with suppress(DiagnosticError):  # the original error is the one to report
        write_workflow_outputs({}, format_failure_summary(error.diagnostics))


def _report_to_platform(form: str, error: DiagnosticError) -> None:
    from flexprice_codegen.cli.platform_output import format_problems
    from flexprice_codegen.report.problems import list_diagnostic_problems

    problems = list_diagnostic_problems(error.diagnostics)
    print(format_problems(form, problems), end="")  # noqa: T201 - the result itself


def _run_within_limits(
    run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace
) -> int:
    """Run a command within its limits of time and memory.

    Raises:
        DiagnosticError: A limit is exceeded.
    """
    if not hasattr(arguments, "max_time"):
        return run(arguments)
    try:
        with limit_time(arguments.max_time):
            return run(arguments)
    # The depth of values in a document has a limit, but not that of references.
    except RecursionError:
        raise build_depth_error() from None
    except TimeLimitError:
        raise build_time_error(arguments.max_time) from None
    except MemoryError:
        raise build_memory_error(arguments.max_memory) from None
