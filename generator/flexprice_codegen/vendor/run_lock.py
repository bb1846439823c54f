"""One run at a time on one directory.

In: a directory. Out: a block in which no other run on this machine works on it. The
lock is that of the operating system. It is released when the process ends, for whatever
reason, and leaves nothing in the repository. If it cannot be created (no directory for
temporary files), the run that writes second stops at the first file that the other run
has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.hashes import hash_bytes

if sys.platform == "win32":
    import msvcrt

    def _is_ours_now(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            # Windows has one error for a lock that is taken and for all others.
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


# 128 bits: different directories never share a lock.
_NAME_DIGITS = 32
# Somebody else could put a link there, because `/tmp` belongs to all.
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def lock_directory(folder: Path) -> Iterator[None]:
    """Lock a directory, which does not need to exist, against other runs.

    Raises:
        DiagnosticError: Another run works on the directory (`busy`).
    """
    try:
        descriptor = os.open(_get_lock_path(folder), _FLAGS, 0o600)
    except OSError:
        # Without a lock file the run goes on: each step checks its file first.
        yield
        return
    try:
        if not _is_ours_now(descriptor):
            raise build_error(
                "busy",
                f"another run is using {folder.as_posix()}",
                hint="wait until it finishes, then run again",
            )
        yield
    finally:
        # The file stays: deleting it could remove the lock of a run that just opened it.
        os.close(descriptor)


def _get_lock_path(folder: Path) -> Path:
    """Return the lock file of a directory: the same for all ways to write its path."""
    # Each user has a file, since others could not open it in a shared /tmp.
    user = os.getuid() if hasattr(os, "getuid") else ""
    key = f"{user}\0{os.path.normcase(os.path.realpath(folder))}"
    name = hash_bytes(key.encode("utf-8", "surrogateescape"), _NAME_DIGITS)
    return Path(tempfile.gettempdir()) / f"flexprice-codegen-{name}.lock"
