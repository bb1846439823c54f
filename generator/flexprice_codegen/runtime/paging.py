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
from dataclasses import dataclass
from functools import partial
from inspect import iscoroutinefunction, signature
from typing import (
    Any,
    Generic,
    Literal,
    ParamSpec,
    Protocol,
    TypeAlias,
    TypeVar,
    overload,
)
from urllib.parse import parse_qs, urlsplit

from msgspec import UNSET, Struct
from msgspec.structs import replace

from .answers import Receiver
from .body_paths import placed
from .calling import Arguments, use_receiver
from .errors import APIError
from .methods import client_of, rebound
from .operation import Operation
from .shapes import Value, is_class, table

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Progress: TypeAlias = Callable[[int], object] | None
_SIZE = 100


class Paging(Struct, frozen=True):
    """How an operation gives its list in pages; `whole` is all at once.

    `send` is the name in the query, or the path in the body, of what says where a page
    starts, `limit` of how long it is ("" for none). `items` and `next` are the paths
    of the list and of the next cursor or link in the answer.
    """

    by: Literal["offset", "page", "cursor", "link", "whole"] = "offset"
    place: Literal["query", "body"] = "query"
    send: str = "offset"
    limit: str = "limit"
    items: str = "items"
    next: str = ""


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
@overload
def paged(
    method: Callable[P, object], size: int | None = None, progress: Progress = None
) -> Callable[P, Any]: ...
def paged(method: Value, size: int | None = None, progress: Progress = None) -> Value:
    """Return a method that gives all items; pages are fetched as they are asked for.

    `for item in paged(client.things.list_things)(kind="a")`, and `async for` likewise;
    `.pages()` gives lists. `size` is how many to ask for at a time: else what the call
    says, else 100. `progress` is told how many have come.
    """
    client = use_receiver(client_of(method), Receiver())

    def start(*args: Any, **named: Any) -> Pages[Any] | AsyncPages[Any]:
        if not iscoroutinefunction(method):
            return Pages(client, rebound(method, _Call)(*args, **named), size, progress)
        signature(method).bind(*args, **named)  # raises now, not where it is awaited
        call = partial(rebound(method, _prepare), *args, **named)
        return AsyncPages(client, call, size, progress)

    return start


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that is not made yet; the class takes the place of a client."""

    operation: Operation[Any]
    given: Arguments


async def _prepare(operation: Operation[Any], given: Arguments) -> _Call:
    """Return a call that is not made yet, in place of an asynchronous client."""
    return _Call(operation, given)


@dataclass(frozen=True, slots=True)
class _Pages(Generic[T]):
    _client: Any
    _call: Any
    _size: int | None
    _progress: Progress

    def _walk(
        self, call: _Call
    ) -> Generator[tuple[list[T], Arguments | None], Any, None]:
        """Take an answer; give its items, and what to ask for next, None for nothing.

        Trusts no total and no offset of the server's. The end is an empty page, a short
        one, one that is longer than asked for, and one that came before.
        """
        given = call.given
        paging = call.operation.paging
        if not isinstance(paging, Paging):
            raise TypeError(f"{call.operation.call}: its pages are not described")
        size = int(self._size or _got(given, paging, paging.limit) or _SIZE)
        at: Any = _got(given, paging, paging.send)
        counts = paging.by in ("offset", "page")
        if counts:
            at = int(paging.by == "page" if at is None else at)
        came, before, sent, items = 0, set[object](), {repr(at)}, list[T]()
        while True:
            answer = yield items, _asking(given, paging, at, size)
            items = _read(answer, paging.items) or []
            if not isinstance(items, list):
                message = f"the answer has no list at {paging.items!r}"
                raise APIError(f"{call.operation.call}: {message}")
            key = _key(items)
            if not items or key in before:
                items = []
                break
            before = {key, *(before if isinstance(key, tuple) else ())}
            came += len(items)
            if self._progress is not None:
                self._progress(came)
            if counts:
                # A server may give less than was asked for, and say so.
                full = (size, _read(answer, "pagination.limit"))
                if paging.limit and len(items) not in full:
                    break
                at += 1 if paging.by == "page" else len(items)
            else:
                at = _read(answer, paging.next or "-")
                if not at or repr(at) in sent:
                    break
                sent.add(repr(at))
        yield items, None


class Pages(_Pages[T]):
    """All items of a list; each loop begins anew."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[T]]:
        """Return the items page by page."""
        call: _Call = self._call
        walk = self._walk(call)
        _, asked = next(walk)
        while asked is not None:
            page, asked = walk.send(self._client(call.operation, asked))
            if page:
                yield page


class AsyncPages(_Pages[T]):
    """All items of a list; each loop begins anew."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for each in page:
                yield each

    async def pages(self) -> AsyncIterator[list[T]]:
        """Return the items page by page."""
        call: _Call = await self._call()
        walk = self._walk(call)
        _, asked = next(walk)
        while asked is not None:
            page, asked = walk.send(await self._client(call.operation, asked))
            if page:
                yield page


def _asking(given: Arguments, paging: Paging, at: Value, size: int) -> Arguments:
    """Return the arguments for one page; of a link only its query counts."""
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
    body = {} if given.body is UNSET else given.body
    for path, value in wanted.items():
        body = placed(body, path, partial(_instead, value))
    return replace(given, body=body)


def _got(given: Arguments, paging: Paging, name: str) -> Value:
    """Return what the caller set; None for nothing."""
    found = [given.query.get(name)]
    if paging.place == "body":
        placed(given.body, name, found.append)
    return None if found[-1] is UNSET else found[-1]


def _instead(value: Value, _: Value) -> Value:
    return value


def _read(answer: Value, path: str) -> Value:
    """Return what stands at a path of wire names; None for nothing."""
    for name in filter(None, path.split(".")):
        kind: type = type(answer)
        if is_class(kind):
            names = table(kind).names
            answer = getattr(answer, names[name]) if name in names else None
        else:
            answer = answer.get(name) if isinstance(answer, Mapping) else None
    return answer


def _key(items: list[Any]) -> object:
    """Tell a page from others: by its ids where all have one, else by what it says."""
    ids = tuple(_read(each, "id") for each in items)
    return ids if all(isinstance(each, (str, int)) for each in ids) else repr(items)
