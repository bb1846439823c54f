"""The text of a lock file: JSON with one entry per line, and a checksum at its end.

In: entries. Out: their text, and back. A run that has nothing to do reads lock files by
this module alone, so it imports nothing that is slow to import.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from flexprice_codegen.hashes import SHORT, hash_text


class LockEntries(TypedDict):
    """The keys of a lock file, in their order; `read_lock` validates the values.

    `shapes` is the format of the shapes in `names`. `settings` and `tools` are hashes.
    `inputs`, `files`, `names`, `old_names`, `warnings`, `earlier`, and
    `writing` have one row per line. Lock
    files of earlier versions lack some keys, so readers expect that.
    """

    format: Any
    shapes: Any
    generator: Any
    sources: Any
    overlays: Any
    source_id: Any
    settings: Any
    tools: Any
    inputs: Any
    files: Any
    names: Any
    old_names: Any
    warnings: NotRequired[Any]
    earlier: NotRequired[Any]
    writing: NotRequired[Any]


# The checksum is no entry: it stands behind them, and is made of their text.
_CHECKSUM = ',\n  "seal": "'
# Lines of a lock file that differ between installations, but not in meaning.
_OF_INSTALLATION = re.compile(r'^  "(?:tools|seal)": .*$', re.MULTILINE)


def format_lock_text(entries: LockEntries) -> str:
    """Return the text of a lock file, with its checksum."""
    lines = [f"  {_format_json(key)}: {_format_entry(v)}" for key, v in entries.items()]
    return add_checksum("{\n" + ",\n".join(lines))


def _format_entry(value: object) -> str:
    """Return the text of an entry; a list of rows has one row per line."""
    if not isinstance(value, list) or not value or not isinstance(value[0], list):
        return _format_json(value)
    rows: Sequence[object] = value
    body = ",\n".join(f"    {_format_json(row)}" for row in rows)
    return f"[\n{body}\n  ]"


def _format_json(value: object) -> str:
    """Return a value as JSON on one line."""
    # ASCII only, so that the file looks the same in every encoding.
    return json.dumps(value, ensure_ascii=True)


def parse_intact_lock(text: str) -> LockEntries | None:
    """Return the entries of a lock file; None if it is no longer as a run wrote it.

    Raises:
        ValueError: The text has a valid checksum, but is not JSON.
    """
    if not has_valid_checksum(text):
        return None
    found = json.loads(text)
    if not isinstance(found, Mapping) or "writing" in found:
        return None  # a run was killed
    entries: LockEntries = found  # type: ignore[assignment]  # the values are unknown
    return entries


def add_checksum(text: str) -> str:
    """Return the text of a lock file without its end, with its checksum and its end."""
    return f'{text}{_CHECKSUM}{hash_text(text, SHORT)}"\n}}\n'


def has_valid_checksum(text: str) -> bool:
    """Return whether the checksum of a lock file matches its text."""
    content, found, _ = text.rpartition(_CHECKSUM)
    return bool(found) and add_checksum(content) == text


def is_same_lock(found: str, wanted: str) -> bool:
    """Return whether two lock files are equal, except for the tools that wrote them.

    So two people with different versions of a library do not overwrite it in turns.

    Args:
        found: The text of the lock file on the disk.
        wanted: The text that this run would write.
    """
    found = found.replace("\r\n", "\n")
    return has_valid_checksum(found) and (
        _OF_INSTALLATION.sub("", found) == _OF_INSTALLATION.sub("", wanted)
    )
