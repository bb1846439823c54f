"""Lock files for which the tools of this installation generate the same client.

In: the text of a lock file, and the hash of the tools. Out: a note, or whether there is
one. A lock file names the tools that wrote it, and stays as it is if others generate the
same client: people with different versions of a library do not overwrite it in turns. A
note keeps the later runs of these others from generating everything again.

A note is an empty file in `__pycache__`, where the installation keeps what it compiled.
Nothing in a checkout can create one. Where Python writes no compiled modules, nothing
is noted either. A run that has nothing to do imports this module, so it imports nothing
that is slow to import.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from flexprice_codegen.hashes import hash_text


def note_equal_result(lock_text: str, tools: str) -> None:
    """Note that a run of other tools than those of a lock file has changed nothing.

    Args:
        lock_text: The text of the lock file.
        tools: The hash of the tools of the run; an empty one is not noted.
    """
    if not tools or sys.dont_write_bytecode:
        return
    note = _find_note(lock_text, tools)
    # An installation that the user must not change stays as it is.
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()


def has_equal_result(lock_text: str, tools: str) -> bool:
    """Return whether a run of the tools has changed nothing, as `note_equal_result` says."""
    return bool(tools) and _find_note(lock_text, tools).is_file()


def _find_note(lock_text: str, tools: str) -> Path:
    text = lock_text.replace("\r\n", "\n")
    name = hash_text(f"{tools}\n{text}")
    return Path(cache_from_source(__file__)).with_name(f"equal-{name}")
