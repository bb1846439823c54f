# Copied from flexprice-codegen's runtime; do not edit.
# SPDX-License-Identifier: 0BSD
"""What both clients share: settings, and requests made from operations.

In: what the user gave and what the generator wrote. Out: httpx2 requests, ready to be
sent; nothing here waits for anything.
"""

from __future__ import annotations

import copy
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from threading import Lock
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar, overload
from urllib.parse import urljoin

import httpx2
from msgspec import UNSET, UnsetType

from .answers import AnswerReader
from .auth import Credentials, Password, Scheme, Secret, Security
from .bodies import Body, Stream
from .operation import Operation
from .parameters import header_texts, pairs, path_text

R = TypeVar("R")
H = TypeVar("H", bound=httpx2.Client | httpx2.AsyncClient)
Timeout: TypeAlias = float | httpx2.Timeout | None
Values: TypeAlias = Mapping[str, Any]
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_USER = re.compile(r"//[^/@]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientConfig:
    """What the generator knows of an API.

    `package` is the client's own, `models` a module within it. `prefix` starts the
    names of environment variables. `servers` are URL templates by name, the default
    first; `variables` fill them in. `error` is the hint of errors for which an
    operation says nothing.
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
        """Show the URL without user and query."""
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
        strict: bool = False,
    ) -> None:
        config = self._config
        url = base_url or os.environ.get(f"{config.prefix}_BASE_URL")
        self._is_fixed = bool(url)  # then no operation goes to a server of its own
        self._base = (url or self._server(server)).rstrip("/")
        if not self._base.startswith(("http://", "https://")):
            raise ValueError(f"base_url: {self!r} needs http:// or https://")
        self._credentials = Credentials.collect(config.schemes, credentials, os.environ)
        self._timeout = httpx2.Timeout(timeout).as_dict()
        self._reader = AnswerReader(config.models, config.package, config.error, strict)
        self._pool: Pool[H] = Pool(http_client, self._open)
        self._user_agent = config.user_agent

    def __repr__(self) -> str:
        """Show where the client calls, and no secret."""
        return f"{type(self).__name__}(base_url={_USER.sub('//', self._base)!r})"

    @abstractmethod
    def _open(self) -> H:
        """Open the connections."""

    def _server(self, name: str | None) -> str:
        """Give the URL of a server: the one named, else the first."""
        servers, variables = self._config.servers, self._config.variables
        if not servers:
            message = "base_url: no server is known; give it, or set "
            raise ValueError(f"{message}{self._config.prefix}_BASE_URL")
        if name is not None and name not in servers:
            raise ValueError(f"server: {name!r} is none of {', '.join(servers)}")
        template = servers[name or next(iter(servers))]
        return _VARIABLE.sub(lambda found: variables.get(found[1], ""), template)

    def with_options(
        self, *, timeout: Timeout | UnsetType = UNSET, strict: bool | UnsetType = UNSET
    ) -> Self:
        """Give a client that differs in this, and shares connections with this one.

        `timeout` is in seconds, None for none. `strict` raises
        `ResponseMismatchError` where an answer is not what the document says.
        """
        other = copy.copy(self)
        mine = vars(other)
        for name in [each for each in mine if isinstance(mine[each], BaseResource)]:
            del mine[name]  # it calls this client, not the other one
        if not isinstance(timeout, UnsetType):
            mine["_timeout"] = httpx2.Timeout(timeout).as_dict()
        if not isinstance(strict, UnsetType):
            mine["_reader"] = replace(self._reader, strict=strict)
        return other

    def _chosen(self, operation: Operation[Any]) -> dict[str, Secret]:
        """Give the secrets for a call."""
        own = operation.security
        security = self._config.security if own is None else own
        return self._credentials.choose(security, operation.call)

    def _build(
        self,
        operation: Operation[Any],
        given: Arguments,
        secrets: Mapping[str, str | Password],
    ) -> httpx2.Request:
        """Make the request of a call.

        Raises:
            ValueError, TypeError: an argument that cannot be sent; says which.
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
            extensions={"timeout": self._timeout},
        )
        if proof.query or "@" in url:
            request.url = PrivateURL(request.url)
        return request

    def _stream(self, content: Stream | None) -> Stream | None:
        """Turn a body's content into what can be sent."""
        return content


class BaseResource:
    """A group of operations of a client."""


class Lazy(Generic[R]):
    """An attribute of a client: a resource that is imported when it is first used.

    `Lazy(".resources.customers", "Customers")`; the module is relative to the package
    of the class in which the attribute stands.
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
