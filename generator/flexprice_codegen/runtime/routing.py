# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Routers: a delivery is verified, read, and given to the handlers of its event.

In: the raw body and the headers of a delivery. Out: the answer to its sender. A router
is an application, too, which any ASGI or WSGI server runs at whatever path it is put.

Source: ASGI 3.0 "HTTP Connection Scope", PEP 3333.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from inspect import iscoroutinefunction
from math import inf
from threading import Lock
from typing import Any, ClassVar, Final, Generic, Protocol, TypeAlias, TypeVar, overload

from msgspec import Struct

from . import deliveries
from .deliveries import TOLERANCE, Delivery, Headers, Key, Secret
from .deliveries import WebhookSignatureError as SignatureError
from .events import AnyEvent, Event, EventPayloads, EventType, NoPayload
from .events import WebhookPayloadError as PayloadError
from .lazy import rename_keywords
from .waiting import NotAwaitedError, resolve, resolve_async

P = TypeVar("P")
P2 = TypeVar("P2")
P3 = TypeVar("P3")
R = TypeVar("R")
E = TypeVar("E")
Either: TypeAlias = Event[P] | Event[P2] | Event[P3]
Of: TypeAlias = Callable[[E], R]
Content: TypeAlias = bytes | bytearray | memoryview | str
"""The raw body of a delivery, as a framework has it."""
Handler: TypeAlias = Callable[[Any], object]
Hook: TypeAlias = Callable[[Exception, AnyEvent], object]
Verify: TypeAlias = Callable[[bytes, Headers], Delivery | bool]
H = TypeVar("H", bound=Handler)
OfGroup = TypeVar("OfGroup", bound=Callable[[Event[Any]], object])
OfAny = TypeVar("OfAny", bound=Callable[[AnyEvent], object])
OfUnknown = TypeVar("OfUnknown", bound=Callable[[NoPayload], object])
AnyHook = TypeVar("AnyHook", bound=Hook)
_SHORTEST_KEY: Final = 16
"""Bytes of a key; Standard Webhooks wants 24, and a shorter one can be guessed."""
Receive: TypeAlias = Callable[[], Awaitable[Any]]
Send: TypeAlias = Callable[[Any], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Any, Receive, Send], Coroutine[Any, Any, None]]
WsgiApp: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], list[bytes]]
MAX_SIZE: Final = 4 * 1024 * 1024
_LOG = logging.getLogger(__name__)
_OLD_NAMES: Final = {"seen": "store"}
_NOT_ASYNC: Final = "a WebhookRouter awaits nothing; use an AsyncWebhookRouter"


class Answer(Struct, frozen=True):
    """What the sender gets: 200 done, 400 not JSON, 401 not signed, 413 too large.

    500 says that a handler failed, 503 that another call is at work on this delivery;
    both ask the sender to try again.
    """

    status: int
    body: bytes = b""

    @property
    def status_code(self) -> int:
        """The status, by the name that frameworks have for it."""
        return self.status


_BUSY: Final = Answer(503, b"another call is at work on it")
_OK: Final = 200
_DONE: Final = Answer(_OK, b"done")
_DONE_BEFORE: Final = Answer(_OK, b"done before")
_FAILED: Final = Answer(500, b"a handler failed")
_UNHANDLED: Final = Answer(_OK, b"not handled")


class Memory(Protocol):
    """Knows which deliveries a router has done; no two routers share one."""

    def has(self, delivery_id: str, /) -> bool:
        """Return whether a delivery is done; several threads may ask."""
        ...

    def add(self, delivery_id: str, /) -> object:
        """Remember that it is."""


class AsyncMemory(Protocol):
    """A `Memory` that an `AsyncWebhookRouter` awaits."""

    def has(self, delivery_id: str, /) -> Awaitable[bool]:
        """Return whether a delivery is done."""
        ...

    def add(self, delivery_id: str, /) -> Awaitable[object]:
        """Remember that it is."""
        ...


M = TypeVar("M", bound=Memory | AsyncMemory)


class RecentDeliveries:
    """A `Memory` in this process: of the latest `size` deliveries."""

    def __init__(self, size: int = 10_000) -> None:
        self._ids: dict[str, None] = {}
        self._lock = Lock()
        self._size = size

    def has(self, delivery_id: str, /) -> bool:
        """Return whether a delivery is done."""
        return delivery_id in self._ids

    def add(self, delivery_id: str, /) -> None:
        """Remember that it is; where there are too many, the oldest is forgotten."""
        with self._lock:
            self._ids[delivery_id] = None
            if len(self._ids) > self._size:
                del self._ids[next(iter(self._ids))]


