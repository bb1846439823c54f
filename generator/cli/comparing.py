"""What `diff` and `changelog` compare, and what is left of the findings.

In: parsed arguments. Out: `Changes`: levels overridden, ignored findings taken out, the
side that was asked for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from generator.cli.limit_arguments import limits_of
from generator.cli.selection import configuration, shortened
from generator.cli.versions import Named, lock_at, of_lock, version
from generator.config import Client, Config
from generator.diagnostics import SpecError, fault
from generator.diff.changes import Changes
from generator.diff.finding import Side
from generator.diff.levels.ignore_file import apply_ignore_entries, read_ignore_file
from generator.diff.levels.overrides import (
    LevelOverride,
    parse_override,
    read_levels_file,
)
from generator.diff.rules.catalogue import RULES
from generator.pipeline.changes import Comparison, advised, changes
from generator.pipeline.locking import chosen_names
from generator.spec.sources import is_revision
from generator.surface.memory import Previous
from generator.vendor.folder import LOCK_NAME
from generator.vendor.lock import Lock


def compared(arguments: argparse.Namespace) -> Changes:
    """Compare two versions, and leave out what was not asked for.

    Raises:
        SpecError: One cannot be read, or the arguments contradict each other.
    """
    entries = [each for file in arguments.ignore for each in read_ignore_file(file)]
    comparison = replace(
        _comparison(arguments, datetime.now(UTC).date()),
        overrides=_overrides(arguments),
    )
    found = changes(comparison)
    only = Side(arguments.only) if arguments.only else None
    sorted_out = apply_ignore_entries(
        found.findings,
        entries,
        comparison.today,
        only=only,
        whole=not (comparison.selection or only),
    )
    found = replace(
        found,
        findings=sorted_out.kept,
        ignored=sorted_out.ignored,
        notices=(*found.notices, *sorted_out.notices),
    )
    return advised(found)


def _overrides(arguments: argparse.Namespace) -> tuple[LevelOverride, ...]:
    rules = [each.id for each in RULES]
    made: list[LevelOverride] = []
    if arguments.levels:
        made += read_levels_file(arguments.levels, rules)
    made += (parse_override(each, rules) for each in arguments.level)
    return tuple(made)


def _comparison(arguments: argparse.Namespace, today: date) -> Comparison:
    """Find both versions, and what a client knows of them."""
    overlays = tuple(arguments.overlay)
    if arguments.client:
        return _of_client(arguments, overlays, today)
    if arguments.config:
        raise _usage("--config needs a --client", "name the client as well")
    if not arguments.old or not arguments.new:
        raise _usage("two versions are needed", "name OLD and NEW, or a --client")
    old, new = version(arguments.old), version(arguments.new)
    lock = old.lock or new.lock
    if not overlays:
        overlays = old.overlays or new.overlays
    return Comparison(
        old=old.sources,
        new=new.sources,
        overlays=overlays,
        previous=_names_of(lock),
        today=today,
        limits=limits_of(arguments),
    )


def _of_client(
    arguments: argparse.Namespace, overlays: tuple[str, ...], today: date
) -> Comparison:
    """Compare what a client uses: in OLD and NEW, or in its lock and its documents."""
    config = configuration(arguments.config)
    base = shortened(config.folder)
    client = _client(config, arguments.client)
    path = base / client.output / LOCK_NAME
    if bool(arguments.old) != bool(arguments.new):
        raise _usage("one version is missing", "name OLD and NEW, or neither")
    if arguments.old:
        old, new = version(arguments.old), version(arguments.new)
    else:
        old, new = of_lock(path), Named(sources=_under(base, client.spec))
    lock = old.lock or lock_at(path)
    return Comparison(
        old=old.sources,
        new=new.sources,
        overlays=(*_under(base, client.overlay), *overlays),
        previous=_names_of(lock),
        client_names=chosen_names(client),
        selection=client.selection,
        today=today,
        limits=limits_of(arguments),
    )


def _names_of(lock: Lock | None) -> Previous | None:
    if lock is None:
        return None
    return Previous(lock.names, lock.old_names, lock.shape_format)


def _client(config: Config, name: str) -> Client:
    for each in config.clients:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in config.clients)
    raise _usage(f"there is no client {name!r}", f"there is {known}")


def _under(base: Path, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(each if is_revision(each) else str(base / each) for each in paths)


def _usage(message: str, hint: str) -> SpecError:
    return fault("usage", message, hint=hint)


def put(text: str, output: str | None) -> None:
    """Write a report to a file, or to standard output.

    Raises:
        SpecError: The file cannot be written.
    """
    if not output:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise fault(
            "output",
            f"{output} cannot be written: {error}",
            hint="name a file in a folder that exists",
        ) from error
