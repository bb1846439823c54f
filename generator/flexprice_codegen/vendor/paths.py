"""Checks of the paths that a run writes to, by what is on the disk.

In: a directory and paths of files in it; the path of an output. Out: nothing, or the
error that names the obstacle. No file is opened here, so a pipe or a device in place of
a file cannot block a run.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.output_paths import is_git_directory, is_inside

# IO_REPARSE_TAG_SYMLINK and IO_REPARSE_TAG_MOUNT_POINT.
_LINK_TAGS = frozenset({0xA000000C, 0xA0000003})
"""Tags of symbolic links and junctions; `stat` has these constants only on Windows."""


def check_paths(folder: Path, paths: Iterable[str]) -> dict[str, os.stat_result | None]:
    """Return the status of each path, if it is or can become a file of the directory.

    Args:
        folder: The directory.
        paths: Paths of files, relative to the directory.

    Returns:
        The status by path; None for a file that does not exist.

    Raises:
        DiagnosticError: A path leaves the directory, goes through a link, is a hard
            link, or is not a file.
    """
    checked = {folder}
    found: dict[str, os.stat_result | None] = {}
    for path in paths:
        if not is_inside(path):
            raise build_error(
                "output-path",
                f"file {path!r} is outside of {folder.as_posix()}",
                hint="use another output directory",
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
    """Check that no two paths are equal on a file system that ignores case.

    Raises:
        DiagnosticError: Two paths differ only in case.
    """
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise build_error(
                "output-path",
                f"files {other!r} and {path!r} differ only in case",
                hint="rename one of them with x-codegen: {name: …} in an overlay",
            )


def _check_directory(path: Path, target: Path) -> None:
    """Raise an error if a path exists and is not a directory, or is a link to one."""
    status = read_status(path)
    if status is None:
        return
    if is_link(status):
        raise _reject_link(path)
    if not stat.S_ISDIR(status.st_mode):
        raise _reject_place(path, target)


def check_file(path: Path) -> os.stat_result | None:
    """Return the status of a file that a run may replace; None if there is none.

    Raises:
        DiagnosticError: The path is a link, not a file, or a hard link.
    """
    status = read_status(path)
    if status is None:
        return None

    if is_link(status):
        raise _reject_link(path)
    if not stat.S_ISREG(status.st_mode):
        raise _reject_place(path, path)
    # A rename would replace only one of the names; the others would keep the old text.
    if status.st_nlink > 1:
        raise build_error(
            "output-path",
            f"`{path.as_posix()}` is a hard link: the file has {status.st_nlink} names",
            hint="delete it, or put a copy in its place, and run again",
        )

    return status


def read_status(path: Path) -> os.stat_result | None:
    """Return the status of a path without following links; None if it does not exist."""
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        # A parent that is a file means the same: there is nothing.
        return None


def is_regular(path: Path) -> bool:
    """Return whether a path is a regular file: not a link, a pipe, or a device."""
    status = read_status(path)
    return status is not None and stat.S_ISREG(status.st_mode) and not is_link(status)


def is_link(status: os.stat_result) -> bool:
    """Return whether a status is that of a symbolic link, or of a junction on Windows."""
    tag = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or tag in _LINK_TAGS


def _reject_link(path: Path) -> DiagnosticError:
    """Build the error for a path that is a link."""
    return build_error(
        "output-path",
        f"`{path.as_posix()}` is a link; files are not written through links",
        hint="remove the link, or use another output directory",
    )


def _reject_place(path: Path, target: Path) -> DiagnosticError:
    """Build the error for a path of the wrong type."""
    what = "a file" if path == target else "a directory"
    return build_error(
        "output-path",
        f"`{path.as_posix()}` is in the way: expected {what} or nothing there",
        hint="move it, or use another output directory",
    )


def check_output(base: Path, output: str) -> None:
    """Check that links on the path of an output stay in the expected directory.

    A path below `base` must end below `base`, whatever links a checkout holds. A path
    that leaves `base` must end below the directory that both share.

    Args:
        base: The directory that the path starts from.
        output: The path of the output, as the configuration file writes it.

    Raises:
        DiagnosticError: A link leads elsewhere, in a circle, or into the directory of
            git.
    """
    start = base.resolve()
    target = os.path.normpath(start / output)
    try:
        shared = os.path.commonpath((start, target))
    except ValueError:  # another drive: the path is absolute, so the user chose it
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
    """Return whether links on a path form a loop."""
    try:
        path.resolve(strict=True)
    except RuntimeError:  # until Python 3.12; since then OSError
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _reject_way(output: str, where: str) -> DiagnosticError:
    """Build the error for an output with a link that leads elsewhere."""
    return build_error(
        "output-path",
        f"a link on the way to `{output}` leads {where}",
        hint="use a path without links, or another output directory",
    )
