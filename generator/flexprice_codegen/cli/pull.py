"""`flexprice-codegen pull`: fetch the documents of the configuration.

In: arguments. Out: the documents and the locks beside them, those that changed; all of
them are fetched and examined before the first is written.
"""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from flexprice_codegen.cli.selection import configuration, shortened
from flexprice_codegen.config import Config, Spec
from flexprice_codegen.diagnostics import Sink, fault
from flexprice_codegen.pipeline.pull import Pulled, Setting, pull
from flexprice_codegen.report.console import console, say
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.vendor.fetched import place
from flexprice_codegen.vendor.paths import check_output


def run(arguments: argparse.Namespace) -> int:
    """Fetch the documents.

    Raises:
        SpecError: One cannot be had; nothing has been written.
    """
    config = configuration(arguments.config)
    wanted = _wanted(config, arguments.path)
    for spec in wanted:
        check_output(config.folder, spec.path)
    sink = Sink()
    setting = Setting(
        folder=shortened(config.folder),
        environment=os.environ,
        now=datetime.now(UTC),
        seconds=arguments.timeout,
    )
    done = pull(wanted, setting, sink)
    print_diagnostics(console(error=True), sink.collected, all_notes=True)
    output = console()
    for each in done:
        if each.data is not None:
            place(each.path, each.data, each.lock)
        say(output, f"{each.path.as_posix()}: {_state(each)}")
    return 0


def _wanted(config: Config, paths: list[str]) -> tuple[Spec, ...]:
    """Give the documents to fetch: all, or those that are named."""
    if not config.specs:
        raise fault(
            "usage",
            "the configuration names no source of a document",
            hint="add [[spec]] with path and from",
        )
    names = {os.path.normpath(each) for each in paths}
    known = {_path(config, each): each for each in config.specs}
    for name in sorted(names - known.keys()):
        raise fault(
            "usage",
            f"the configuration has no [[spec]] with the path {name!r}",
            hint=f"there is {', '.join(known)}",
        )
    return tuple(each for path, each in known.items() if not names or path in names)


def _path(config: Config, spec: Spec) -> str:
    """Give the path of a document as it is reached from here."""
    return os.path.normpath(shortened(config.folder) / Path(spec.path))


def _state(pulled: Pulled) -> str:
    if pulled.data is None:
        return f"unchanged since {pulled.lock.fetched}"
    word = "fetched" if pulled.before is None else "updated"
    if pulled.before == pulled.data:
        word = "unchanged; its lock is new"
    return f"{word}, {len(pulled.data):,} bytes, sha256 {pulled.lock.digest}"