class Router(Generic[M]):
    """What both routers share.

    `secret` is what the sender signs with, or several while it changes. None takes
    deliveries that nobody signed, from a server that cannot sign: whoever knows the
    address can then send anything, so keep it within a network that you trust. It is
    logged, for a secret that is None by mistake. `tolerance` is in seconds, `max_size`
    in bytes. With `store`, a delivery whose handlers all succeeded is not handled again,
    nor twice at once in this process. `verify` is a check of your own, in the place of
    `secret`: it gets body and headers, and returns True, or the `Delivery`.
    """

    payloads: ClassVar[EventPayloads]
    scheme: ClassVar[Any] = deliveries  # or what else has `keys_of` and `verify`

    def __init__(
        self,
        *,
        secret: Secret | Sequence[Secret] | None,
        tolerance: float = TOLERANCE,
        max_size: int = MAX_SIZE,
        store: M | None = None,
        verify: Verify | None = None,
        **old: Any,
    ) -> None:
        self._keys: tuple[Key, ...]
        self._keys, fault = self.scheme.keys_of(secret, _SHORTEST_KEY)
        del secret  # tracebacks show locals
        if self._keys and verify is not None:
            fault = "verify= checks deliveries by itself; pass secret=None with it"
        self._verify = verify
        if not _is_duration(tolerance):
            fault = f"tolerance must be a number of seconds, got {tolerance!r}"
        if fault:
            raise ValueError(fault)
        self._tolerance = tolerance
        self._store: M | None = rename_keywords(old, _OLD_NAMES).get("store", store)
        self.max_size = max_size
        self._routes: dict[str, list[Handler]] = {name: [] for name in self.payloads}
        self._others: list[Handler] = []
        self._hook: Hook = _report_failure
        self._running: dict[str, object] = {}
        if self._store is not None:
            self._check_function(self._store.has)
        if not self._keys and verify is None:
            _LOG.warning("this router accepts unsigned deliveries from anyone")

    @overload
    def on(
        self, event: EventType[P], other: EventType[P2], /
    ) -> Callable[[Of[Event[P] | Event[P2], R]], Of[Event[P] | Event[P2], R]]: ...
    @overload
    def on(
        self, event: EventType[P], other: EventType[P2], third: EventType[P3], /
    ) -> Callable[[Of[Either[P, P2, P3], R]], Of[Either[P, P2, P3], R]]: ...
    @overload
    def on(
        self, event: EventType[P], /, *events: EventType[P]
    ) -> Callable[[Of[Event[P], R]], Of[Event[P], R]]: ...
    def on(self, *events: EventType[Any]) -> Callable[[Any], Any]:
        """Register a function for some events; several functions run in their order.

        More than three with different payloads are given to it one after the other.
        """
        foreign = [str(each) for each in events if each not in self._routes]
        if foreign:
            raise ValueError(f"the document has no event {foreign[0]!r}")
        routes = [self._routes[each] for each in dict.fromkeys(events)]
        return lambda handler: self._add_handler(handler, routes)

    def on_group(self, pattern: str) -> Callable[[OfGroup], OfGroup]:
        """Register a function for all documented events of a group: `customer.*`."""
        routes = [r for name, r in self._routes.items() if fnmatchcase(name, pattern)]
        if not routes:
            raise ValueError(f"no event of the document matches {pattern!r}")
        return lambda handler: self._add_handler(handler, routes)

    def on_any(self, handler: OfAny) -> OfAny:
        """Register a function for every delivery, whatever its event is."""
        return self._add_handler(handler, [*self._routes.values(), self._others])

    def on_unknown(self, handler: OfUnknown) -> OfUnknown:
        """Register a function for the events whose payload is not known."""
        return self._add_handler(handler, [self._others])

    def on_error(self, hook: AnyHook) -> AnyHook:
        """Return a function what a handler raises; without one it is logged.

        What the function raises goes on to the caller of `handle`.
        """
        self._check_function(hook)
        self._hook = hook
        return hook

    def _check_function(self, function: Callable[..., object]) -> None:
        """Raise for a function that this router cannot call."""

    def _add_handler(self, handler: H, routes: Sequence[list[Handler]]) -> H:
        self._check_function(handler)
        for each in routes:
            each.append(handler)
        return handler

    def _open_delivery(
        self, body: Content, headers: Headers | None
    ) -> AnyEvent | Answer:
        # A text of a framework may hold halves of surrogate pairs.
        if isinstance(body, str):
            body = body.encode("utf-8", "surrogatepass")
        body = bytes(body)
        headers = {} if headers is None else headers
        if len(body) > self.max_size:
            return Answer(413, b"the delivery is too large")
        try:
            return self.payloads.read(body, self._find_delivery(body, headers), headers)
        except SignatureError as error:
            return Answer(401, str(error).encode())
        except PayloadError as error:
            return Answer(400, str(error).encode())

    def _find_delivery(self, body: bytes, headers: Headers) -> Delivery | None:
        if self._verify is not None:
            known = self._verify(body, headers)
            if isinstance(known, Delivery):
                return known
            if known is not True:
                raise SignatureError("the signature of the delivery is not valid")
        elif self._keys:
            found: Delivery = self.scheme.verify(
                body, headers, self._keys, self._tolerance
            )
            return found
        return Delivery.of(headers)

    @contextmanager
    def _claim_delivery(self, key: str) -> Generator[bool]:
        """Yield whether no other call of this process is at work on a delivery."""
        mine = object()
        is_first = self._running.setdefault(key, mine) is mine
        try:
            yield is_first
        finally:
            if is_first:
                del self._running[key]

    def _find_handlers(self, event: AnyEvent) -> list[Handler]:
        return self._routes[event.name] if isinstance(event, Event) else self._others


