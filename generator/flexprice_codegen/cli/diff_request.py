"""The comparison that `diff` and `changelog` request, and its findings.

In: parsed arguments. Out: `Changes` with overridden levels, without ignored findings,
and only with the side that the arguments name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flexprice_codegen.cli.client_selection import load_config, shorten_path
from flexprice_codegen.cli.limit_arguments import read_limits
from flexprice_codegen.cli.versions import (
    VersionSource,
    find_locked_version,
    find_version,
    read_lock_settings,
    read_optional_lock,
)
from flexprice_codegen.config import Client, Config, find_config
from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.levels.ignore_file import (
    apply_ignore_entries,
    read_ignore_file,
)
from flexprice_codegen.diff.levels.overrides import (
    LevelOverride,
    parse_override,
    read_levels_file,
)
from flexprice_codegen.diff.levels.policy_options import (
    PolicyOptions,
    create_policy,
    read_policy_options,
)
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.pipeline import diff as pipeline
from flexprice_codegen.pipeline.diff import (
    ComparedVersions,
    DiffRequest,
    add_version_advice,
)
from flexprice_codegen.spec.sources import is_git_revision
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.vendor.lock_location import find_lock_path

if TYPE_CHECKING:
    from flexprice_codegen.vendor.lock import Lock


def compare_versions(arguments: argparse.Namespace) -> Changes:
    """Compare two versions, and return the findings that the arguments ask for.

    Raises:
        DiagnosticError: A version cannot be read, or the arguments contradict each
            other.
    """
    return compare_clients(arguments).changes


def compare_clients(
    arguments: argparse.Namespace, folder: str = "", installed: Path | None = None
) -> ComparedVersions:
    """Compare two versions, and return the findings with both clients.

    Args:
        arguments: Parsed arguments.
        folder: The directory of the client, whose lock file has the names and overlays
            if the versions have none.
        installed: The directory of an installed client, whose lock file has the names;
            its overlays are elsewhere.

    Raises:
        DiagnosticError: A version cannot be read, or the arguments contradict each
            other.
    """
    entries = [
        each
        for file in _list_ignore_files(arguments)
        for each in read_ignore_file(file)
    ]
    today = datetime.now(UTC).date()
    comparison = replace(
        _build_request(arguments, today, folder, installed),
        overrides=read_overrides(arguments),
        policy=read_policy(arguments, today),
    )
    compared = pipeline.compare_versions(comparison)
    found = compared.changes
    only = Side(arguments.side) if arguments.side else None
    sorted_out = apply_ignore_entries(
        found.findings,
        entries,
        comparison.today,
        only=only,
        # An entry that matches nothing is reported, but only if all findings were
        # computed.
        whole=not (comparison.selection or only),
    )
    found = replace(
        found,
        findings=sorted_out.kept,
        ignored=sorted_out.ignored,
        notices=(*found.notices, *sorted_out.notices),
    )

    return replace(compared, changes=add_version_advice(found))


def _list_ignore_files(arguments: argparse.Namespace) -> list[str]:
    """Return the ignore files, with the one that accepts further findings."""
    accepting = getattr(arguments, "accept", None)
    if not accepting or accepting in arguments.ignore or not Path(accepting).exists():
        return list(arguments.ignore)
    return [*arguments.ignore, accepting]


def read_overrides(arguments: argparse.Namespace) -> tuple[LevelOverride, ...]:
    """Return the levels that the arguments override.

    Raises:
        DiagnosticError: A rule or a level is unknown, or the file cannot be read.
    """
    if not arguments.levels and not arguments.level:
        return ()

    # Late: to build all rules takes longer than to read most documents.
    from flexprice_codegen.diff.rules.catalogue import RULES

    rules = [each.id for each in RULES]
    made: list[LevelOverride] = []
    if arguments.levels:
        made += read_levels_file(arguments.levels, rules)
    made += (parse_override(each, rules) for each in arguments.level)
    return tuple(made)


def _recall_names(lock: Lock | None) -> PreviousNames | None:
    if lock is None:
        return None
    # Late: it reads clients of older versions with the modules that write them.
    from flexprice_codegen.pipeline.lock_file import recall_names

    return recall_names(lock)


def read_policy(arguments: argparse.Namespace, today: date) -> DeprecationPolicy:
    """Return what the command line says of deprecation, else the configuration.

    Raises:
        DiagnosticError: The configuration is invalid.
    """
    path = Path(arguments.config) if arguments.config else find_config(Path.cwd())
    asked = PolicyOptions(
        sunset_days=arguments.sunset_days,
        beta_sunset_days=arguments.beta_sunset_days,
        stability=arguments.stability,
    )
    return create_policy(asked, read_policy_options(path), today)


def _build_request(
    arguments: argparse.Namespace, today: date, folder: str, installed: Path | None
) -> DiffRequest:
    """Return the request to compare two versions, with the names of a lock file."""
    overlays = tuple(arguments.overlay)
    if arguments.client or not arguments.old or not arguments.new:
        return _build_client_request(arguments, overlays, today)

    old = find_version(arguments.old)
    new = find_version(arguments.new)
    # The lock file has the Python names of the client, which findings show.
    lock = old.lock or new.lock
    found = old.overlays or new.overlays
    if lock is None and folder:
        lock, found = read_lock_settings(_get_lock_path(Path(folder)))
    elif lock is None and installed is not None:
        lock = read_optional_lock(installed)
    if not overlays:
        overlays = found

    return DiffRequest(
        old=old.sources,
        new=new.sources,
        overlays=overlays,
        previous=_recall_names(lock),
        today=today,
        limits=read_limits(arguments),
    )


def _get_lock_path(folder: Path) -> Path:
    """Return the path of the lock file in the directory of a client."""
    path = find_lock_path(folder)
    if path is None:
        raise build_error(
            "file-not-found",
            f"no lock file in {folder.as_posix()}",
            hint="run `flexprice-codegen generate` first, or name OLD and NEW",
        )
    return path


def _build_client_request(
    arguments: argparse.Namespace, overlays: tuple[str, ...], today: date
) -> DiffRequest:
    """Return the request to compare what a client uses.

    The versions are OLD and NEW, or the client's lock file and its documents.
    """
    if bool(arguments.old) != bool(arguments.new):
        raise _build_usage_error(
            "missing argument: NEW", "pass both OLD and NEW, or neither"
        )

    config = load_config(arguments.config)
    base = shorten_path(config.directory)
    client = find_client(config, arguments.client)
    folder = base / client.output

    if arguments.old:
        old = find_version(arguments.old)
        new = find_version(arguments.new)
    else:
        old = find_locked_version(_get_lock_path(folder))
        new = VersionSource(sources=_resolve_config_paths(base, client.spec))

    lock = old.lock or read_optional_lock(folder)
    return DiffRequest(
        old=old.sources,
        new=new.sources,
        overlays=(*_resolve_config_paths(base, client.overlay), *overlays),
        previous=_recall_names(lock),
        options=client.options,
        selection=client.selection,
        today=today,
        limits=read_limits(arguments),
    )


def find_client(config: Config, name: str | None) -> Client:
    """Return the client with a name, or the only one without a name.

    Raises:
        DiagnosticError: There is none.
    """
    if name is None and len(config.clients) == 1:
        return config.clients[0]
    for each in config.clients:
        if each.name == name:
            return each

    if name is None:
        names = " or ".join(f"--client {each.name}" for each in config.clients)
        raise _build_usage_error("there are several clients", f"name one: {names}")
    known = ", ".join(each.name for each in config.clients)
    raise _build_usage_error(f"unknown client {name!r}", f"use {known}")


def _resolve_config_paths(base: Path, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(each if is_git_revision(each) else str(base / each) for each in paths)


def _build_usage_error(message: str, hint: str) -> DiagnosticError:
    return build_error("usage", message, hint=hint)


def write_report(text: str, output: str | None) -> None:
    """Write a report to a file, or to standard output.

    Args:
        text: The report.
        output: The path of the file; standard output without one.

    Raises:
        DiagnosticError: The file cannot be written.
    """
    if not output:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise build_error(
            "output",
            f"cannot write {output}: {error}",
            hint="use a file in a directory that exists",
        ) from error
