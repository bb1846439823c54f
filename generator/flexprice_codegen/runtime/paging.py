# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Lists that come in pages, item by item.

In: a method that gives a page. Out: one with the same parameters that gives them all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from functools import partial
from inspect import iscoroutinefunction, signature
from typing import Any, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, overload

import httpx2
from msgspec import UNSET
from msgspec.structs import replace

from .answers import AnswerReader, Receiver
from .body_paths import placed, read_path
from .calling import Arguments, use_receiver
from .errors import APIError
from .methods import client_of, operation_of, rebound
from .operation import Operation
from .page_plan import Paging
from .shapes import Plain

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Progress: TypeAlias = Callable[[int], object] | None
_Answer: TypeAlias = tuple[Any, httpx2.Headers]


class Page(Protocol[T_co]):
    """An answer with a list."""

    @property
    def items(self) -> Sequence[T_co] | None:
        """The items; null is none."""


@overload
def paged(
    method: Callable[P, Coroutine[Any, Any, Page[T] | list[T]]],
    size: int | None = None,
    progress: Progress = None,
) -> Callable[P, AsyncPages[T]]: ...
@overload
def paged(
    method: Callable[P, Page[T] | list[T]],
    size: int | None = None,
    progress: Progress = None,
) -> Callable[P, Pages[T]]: ...
def paged(method: Any, size: int | None = None, progress: Progress = None) -> Any:
    """Return a method that gives all items; pages are fetched as they are asked for.

    `for item in paged(client.things.list_things)(kind="a")`, and `async for` likewise;
    `.pages()` gives lists. `size` is how many to ask for at a time: else what the call
    says, else 100, or fewer where the document allows no more. `progress` gets how
    many have come.
    """
    operation = operation_of(method)
    if operation.paging is None:
        raise TypeError(f"{operation.call}: its pages are not described")
    client = use_receiver(client_of(method), Receiver(_receive_page))

    def start(*args: Any, **named: Any) -> Pages[Any] | AsyncPages[Any]:
        if not iscoroutinefunction(method):
            return Pages(client, rebound(method, _Call)(*args, **named), size, progress)
        signature(method).bind(*args, **named)  # raises now, not where it is awaited
        call = partial(rebound(method, _prepare_call), *args, **named)
        return AsyncPages(client, call, size, progress)

    return start


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that is not made yet; the class takes the place of a client."""

    operation: Operation[Any]
    given: Arguments


async def _prepare_call(operation: Operation[Any], given: Arguments) -> _Call:
    """Return a call that is not made yet, in place of an asynchronous client."""
    return _Call(operation, given)


def _receive_page(
    reader: AnswerReader, operation: Operation[Any], response: httpx2.Response
) -> _Answer:
    """Return a page with its headers."""
    return reader.read(operation, response), response.headers


class Steps(Protocol):
    """Where the next page starts."""

    paging: Paging

    def ask(self, given: Arguments, /) -> Mapping[str, Any]:
        """Return what asks for the next page, by the names that `Paging` has."""
        ...

    def go_on(self, items: list[Any], page: Any, headers: httpx2.Headers, /) -> bool:
        """Move behind a page; return whether there may be more."""
        ...


@dataclass(slots=True)
class _Counted:
    """Pages by number or offset. The end is an empty page, or one of another length.

    Trusts no total that says that all has come. One that says that there is more is
    believed: then a server gives shorter pages than it was asked for.
    """

    paging: Paging
    size: int
    at: Any
    log: Callable[[str], None]
    came: int = 0
    is_strange: bool = False

    def __post_init__(self) -> None:
        first = self.paging.first if self.paging.by == "page" else 0
        self.at = first if self.at is None else int(self.at)

    def ask(self, _: Arguments) -> Mapping[str, Any]:
        """Return what asks for the next page; nothing does if there is only one."""
        paging = self.paging
        if paging.by == "whole":
            return {}
        start = {paging.send: self.at}
        return {paging.limit: self.size, **start} if paging.limit else start

    def go_on(self, items: list[Any], page: Any, _: httpx2.Headers) -> bool:
        """Move behind a page; return whether there may be more."""
        paging = self.paging
        if paging.by == "whole":
            return False
        if not self.came:  # what is before the place where the caller begins
            pages = self.at - paging.first
            self.came = pages * len(items) if paging.by == "page" else self.at
        self.came += len(items)
        self.at = self.at + 1 if paging.by == "page" else self.at + len(items)
        # A server may give less than was asked for, and say so.
        full = (self.size, read_path(page, "pagination.limit"))
        if not items or not paging.limit or len(items) in full:
            return bool(items)
        total = read_path(page, paging.total or "-")
        if not isinstance(total, int) or total <= self.came:
            return False
        if not self.is_strange:
            self.log(f"asked for {self.size} items, got {len(items)} of {total}")
        self.is_strange = True
        return True


@dataclass(frozen=True, slots=True)
class _Pages(Generic[T]):
    _client: Any
    _call: Any
    _size: int | None
    _progress: Progress

    def _walk_pages(self) -> Generator[tuple[list[T], Arguments | None], _Answer, None]:
        """Take an answer; yield its items, and what to ask for next, None for nothing."""
        steps = self._begin_steps()
        came = 0
        before = set[object]()
        items = list[T]()
        asks_on = True
        while asks_on:
            page, headers = yield items, _ask_for_page(self._call.given, steps)
            items = self._items(page, steps.paging.items)
            asks_on = steps.go_on(items, page, headers)
            if not items:
                continue
            if (key := _make_key(items)) in before:
                self._log("stopped at a page that had come before")
                items = []
                break
            before = {key, *(before if isinstance(key, tuple) else ())}
            came += len(items)
            if self._progress is not None:
                self._progress(came)
        yield items, None

    def _begin_steps(self) -> Steps:
        paging = self._call.operation.paging
        given = self._call.given
        if not isinstance(paging, Paging):
            raise TypeError(f"{self._call.operation.call}: its pages are not described")
        size = int(
            self._size or _find_given(given, paging, paging.limit) or paging.size
        )
        at = _find_given(given, paging, paging.send)
        begin: Callable[..., Steps] = paging.steps or _Counted
        return begin(paging, size, at, self._log)

    def _items(self, answer: Any, path: str) -> list[T]:
        found: Plain = read_path(answer, path) or []
        if isinstance(found, list):
            return found
        raise APIError(
            f"{self._call.operation.call}: the response has no list at {path!r}"
        )

    def _log(self, message: str) -> None:
        logger = self._client._log.logger
        logger.warning("%s: %s", self._call.operation.call, message)


class Pages(_Pages[T]):
    """All items of a list; each loop begins with the first page."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[T]]:
        """Return the items page by page."""
        walk = self._walk_pages()
        operation = self._call.operation
        _, asked = next(walk)
        while asked is not None:
            page, asked = walk.send(self._client(operation, asked))
            if page:
                yield page


