"""A fetched document on the disk, and its lock file.

In: a fetched document. Out: the file, replaced atomically, and `FILE.lock.json` with
its source, its hash, the time of its last change, and the cache validators of its
server.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from flexprice_codegen.diagnostics import FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.spec.http_fetch import CacheValidators
from flexprice_codegen.vendor.directory import is_leftover, temporary_name
from flexprice_codegen.vendor.disk import create_file
from flexprice_codegen.vendor.paths import check_file
from flexprice_codegen.vendor.run_lock import lock_directory

# A file with a higher number was written by a newer version.
_FORMAT = 1
_SUFFIX = ".lock.json"


@frozen_value(kw_only=True)
class FetchRecord:
    """The lock file of a fetched document.

    `source` is the address as the configuration file writes it. `digest` is the SHA-256
    of the text with line ends normalized. `fetched` is the time of its last change in
    RFC 3339.
    """

    source: str
    digest: str
    fetched: str
    etag: str = ""
    modified: str = ""

    @property
    def validators(self) -> CacheValidators:
        """The `ETag` and `Last-Modified` of the document, for a conditional request."""
        return CacheValidators(self.etag, self.modified)

    def to_json(self) -> str:
        """Return the text of the lock file, one entry per line."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=2) + "\n"


def get_lock_path(path: Path) -> Path:
    """Return the path of the lock file of a document."""
    return path.with_name(path.name + _SUFFIX)


def read_fetched_document(path: Path) -> tuple[bytes | None, FetchRecord | None]:
    """Read a document and its lock file.

    Args:
        path: The path of the document.

    Returns:
        The bytes of the document and its lock. Each is None if its file does not exist.

    Raises:
        DiagnosticError: A file cannot be read, or the lock file is invalid (`lock`) or
            has an unknown format (`lock-format`).
    """
    try:
        data = path.read_bytes() if path.exists() else None
        lock = get_lock_path(path)
        text = lock.read_text(encoding="utf-8") if lock.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise build_error(
            "file-unreadable",
            f"cannot read {path.as_posix()} or its lock file: {error}",
            hint="check the permissions of both files",
        ) from error
    return data, None if text is None else _parse_lock(text, lock)


def _parse_lock(text: str, path: Path) -> FetchRecord:
    """Parse the text of a lock file; raise an error if it is invalid."""
    try:
        data = json.loads(text)
        lock = FetchRecord(**{key: data[key] for key in data if key != "format"})
        # `join` raises TypeError unless all values are strings.
        "".join(asdict(lock).values())
        known = data["format"] == _FORMAT
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise build_error(
            "lock",
            f"invalid lock file of a downloaded document: {error}",
            at=FileLocation(path.as_posix(), 1, 1),
            hint="restore it from version control, or delete it and run `pull` again",
        ) from error

    if not known:
        raise build_error(
            "lock-format",
            f"this lock has another format than {_FORMAT}",
            at=FileLocation(path.as_posix(), 1, 1),
            hint="use the version of flexprice-codegen that wrote it, or a newer one",
        )
    return lock


def is_edited(data: bytes | None, lock: FetchRecord | None) -> bool:
    """Return whether a document exists and differs from the one that was fetched."""
    return data is not None and (lock is None or hash_content(data) != lock.digest)


def write_fetched_document(path: Path, data: bytes, lock: FetchRecord) -> None:
    """Write a document and its lock file; a kill leaves the old or the new document.

    Args:
        path: The path of the document.
        data: Its bytes.
        lock: The content of its lock file.

    Raises:
        DiagnosticError: A file is a link, another run writes to the directory, or the
            disk reports an error.
    """
    try:
        with lock_directory(path.parent):
            check_file(path)
            check_file(get_lock_path(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            for leftover in filter(is_leftover, path.parent.iterdir()):
                leftover.unlink()
            # The document comes first. After a kill between the two, the next pull finds
            # that it equals the source, and writes its lock file.
            _replace_file(path, data)
            _replace_file(get_lock_path(path), lock.to_json().encode())
    except OSError as error:
        raise build_error(
            "output",
            f"cannot write {path.as_posix()}: {error}",
            hint="check permissions and free space, then run again",
        ) from error


def _replace_file(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, and rename it to its path."""
    draft = path.with_name(temporary_name())
    try:
        create_file(draft, data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
