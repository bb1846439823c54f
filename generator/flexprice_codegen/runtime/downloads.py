# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers that go to a file; a client has this module only if one is a file.

In: a method of a resource. Out: one with the same parameters that writes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, ParamSpec, Protocol, TypeAlias, TypeVar, overload
from uuid import uuid4

import httpx2

from .answers import AnswerReader, Receiver
from .calling import use_receiver
from .methods import client_of, rebound
from .operation import Operation
from .shapes import Value

P = ParamSpec("P")
T = TypeVar("T")
Later: TypeAlias = Coroutine[Any, Any, T]
Progress: TypeAlias = Callable[[int, int | None], object]


class Record(Protocol):
    """An object of the API, which may come in place of a file."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@overload
def download(
    method: Callable[P, Later[bytes | Record | None]],
    path: str | PathLike[str],
    progress: Progress | None = None,
) -> Callable[P, Later[Path]]: ...
@overload
def download(
    method: Callable[P, bytes | Record | None],
    path: str | PathLike[str],
    progress: Progress | None = None,
) -> Callable[P, Path]: ...
def download(
    method: Value, path: str | PathLike[str], progress: Progress | None = None
) -> Value:
    """Return a method that writes what it gets to a file, and returns the path.

    `download(client.invoices.get_pdf, "1.pdf")(id="1")`. The file appears when it is
    complete. `progress` gets the bytes so far, and of how many where that is known.
    """
    file = _File(Path(path), progress)
    return rebound(method, use_receiver(client_of(method), file))


@dataclass(frozen=True, slots=True)
class _File(Receiver):
    path: Path
    progress: Progress | None

    def finish(
        self, reader: AnswerReader, operation: Operation[Any], response: httpx2.Response
    ) -> Path:
        """Return what the call returns."""
        return self.path

    @contextmanager
    def open_writer(
        self, response: httpx2.Response
    ) -> Generator[Callable[[bytes], None]]:
        """Write to a temporary file; replace the file at the end, if all went well."""
        part = self.path.with_name(f".{self.path.name}.{uuid4().hex}")
        is_packed = "content-encoding" in response.headers
        length = None if is_packed else response.headers.get("content-length")
        try:
            with part.open("xb") as file:

                def write(chunk: bytes) -> None:
                    file.write(chunk)
                    if self.progress is not None:
                        self.progress(file.tell(), int(length) if length else None)

                yield write
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)
