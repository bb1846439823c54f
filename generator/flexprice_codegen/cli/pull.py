"""`flexprice-codegen pull`: fetch the documents of a configuration file.

In: arguments. Out: the documents that changed, and their lock files. All documents are
fetched and checked before the first one is written.
"""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from flexprice_codegen.cli.client_selection import load_config, shorten_path
from flexprice_codegen.config import Config, DocumentSource
from flexprice_codegen.diagnostics import DiagnosticSink, build_error
from flexprice_codegen.pipeline.pull import PullContext, PulledDocument, pull_documents
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.vendor.fetched_document import write_fetched_document
from flexprice_codegen.vendor.paths import check_output


def run(arguments: argparse.Namespace) -> int:
    """Fetch the documents, and return the exit code.

    Raises:
        DiagnosticError: A document cannot be fetched or written.
    """
    config = load_config(arguments.config)
    wanted = _select_documents(config, arguments.path)
    for spec in wanted:
        check_output(config.directory, spec.path)

    sink = DiagnosticSink()
    setting = PullContext(
        directory=shorten_path(config.directory),
        environment=os.environ,
        now=datetime.now(UTC),
        seconds=arguments.timeout,
    )
    done = pull_documents(wanted, setting, sink)
    print_diagnostics(
        open_console(error=True),
        sink.diagnostics,
        all_notes=True,
        quiet=arguments.quiet,
    )
    output = open_console(quiet=arguments.quiet)

    for each in done:
        if each.data is not None:
            write_fetched_document(each.path, each.data, each.lock)
        print_line(output, f"{each.path.as_posix()}: {_describe_state(each)}")

    return 0


def _select_documents(config: Config, paths: list[str]) -> tuple[DocumentSource, ...]:
    """Return the documents to fetch: all, or those with the given paths."""
    if not config.specs:
        raise build_error(
            "usage",
            "the configuration has no [[spec]] to download",
            hint="add a [[spec]] table with `path` and `from`",
        )

    names = {os.path.normpath(each) for each in paths}
    known = {_get_document_path(config, each): each for each in config.specs}
    for name in sorted(names - known.keys()):
        raise build_error(
            "usage",
            f"the configuration has no [[spec]] with the path {name!r}",
            hint=f"use {', '.join(known)}",
        )

    return tuple(each for path, each in known.items() if not names or path in names)


def _get_document_path(config: Config, spec: DocumentSource) -> str:
    """Return the path of a document, relative to the working directory."""
    return os.path.normpath(shorten_path(config.directory) / Path(spec.path))


def _describe_state(pulled: PulledDocument) -> str:
    if pulled.data is None:
        return f"unchanged since {pulled.lock.fetched}"
    word = "fetched" if pulled.before is None else "updated"
    if pulled.before == pulled.data:
        word = "unchanged; created its lock file"
    return f"{word}, {len(pulled.data):,} bytes, sha256 {pulled.lock.digest}"
