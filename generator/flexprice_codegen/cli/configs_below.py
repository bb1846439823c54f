"""All configuration files of a repository with several projects.

In: parsed arguments. Out: the configuration files that a command works on, one after the
other; None if it works on one.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from flexprice_codegen.config import find_config, find_config_in_directory
from flexprice_codegen.diagnostics import DiagnosticError, build_error

# Directories of tools, which can hold copies of other repositories.
_UNUSED = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})


def list_configs(arguments: argparse.Namespace) -> tuple[Path, ...] | None:
    """Return the configuration files that the arguments ask for.

    Without `--all`, `check` looks below as well without a configuration file in
    this directory or a parent.

    Args:
        arguments: Parsed arguments.

    Returns:
        The files in order; None if the command finds its only one itself.

    Raises:
        DiagnosticError: `--all` is used with arguments that it contradicts, or finds
            nothing.
    """
    given = getattr(arguments, "config", None) or getattr(arguments, "spec", None)
    if getattr(arguments, "all", False):
        if given or arguments.client or arguments.format != "text":
            raise build_error(
                "usage",
                "--all goes over configuration files and prints text",
                hint="omit --all, or SPEC, --config, --client and --format",
            )
        found = tuple(find_configs_below(Path()))
        if not found:
            raise build_error(
                "usage",
                "no configuration file in this directory or below",
                hint="create flexprice-codegen.toml with `init`",
            )
        return found

    if arguments.command != "check" or given or find_config(Path.cwd()) is not None:
        return None
    # Only a report as text can consist of several ones.
    found = tuple(find_configs_below(Path())) if arguments.format == "text" else ()
    return found or None


def find_configs_below(top: Path) -> Iterator[Path]:
    """Yield the configuration files of a directory and of those below it, in order."""
    for place, folders, _ in os.walk(top):
        # `os.walk` descends into the directories that stay in this list, in its order.
        folders[:] = sorted(
            each for each in folders if each not in _UNUSED and not each.startswith(".")
        )
        # A file that cannot be read is reported where it is used.
        try:
            found = find_config_in_directory(Path(place))
        except DiagnosticError:
            found = Path(place) / "pyproject.toml"
        if found is not None:
            yield found
