"""The user's code on the disk, and the clients in it.

In: directories and files. Out: `CodeSelection`: files of code as git lists them, without
the files of generated clients, virtual environments and other packages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import (
    CodeFile,
    SkippedFile,
    read_code,
    read_settings,
)
from flexprice_codegen.impact.project import list_import_names, list_packages
from flexprice_codegen.spec.git_repository import list_files
from flexprice_codegen.vendor.lock_location import LOCK_SUFFIX, is_lock

_CODE_SUFFIXES = (".py", ".pyi", ".ipynb")
_SETTINGS = (".env*", "*.env", "*.yaml", "*.yml", "*.toml", "*ockerfile*")
"""Patterns for the names of files that can set environment variables."""
# In patterns of git, `*` crosses directories.
_PATTERNS = (
    *("*.py", "*.pyi", "*.ipynb", f"*{LOCK_SUFFIX}"),
    *("*.env*", "*.yaml", "*.yml", "*.toml", "*ockerfile*"),
)
_ENVIRONMENT_FILE = "pyvenv.cfg"
# They hold the files of others, which nobody here edits.
_FOREIGN_NAMES = frozenset(
    {"node_modules", "__pycache__", "site-packages", "__pypackages__"}
)
_MOST_BYTES = 5_000_000
"""Larger files of code are data that a program wrote."""


@frozen_value(kw_only=True)
class CodeSelection:
    """The code that is read, and the directories of the clients in it."""

    files: tuple[CodeFile, ...]
    skipped: tuple[SkippedFile, ...]
    clients: tuple[str, ...]
    packages: frozenset[str]
    """The directories that have an `__init__.py`."""
    settings: tuple[CodeFile, ...] = ()
    """Files that can set environment variables."""

    @property
    def everything(self) -> tuple[CodeFile, ...]:
        """All files: code and settings."""
        return (*self.files, *self.settings)

    def list_client_names(self, folder: str) -> frozenset[str]:
        """Return the names by which the client in a directory can be imported."""
        above = (each.as_posix() for each in PurePosixPath(folder).parents)
        # The directory above can be a package that is no part of the code.
        found = {each for each in above if Path(each, "__init__.py").is_file()}
        packages = (self.packages | found) - {folder}
        return frozenset(list_import_names(folder, packages))


def read_code_paths(paths: Iterable[str]) -> CodeSelection:
    """Read the code in directories and files.

    Args:
        paths: The paths, relative to the working directory or absolute.

    Raises:
        DiagnosticError: A path does not exist.
    """
    names = list(dict.fromkeys(name for path in paths for name in _list_paths(path)))
    clients = _find_clients_of(names)
    sources = [each for each in names if each.endswith(_CODE_SUFFIXES)]
    own = [each for each in sources if not _is_inside(each, clients)]
    read = [_read_file(each) for each in own]
    return CodeSelection(
        files=tuple(each for each in read if isinstance(each, CodeFile)),
        skipped=tuple(each for each in read if isinstance(each, SkippedFile)),
        clients=clients,
        packages=list_packages(sources),
        settings=tuple(_iter_settings(names)),
    )


def _iter_settings(names: Iterable[str]) -> Iterator[CodeFile]:
    for name in names:
        if not any(fnmatch(PurePosixPath(name).name, each) for each in _SETTINGS):
            continue
        file = read_settings(name, _read_small(name))
        if file is not None:
            yield file


def _read_small(path: str) -> bytes:
    """Return the content of a file; nothing if it is large or cannot be read."""
    try:
        if Path(path).stat().st_size > _MOST_BYTES:
            return b""
        return Path(path).read_bytes()
    except OSError:
        # A file that went away is reported where it is read as code.
        return b""


def find_clients(folder: str) -> tuple[str, ...]:
    """Return the directories of the generated clients below a directory."""
    return _find_clients_of(_list_paths(folder))


def _find_clients_of(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        PurePosixPath(name).parent.as_posix()
        for name in names
        if name.endswith(LOCK_SUFFIX)
        and is_lock(PurePosixPath(name).name, _read_small(name))
    )


def _list_paths(path: str) -> Iterator[str]:
    """Yield the paths of files below a path, with slashes."""
    folder = Path(path)
    if folder.is_file():
        yield folder.as_posix()
        return
    if not folder.is_dir():
        raise build_error(
            "file-not-found",
            f"no file or directory {path!r}",
            hint="pass the directory of your code with --code",
        )
    names = list_files(folder, _PATTERNS)
    found = _walk(folder) if names is None else [folder / each for each in names]
    for each in found:
        if each.is_file() and not _is_foreign(each.relative_to(folder), folder):
            yield Path(os.path.normpath(each)).as_posix()


def _walk(folder: Path) -> list[Path]:
    """Return the files of a directory that is in no repository."""
    return sorted(
        each
        for pattern in _PATTERNS
        for each in folder.rglob(pattern)
        if not any(
            part.startswith(".") for part in each.relative_to(folder).parent.parts
        )
    )


def _is_foreign(path: Path, folder: Path) -> bool:
    """Return whether a file belongs to an environment or a package of others."""
    if not _FOREIGN_NAMES.isdisjoint(path.parts):
        return True
    return any((folder / each / _ENVIRONMENT_FILE).is_file() for each in path.parents)


def _is_inside(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{each}/") for each in folders)


def _read_file(path: str) -> CodeFile | SkippedFile:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return SkippedFile(path, error.strerror or "cannot be read")
    if len(data) > _MOST_BYTES:
        return SkippedFile(path, f"has more than {_MOST_BYTES:,} bytes")
    return read_code(path, data)
