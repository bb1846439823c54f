"""`flexprice-codegen migrate`: the user's code with the names of a new version.

In: arguments. Out: a unified diff and the places that are left; with `--write`, the files.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from flexprice_codegen.cli.code_request import read_code_in_use
from flexprice_codegen.cli.diff_request import compare_clients
from flexprice_codegen.cli.rewriting import check_files, write_files
from flexprice_codegen.impact.migration import Migration
from flexprice_codegen.impact.renames import RenameKind
from flexprice_codegen.pipeline.migrate import MigrateOptions, compute_migration
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.migration import iter_summary


def run(arguments: argparse.Namespace) -> int:
    """Rename what the new version renames in the user's code, and return the exit code.

    Raises:
        DiagnosticError: A version or the code cannot be read, a file has changes that are
            not committed, or the arguments contradict each other.
    """
    in_use = read_code_in_use(arguments)
    compared = compare_clients(arguments, in_use.folder, in_use.installed)
    errors = open_console(error=True)
    print_diagnostics(errors, compared.changes.notices, all_notes=False)
    migration = compute_migration(
        compared, in_use.code, in_use.client_names, _build_options(arguments)
    )
    sys.stdout.writelines(migration.iter_diff())
    if arguments.write:
        _write(migration, is_forced=arguments.force)
    for text, style in iter_summary(migration, is_written=arguments.write):
        print_line(errors, text, style)
    return 0


def _build_options(arguments: argparse.Namespace) -> MigrateOptions:
    options = MigrateOptions(said=tuple(arguments.rename), aliases=arguments.aliases)
    if not arguments.only:
        return options
    only: frozenset[RenameKind] = frozenset(arguments.only)
    return replace(options, only=only)


def _write(migration: Migration, *, is_forced: bool) -> None:
    """Write the files of a migration, if git could undo it."""
    if not is_forced:
        check_files(each.path for each in migration.files)
    write_files({each.path: each.content for each in migration.files})
