"""`flexprice-codegen inspect`: what a document holds, and what Python will call it.

In: arguments. Out: tables or JSON on standard output. Nothing is written.
"""

from __future__ import annotations

import argparse
import json

from rich.table import Table as RichTable
from rich.text import Text

from generator.cli.selection import job
from generator.diagnostics import Sink
from generator.emit.quoting import one_line
from generator.pipeline.generate import read
from generator.pipeline.locking import lock_of, remembered
from generator.pipeline.places import located
from generator.report.console import console
from generator.report.diagnostics import print_diagnostics
from generator.report.inspection import Table, as_json, tables
from generator.vendor.folder import read_folder

_UNLIMITED = 10_000


def run(arguments: argparse.Namespace) -> int:
    """Show the documents of the clients.

    Raises:
        SpecError: Nothing can be made of a document.
    """
    work = job(arguments, needs_output=False)
    values = []
    output = console()
    if not output.is_terminal:
        output.width = _UNLIMITED
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
            output.print(_rich(table), soft_wrap=True)
    if arguments.format == "json":
        whole = values[0] if len(values) == 1 else values
        print(json.dumps(whole, indent=2))  # noqa: T201 - the result itself
    return 0


def _rich(table: Table) -> RichTable:
    made = RichTable(title=table.title, title_justify="left", box=None, pad_edge=False)
    for head in table.heads:
        made.add_column(head, overflow="fold", no_wrap=True)
    for row in table.rows:
        made.add_row(*(Text(one_line(cell)) for cell in row))
    return made
