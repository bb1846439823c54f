# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers that go to a file; a client has this module only if one is a file.

In: a method of a resource. Out: one with the same parameters that writes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, ParamSpec, Protocol, TypeAlias, TypeVar, overload
from uuid import uuid4

import httpx2

from .answers import Receiver
from .calling import use_receiver
from .methods import client_of, rebound

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
    method: Any, path: str | PathLike[str], progress: Progress | None = None
) -> Any:
    """Return a method that writes what it gets to a file, and returns the path.

    `download(client.invoices.get_pdf, "1.pdf")(id="1")`. The file appears when it is
    complete. `progress` gets the bytes so far, and of how many where that is known.
    """

    def finish(*_: object) -> Path:
        return Path(path)

    receiver = Receiver(finish, open_writer=partial(_open_writer, Path(path), progress))
    return rebound(method, use_receiver(client_of(method), receiver))


@contextmanager
def _open_writer(
    path: Path, progress: Progress | None, response: httpx2.Response
) -> Generator[Callable[[bytes], None]]:
    """Write to a temporary file; replace the file at the end, if all went well."""
    part = path.with_name(f".{path.name}.{uuid4().hex}")
    is_packed = "content-encoding" in response.headers
    length = None if is_packed else response.headers.get("content-length")
    try:
        with part.open("xb") as file:

            def write(chunk: bytes) -> None:
                file.write(chunk)
                if progress is not None:
                    progress(file.tell(), int(length) if length else None)

            yield write
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
