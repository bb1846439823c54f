# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Lists that come in pages, item by item.

In: a method that gives a page. Out: one with the same parameters that gives them all.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterator,
    Sequence,
)
from dataclasses import dataclass, field
from functools import partial
from inspect import iscoroutinefunction, signature
from typing import Any, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, overload
from urllib.parse import parse_qs, urlsplit

import httpx2
from msgspec import UNSET
from msgspec.structs import replace

from .answers import AnswerReader, Receiver
from .body_paths import placed
from .calling import Arguments, use_receiver
from .errors import APIError
from .link_header import find_link
from .methods import client_of, operation_of, rebound
from .operation import Operation
from .page_plan import Paging
from .shapes import Hint, Plain, Value, get_table, is_class

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Progress: TypeAlias = Callable[[int], object] | None
_MOST_EMPTY = 1_000
"""Empty pages in a row after which a cursor is taken to lead nowhere."""


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
def paged(method: Value, size: int | None = None, progress: Progress = None) -> Value:
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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came for one page."""

    value: Any
    response: httpx2.Response


def _receive_page(
    reader: AnswerReader, operation: Operation[Any], response: httpx2.Response
) -> _Answer:
    """Return a page with its headers."""
    return _Answer(reader.read(operation, response), response)


@dataclass(slots=True)
class _Steps(ABC):
    """Where the next page starts, `at`; `log` takes what is strange."""

    paging: Paging
    size: int
    at: Any
    log: Callable[[str], None]

    @abstractmethod
    def go_on(self, items: list[Any], answer: _Answer) -> bool:
        """Move behind a page; return whether there may be more."""


@dataclass(slots=True)
class _Counted(_Steps):
    """Pages by number or offset. The end is an empty page, or one of another length.

    Trusts no total that says that all has come. One that says that there is more is
    believed: then a server gives shorter pages than it was asked for.
    """

    came: int = 0
    is_strange: bool = False

    def go_on(self, items: list[Any], answer: _Answer) -> bool:
        """Move behind a page; return whether there may be more."""
        paging = self.paging
        if not self.came:  # what is before the place where the caller begins
            pages = int(self.at) - paging.first
            self.came = pages * len(items) if paging.by == "page" else int(self.at)
        self.came += len(items)
        self.at = self.at + 1 if paging.by == "page" else self.at + len(items)
        # A server may give less than was asked for, and say so.
        full = (self.size, _read_path(answer.value, "pagination.limit"))
        if not items or not paging.limit or len(items) in full:
            return bool(items)
        total = _read_path(answer.value, paging.total or "-")
        if not isinstance(total, int) or total <= self.came:
            return False
        if not self.is_strange:
            self.log(f"asked for {self.size} items, got {len(items)} of {total}")
        self.is_strange = True
        return True


@dataclass(slots=True)
class _Followed(_Steps):
    """Pages by cursor or link. The end is a page without one; any page may be empty."""

    sent: set[str] = field(default_factory=set[str])
    empty: int = 0

    def go_on(self, items: list[Any], answer: _Answer) -> bool:
        """Move behind a page; return whether there may be more."""
        self.sent.add(repr(self.at))
        self.empty = 0 if items else self.empty + 1
        if self.paging.by == "link" and not self.paging.next:
            header = answer.response.headers.get("link", "")
            self.at = find_link(header, "next")
        else:
            self.at = _read_path(answer.value, self.paging.next or "-")
        if not self.at:
            return False
        if repr(self.at) in self.sent:
            self.log("stopped at a cursor that had come before")
            return False
        if self.empty == _MOST_EMPTY:
            self.log(f"stopped after {self.empty} empty pages")
            return False
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
            answer = yield items, _ask_for_page(self._call.given, steps)
            items = self._items(answer.value, steps.paging.items)
            asks_on = steps.go_on(items, answer)
            if not items:
                continue
            if (key := _make_key(items)) in before:
                steps.log("stopped at a page that had come before")
                items = []
                break
            before = {key, *(before if isinstance(key, tuple) else ())}
            came += len(items)
            if self._progress is not None:
                self._progress(came)
        yield items, None

    def _begin_steps(self) -> _Steps:
        paging = self._call.operation.paging
        given = self._call.given
        if not isinstance(paging, Paging):
            raise TypeError(f"{self._call.operation.call}: its pages are not described")
        size = int(
            self._size or _find_given(given, paging, paging.limit) or paging.size
        )
        at: Any = _find_given(given, paging, paging.send)
        if paging.by not in ("offset", "page"):
            return _Followed(paging, size, at, self._log)
        if at is None:
            at = paging.first if paging.by == "page" else 0
        return _Counted(paging, size, int(at), self._log)

    def _items(self, answer: Value, path: str) -> list[T]:
        found: Plain = _read_path(answer, path) or []
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


def _ask_for_page(given: Arguments, steps: _Steps) -> Arguments:
    """Return the arguments for one page; of a link only its query counts."""
    paging = steps.paging
    at = steps.at
    size = steps.size
    if paging.by == "whole":
        return given
    wanted: dict[str, Any] = {paging.limit: size} if paging.limit else {}
    if at is not None and paging.by == "link":
        # What the caller gave stays as it is: a link may write it in another way.
        link = parse_qs(urlsplit(str(at)).query, keep_blank_values=True)
        own = (paging.send, paging.limit)
        new = (None, UNSET)
        wanted |= {
            name: values if len(values) > 1 else values[0]
            for name, values in link.items()
            if name in own or given.query.get(name) in new
        }
    elif at is not None:
        wanted[paging.send] = at
    if paging.place == "query":
        return replace(given, query={**given.query, **wanted})
    name = "body" if paging.place == "body" else "query"
    sent = getattr(given, name)
    sent = dict[str, Any]() if sent is UNSET else sent
    for path, value in wanted.items():
        sent = placed(sent, path, partial(_take_new, value))
    return replace(given, **{name: sent})


def _find_given(given: Arguments, paging: Paging, name: str) -> Value:
    """Return what the caller set; None for nothing."""
    found = [given.query.get(name)]
    if paging.place != "query":
        placed(
            given.body if paging.place == "body" else given.query, name, found.append
        )
    return None if found[-1] is UNSET else found[-1]


def _take_new(value: Value, _: Value) -> Value:
    return value


def _read_path(answer: Value, path: str) -> Value:
    """Return what is at a path of wire names; None for nothing."""
    for name in filter(None, path.split(".")):
        kind: Hint = answer.__class__
        if is_class(kind):
            names = get_table(kind).names
            answer = getattr(answer, names[name]) if name in names else None
        else:
            plain: Plain = answer
            answer = plain.get(name) if isinstance(plain, dict) else None
    return answer


def _make_key(items: list[Any]) -> object:
    """Return what identifies a page: its IDs if all items have one, else its content."""
    ids = tuple(_read_path(each, "id") for each in items)
    return ids if all(isinstance(each, (str, int)) for each in ids) else repr(items)
