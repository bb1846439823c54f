"""What `generate` can tell before anything heavy is imported: which clients are done.

In: parsed arguments. Out: the names of clients that need no run. Who wants to see all
that there is to say, or to have a run stopped by it, gets a run.
"""

from __future__ import annotations

import argparse
import sys

from flexprice_codegen.cli.selection import job
from flexprice_codegen.diagnostics import SpecError
from flexprice_codegen.emit.quoting import visible
from flexprice_codegen.report.old_names import old_name_lines
from flexprice_codegen.vendor.settled import settled


def done(arguments: argparse.Namespace) -> tuple[frozenset[str], bool]:
    """Give the names of the clients that need no run, and whether there are no others.

    A configuration that cannot be read is for the run to explain.
    """
    if arguments.prune_aliases:
        return frozenset(), False
    try:
        work = job(arguments, needs_output=True)
    except SpecError:
        return frozenset(), False
    everyone = (*work.clients, *work.others)
    found = {e.name: settled(e, work.base, everyone) for e in work.clients}
    names = frozenset(name for name, state in found.items() if state is not None)
    if arguments.notes or arguments.format != "text":  # a run has more to say
        return frozenset(), len(names) == len(found)
    for each in work.clients:
        state = found[each.name]
        if state is not None:
            folder = (work.base / each.output).as_posix()
            lines = [f"{folder}: {state.files} unchanged"]
            lines += old_name_lines(state.old_names)
            sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))
    return names, len(names) == len(found)
