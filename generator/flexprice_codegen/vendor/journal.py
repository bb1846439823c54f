"""The journal that earlier versions left in a directory when they were killed.

In: a directory. Out: nothing, or the error that describes an invalid journal. This
version neither writes nor reads journals, because anyone can put one into a checkout.
Its content is not needed either. A run generates the same texts, and accepts a file on
the disk if it has one of them, or a hash of the lock file.
"""

from __future__ import annotations

import stat
from pathlib import Path

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.vendor.directory import JOURNAL_NAME
from flexprice_codegen.vendor.paths import is_link, is_regular, read_status

_NAMES = frozenset({"record.json", "record.draft", "staged"})


def has_journal(folder: Path) -> bool:
    """Return whether the path of the journal exists, whatever its type."""
    return read_status(folder / JOURNAL_NAME) is not None


def check_journal(folder: Path) -> None:
    """Check that the journal of a directory, if there is one, is a valid one.

    Raises:
        DiagnosticError: The journal is not a directory, or holds a file that no version
            of the generator writes.
    """
    journal = folder / JOURNAL_NAME
    status = read_status(journal)
    if status is None:
        return
    if is_link(status) or not stat.S_ISDIR(status.st_mode):
        raise _build_journal_error(journal, "it is not a directory")

    for each in sorted(journal.iterdir()):
        if each.name not in _NAMES or not is_regular(each):
            raise _build_journal_error(journal, f"`{each.name}` is not a file of ours")


def _build_journal_error(journal: Path, why: str) -> DiagnosticError:
    """Build the error for an invalid journal."""
    return build_error(
        "journal",
        f"`{journal.as_posix()}` is not a journal of this generator: {why}; "
        "nothing was written",
        hint="find out where it comes from, delete it, and run again",
    )


def journal_in_the_way(folder: Path) -> DiagnosticError:
    """Return the error for files of an earlier version that this run would not write."""
    return build_error(
        "journal",
        f"`{(folder / JOURNAL_NAME).as_posix()}` is from an earlier version that was "
        "killed, and the files next to it differ from what this run would write",
        hint="restore the directory from version control, delete the journal, and run "
        "again",
    )


def remove_journal(folder: Path) -> bool:
    """Remove the journal of a directory whose files are complete.

    Returns:
        Whether it was removed.
    """
    journal = folder / JOURNAL_NAME
    try:
        check_journal(folder)
        for path in journal.iterdir():
            path.unlink()
        journal.rmdir()
    except (OSError, DiagnosticError):
        # Another run is using it, or somebody put files there.
        return False
    return True