class WebhookRouter(Router[Memory]):
    """A router of deliveries to functions, in the caller's thread."""

    def handle(self, body: Content, headers: Headers | None) -> Answer:
        """Verify and read a delivery, call its handlers, and say what to answer."""
        event = self._open_delivery(body, headers)
        if isinstance(event, Answer):
            return event
        try:
            if self._store is None or event.delivery is None:
                return self._call_handlers(event)
            return self._handle_once(event, event.delivery.id, self._store)
        except NotAwaitedError:
            raise
        except Exception as error:  # noqa: BLE001 - the hook gets it
            resolve(self._hook(error, event), _NOT_ASYNC)
            return _FAILED

    def _handle_once(self, event: AnyEvent, key: str, store: Memory) -> Answer:
        with self._claim_delivery(key) as is_first:
            if not is_first:
                return _BUSY
            if store.has(key):
                return _DONE_BEFORE
            answer = self._call_handlers(event)
            store.add(key)
            return answer

    def _call_handlers(self, event: AnyEvent) -> Answer:
        handlers = self._find_handlers(event)
        for handler in handlers:
            resolve(handler(event), _NOT_ASYNC)
        return _DONE if handlers else _UNHANDLED

    def _check_function(self, function: Callable[..., object]) -> None:
        if any(map(iscoroutinefunction, (function, type(function).__call__))):
            raise TypeError(_NOT_ASYNC)


class AsyncWebhookRouter(Router[Memory | AsyncMemory]):
    """A router of deliveries to functions and coroutine functions."""

    async def handle(self, body: Content, headers: Headers | None) -> Answer:
        """Verify and read a delivery, call its handlers, and say what to answer."""
        event = self._open_delivery(body, headers)
        if isinstance(event, Answer):
            return event
        try:
            if self._store is None or event.delivery is None:
                return await self._call_handlers(event)
            return await self._handle_once(event, event.delivery.id, self._store)
        except Exception as error:  # noqa: BLE001 - the hook gets it
            await resolve_async(self._hook(error, event))
            return _FAILED

    async def _handle_once(
        self, event: AnyEvent, key: str, store: Memory | AsyncMemory
    ) -> Answer:
        with self._claim_delivery(key) as is_first:
            if not is_first:
                return _BUSY
            if await resolve_async(store.has(key)):
                return _DONE_BEFORE
            answer = await self._call_handlers(event)
            await resolve_async(store.add(key))
            return answer

    async def _call_handlers(self, event: AnyEvent) -> Answer:
        handlers = self._find_handlers(event)
        for handler in handlers:
            await resolve_async(handler(event))
        return _DONE if handlers else _UNHANDLED


def _is_duration(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < inf


def _report_failure(error: Exception, event: AnyEvent) -> None:
    message = "a handler of the event %.200r failed"
    _LOG.error(message, event.name, exc_info=error)


def asgi_app(router: AsyncWebhookRouter) -> AsgiApp:
    """Make an ASGI application of a router; it keeps no more than `max_size` bytes."""

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":  # there is nothing to start and to stop
            for step in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{step}.complete"})
            return
        if scope["type"] != "http":
            raise RuntimeError(f"deliveries come over HTTP, not {scope['type']}")
        answer = Answer(405)
        if scope["method"] == "POST":
            body = await _read_body(receive, router.max_size)
            if body is None:
                return
            answer = await router.handle(body, scope["headers"])
        headers = [(k.lower().encode(), v.encode()) for k, v in _list_headers(answer)]
        start = {"type": "http.response.start", "status": answer.status}
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    return app


async def _read_body(receive: Receive, most: int) -> bytes | None:
    """Read until there is too much, or all; None where the sender is gone."""
    body = bytearray()
    more = True
    while more and len(body) <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def wsgi_app(router: WebhookRouter) -> WsgiApp:
    """Make a WSGI application of a router; it reads no more than `max_size` bytes."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        answer = Answer(405)
        if environ["REQUEST_METHOD"] == "POST":
            size = router.max_size + 1
            if not environ.get("wsgi.input_terminated"):
                size = min(_read_length(environ.get("CONTENT_LENGTH")), size)
            headers = {k: v for k, v in environ.items() if k.startswith("HTTP_")}
            answer = router.handle(environ["wsgi.input"].read(size), headers)
        phrase = "OK" if answer.status == _OK else "Refused"
        start(f"{answer.status} {phrase}", _list_headers(answer))
        return [answer.body]

    return app


def _read_length(value: object) -> int:
    text = str(value)[:18]  # more digits are no size of anything
    return int(text) if text.isascii() and text.isdecimal() else 0


def _list_headers(answer: Answer) -> list[tuple[str, str]]:
    length = ("Content-Length", str(len(answer.body)))
    return [("Content-Type", "text/plain"), ("Allow", "POST"), length]
