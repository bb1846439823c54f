# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both clients share: settings, and requests made from operations.

In: what the user gave and what the generator wrote. Out: requests, ready to be sent.
"""

from __future__ import annotations

import copy
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping
from importlib import import_module
from random import random
from time import monotonic
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar
from urllib.parse import urljoin

import httpx2
from msgspec import UNSET, Struct, UnsetType, field
from msgspec.structs import replace

from .answers import AnswerReader, RawResponse
from .auth import Credential, Credentials, Scheme, Security
from .errors import AnswerError, connection_error
from .hidden import HiddenFrames, HiddenSettings
from .logs import Log
from .operation import Body, Operation
from .parameters import header_texts, pairs, path_text
from .pool import Pool
from .retry import DEFAULT_RETRY, Attempt, Outcome, Retry, pause
from .shapes import Value

R = TypeVar("R")
T = TypeVar("T")
V = TypeVar("V")
C = TypeVar("C")
H = TypeVar("H", bound=httpx2.Client | httpx2.AsyncClient)
Timeout: TypeAlias = float | httpx2.Timeout | None
Values: TypeAlias = Mapping[str, Any]
RequestHook: TypeAlias = Callable[[httpx2.Request], object] | None
ResponseHook: TypeAlias = Callable[[httpx2.Response], object] | None
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class ClientConfig(Struct, frozen=True, kw_only=True):
    """What the generator knows of an API.

    `package` is the client's own, `models` a module in it. `prefix` starts names of
    environment variables. `servers` are URLs by name, or templates, the default first.
    `path` is for base URLs without one. `error` is the hint of errors that operations
    leave open.
    """

    package: str
    user_agent: str
    prefix: str
    servers: Values
    path: str = ""
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    security: Security = ()
    error: str = "Any"
    models: str = ".models"


class Arguments(Struct, frozen=True):
    """What a call hands over, by wire name; `idempotency_key` is an earlier call's."""

    path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    headers: Values = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    body: Any = UNSET
    idempotency_key: str | None = None


