"""`flexprice-codegen inspect`: show the content of a document and its Python names.

In: arguments. Out: tables or JSON on standard output. Nothing is written.
"""

from __future__ import annotations

import argparse
import json

from flexprice_codegen.cli.client_selection import select_clients
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.pipeline.generate import load_api
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.pipeline.lock_file import find_lock, get_previous_names
from flexprice_codegen.report.console import open_console
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.inspection import build_inspection, build_tables
from flexprice_codegen.vendor.directory import read_directory


def run(arguments: argparse.Namespace) -> int:
    """Show the documents of the clients, and return the exit code.

    Raises:
        DiagnosticError: A document cannot be read.
    """
    work = select_clients(arguments, needs_output=False)
    values = []
    output = open_console()
    for each in work.clients:
        folder = work.directory / each.output
        disk = read_directory(folder)
        lock = find_lock(disk, folder)
        sink = DiagnosticSink()
        reading = load_api(
            each,
            work.directory,
            get_previous_names(lock, disk),
            sink,
            work.limits,
        )
        print_diagnostics(
            open_console(error=True),
            locate_diagnostics(sink.diagnostics, reading.document),
            all_notes=arguments.notes,
            quiet=arguments.quiet,
        )
        if arguments.format == "json":
            values.append(build_inspection(reading.api, reading.surface))
            continue
        for table in build_tables(reading.api, reading.surface):
            output.print_table(table.title, table.headers, table.rows)

    if arguments.format == "json":
        whole = values[0] if len(values) == 1 else values
        print(json.dumps(whole, indent=2))  # noqa: T201 - the result itself

    return 0
