"""`flexprice-codegen init --write-excludes`: linters of the repository skip its clients.

In: the configuration file in the working directory. Out: excludes in `pyproject.toml`.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from flexprice_codegen.config import Config
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.report.console import Console, print_line
from flexprice_codegen.vendor.directory import read_file
from flexprice_codegen.vendor.tool_excludes import add_excludes

_FILE = "pyproject.toml"


def write_excludes(config: Config, output: Console) -> None:
    """Add excludes for all clients of a configuration file to `pyproject.toml`.

    Raises:
        DiagnosticError: The file is not TOML in UTF-8, or cannot be written.
    """
    path = Path(_FILE)
    try:
        text = (read_file(path) or b"").decode()
        edit = add_excludes(text, _list_folders(config))
    except ValueError as error:
        hint = "correct the TOML, then run again"
        raise build_error(
            "invalid-toml", f"invalid TOML in {_FILE}: {error}", hint=hint
        ) from None

    if edit.text != text:
        _write(path, edit.text)
    verdict = "unchanged" if edit.text == text else "excludes added"
    print_line(output, f"{_FILE}: {verdict}", "bold")
    for line in edit.by_hand:
        print_line(output, f"{_FILE}: add this yourself: {line}", "yellow")


def _list_folders(config: Config) -> list[str]:
    """Return the directories of the clients and of their shared runtimes."""
    folders = []
    for client in config.clients:
        folders.append(client.output)
        if client.runtime:
            folders.append(client.get_runtime_directory())
    normal = (PurePath(os.path.normpath(each)).as_posix() for each in folders)
    return sorted(set(normal))


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        hint = "check the permissions of the file"
        message = f"cannot write {_FILE}: {error}"
        raise build_error("output", message, hint=hint) from None
