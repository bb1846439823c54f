# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""A file that keeps the items of a batch until they are sent, also if Python is killed.

In: a path. Out: a queue whose items are in an SQLite database as well. What a process
leaves there, a later one sends.

Source: https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_locking_mode,
https://sqlite.org/howtocorrupt.html (2.6: connections and forks)
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from sys import maxsize
from time import monotonic, time
from typing import Any, Final, Generic, TypeAlias, TypeVar
from weakref import WeakSet

from msgspec.structs import replace

from .batch_plan import BatchOptions
from .batch_queue import BatchQueue, Item, Outcome, State

T = TypeVar("T")
Row: TypeAlias = tuple[str, bytes]
Warn: TypeAlias = Callable[[str], None]
_MOST_FILES: Final = 256
_PRIMARY_CODE: Final = 0xFF  # the other bits of a code say more about it
_CORRUPT: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_CREATE: Final = (
    "CREATE TABLE IF NOT EXISTS items"
    " (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, content BLOB NOT NULL)"
)
_PREPARE: Final = (
    # The process that locks it first is the only one until it ends, however it ends.
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "BEGIN IMMEDIATE",
    _CREATE,
    "COMMIT",
)
_INSERT: Final = "INSERT OR IGNORE INTO items VALUES (?, ?, ?)"
_all_spools: WeakSet[Spool] = WeakSet()
"""All spools: a forked process leaves the databases of its parent alone."""


class Spool:
    """A file for the items of a batch.

    Each process has a file of its own: `events.db`, then `events.db.1` and so on. It
    takes over those of processes that have ended. The server can get an item twice,
    with the same key.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._process = os.getpid()
        self._database: sqlite3.Connection | None = None
        _all_spools.add(self)

    def __repr__(self) -> str:
        return f"Spool({str(self.path)!r})"

    @property
    def is_open(self) -> bool:
        """Whether the spool has a database."""
        return self._database is not None

    def open_queue(self, queue: BatchQueue, client: Any, warn: Warn) -> BatchQueue:
        """Return a queue like another one, whose items are in this spool as well.

        A forked process has one without what processes have left that have ended: it
        opens a database with its first item.
        """
        spooled = SpooledQueue(queue, self, client, warn)
        if os.getpid() == self._process:
            spooled.load()
        return spooled

    def open(self, put: Callable[[str, bytes], None], warn: Warn) -> None:
        """Open a database that no process uses, and `put` what is in such databases.

        Raises:
            OSError: the directory cannot be used.
            sqlite3.Error: a database cannot be read or written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for path in self._iter_paths():
            found = _read_database(path, warn)
            if found is None:
                continue
            database, rows = found
            self._database = self._database or database
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                if database is self._database:  # they get new numbers
                    database.execute("DELETE FROM items")
                for row in rows:
                    put(*row)
            if database is not self._database:
                database.execute("DELETE FROM items")
                database.close()
        if self._database is None:
            raise OSError(f"{self.path}: {_MOST_FILES} processes use it")

    def _iter_paths(self) -> Iterator[Path]:
        """Yield the paths of all databases, and of a new one unless one is open."""
        for number in range(_MOST_FILES):
            name = f"{self.path.name}.{number}" if number else self.path.name
            path = self.path.with_name(name)
            if self.is_open and not path.exists():
                return
            yield path

    def save(self, items: Iterable[Item]) -> None:
        """Write items that have no row yet.

        Raises:
            sqlite3.Error: the database cannot be written, such as on a full disk.
        """
        rows = [(each.number, each.kind.__name__, each.content) for each in items]
        if self._database is not None:
            self._database.executemany(_INSERT, rows)

    def remove(self, items: Iterable[Item]) -> None:
        """Delete the rows of items; those that stay are sent again by a later process."""
        numbers = [(each.number,) for each in items]
        if self._database is None:
            return
        with suppress(sqlite3.Error), self._database:
            self._database.execute("BEGIN")
            self._database.executemany("DELETE FROM items WHERE number = ?", numbers)

    def close(self) -> None:
        """Close the database, so that another process can own it."""
        if self._database is not None:
            self._database.close()
        self._database = None

    def forget_parent(self) -> None:
        """Leave the database of the parent process open, in a child.

        A child that closes it, which it does at its end, deletes the newest items.
        """
        if self._database is not None:
            import ctypes  # late: only forked processes need it

            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._database))
        self._database = None


