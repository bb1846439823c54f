"""A fetched document on the disk, and the lock beside it.

In: what was fetched. Out: the file, replaced at once or not at all, and `FILE.lock.json`:
where it came from, its digest, when it last changed, and by what its server knows it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flexprice_codegen.diagnostics import FileLocation, build_error
from flexprice_codegen.spec.http_fetch import CacheValidators
from flexprice_codegen.vendor.directory import is_leftover, temporary_name
from flexprice_codegen.vendor.disk import create_file
from flexprice_codegen.vendor.paths import check_file
from flexprice_codegen.vendor.plan import hash_content
from flexprice_codegen.vendor.run_lock import lock_directory

_FORMAT = 1
_SUFFIX = ".lock.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLock:
    """What is remembered of a fetched document.

    `source` is the place as the configuration writes it, `digest` the SHA-256 of the
    text, whatever its line ends, `fetched` the time in RFC 3339 when it last changed.
    """

    source: str
    digest: str
    fetched: str
    etag: str = ""
    modified: str = ""

    @property
    def validators(self) -> CacheValidators:
        """By what the server knows the document again."""
        return CacheValidators(self.etag, self.modified)

    def to_json(self) -> str:
        """Write the lock, one entry a line."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=2) + "\n"


def get_lock_path(path: Path) -> Path:
    """Give the path of the lock beside a document."""
    return path.with_name(path.name + _SUFFIX)


def read_fetched_document(path: Path) -> tuple[bytes | None, FetchLock | None]:
    """Read a document and its lock; None stands for each that is not there.

    Raises:
        DiagnosticError: One of the two cannot be read, or the lock is none.
    """
    try:
        data = path.read_bytes() if path.exists() else None
        lock = get_lock_path(path)
        text = lock.read_text(encoding="utf-8") if lock.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise build_error(
            "file-unreadable",
            f"{path.as_posix()} or its lock cannot be read: {error}",
            hint="check that both are files that you may read",
        ) from error
    return data, None if text is None else _parse_lock(text, lock)


def _parse_lock(text: str, path: Path) -> FetchLock:
    try:
        data = json.loads(text)
        lock = FetchLock(**{key: data[key] for key in data if key != "format"})
        "".join(asdict(lock).values())
        known = data["format"] == _FORMAT
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise build_error(
            "lock",
            f"this is no lock of a fetched document: {error}",
            at=FileLocation(path.as_posix(), 1, 1),
            hint="restore it from version control, or delete it and pull again",
        ) from error
    if not known:
        raise build_error(
            "lock-format",
            f"this lock has another format than {_FORMAT}",
            at=FileLocation(path.as_posix(), 1, 1),
            hint="use the version of flexprice-codegen that wrote it, or a newer one",
        )
    return lock


def is_edited(data: bytes | None, lock: FetchLock | None) -> bool:
    """Tell whether a document is another than the one that was fetched, if any was."""
    return data is not None and (lock is None or hash_content(data) != lock.digest)


def write_fetched_document(path: Path, data: bytes, lock: FetchLock) -> None:
    """Put a document and its lock in place; a kill leaves an old or a new document.

    Raises:
        DiagnosticError: One of the two is a link, another run writes here, or the disk refuses.
    """
    try:
        with lock_directory(path.parent):
            check_file(path)
            check_file(get_lock_path(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            for leftover in filter(is_leftover, path.parent.iterdir()):
                leftover.unlink()
            _replace_file(path, data)
            _replace_file(get_lock_path(path), lock.to_json().encode())
    except OSError as error:
        raise build_error(
            "output",
            f"{path.as_posix()} cannot be written: {error}",
            hint="correct the permissions or free space on the disk, and run again",
        ) from error


def _replace_file(path: Path, data: bytes) -> None:
    draft = path.with_name(temporary_name())
    try:
        create_file(draft, data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
