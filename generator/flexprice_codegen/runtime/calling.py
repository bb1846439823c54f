# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both clients share: settings, requests, and how a call goes on.

In: what the user gave and what the generator wrote. Out: requests, ready to be sent,
and what their outcomes mean.
"""

from __future__ import annotations

import copy
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from random import random
from time import monotonic
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar, overload
from urllib.parse import urljoin

import httpx2
import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from .answers import AnswerReader, RawReceiver, Receiver
from .auth import Credential, Credentials, Scheme, Security
from .errors import APIError, connection_error
from .hidden import HiddenSettings
from .logs import Log
from .operation import Body, Operation
from .parameters import header_texts, pairs, path_text
from .pool import Pool
from .retry import DEFAULT_RETRY, Attempt, Outcome, Retry, pause

R = TypeVar("R")
T = TypeVar("T")
V = TypeVar("V")
H = TypeVar("H", bound=httpx2.Client | httpx2.AsyncClient)
Timeout: TypeAlias = float | httpx2.Timeout | None
Values: TypeAlias = Mapping[str, Any]
RequestHook: TypeAlias = Callable[[httpx2.Request], object] | None
ResponseHook: TypeAlias = Callable[[httpx2.Response], object] | None
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_NO_RETRY = Retry(times=0)


class ClientConfig(Struct, frozen=True, kw_only=True):
    """What the generator knows of an API.

    `package` is the client's own, `models` a module in it. `prefix` starts names of
    environment variables. `servers` are URLs by name, the default first. `error` is the
    hint of errors that operations leave open.
    """

    package: str
    user_agent: str
    prefix: str
    servers: Mapping[str, str]
    schemes: Mapping[str, Scheme] = msgspec.field(default_factory=dict)
    security: Security = ()
    error: str = "Any"
    models: str = ".models"


class Arguments(Struct, frozen=True):
    """What a call hands over, by wire name; `idempotency_key` is an earlier call's."""

    path: Values = msgspec.field(default_factory=dict)
    query: Values = msgspec.field(default_factory=dict)
    headers: Values = msgspec.field(default_factory=dict)
    cookies: Values = msgspec.field(default_factory=dict)
    body: Any = UNSET
    idempotency_key: str | None = None


class Settings(Struct, frozen=True, kw_only=True):
    """What copies of a client can have otherwise."""

    timeout: Mapping[str, float | None]
    retry: Retry
    on_request: RequestHook
    on_response: ResponseHook
    reader: AnswerReader
    receiver: Receiver


@dataclass(slots=True, repr=False)
class Call(Generic[T]):
    """A call that is being made: its request, and how it has gone so far.

    `names` are the headers of credentials, in lower case.
    """

    operation: Operation[T]
    request: httpx2.Request
    settings: Settings
    retry: Retry
    log: Log
    names: Collection[str]
    is_safe: bool
    write_key: Callable[[], str | None] | None
    start: float = field(default_factory=monotonic)
    attempts: int = 0
    redirects: int = 0
    was_retried: bool = False

    @property
    def receiver(self) -> Receiver:
        """How a success is received."""
        return self.settings.receiver

    def log_request(self) -> None:
        """Log the request before it is sent."""
        self.redirects = 0
        self.log.request(self.request)

    def follow(self, response: httpx2.Response, limit: int) -> httpx2.Request:
        """Return the next request behind a redirect; another origin gets no secret."""
        self.redirects += 1
        request = response.next_request
        if request is None or self.redirects > limit:
            raise httpx2.TooManyRedirects("too many redirects", request=self.request)
        if request.url.origin != self.request.url.origin:
            for name in self.names:
                request.headers.pop(name, None)
        return request

    def plan_retry(self, outcome: Outcome) -> float | None:
        """Return the seconds before the next attempt; None if there shall be none."""
        self.attempts += 1
        elapsed = monotonic() - self.start
        moved = self.redirects > 0
        attempt = Attempt(self.attempts, outcome, elapsed, self.is_safe, moved)
        seconds = pause(self.retry, attempt, random())
        self.log.outcome(self.operation.call, attempt, seconds)
        if seconds is not None:
            self.was_retried = self.was_retried or attempt.reached
        return seconds

    def finish(self, outcome: Outcome) -> T:
        """Return what the operation returns, or raise what the last outcome means."""
        try:
            return self._read(outcome)
        except APIError as error:
            error.idempotency_key = self.write_key and self.write_key()
            if self.was_retried:
                error.repeat()
            raise

    def _read(self, outcome: Outcome) -> T:
        reader = self.settings.reader
        if isinstance(outcome, httpx2.RequestError):
            raise connection_error(outcome, self.operation.call) from outcome
        if not outcome.is_success:
            raise reader.refusal(self.operation, outcome)
        result: T = self.receiver.finish(reader, self.operation, outcome)
        return result


