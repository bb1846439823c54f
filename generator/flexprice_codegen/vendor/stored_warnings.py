"""The warnings of a run in its lock file: the next one repeats them without reading.

In: diagnostics. Out: rows of JSON, with paths from the directory of the configuration
file; and back, with the paths that a run would print from where it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePath

from flexprice_codegen.diagnostics import Cause, Diagnostic, FileLocation, Level


def list_stored_warnings(
    diagnostics: Iterable[Diagnostic], base: Path
) -> tuple[Diagnostic, ...]:
    """Return the warnings among diagnostics, with paths from a directory.

    Args:
        diagnostics: The diagnostics, with locations in files.
        base: The directory that the paths of the configuration start from.
    """
    return tuple(
        _relocate(each, lambda file: _get_stored_path(file, base))
        for each in diagnostics
        if each.level is Level.WARNING
    )


def _get_stored_path(file: str, base: Path) -> str:
    """Return the path of a file for the lock file; an absolute one was given so."""
    return file if Path(file).is_absolute() else get_relative_path(file, base)


def show_stored_warnings(
    warnings: Iterable[Diagnostic], given: Iterable[str], base: Path
) -> tuple[Diagnostic, ...]:
    """Return stored warnings with the paths that a run prints.

    Args:
        warnings: The warnings of a lock file.
        given: The documents and overlays, as the configuration names them.
        base: The directory that these paths start from.
    """
    shown = [get_path_from_here(base, each) for each in given]
    names = {_get_stored_path(each, base): each for each in shown}

    def show(file: str) -> str:
        return names.get(file) or get_path_from_here(base, file)

    return tuple(_relocate(each, show) for each in warnings)


def get_path_from_here(base: Path, where: str) -> str:
    """Return a path relative to the current directory, unchanged where possible."""
    here = base == Path() or Path(where).is_absolute()
    return where if here else str(base / where)


def get_relative_path(name: str, base: Path) -> str:
    """Return a path relative to a directory, with forward slashes."""
    try:
        return PurePath(os.path.relpath(name, base)).as_posix()
    except ValueError:  # on Windows, `name` can be on another drive
        return PurePath(Path(name).absolute()).as_posix()


def list_warning_row(warning: Diagnostic) -> list[object]:
    """Return the row of a warning."""
    at = warning.location
    place = [at.file, at.line, at.column] if isinstance(at, FileLocation) else []
    cause = warning.cause
    shared = [] if cause is None else [cause.message, cause.unit]
    return [warning.code, warning.message, warning.help, place, shared]


def read_warning_row(
    code: object, message: object, help_: object, place: object, shared: object
) -> Diagnostic:
    """Build a warning from its row.

    Raises:
        ValueError: No run writes such a row.
    """
    texts = (code, message, help_)
    if not all(isinstance(each, str) for each in texts):
        raise ValueError(f"expected texts, got {texts!r:.80}")
    return Diagnostic(
        code=str(code),
        level=Level.WARNING,
        message=str(message),
        help=str(help_),
        location=_read_place(place),
        cause=_read_cause(shared),
    )


def _read_place(row: object) -> FileLocation | None:
    match row:
        case []:
            return None
        case [str(file), int(line), int(column)]:
            return FileLocation(file, line, column)
        case _:
            raise ValueError(f"expected a file, a line, and a column, got {row!r:.80}")


def _read_cause(row: object) -> Cause | None:
    match row:
        case []:
            return None
        case [str(message), str(unit)]:
            return Cause(message, unit)
        case _:
            raise ValueError(f"expected a cause and its unit, got {row!r:.80}")


def _relocate(warning: Diagnostic, move: Callable[[str], str]) -> Diagnostic:
    at = warning.location
    if not isinstance(at, FileLocation):
        return warning
    return replace(warning, location=replace(at, file=move(at.file)))
