"""`flexprice-codegen inspect`: what a document holds, and what Python will call it.

In: arguments. Out: tables or JSON on standard output. Nothing is written.
"""

from __future__ import annotations

import argparse
import json

from flexprice_codegen.cli.selection import job
from flexprice_codegen.diagnostics import Sink
from flexprice_codegen.pipeline.generate import read
from flexprice_codegen.pipeline.locking import lock_of, remembered
from flexprice_codegen.pipeline.places import located
from flexprice_codegen.report.console import console
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.inspection import as_json, tables
from flexprice_codegen.vendor.folder import read_folder


def run(arguments: argparse.Namespace) -> int:
    """Show the documents of the clients.

    Raises:
        SpecError: Nothing can be made of a document.
    """
    work = job(arguments, needs_output=False)
    values = []
    output = console()
    for each in work.clients:
        folder = work.base / each.output
        disk = read_folder(folder)
        lock = lock_of(disk, folder)
        sink = Sink()
        reading = read(
            each,
            work.base,
            remembered(lock, disk),
            sink,
            work.limits,
        )
        print_diagnostics(
            console(error=True),
            located(sink.collected, reading.document),
            all_notes=arguments.notes,
        )
        if arguments.format == "json":
            values.append(as_json(reading.api, reading.surface))
            continue
        for table in tables(reading.api, reading.surface):
            output.print_table(table.title, table.heads, table.rows)
    if arguments.format == "json":
        whole = values[0] if len(values) == 1 else values
        print(json.dumps(whole, indent=2))  # noqa: T201 - the result itself
    return 0
