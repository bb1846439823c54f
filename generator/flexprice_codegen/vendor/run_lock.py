"""One run at a time on one folder.

In: a folder. Out: a block in which no other run on this machine works on it. The lock is
the operating system's: it is let go of when the process ends, however that happens, and
nothing of it stands in the repository. Where none can be had (no place for temporary
files), the run that writes second stops at the first file that the other has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from flexprice_codegen.diagnostics import build_error

if sys.platform == "win32":
    import msvcrt

    def _is_ours_now(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_ours_now(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def lock_directory(folder: Path) -> Iterator[None]:
    """Keep other runs off a folder, which need not exist yet.

    Raises:
        DiagnosticError: Another run works on it (`busy`).
    """
    try:
        descriptor = os.open(_get_lock_path(folder), _FLAGS, 0o600)
    except OSError:
        yield
        return
    try:
        if not _is_ours_now(descriptor):
            raise build_error(
                "busy",
                f"another run works on {folder.as_posix()}",
                hint="wait for it, and run again",
            )
        yield
    finally:
        os.close(descriptor)


def _get_lock_path(folder: Path) -> Path:
    """Give the file that stands for a folder: one for all ways to write its path."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    key = f"{user}\0{os.path.normcase(os.path.realpath(folder))}"
    name = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
    return Path(tempfile.gettempdir()) / f"flexprice-codegen-{name[:32]}.lock"