class SpoolOptions(BatchOptions[T], Generic[T], total=False):
    """The keyword arguments of a batch that can have a spool."""

    spool: Spool


class SpooledQueue(BatchQueue):
    """A queue whose items are in a spool as well."""

    def __init__(
        self, queue: BatchQueue, spool: Spool, client: Any, warn: Warn
    ) -> None:
        super().__init__(queue.plan)
        self._spool = spool
        self._client = client
        self._warn = warn
        self._is_left = False

    def load(self) -> None:
        """Add what processes have left that have ended."""
        if self._spool.is_open:
            raise ValueError(f"{self._spool!r} belongs to another batch")
        plan = self.plan
        self.plan = replace(plan, room=maxsize, room_bytes=maxsize)
        try:
            self._spool.open(self._add_row, self._warn)
        finally:
            self.plan = plan

    def _add_row(self, name: str, content: bytes) -> None:
        config = self._client._config  # noqa: SLF001 - of our own runtime
        models = import_module(config.models, config.package)
        found = getattr(models, name, dict)
        kind = found if isinstance(found, type) and is_dataclass(found) else dict
        super().add(content, kind, monotonic())
        self._save_newest()

    def _save_newest(self) -> None:
        self._spool.save([next(reversed(self.items))])

    def add(self, content: bytes, kind: type, now: float) -> bool:
        """Add an item; return whether there was room. If not, what waits is due."""
        if not self._spool.is_open:  # in a forked process
            self.load()
        has_room = super().add(content, kind, now)
        try:
            if has_room:
                self._save_newest()
        except sqlite3.Error as error:
            self._warn(f"{self._spool.path} does not keep an item: {error}")
        return has_room

    def settle(self, state: State, items: Sequence[Item]) -> None:
        """Count items that were sent, or have been handed back, each once."""
        super().settle(state, items)
        self._spool.remove(items)

    def is_finished(self) -> bool:
        """Return whether nothing is left to send, and nothing will be added."""
        return self._is_left or super().is_finished()

    def is_done(self, number: int, end: float) -> bool:
        """Return whether the first `number` items are over, or nothing is before `end`."""
        return self._is_left or super().is_done(number, end)

    def abandon(self) -> Outcome:
        """Leave to a later process what waits; what no file keeps is lost."""
        left = [*self.items]
        try:
            self._spool.save(left)
        except sqlite3.Error:
            return super().abandon()
        if not self._spool.is_open:
            return super().abandon()
        self._spool.close()
        self._is_left = True
        warning = f"{len(left)} items wait in {self._spool.path}"
        return Outcome(warning=warning if left else "")


def _read_database(
    path: Path, warn: Warn
) -> tuple[sqlite3.Connection, list[Row]] | None:
    """Return a database, locked, and its items; None if another process has it."""
    database = sqlite3.connect(
        path, timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        for statement in _PREPARE:
            database.execute(statement)
        return database, [
            *database.execute("SELECT kind, content FROM items ORDER BY number")
        ]
    except sqlite3.DatabaseError as error:
        database.close()
        code = error.sqlite_errorcode & _PRIMARY_CODE
        if code == sqlite3.SQLITE_BUSY:
            return None
        if code not in _CORRUPT:
            raise
    aside = path.with_name(f"{path.name}.corrupt-{time():.0f}")
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(f"{aside}{suffix}")
    warn(f"{path} is corrupt, and was renamed to {aside.name}")
    return _read_database(path, warn)


def _forget_after_fork() -> None:
    for spool in list(_all_spools):
        spool.forget_parent()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)
