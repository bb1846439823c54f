"""Where a document comes from.

In: the place of a document as its user wrote it. Out: `Source`, its name and bytes.
Each kind of place has one function here, and `read_source` tells them apart; a path
of a file is the kind that every other text falls back to.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Place, SpecError, fault
from generator.spec.limits import DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document and the name by which messages call it."""

    name: str
    data: bytes


def read_source(where: str, limit: int = DEFAULT_LIMITS.size) -> Source:
    """Read what `where` names, at most `limit` bytes.

    The name of the source is `where`, with forward slashes.

    Raises:
        SpecError: `file-not-found`, `file-unreadable` or `file-too-large`.
    """
    if "://" in where:
        raise fault(
            "file-not-found",
            f"{where} is an address; documents are read from files",
            hint="download it, and name the file",
        )
    return _read_file(where, limit)


def git_blob_id(data: bytes) -> str:
    """Give the id under which git stores `data`: SHA-1 in 40 hexadecimal digits."""
    header = b"blob %d\0" % len(data)
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest()


def _read_file(where: str, limit: int) -> Source:
    name = where.replace(os.sep, "/")
    try:
        with Path(where).open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _no_file(name, error) from None
    if len(data) > limit:
        raise fault(
            "file-too-large",
            f"the file has more than {limit:,} bytes",
            at=Place(name, 1, 1),
            hint="give a smaller document",
        )
    return Source(name, data)


def _no_file(name: str, error: OSError | ValueError) -> SpecError:
    """Say why there is nothing to read at `name`."""
    at = Place(name, 1, 1)
    match error:
        case IsADirectoryError():
            hint = "give the path of the document inside it"
            return fault("file-unreadable", "this is a folder", at=at, hint=hint)
        case FileNotFoundError() | NotADirectoryError() | ValueError():
            hint = "check the path; it counts from the folder you are in"
            return fault("file-not-found", "there is no such file", at=at, hint=hint)
        case _:
            reason = (error.strerror or "unknown reason").lower()
            message = f"the file cannot be read: {reason}"
            hint = "check that you may read the file"
            return fault("file-unreadable", message, at=at, hint=hint)
