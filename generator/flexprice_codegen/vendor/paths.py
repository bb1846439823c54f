"""Which paths a run writes to, by what is on the disk.

In: a directory and paths of files in it; the path of an output. Out: nothing, or the
error that says what is in the way. Nothing is opened here, so a pipe or a device in the
place of a file cannot stop a run.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.output_paths import is_git_directory, is_inside

_LINK_TAGS = frozenset({0xA000000C, 0xA0000003})
"""What Windows marks links and junctions with; `stat` has their names only there."""


def check_paths(folder: Path, paths: Iterable[str]) -> dict[str, os.stat_result | None]:
    """Return the status of each path, if it is or can become a file of the directory.

    Raises:
        DiagnosticError: A path leaves the directory, goes through a link, has several names,
            or something else than a file is in its place.
    """
    checked = {folder}
    found: dict[str, os.stat_result | None] = {}
    for path in paths:
        if not is_inside(path):
            raise build_error(
                "output-path",
                f"the file {path!r} would be written outside of {folder.as_posix()}",
                hint="name another output directory",
            )
        target = folder / path
        above = target.parents[: len(PurePosixPath(path).parts)]
        for parent in reversed(above):
            if parent not in checked:
                _check_directory(parent, target)
                checked.add(parent)
        found[path] = check_file(target)
    return found


def check_case(paths: Iterable[str]) -> None:
    """Check that no two paths are one on a file system that ignores case.

    Raises:
        DiagnosticError: Two of them differ only in case.
    """
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise build_error(
                "output-path",
                f"the files {other!r} and {path!r} differ only in case",
                hint="give one of them another name by x-codegen: {name: …}",
            )


def _check_directory(path: Path, target: Path) -> None:
    """Raise an error if a path is there and is no directory of its own."""
    status = read_status(path)
    if status is None:
        return
    if is_link(status):
        raise _reject_link(path)
    if not stat.S_ISDIR(status.st_mode):
        raise _reject_place(path, target)


def check_file(path: Path) -> os.stat_result | None:
    """Return the status of a file that a run may replace; None if there is nothing.

    Raises:
        DiagnosticError: It is a link, no file, or a file with several names.
    """
    status = read_status(path)
    if status is None:
        return None
    if is_link(status):
        raise _reject_link(path)
    if not stat.S_ISREG(status.st_mode):
        raise _reject_place(path, path)
    if status.st_nlink > 1:
        raise build_error(
            "output-path",
            f"`{path.as_posix()}` is a hard link: the file has {status.st_nlink} names",
            hint="delete it, or put a copy in its place, and run again",
        )
    return status


def read_status(path: Path) -> os.stat_result | None:
    """Return the status of a path, of a link that of the link; None without a file."""
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_regular(path: Path) -> bool:
    """Return whether a path is a file itself: no link to one, no pipe and no device."""
    status = read_status(path)
    return status is not None and stat.S_ISREG(status.st_mode) and not is_link(status)


def is_link(status: os.stat_result) -> bool:
    """Return whether a status is that of a symbolic link, or of a junction on Windows."""
    tag = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or tag in _LINK_TAGS


def _reject_link(path: Path) -> DiagnosticError:
    return build_error(
        "output-path",
        f"`{path.as_posix()}` is a link; files are not written through links",
        hint="remove the link, or name another output directory",
    )


def _reject_place(path: Path, target: Path) -> DiagnosticError:
    what = "a file" if path == target else "a directory"
    return build_error(
        "output-path",
        f"`{path.as_posix()}` is in the way: expected {what} or nothing there",
        hint="move it, or name another output directory",
    )


def check_output(base: Path, output: str) -> None:
    """Check that the links on the way to an output stay where the path seems to lead.

    A path below `base` must end below `base`, whatever links a checkout holds; one that
    climbs out of it must end below the directory that both share.

    Raises:
        DiagnosticError: A link leads elsewhere, or into git's own directory.
    """
    start = base.resolve()
    target = os.path.normpath(start / output)
    try:
        shared = os.path.commonpath((start, target))
    except ValueError:  # another drive: the path is absolute, and says it all
        return

    if _is_circle(Path(target)):
        raise _reject_way(output, "in a circle")
    found = Path(target).resolve()
    top = Path(shared).resolve()
    if not found.is_relative_to(top) or any(
        map(is_git_directory, found.relative_to(top).parts)
    ):
        raise _reject_way(output, f"to `{found.as_posix()}`")


def _is_circle(path: Path) -> bool:
    """Return whether links on the way to a path lead back to themselves."""
    try:
        path.resolve(strict=True)
    except RuntimeError:  # until Python 3.12
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _reject_way(output: str, where: str) -> DiagnosticError:
    return build_error(
        "output-path",
        f"a link on the way to `{output}` leads {where}",
        hint="write the path without links, or name another output directory",
    )
