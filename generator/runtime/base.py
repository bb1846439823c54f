# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both clients share: settings, and requests made from operations.

In: what the user gave and what the generator wrote. Out: requests, ready to be sent.
"""

from __future__ import annotations

import copy
import logging
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from random import random
from threading import Lock
from time import monotonic
from types import NoneType
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar, overload
from urllib.parse import urljoin

import httpx2
from msgspec import UNSET, UnsetType

from .answers import AnswerReader, RawResponse
from .auth import Credentials, Password, Scheme, Secret, Security
from .bodies import Body, Stream
from .errors import connection_error
from .idempotency import keyed
from .logs import Log
from .operation import Operation
from .parameters import header_texts, pairs, path_text
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
Step: TypeAlias = httpx2.Request | float | Callable[[], object]
Proven: TypeAlias = Mapping[str, str | Password]
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_USER = re.compile(r"//[^/@]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientConfig:
    """What the generator knows of an API.

    `package` is the client's own, `models` a module in it. `prefix` starts names of
    environment variables. `servers` are URL templates by name, the default first, for
    `variables` to fill in. `error` is the hint of errors that operations leave open.
    """

    package: str
    user_agent: str
    prefix: str
    servers: Mapping[str, str]
    variables: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    security: Security = ()
    error: str = "Any"
    models: str = ".models"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call hands over, by wire name."""

    path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    headers: Values = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    body: Any = UNSET


class PrivateURL(httpx2.URL):
    """A URL that holds a secret; as a text, in logs too, it shows none of it."""

    def __str__(self) -> str:
        return _USER.sub("//", super().__str__()).partition("?")[0] + "?…"

    __repr__ = __str__