class AsyncPages(_Pages[T]):
    """All items of a list; each loop begins with the first page."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for each in page:
                yield each

    async def pages(self) -> AsyncIterator[list[T]]:
        """Return the items page by page."""
        pages = dataclasses.replace(self, _call=await self._call())
        operation: Operation[Any] = pages._call.operation
        walk = pages._walk_pages()
        _, asked = next(walk)
        while asked is not None:
            page, asked = walk.send(await self._client(operation, asked))
            if page:
                yield page


def _ask_for_page(given: Arguments, steps: Steps) -> Arguments:
    """Return the arguments for one page."""
    paging = steps.paging
    wanted = steps.ask(given)
    if paging.place == "query":
        return replace(given, query={**given.query, **wanted})
    name = "body" if paging.place == "body" else "query"
    sent = getattr(given, name)
    sent = dict[str, Any]() if sent is UNSET else sent
    for path, value in wanted.items():
        sent = placed(sent, path, partial(_take_new, value))
    return replace(given, **{name: sent})


def _find_given(given: Arguments, paging: Paging, name: str) -> Any:
    """Return what the caller set; None for nothing."""
    found = [given.query.get(name)]
    if paging.place != "query":
        placed(
            given.body if paging.place == "body" else given.query, name, found.append
        )
    return None if found[-1] is UNSET else found[-1]


def _take_new(value: Any, _: Any) -> Any:
    return value


def _make_key(items: list[Any]) -> object:
    """Return what identifies a page: its IDs if all items have one, else its content."""
    ids = tuple(read_path(each, "id") for each in items)
    return ids if all(isinstance(each, (str, int)) for each in ids) else repr(items)
