"""The inputs of a client: its configuration, the files that were read, and the tools.

In: a `Client` of the configuration file, and paths. Out: hashes for the lock file. With
them, a later run can find without generating anything that nothing has changed. Such a
run has to be fast, so this module imports nothing that is slow to import.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.emit.digests import inputs_digest
from flexprice_codegen.emit.templates import get_templates_directory
from flexprice_codegen.hashes import SHORT, compute_git_blob_id, hash_bytes, hash_text
from flexprice_codegen.version import VERSION

_PACKAGE = Path(__file__).resolve().parent.parent
_TOOLS = ("black", "datamodel_code_generator", "jinja2", "pyyaml")
# Importing `importlib.metadata` is slow, and the names of `.dist-info` directories
# already hold the versions (core metadata of PyPA, "recording installed projects").
_INSTALLED = re.compile(rf"({'|'.join(_TOOLS)})-.+\.dist-info", re.IGNORECASE)
_UNUSED = frozenset({"__pycache__", "_apis"})
"""Directories without an effect on a client: overlays count where they are used."""


def hash_client_config(client: Client) -> str:
    """Return the hash of the configuration of a client, but not of its location."""
    return inputs_digest(client)


@cache
def hash_tools() -> str:
    """Return the hash of the generator, its templates, and the libraries that it uses.

    Returns:
        The hash. Empty if a library cannot be found, as in a frozen program. Then no
        run counts as one of the same tools.
    """
    found = sorted({each.lower() for each in _iter_libraries()})
    if len({each.partition("-")[0] for each in found}) < len(_TOOLS):
        return ""

    own = files_digest(_PACKAGE, get_templates_directory())
    return hash_text("\0".join((VERSION, *found, own)), SHORT)


def _iter_libraries() -> Iterator[str]:
    """Yield installed libraries with their versions, as in `black-25.1.0.dist-info`."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            names = (each.name for each in folder.iterdir())
            yield from (each for each in names if _INSTALLED.fullmatch(each))


def files_digest(package: Path, templates: Path) -> str:
    """Return the hash of every file of a package and of its templates.

    It is the same in a checkout, where the templates are outside of the package, and in
    an installed package, which contains them.

    Args:
        package: The directory of the package.
        templates: The directory of the templates.
    """
    lines: list[str] = []
    for folder, names in (
        (package, _files_below(package, but=templates)),
        (templates, _files_below(templates)),
    ):
        lines += [
            f"{name}\0{hash_bytes((folder / name).read_bytes())}"
            for name in sorted(names)
        ]
        # A separator, so that a file that moves to the templates changes the hash.
        lines.append("")

    return hash_text("\n".join(lines))


def _files_below(folder: Path, *, but: Path | None = None) -> Iterator[str]:
    """Yield the paths of files below a directory, without the caches of Python."""
    pending = [""]
    while pending:
        prefix = pending.pop()
        with os.scandir(folder / prefix) as entries:
            for entry in entries:
                if entry.is_file():  # the lock of an editor is a dangling link
                    yield f"{prefix}{entry.name}"
                elif _is_own_folder(entry) and Path(entry.path) != but:
                    pending.append(f"{prefix}{entry.name}/")


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and entry.name not in _UNUSED


def hash_input_files(paths: Iterable[str], base: Path) -> tuple[tuple[str, str], ...]:
    """Return sorted pairs of a path and the git blob ID of its file.

    Args:
        paths: Paths of files, relative to `base` or absolute.
        base: The directory that relative paths start from.

    Returns:
        The paths with their IDs. The ID of a file that cannot be read is empty, and
        never counts as unchanged.
    """
    return tuple((path, _compute_blob_id(base / path)) for path in sorted(set(paths)))


def _compute_blob_id(path: Path) -> str:
    """Return the git blob ID of a file, or an empty string if it cannot be read."""
    try:
        # A pipe can have no writer, and a device no end.
        return compute_git_blob_id(path.read_bytes()) if path.is_file() else ""
    except (OSError, ValueError):
        # A file that cannot be read is never up to date; the run reports why.
        return ""
