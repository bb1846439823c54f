# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""A server for tests that needs no network; a client has it only if it is asked for.

In: requests of a client. Out: answers as the description has them, or as a test asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

import httpx2
from msgspec import UNSET, UnsetType

from .decoding import from_dict
from .encoding import encode
from .methods import operation_of
from .operation import Operation, by_status
from .samples import NOTHING, Samples
from .shapes import Hint, resolve_hint
from .waiting import sleep_async

T = TypeVar("T")
_EMPTY = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the generator knows apart from the operations; see `ClientConfig`.

    `statuses` are those of successes that are not 200, by call (`"POST /things"`).
    """

    package: str
    error: str = "Any"
    models: str = ".models"
    statuses: Mapping[str, int] = field(default_factory=dict[str, int])
    samples: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class _Step:
    """One answer; `status` 0 is the operation's, `error` comes instead of it."""

    status: int = 0
    value: Any = UNSET
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0
    error: type[httpx2.RequestError] | None = None


class Told(Generic[T]):
    """The answers that one operation has ready, and the requests that it got.

    It gives its answers in turn, the last from then on. A `delay` is in seconds;
    one that is longer than the client waits is a timeout at once.
    """

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self._steps: list[_Step] = []

    def respond(
        self,
        value: T | bytes | UnsetType = UNSET,
        *,
        status: int = 0,
        headers: Mapping[str, str] | None = None,
        delay: float = 0.0,
    ) -> Self:
        """Answer with a value, or with bytes as they are; else with a sample."""
        self._steps.append(_Step(status, value, headers or {}, delay))
        return self

    def respond_error(
        self,
        status: int,
        body: object = UNSET,
        *,
        headers: Mapping[str, str] | None = None,
        delay: float = 0.0,
    ) -> Self:
        """Answer with an error: plain data, bytes as they are, else a sample."""
        self._steps.append(_Step(status, body, headers or {}, delay))
        return self

    def fail_connection(
        self, error: type[httpx2.RequestError] = httpx2.ConnectError, delay: float = 0.0
    ) -> Self:
        """Fail to connect, or raise what `error` says."""
        self._steps.append(_Step(delay=delay, error=error))
        return self

    def drop_connection(self, delay: float = 0.0) -> Self:
        """Break the connection once the request has arrived."""
        return self.fail_connection(httpx2.RemoteProtocolError, delay)

    # Their former names.
    reply = respond
    refuse = respond_error
    fail = fail_connection
    drop = drop_connection

    def take(self, request: httpx2.Request) -> _Step:
        """Keep a request, and give what to do with it."""
        self.requests.append(request)
        if len(self._steps) > 1:
            return self._steps.pop(0)
        return self._steps[0] if self._steps else _Step()


class FakeTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Answers the calls of clients, also of several threads, and keeps the requests."""

    facts: ClassVar[Facts]

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self._told: dict[str, Told[Any]] = {}
        self._samples = Samples(self.facts.samples)
        self._lock = Lock()

    def client(self) -> httpx2.Client:
        """Make what a client takes as `http_client`."""
        return httpx2.Client(transport=self)

    def async_client(self) -> httpx2.AsyncClient:
        """Make what an asynchronous client takes as `http_client`."""
        return httpx2.AsyncClient(transport=self)

    @overload
    def on(self, method: Callable[..., Coroutine[Any, Any, T]]) -> Told[T]: ...
    @overload
    def on(self, method: Callable[..., T]) -> Told[T]: ...
    def on(self, method: Any) -> Any:
        """Return the answers of `client.things.get_thing`, to add to them."""
        return self._told.setdefault(operation_of(method).call, Told())

    def sample(self, kind: type[T]) -> T:
        """Make an instance of a generated class."""
        return from_dict(kind, self._samples.of(kind))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request, as httpx2 asks for it."""
        request.read()
        step = self._take_reply(request)
        time.sleep(step.delay)
        return self._make_answer(request, step)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request, as httpx2 asks for it."""
        await request.aread()
        step = self._take_reply(request)
        await sleep_async(step.delay)
        return self._make_answer(request, step)

    def _take_reply(self, request: httpx2.Request) -> _Step:
        operation = _find_operation(request)
        with self._lock:
            self.requests.append(request)
            told = self._told.setdefault(operation.call, Told())
            step = told.take(request)
        limit = request.extensions.get("timeout", {}).get("read")
        if limit is not None and step.delay > limit:
            raise httpx2.ReadTimeout(f"{step.delay} s", request=request)
        return step

    def _make_answer(self, request: httpx2.Request, step: _Step) -> httpx2.Response:
        if step.error is not None:
            raise step.error("as the test says", request=request)
        operation = _find_operation(request)
        status = step.status or self.facts.statuses.get(operation.call, 200)
        media, content = self._make_content(operation, status, step.value)
        kind = {"content-type": media} if content else {}
        return httpx2.Response(
            status, headers={**kind, **step.headers}, content=content
        )

    def _make_content(
        self, operation: Operation[Any], status: int, value: Any
    ) -> tuple[str, bytes]:
        """Return a body and its type; a body that a test gave is written as it is."""
        is_success = httpx2.codes.is_success(status)
        hint = self._find_hint(operation, status)
        media = operation.accept.partition(",")[0] if is_success else ""
        if "*" in media or not media:
            media = "application/json"
        if isinstance(value, bytes):
            return media, value
        if status in _EMPTY or value is None or (value is UNSET and hint is type(None)):
            return media, b""
        plain = self._samples.of(hint) if value is UNSET else value
        if hint is bytes and value is UNSET:
            return "application/octet-stream", b"bytes"
        content = encode({} if plain is NOTHING else plain)
        if isinstance(plain, str) and "json" not in media:
            content = plain.encode()
        if media == "text/event-stream":
            content = b"data: " + content + b"\n\n"
        return media, content

    def _find_hint(self, operation: Operation[Any], status: int) -> Hint:
        known = operation.responses, operation.returns
        if not httpx2.codes.is_success(status):
            known = operation.errors, self.facts.error
        text = by_status(known[0], status, known[1])
        return resolve_hint(text, self.facts.models, self.facts.package)


def _find_operation(request: httpx2.Request) -> Operation[Any]:
    found: Operation[Any] | None = request.extensions.get("called")
    if found is None:
        raise TypeError(f"{request!r} was not sent by a generated client")
    return found
