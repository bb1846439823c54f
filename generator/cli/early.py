"""What `generate` can tell before anything heavy is imported: which clients are done.

In: parsed arguments. Out: the names of clients that need no run. Who wants to see all
that there is to say, or to have a run stopped by it, gets a run.
"""

from __future__ import annotations

import argparse
import sys

from generator.cli.selection import job
from generator.diagnostics import SpecError
from generator.vendor.settled import files_if_settled


def settled(arguments: argparse.Namespace) -> tuple[frozenset[str], bool]:
    """Give the names of the clients that need no run, and whether there are no others.

    A configuration that cannot be read is for the run to explain.
    """
    try:
        work = job(arguments, needs_output=True)
    except SpecError:
        return frozenset(), False
    found = {each.name: files_if_settled(each, work.base) for each in work.clients}
    names = frozenset(name for name, files in found.items() if files is not None)
    if arguments.notes or arguments.format != "text":  # a run has more to say
        return frozenset(), len(names) == len(found)
    for each in work.clients:
        if each.name in names:
            folder = (work.base / each.output).as_posix()
            sys.stdout.write(f"{folder}: {found[each.name]} unchanged\n")
    return names, len(names) == len(found)