class Pool(Generic[H]):
    """The connections of a client and its copies, opened when they are first needed.

    A client that was given adds its own headers, cookies and parameters; with ours it
    is quicker to make a request without asking, so its `headers` are kept here.
    """

    def __init__(self, given: H | None, open_: Callable[[], H]) -> None:
        self.is_ours = given is None
        self.headers: dict[str, str] = {}
        self._opened, self._open, self._lock = given, open_, Lock()

    @property
    def client(self) -> H:
        """The connections; opening them costs more than importing the client."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
                self.headers = dict(self._opened.headers)
            return self._opened


class BaseClient(ABC, Generic[H]):
    """The common part of the clients, which add the sending."""

    _config: ClassVar[ClientConfig]

    def __init__(
        self,
        credentials: Mapping[str, Secret | None],
        http_client: H | None = None,
        *,
        base_url: str | None = None,
        server: str | None = None,
        timeout: Timeout = 60,
        retry: Retry = DEFAULT_RETRY,
        strict: bool = False,
        on_request: RequestHook = None,
        on_response: ResponseHook = None,
    ) -> None:
        config = self._config
        url = base_url or os.environ.get(f"{config.prefix}_BASE_URL")
        self._is_fixed = bool(url)  # then no operation goes to a server of its own
        self._base = (url or self._server(server)).rstrip("/")
        if not self._base.startswith(("http://", "https://")):
            raise ValueError(f"base_url: {self!r} needs http:// or https://")
        self._credentials = Credentials.collect(config.schemes, credentials, os.environ)
        self._timeout = httpx2.Timeout(timeout).as_dict()
        self._retry = retry
        self._on_request, self._on_response = on_request, on_response
        names = frozenset(each.name.lower() for each in config.schemes.values())
        self._log = Log(logging.getLogger(config.package), names)
        self._reader = AnswerReader(config.models, config.package, config.error, strict)
        self._finish: Callable[..., Any] = AnswerReader.read
        self._file: Any = None
        self._pool: Pool[H] = Pool(http_client, self._open)
        self._user_agent = config.user_agent

    def __repr__(self) -> str:
        """Show where the client calls, and no secret."""
        return f"{type(self).__name__}(base_url={_USER.sub('//', self._base)!r})"

    @abstractmethod
    def _open(self) -> H:
        """Open the connections."""

    def _server(self, name: str | None) -> str:
        servers, variables = self._config.servers, self._config.variables
        if not servers:
            message = "base_url: no server is known; give it, or set "
            raise ValueError(f"{message}{self._config.prefix}_BASE_URL")
        if name is not None and name not in servers:
            raise ValueError(f"server: {name!r} is none of {', '.join(servers)}")
        template = servers[name or next(iter(servers))]
        return _VARIABLE.sub(lambda found: variables.get(found[1], ""), template)

    def with_options(
        self,
        *,
        timeout: Timeout | UnsetType = UNSET,
        retry: Retry | UnsetType = UNSET,
        strict: bool | UnsetType = UNSET,
    ) -> Self:
        """Give a client that differs in this, and shares connections with this one.

        `timeout` is in seconds, None for none; `strict` raises `ResponseMismatchError`.
        """
        changes: dict[str, Any] = {}
        if not isinstance(timeout, UnsetType):
            changes["_timeout"] = httpx2.Timeout(timeout).as_dict()
        if not isinstance(retry, UnsetType):
            changes["_retry"] = retry
        if not isinstance(strict, UnsetType):
            changes["_reader"] = replace(self._reader, strict=strict)
        return changed(self, changes)

    def _attempts(
        self, operation: Operation[T], given: Arguments, secrets: Proven
    ) -> Generator[Step, Outcome | None, T]:
        """Make a call; yields what either client does: send, wait, call a hook."""
        body, is_safe = keyed(operation.idempotency, given.body)
        is_safe = is_safe or operation.method in _SAFE
        request, is_stream = self._build(operation, replace(given, body=body), secrets)
        retry = Retry(times=0) if is_stream else self._retry
        start, number, repeated = monotonic(), 0, False
        while True:
            if self._on_request is not None:
                yield partial(self._on_request, request)
            self._log.request(request)
            outcome = yield request
            assert outcome is not None
            if self._on_response is not None and isinstance(outcome, httpx2.Response):
                yield partial(self._on_response, outcome)
            number += 1
            attempt = Attempt(number, outcome, monotonic() - start, is_safe)
            seconds = pause(retry, attempt, random())
            self._log.outcome(operation.call, attempt, seconds)
            if seconds is None:
                break
            repeated = repeated or attempt.reached
            yield seconds
        if isinstance(outcome, httpx2.RequestError):
            raise connection_error(outcome, operation.call) from outcome
        if outcome.is_success:
            result: T = self._finish(self._reader, operation, outcome)
            return result
        refusal = self._reader.refusal(operation, outcome)
        raise refusal.repeat() if repeated else refusal

    def _chosen(self, operation: Operation[Any]) -> dict[str, Secret]:
        own = operation.security
        security = self._config.security if own is None else own
        return self._credentials.choose(security, operation.call)

    def _build(
        self,
        operation: Operation[Any],
        given: Arguments,
        secrets: Proven,
    ) -> tuple[httpx2.Request, bool]:
        """Make the request of a call, and tell whether its body can be read only once.

        Raises for an argument that cannot be sent.
        """
        proof = self._credentials.prove(secrets)
        styles = operation.styles
        url = self._base
        if operation.server and not (self._is_fixed and "//" in operation.server):
            url = urljoin(url, operation.server)
        url += path_text(operation.path, given.path, styles)
        query = [*pairs("query", given.query, styles), *pairs("query", proof.query, {})]
        body = Body() if given.body is UNSET else operation.body(given.body)
        http = self._pool.client
        headers = {"user-agent": self._user_agent, "accept": operation.accept}
        for name, text in header_texts(given.headers, styles):
            headers[name.lower()] = text
        if body.media_type is not None:
            headers["content-type"] = body.media_type
        members = {**given.cookies, **proof.cookie}
        if cookies := "; ".join(pairs("cookie", members, styles)):
            headers["cookie"] = cookies
        make = httpx2.Request if self._pool.is_ours else http.build_request
        request = make(
            operation.method,
            f"{url}?{'&'.join(query)}" if query else url,
            headers=self._pool.headers | headers | proof.header,
            content=self._stream(body.content),
            files=body.parts,
            extensions={"timeout": self._timeout, "operation": operation},
        )
        if proof.query or "@" in url:
            request.url = PrivateURL(request.url)
        contents = [body.content, *(content for _, (_, content, _) in body.parts or ())]
        return request, not all(
            isinstance(each, (bytes, NoneType)) for each in contents
        )

    def _stream(self, content: Stream | None) -> Stream | None:
        """Turn a body's content into what can be sent."""
        return content


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


def client_of(method: Value) -> Value:
    """Give the client that a method of a resource calls."""
    if isinstance(resource := getattr(method, "__self__", None), BaseResource):
        return resource._client
    raise TypeError(f"{method!r} is no method such as client.things.get_thing")


def rebound(method: Value, client: Value) -> Value:
    """Give a method of a resource with another client."""
    return getattr(type(method.__self__)(client), method.__name__)


def changed(client: C, changes: Values) -> C:
    """Give a client that differs in something; resources call the client they hold."""
    other = copy.copy(client)
    mine = {k: v for k, v in vars(other).items() if not isinstance(v, BaseResource)}
    vars(other).clear()
    vars(other).update({**mine, **changes})
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

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: BaseClient[Any], owner: type) -> R: ...
    def __get__(self, client: BaseClient[Any] | None, owner: type) -> Self | R:
        if client is None:
            return self
        make = getattr(import_module(self._module, self._package), self._name)
        resource: R = make(client)
        vars(client)[self._attribute] = resource  # from now on found before this
        return resource
