# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Lists that come in pages, item by item.

In: a method that gives a page. Out: one with the same parameters that gives them all.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, overload
from urllib.parse import parse_qsl, urlsplit

from msgspec import UNSET

from .answers import AnswerReader
from .base import Arguments, changed, client_of, rebound
from .encoding import placed
from .errors import APIError
from .operation import Operation, Paging
from .shapes import Value, is_class, table

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_SIZE = 100


class Page(Protocol[T_co]):
    """An answer with a list."""

    @property
    def items(self) -> Sequence[T_co] | None:
        """The items; null is none."""


@overload
def paged(
    method: Callable[P, Coroutine[Any, Any, Page[T] | list[T]]],
    size: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Callable[P, AsyncPages[T]]: ...
@overload
def paged(
    method: Callable[P, Page[T] | list[T]],
    size: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Callable[P, Pages[T]]: ...
@overload
def paged(
    method: Callable[P, object],
    size: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Callable[P, Any]: ...
def paged(
    method: Value,
    size: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Value:
    """Give a method that gives all items; pages are fetched as they are asked for.

    `for item in paged(client.things.list_things)(kind="a")`, and `async for` likewise;
    `.pages()` gives lists. `size` is how many to ask for at a time: else what the call
    says, else 100. `progress` is told how many have come.
    """
    client = changed(client_of(method), {"_finish": AnswerReader.read})

    def start(*args: Value, **named: Value) -> Value:
        call = rebound(method, _Call)(*args, **named)
        if not isinstance(call, Coroutine):
            return Pages(client, call, size, progress)
        found = call.send(None)
        call.close()
        return AsyncPages(client, found, size, progress)

    return start


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that is not made; told to who awaits it."""

    operation: Operation[Any]
    given: Arguments

    def __await__(self) -> Generator[_Call, None, None]:
        yield self


@dataclass(frozen=True, slots=True)
class _Pages(Generic[T]):
    _client: Any
    _call: _Call
    _size: int | None
    _progress: Callable[[int], object] | None

    def _walk(self) -> Generator[Arguments | list[T], Any, None]:
        """Give what to ask for, then the items of the answer, and so on.

        Trusts no total and no offset of the server's. The end is an empty page, a short
        one, one that is longer than asked for, and one that came before.
        """
        paging, given = self._call.operation.paging, self._call.given
        if paging is None:
            raise TypeError(f"{self._call.operation.call}: its pages are not described")
        size = int(self._size or _got(given, paging, paging.limit) or _SIZE)
        at: Any = _got(given, paging, paging.send)
        if paging.by in ("offset", "page"):
            at = int(paging.by == "page" if at is None else at)
        came, before, sent = 0, set[object](), {repr(at)}
        while True:
            answer = yield _asking(given, paging, at, size)
            items = _read(answer, paging.items) or []
            if not isinstance(items, list):
                call, path = self._call.operation.call, paging.items
                raise APIError(f"{call}: the answer has no list at {path!r}")
            key = _key(items)
            if not items or key in before:
                return
            before = {key, *(before if isinstance(key, tuple) else ())}
            came += len(items)
            if self._progress is not None:
                self._progress(came)
            yield items
            if paging.by not in ("offset", "page"):
                at = _read(answer, paging.next or "-")
                if not at or repr(at) in sent:
                    return
                sent.add(repr(at))
            else:
                # A server may give less than was asked for, and say so.
                full = (size, _read(answer, "pagination.limit"))
                if paging.limit and len(items) not in full:
                    return
                at += 1 if paging.by == "page" else len(items)


class Pages(_Pages[T]):
    """All items of a list; each loop begins anew."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[T]]:
        """Give the items page by page."""
        walk, answer = self._walk(), None
        while (step := _next(walk, answer)) is not None:
            answer = None
            if isinstance(step, list):
                yield step
            else:
                answer = self._client(self._call.operation, step)


class AsyncPages(_Pages[T]):
    """All items of a list; each loop begins anew."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for each in page:
                yield each

    async def pages(self) -> AsyncIterator[list[T]]:
        """Give the items page by page."""
        walk, answer = self._walk(), None
        while (step := _next(walk, answer)) is not None:
            answer = None
            if isinstance(step, list):
                yield step
            else:
                answer = await self._client(self._call.operation, step)


def _next(walk: Generator[T, Any, None], answer: Value) -> T | None:
    try:
        return walk.send(answer)
    except StopIteration:
        return None


def _asking(given: Arguments, paging: Paging, at: Value, size: int) -> Arguments:
    """Give the arguments for one page; of a link only its query counts."""
    wanted: dict[str, Any] = {paging.limit: size} if paging.limit else {}
    if at is not None and paging.by == "link":
        wanted |= dict(parse_qsl(urlsplit(str(at)).query))
    elif at is not None:
        wanted[paging.send] = at
    if paging.by == "whole":
        return given
    if paging.place == "query":
        return replace(given, query={**given.query, **wanted})
    body = {} if given.body is UNSET else given.body
    for path in wanted:
        body = placed(body, path, partial(_instead, wanted[path]))
    return replace(given, body=body)


def _instead(value: Value, _: Value) -> Value:
    return value


def _got(given: Arguments, paging: Paging, name: str) -> Value:
    """Give what the caller set; None for nothing."""
    found = [given.query.get(name)]
    if paging.place == "body":
        placed(given.body, name, found.append)
    return None if found[-1] is UNSET else found[-1]


def _read(answer: Value, path: str) -> Value:
    """Give what stands at a path of wire names; None for nothing."""
    for name in filter(None, path.split(".")):
        kind: type = type(answer)
        if is_class(kind):
            known = table(kind).fields
            answer = getattr(answer, known[name][0]) if name in known else None
        else:
            answer = answer.get(name) if isinstance(answer, Mapping) else None
    return answer


def _key(items: list[Any]) -> object:
    """Tell a page from others: by its ids where all have one, else by what it says."""
    ids = tuple(_read(each, "id") for each in items)
    return ids if all(isinstance(each, (str, int)) for each in ids) else repr(items)