class BaseClient(ABC, Generic[H]):
    """The common part of the clients, which add the sending."""

    _config: ClassVar[ClientConfig]
    _waits: ClassVar[bool]
    _hidden: HiddenSettings  # the generated classes set it first, before anything fails
    _file: Any = None

    def __init__(
        self,
        *,
        http_client: H | None = None,
        server: str | None = None,
        variables: Values | None = None,
        timeout: Timeout = 60,
        retry: Retry = DEFAULT_RETRY,
        strict: bool = False,
        keep_unknown: bool = False,
        on_request: RequestHook = None,
        on_response: ResponseHook = None,
    ) -> None:
        config, hidden = self._config, self._hidden
        source = hidden.read_environment(f"{config.prefix}_BASE_URL")
        self._is_fixed = bool(source)  # then no operation goes to a server of its own
        if not source:
            hidden.base_url = self._server(server, variables or {})
        self._base = hidden.check_base_url(source or "server", config.path)
        self._credentials = Credentials(config.schemes, hidden)
        self._timeout = httpx2.Timeout(timeout).as_dict()
        self._retry = retry
        self._on_request, self._on_response = on_request, on_response
        names = frozenset(each.name.lower() for each in config.schemes.values())
        self._log = Log(logging.getLogger(config.package), names)
        self._reader = AnswerReader(
            config.models, config.package, config.error, strict, keep_unknown
        )
        self._finish: Callable[..., Any] = AnswerReader.read
        self._pool: Pool[H] = Pool(http_client, self._open)

    def __repr__(self) -> str:
        """Show where the client calls."""
        return f"{type(self).__name__}(base_url={self._base!r})"

    @abstractmethod
    def _open(self) -> H: ...

    @abstractmethod
    def _wait(self, seconds: float) -> object: ...

    def _server(self, name: str | None, variables: Values) -> str:
        servers = self._config.servers
        if not servers:
            hint = f"give it, or set {self._config.prefix}_BASE_URL"
            raise ValueError(f"base_url: no server is known; {hint}")
        if name is not None and name not in servers:
            raise ValueError(f"server: {name!r} is none of {', '.join(servers)}")
        found = servers[name or next(iter(servers))]
        return found if isinstance(found, str) else str(found.fill(variables))

    def with_options(
        self,
        *,
        timeout: Timeout | UnsetType = UNSET,
        retry: Retry | UnsetType = UNSET,
        strict: bool | UnsetType = UNSET,
        keep_unknown: bool | UnsetType = UNSET,
    ) -> Self:
        """Return a client that differs in this, and shares connections with this one.

        `timeout` is in seconds, None for none; `strict` raises `ResponseMismatchError`;
        `keep_unknown` reads along what `models.unknown_fields` returns.
        """
        changes: dict[str, Any] = {"_retry": retry}
        if timeout is not UNSET:
            changes["_timeout"] = httpx2.Timeout(timeout).as_dict()
        given = {"strict": strict, "keep_unknown": keep_unknown}
        reading = {name: each for name, each in given.items() if each is not UNSET}
        changes["_reader"] = replace(self._reader, **reading)
        return changed(self, changes)

    async def _made(self, operation: Operation[T], given: Arguments) -> T:
        """Make a call; nothing in it waits for the client that blocks."""
        own = operation.security
        security = self._config.security if own is None else own
        chosen = self._credentials.choose(security, operation.call)
        credentials = await self._credentials.ask(chosen)
        is_safe = operation.method in _SAFE
        write_key: Any = None
        if operation.idempotency is not None:
            body, write_key = operation.idempotency(given.body, given.idempotency_key)
            given, is_safe = replace(given, body=body), is_safe or bool(write_key)
        request, is_once = self._build(operation, given, credentials)
        retry = Retry(times=0) if is_once else self._retry
        start, number, repeated = monotonic(), 0, False
        while True:
            if self._on_request is not None:
                await done(self._on_request(request))
            self._log.request(request)
            outcome = await self._sent(request)
            if self._on_response is not None and isinstance(outcome, httpx2.Response):
                await done(self._on_response(outcome))
            number += 1
            moved = getattr(outcome, "_request", None) not in (None, request)
            attempt = Attempt(number, outcome, monotonic() - start, is_safe, moved)
            seconds = pause(retry, attempt, random())
            self._log.outcome(operation.call, attempt, seconds)
            if seconds is None:
                break
            repeated = repeated or attempt.reached
            await done(self._wait(seconds))
        if isinstance(outcome, httpx2.RequestError):
            failure = connection_error(outcome, operation.call)
            failure.repeated = repeated
            failure.idempotency_key = write_key and write_key()
            raise failure from outcome
        try:
            if outcome.is_success:
                result: T = self._finish(self._reader, operation, outcome)
                return result
            refusal = self._reader.refusal(operation, outcome)
            raise refusal.repeat() if repeated else refusal
        except AnswerError as error:
            error.idempotency_key = write_key and write_key()
            raise

    async def _sent(self, request: httpx2.Request) -> Outcome:
        """Send a request, and read the answer unless it stays open."""
        file = self._file
        try:
            client = self._pool.client
            with HiddenFrames():
                sending = client.send(request, stream=file is not None)
                response: httpx2.Response = await done(sending)
            if file is None or (file.stays_open and response.is_success):
                return response
            try:
                if not response.is_success:
                    await self._do(response, "read")
                    return response
                with file.writer(response) as write:
                    async for chunk in each_of(await self._do(response, "iter_bytes")):
                        write(chunk)
            finally:
                await self._do(response, "close")
        except httpx2.RequestError as error:
            return error
        return response

    async def _do(self, response: httpx2.Response, name: str) -> Value:
        """Call a method, whose name starts with `a` where it is to be waited for."""
        with HiddenFrames():
            return await done(getattr(response, f"a{name}" if self._waits else name)())

    def _build(
        self, operation: Operation[Any], given: Arguments, found: list[Credential]
    ) -> tuple[httpx2.Request, bool]:
        """Make the request of a call; tell whether its body can be read only once."""
        styles = operation.styles
        url = self._base
        if operation.server and not (self._is_fixed and "//" in operation.server):
            url = urljoin(url, operation.server)
        url += path_text(operation.path, given.path, styles)
        if query := "&".join(pairs("query", given.query, styles)):
            url += f"{'&' if '?' in url else '?'}{query}"
        body = Body() if given.body is UNSET else operation.body(given.body)
        headers = {"user-agent": self._config.user_agent, "accept": operation.accept}
        headers |= header_texts(given.headers, styles)
        if body.media_type is not None:
            headers["content-type"] = body.media_type
        request = self._pool.build_request(
            operation.method,
            url,
            headers,
            [*pairs("cookie", given.cookies, styles)],
            found,
            content=body.later if self._waits and body.later else body.content,
            files=body.parts,
            extensions={"timeout": self._timeout, "operation": operation},
        )
        return request, body.is_once


class BaseResource(Generic[V]):
    """A group of operations of a client; `V` is what raw answers are asked by."""

    def __init__(self, client: Value) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> V:
        """The same methods; each gives its answer as a `RawResponse`."""
        found: Any = type(self)(changed(self._client, {"_finish": RawResponse}))
        raw: V = found
        return raw

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"


async def done(value: Value) -> Value:
    """Wait for what can be waited for; what cannot is there already."""
    return await value if hasattr(value, "__await__") else value


async def each_of(values: Iterable[T] | AsyncIterable[T]) -> AsyncIterator[T]:
    """Iterate over what may have to be waited for."""
    with HiddenFrames():
        if isinstance(values, AsyncIterable):
            async for each in values:
                yield each
        else:
            for each in values:
                yield each


def changed(client: C, changes: Values) -> C:
    """Return a client that differs in something; resources call the client they hold."""
    other = copy.copy(client)
    vars(other).update((k, v) for k, v in changes.items() if v is not UNSET)
    for name in [k for k, v in vars(other).items() if isinstance(v, BaseResource)]:
        del vars(other)[name]
    return other


class Lazy(Generic[R]):
    """An attribute of a client: a resource that is imported when it is first used.

    `Lazy(".resources.customers", "Customers")` is relative to the client's package.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name
        self._package = self._attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._package, self._attribute = owner.__module__.rpartition(".")[0], name

    def __get__(self, client: Value, owner: type) -> R:
        found: Any = self  # on the class
        if client is not None:
            make = getattr(import_module(self._module, self._package), self._name)
            found = make(client)
            setattr(client, self._attribute, found)  # from now on found before this
        resource: R = found
        return resource