class BaseClient(ABC, Generic[H]):
    """The common part of the clients, which add the sending."""

    _config: ClassVar[ClientConfig]
    _is_async: ClassVar[bool]
    _hidden: HiddenSettings  # the generated classes set it first, before anything fails

    def __init__(
        self,
        *,
        http_client: H | None = None,
        server: str | None = None,
        timeout: Timeout = 60,
        retry: Retry = DEFAULT_RETRY,
        strict: bool = False,
        keep_unknown: bool = False,
        on_request: RequestHook = None,
        on_response: ResponseHook = None,
    ) -> None:
        config = self._config
        hidden = self._hidden
        source = hidden.read_environment(f"{config.prefix}_BASE_URL")
        self._is_fixed = bool(source)  # then no operation goes to a server of its own
        if not source:
            hidden.base_url = self._server(server)
        self._base = hidden.check_base_url(source or "server")
        self._credentials = Credentials(config.schemes, hidden)
        reader = AnswerReader(
            config.models, config.package, config.error, strict, keep_unknown
        )
        self._settings = Settings(
            timeout=httpx2.Timeout(timeout).as_dict(),
            retry=retry,
            on_request=on_request,
            on_response=on_response,
            reader=reader,
            receiver=Receiver(),
        )
        self._names = {each.name.lower() for each in config.schemes.values()}
        self._log = Log(logging.getLogger(config.package), self._names)
        self._pool: Pool[H] = Pool(http_client, self._open, self._find_loop)
        self._resources: dict[str, Any] = {}

    def __repr__(self) -> str:
        """Show where the client calls."""
        return f"{type(self).__name__}(base_url={self._base!r})"

    @staticmethod
    @abstractmethod
    def _open() -> H: ...

    @staticmethod
    @abstractmethod
    def _find_loop() -> object: ...

    def _server(self, name: str | None) -> str:
        servers = self._config.servers
        if not servers:
            hint = f"give it, or set {self._config.prefix}_BASE_URL"
            raise ValueError(f"base_url: no server is known; {hint}")
        if name is not None and name not in servers:
            raise ValueError(f"server: {name!r} is none of {', '.join(servers)}")
        return servers[name or next(iter(servers))]

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
        settings = self._settings
        if timeout is not UNSET:
            settings = replace(settings, timeout=httpx2.Timeout(timeout).as_dict())
        if retry is not UNSET:
            settings = replace(settings, retry=retry)
        given = {"strict": strict, "keep_unknown": keep_unknown}
        reading = {name: each for name, each in given.items() if each is not UNSET}
        return self._copy(replace(settings, reader=replace(settings.reader, **reading)))

    def _copy(self, settings: Settings) -> Self:
        """Return a client with other settings; resources call the client they hold."""
        other = copy.copy(self)
        other._settings = settings
        other._resources = {}
        return other

    def _choose_credentials(self, operation: Operation[Any]) -> list[Credential]:
        security = operation.security
        if security is None:
            security = self._config.security
        return self._credentials.choose(security, operation.call)

    def _prepare(
        self,
        operation: Operation[T],
        arguments: Arguments,
        credentials: list[Credential],
    ) -> Call[T]:
        """Return a call whose request is ready to be sent."""
        is_safe = operation.method in _SAFE
        write_key = None
        if operation.idempotency is not None:
            key = arguments.idempotency_key
            body, write_key = operation.idempotency(arguments.body, key)
            arguments = replace(arguments, body=body)
            is_safe = is_safe or write_key is not None
        has_body = arguments.body is not UNSET
        body = operation.body(arguments.body) if has_body else Body()
        return Call(
            operation,
            self._build(operation, arguments, body, credentials),
            self._settings,
            _NO_RETRY if body.is_once else self._settings.retry,
            self._log,
            self._names,
            is_safe,
            write_key,
        )

    def _build(
        self,
        operation: Operation[Any],
        arguments: Arguments,
        body: Body,
        credentials: list[Credential],
    ) -> httpx2.Request:
        """Return the request of a call."""
        styles = operation.styles
        url = self._base
        if operation.server and not (self._is_fixed and "//" in operation.server):
            url = urljoin(url, operation.server)
        url += path_text(operation.path, arguments.path, styles)
        if query := "&".join(pairs("query", arguments.query, styles)):
            url += f"{'&' if '?' in url else '?'}{query}"
        headers = {"user-agent": self._config.user_agent, "accept": operation.accept}
        headers |= header_texts(arguments.headers, styles)
        if body.media_type is not None:
            headers["content-type"] = body.media_type
        return self._pool.build_request(
            operation.method,
            url,
            headers,
            [*pairs("cookie", arguments.cookies, styles)],
            credentials,
            content=body.later if self._is_async and body.later else body.content,
            files=body.parts,
            extensions={"timeout": self._settings.timeout, "operation": operation},
        )


class BaseResource(Generic[V]):
    """A group of operations of a client; `V` is what raw answers are asked by."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> V:
        """The same methods; each gives its answer as a `RawResponse`."""
        raw: Any = type(self)(use_receiver(self._client, RawReceiver()))
        methods: V = raw
        return methods

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"


def get_logger(client: BaseClient[Any]) -> logging.Logger:
    """Return what a client logs its calls by."""
    return client._log.logger


def get_receiver(client: BaseClient[Any]) -> Receiver:
    """Return how a client receives what succeeds."""
    return client._settings.receiver


def use_receiver(client: Any, receiver: Receiver) -> Any:
    """Return a client that receives otherwise what succeeds."""
    return client._copy(replace(client._settings, receiver=receiver))


class Lazy(Generic[R]):
    """An attribute of a client: a resource that is imported when it is first used.

    `Lazy(".resources.customers", "Customers")` is relative to the client's package. On
    the class it is the class of the resource.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name
        self._package = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._package = owner.__module__.rpartition(".")[0]

    @overload
    def __get__(self, client: None, owner: type) -> type[R]: ...
    @overload
    def __get__(self, client: BaseClient[Any], owner: type) -> R: ...
    def __get__(self, client: BaseClient[Any] | None, owner: type) -> Any:
        if client is None:
            return getattr(import_module(self._module, self._package), self._name)
        if self._name not in client._resources:
            make: Any = self.__get__(None, owner)
            client._resources[self._name] = make(client)
        return client._resources[self._name]
