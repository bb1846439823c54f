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

from flexprice_codegen.emit.files import GeneratedFile, ReuseFunction, reuse_nothing
from flexprice_codegen.vendor.directory import is_generated, is_replaceable
from flexprice_codegen.vendor.lock import Lock, LockedFile

FileState: TypeAlias = Literal[
    "same", "add", "update", "delete", "edited", "reformatted", "stray"
]
_PIECES = re.compile(
    rb'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\r\n]*|[^\s,()"\'#\\]+'
)
_FENCED = re.compile(rb"(?<=^```python\n)([\s\S]*?)(?=^```$)", re.MULTILINE)
_SPECIAL = re.compile(rb"[\"\\]")
_SHORT = 16


@dataclass(frozen=True, slots=True, order=True)
class PlanStep:
    """A file and what is to be done with it.

    `edited` is a file that a person changed and a run would overwrite or delete;
    `reformatted` one that only a formatter changed; `stray` one that starts as ours do,
    though the lock does not list it.
    """

    path: str
    state: FileState


@dataclass(frozen=True, slots=True)
class WritePlan:
    """The steps of a run, sorted by path."""

    steps: tuple[PlanStep, ...]

    def list_paths(self, *states: FileState) -> tuple[str, ...]:
        """Give the paths in some states."""
        return tuple(each.path for each in self.steps if each.state in states)

    @property
    def has_changes(self) -> bool:
        """Tell whether a run would write or delete anything."""
        return bool(self.list_paths("add", "update", "delete", "edited"))

    @property
    def has_drift(self) -> bool:
        """Tell whether the folder is not what a run would leave."""
        return self.has_changes or bool(self.list_paths("stray"))


def build_plan(
    wanted: Sequence[GeneratedFile], disk: Mapping[str, bytes], lock: Lock | None
) -> WritePlan:
    """Compare what is wanted with what is there.

    `disk` holds the bytes of all files of the folder, by path.
    """
    known: dict[str, list[LockedFile]] = {}
    for row in () if lock is None else (*lock.files, *lock.writing):
        known.setdefault(row.path, []).append(row)
    return WritePlan(tuple(sorted(_iter_steps(wanted, disk, known))))


def _iter_steps(
    wanted: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    known: Mapping[str, Sequence[LockedFile]],
) -> Iterator[PlanStep]:
    names = {each.path for each in wanted}
    for file in wanted:
        data = disk.get(file.path)
        state = (
            "add" if data is None else _get_state(file, data, known.get(file.path, ()))
        )
        yield PlanStep(file.path, state)
    for path, rows in known.items():
        if path not in names and path in disk:
            yield PlanStep(
                path, "delete" if _is_untouched(disk[path], rows) else "edited"
            )
    for path, data in disk.items():
        if path not in names and path not in known and is_generated(data):
            yield PlanStep(path, "stray")


def _get_state(
    file: GeneratedFile, data: bytes, rows: Sequence[LockedFile]
) -> FileState:
    if hash_content(data) == file.content_hash:
        return "same"
    if _is_reformatted(file, data):
        return "reformatted"
    older = [row for row in rows if row.content_hash != file.content_hash]
    return "update" if _is_untouched(data, older) else "edited"


def _is_untouched(data: bytes, rows: Sequence[LockedFile]) -> bool:
    """Tell whether a file is as a run wrote it, but for what a formatter did since.

    There are several rows for a file if a run was killed: the text before and after.
    """
    return any(
        is_replaceable(row.path, data) and _is_text_of(row, data) for row in rows
    )


def _is_text_of(row: LockedFile, data: bytes) -> bool:
    return hash_content(data) == row.content_hash or (
        row.path.endswith((".py", ".md"))
        and hash_without_layout(row.path, data) == row.code_hash
    )


def _is_reformatted(file: GeneratedFile, data: bytes) -> bool:
    """Tell whether only a formatter was here; some know the code in Markdown, too."""
    if file.path.endswith(".py"):
        return is_same_code(file.text, data)
    if not file.path.endswith(".md"):
        return False
    prose, code = _split_page(file.text.encode())
    found_prose, found_code = _split_page(data)
    return prose == found_prose and all(
        is_same_code(each.decode(), found)
        for each, found in zip(code, found_code, strict=True)
    )


def _split_page(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Part the prose of a page from the Python in it."""
    parts = _FENCED.split(data.replace(b"\r\n", b"\n"))
    return parts[::2], parts[1::2]


def build_locked_file(
    file: GeneratedFile, known: LockedFile | None = None
) -> LockedFile:
    """Give what the lock remembers of a file; `known` is what it remembered before."""
    digest = file.content_hash
    if known is not None and known.content_hash == digest:
        return replace(known, inputs_hash=file.inputs_hash)
    code = hash_without_layout(file.path, file.text.encode())
    return LockedFile(file.path, digest, code, file.inputs_hash)


def build_reuse_function(lock: Lock | None, disk: Mapping[str, bytes]) -> ReuseFunction:
    """Make what gives the texts of an earlier run that would be made the same again.

    `lock` is as a run of the same tools wrote it. A text counts if its inputs are the
    same, and nobody touched the file since.
    """
    if lock is None:
        return reuse_nothing
    rows = {each.path: each for each in lock.files}

    def find_reusable_text(path: str, inputs: str) -> str | None:
        row = rows.get(path)
        data = disk.get(path)
        if row is None or data is None or row.inputs_hash != inputs:
            return None
        text = data.replace(b"\r\n", b"\n")
        return text.decode() if sha256(text).hexdigest() == row.content_hash else None

    return find_reusable_text


def hash_content(data: bytes) -> str:
    """Give the digest of a text, whatever line ends a checkout gave it."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def hash_without_layout(path: str, data: bytes) -> str:
    """Give a digest of a file that a formatter does not change."""
    if not path.endswith(".md"):
        return hash_code(data)
    prose, code = _split_page(data)
    text = b"\0".join((*prose, *(hash_code(each).encode() for each in code)))
    return sha256(text).hexdigest()[:_SHORT]


def hash_code(data: bytes) -> str:
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


def is_same_code(text: str, data: bytes) -> bool:
    """Tell whether two modules differ only in layout."""
    try:
        found = ast.parse(data.decode())
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return False
    return ast.dump(ast.parse(text)) == ast.dump(found)
