"""The plan: what a run would do to each file.

In: the files that are wanted, what stands on the disk, and the lock. Out: a `Plan`, a
state for each file. Files of the user, which are all that do not start as ours do, are
not in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal, TypeAlias

from flexprice_codegen.emit.files import File, Keep, keep_nothing
from flexprice_codegen.vendor.folder import is_ours, is_replaceable
from flexprice_codegen.vendor.lock import Lock, LockedFile

State: TypeAlias = Literal[
    "same", "add", "update", "delete", "edited", "reformatted", "stray"
]
_PIECES = re.compile(
    rb'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\r\n]*|[^\s,()"\'#\\]+'
)
_FENCED = re.compile(rb"(?<=^```python\n)([\s\S]*?)(?=^```$)", re.MULTILINE)
_SPECIAL = re.compile(rb"[\"\\]")
_SHORT = 16


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A file and what is to be done with it.

    `edited` is a file that a person changed and a run would overwrite or delete;
    `reformatted` one that only a formatter changed; `stray` one that starts as ours do,
    though the lock does not list it.
    """

    path: str
    state: State


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a run, sorted by path."""

    steps: tuple[Step, ...]

    def of(self, *states: State) -> tuple[str, ...]:
        """Give the paths in some states."""
        return tuple(each.path for each in self.steps if each.state in states)

    @property
    def changes(self) -> bool:
        """Tell whether a run would write or delete anything."""
        return bool(self.of("add", "update", "delete", "edited"))

    @property
    def drift(self) -> bool:
        """Tell whether the folder is not what a run would leave."""
        return self.changes or bool(self.of("stray"))


def plan(wanted: Sequence[File], disk: Mapping[str, bytes], lock: Lock | None) -> Plan:
    """Compare what is wanted with what is there.

    `disk` holds the bytes of all files of the folder, by path.
    """
    known: dict[str, list[LockedFile]] = {}
    for row in () if lock is None else (*lock.files, *lock.writing):
        known.setdefault(row.path, []).append(row)
    return Plan(tuple(sorted(_steps(wanted, disk, known))))


def _steps(
    wanted: Sequence[File],
    disk: Mapping[str, bytes],
    known: Mapping[str, Sequence[LockedFile]],
) -> Iterator[Step]:
    names = {each.path for each in wanted}
    for file in wanted:
        data = disk.get(file.path)
        state = "add" if data is None else _state(file, data, known.get(file.path, ()))
        yield Step(file.path, state)
    for path, rows in known.items():
        if path not in names and path in disk:
            yield Step(path, "delete" if _untouched(disk[path], rows) else "edited")
    for path, data in disk.items():
        if path not in names and path not in known and is_ours(data):
            yield Step(path, "stray")


def _state(file: File, data: bytes, rows: Sequence[LockedFile]) -> State:
    if digest_of(data) == file.digest:
        return "same"
    if _is_laid_out_anew(file, data):
        return "reformatted"
    older = [row for row in rows if row.digest != file.digest]
    return "update" if _untouched(data, older) else "edited"


def _untouched(data: bytes, rows: Sequence[LockedFile]) -> bool:
    """Tell whether a file is as a run wrote it, but for what a formatter did since.

    There are several rows for a file if a run was killed: the text before and after.
    """
    return any(
        is_replaceable(row.path, data) and _is_text_of(row, data) for row in rows
    )


def _is_text_of(row: LockedFile, data: bytes) -> bool:
    return digest_of(data) == row.digest or (
        row.path.endswith((".py", ".md"))
        and layout_digest_of(row.path, data) == row.code
    )


def _is_laid_out_anew(file: File, data: bytes) -> bool:
    """Tell whether only a formatter was here; some know the code in Markdown, too."""
    if file.path.endswith(".py"):
        return same_code(file.text, data)
    if not file.path.endswith(".md"):
        return False
    prose, code = _page(file.text.encode())
    found_prose, found_code = _page(data)
    return prose == found_prose and all(
        same_code(each.decode(), found)
        for each, found in zip(code, found_code, strict=True)
    )


def _page(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Part the prose of a page from the Python in it."""
    parts = _FENCED.split(data.replace(b"\r\n", b"\n"))
    return parts[::2], parts[1::2]


def locked_file(file: File, known: LockedFile | None = None) -> LockedFile:
    """Give what the lock remembers of a file; `known` is what it remembered before."""
    digest = file.digest
    if known is not None and known.digest == digest:
        return replace(known, inputs=file.inputs)
    code = layout_digest_of(file.path, file.text.encode())
    return LockedFile(file.path, digest, code, file.inputs)


def keeper(lock: Lock | None, disk: Mapping[str, bytes]) -> Keep:
    """Make what gives the texts of an earlier run that would be made the same again.

    `lock` is as a run of the same tools wrote it. A text counts if its inputs are the
    same, and nobody touched the file since.
    """
    if lock is None:
        return keep_nothing
    rows = {each.path: each for each in lock.files}

    def keep(path: str, inputs: str) -> str | None:
        row, data = rows.get(path), disk.get(path)
        if row is None or data is None or row.inputs != inputs:
            return None
        text = data.replace(b"\r\n", b"\n")
        return text.decode() if sha256(text).hexdigest() == row.digest else None

    return keep


def digest_of(data: bytes) -> str:
    """Give the digest of a text, whatever line ends a checkout gave it."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def layout_digest_of(path: str, data: bytes) -> str:
    """Give a digest of a file that a formatter does not change."""
    if not path.endswith(".md"):
        return code_digest_of(data)
    prose, code = _page(data)
    text = b"\0".join((*prose, *(code_digest_of(each).encode() for each in code)))
    return sha256(text).hexdigest()[:_SHORT]


def code_digest_of(data: bytes) -> str:
    """Give a digest that a formatter does not change.

    Outside of strings, blanks, brackets and commas do not count; a string without
    escapes may have either kind of quotes.
    """
    pieces = (
        (
            b'"' + each[1:-1] + b'"'
            if each[:1] == b"'" and not _SPECIAL.search(each[1:-1])
            else each
        )
        for each in _PIECES.findall(data)
    )
    return sha256(b"\0".join(pieces)).hexdigest()[:_SHORT]


def same_code(text: str, data: bytes) -> bool:
    """Tell whether two modules differ only in layout."""
    try:
        found = ast.parse(data.decode())
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return False
    return ast.dump(ast.parse(text)) == ast.dump(found)
