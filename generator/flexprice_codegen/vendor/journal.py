"""The journal that earlier versions left in a folder when they were killed.

In: a folder. Out: nothing, or the error that says what is wrong with its journal. This
version writes none and reads none: whoever made a checkout may have made its journal.
What it says is not needed either. A run generates the same texts, and accepts what is on
the disk if that is one of them, or is what the lock file says.
"""

from __future__ import annotations

import stat
from pathlib import Path

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.vendor.directory import JOURNAL_NAME
from flexprice_codegen.vendor.paths import is_link, is_regular, read_status

_NAMES = frozenset({"record.json", "record.draft", "staged"})


def has_journal(folder: Path) -> bool:
    """Return whether something has the name of a journal, whatever it is."""
    return read_status(folder / JOURNAL_NAME) is not None


def check_journal(folder: Path) -> None:
    """Check that the journal of a folder, if it has one, may be one of ours.

    Raises:
        DiagnosticError: It is, or holds, something that no version of ours has made.
    """
    journal = folder / JOURNAL_NAME
    status = read_status(journal)
    if status is None:
        return
    if is_link(status) or not stat.S_ISDIR(status.st_mode):
        raise _reject(journal, "it is not a directory")
    for each in sorted(journal.iterdir()):
        if each.name not in _NAMES or not is_regular(each):
            raise _reject(journal, f"`{each.name}` is not a file of ours")


def _reject(journal: Path, why: str) -> DiagnosticError:
    return build_error(
        "journal",
        f"`{journal.as_posix()}` is not a journal of this generator: {why}; "
        "nothing was written",
        hint="find out where it comes from, delete it, and run again",
    )


def journal_in_the_way(folder: Path) -> DiagnosticError:
    """Return the error for files that an earlier version wrote and this one would not."""
    return build_error(
        "journal",
        f"`{(folder / JOURNAL_NAME).as_posix()}` is what an earlier version left when it was "
        "killed, and the files beside it are not what this run would write",
        hint="restore the directory from version control, delete the journal, and run "
        "again",
    )


def remove_journal(folder: Path) -> bool:
    """Remove the journal of a folder that is whole again; return whether it is gone."""
    journal = folder / JOURNAL_NAME
    try:
        check_journal(folder)
        for path in journal.iterdir():
            path.unlink()
        journal.rmdir()
    except (OSError, DiagnosticError):
        return False
    return True
