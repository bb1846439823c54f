# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both clients share: settings, requests, and how a call goes on.

In: what the user gave and what the generator wrote. Out: requests, ready to be sent,
and what their outcomes mean.
"""

from __future__ import annotations

import copy
import dataclasses
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from random import random
from time import monotonic
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypedDict, TypeVar, Unpack
from urllib.parse import urljoin

import httpx2
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from .answers import RAW, READ, AnswerReader, Receiver, Writer
from .auth import Credential, Credentials, Scheme, Security
from .errors import APIError, connection_error
from .hidden import HiddenSettings
from .logs import Log
from .operation import Body, Operation
from .parameters import header_texts, pairs, path_text
from .pool import Pool
from .retry import DEFAULT_RETRY, Attempt, Outcome, Retry, check_seconds, choose_pause

T = TypeVar("T")
V = TypeVar("V")
H = TypeVar("H", bound=httpx2.Client | httpx2.AsyncClient)
Timeout: TypeAlias = float | httpx2.Timeout | None
Values: TypeAlias = Mapping[str, Any]
RequestHook: TypeAlias = Callable[[httpx2.Request], object] | None
ResponseHook: TypeAlias = Callable[[httpx2.Response], object] | None
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_DIGITS = 18  # more is no length of anything
_SHORTEST = 0.001
MAX_RESPONSE_SIZE = 256 * 1024 * 1024


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
    schemes: Mapping[str, Scheme] = {}
    security: Security = ()
    error: str = "Any"
    models: str = ".models"


class RequestOptions(TypedDict, total=False):
    """What one call has otherwise; `headers` and `query` come on top of the client's.

    `timeout` is in seconds, for each of connecting, sending and waiting for a piece of
    the response; `deadline` for the whole call; None is for none.
    """

    timeout: Timeout | UnsetType
    deadline: float | None
    retry: Retry
    headers: Mapping[str, str]
    query: Values


class ClientOptions(RequestOptions, total=False):
    """What a copy of a client has otherwise; `headers` and `query` replace its own."""

    max_response_size: int
    strict: bool
    keep_unknown: bool
    on_request: RequestHook
    on_response: ResponseHook


class Arguments(Struct, frozen=True):
    """What a call hands over, by wire name; `idempotency_key` is an earlier call's."""

    path: Values = {}
    query: Values = {}
    headers: Values = {}
    cookies: tuple[Callable[[httpx2.Request], None], ...] = ()
    body: Any = UNSET
    idempotency_key: str | None = None
    options: RequestOptions | None = None


class Settings(Struct, frozen=True, kw_only=True):
    """What copies of a client can have otherwise; checks what it is given."""

    timeout: Mapping[str, float | None]
    reader: AnswerReader
    deadline: float | None = None
    max_response_size: int = MAX_RESPONSE_SIZE
    headers: Mapping[str, str] = {}
    query: Values = {}
    retry: Retry = DEFAULT_RETRY
    on_request: RequestHook = None
    on_response: ResponseHook = None
    receiver: Receiver = READ

    def __post_init__(self) -> None:
        check_seconds("deadline", self.deadline)
        if not isinstance(getattr(self, "retry", None), Retry):  # of untyped code
            raise TypeError(f"retry must be a Retry(max_retries=…), got {self.retry!r}")
        if type(self.max_response_size) is not int or self.max_response_size < 1:
            got = repr(self.max_response_size)
            raise ValueError(f"max_response_size must be a number of bytes, got {got}")

    def change(self, options: Mapping[str, Any]) -> Settings:
        """Return these settings with some others, which `ClientOptions` lists."""
        given = {key: value for key, value in options.items() if value is not UNSET}
        if "timeout" in given:
            given["timeout"] = _read_timeout(given["timeout"])
        names = given.keys() & {"strict", "keep_unknown"}
        reading = {name: given.pop(name) for name in names}
        return replace(self, reader=replace(self.reader, **reading), **given)

    def change_for_call(self, options: RequestOptions | None) -> Settings:
        """Return the settings of one call, whose headers and query come on top."""
        if not options:
            return self
        headers = {**self.headers, **options.get("headers", {})}
        query = {**self.query, **options.get("query", {})}
        return self.change({**options, "headers": headers, "query": query})


@dataclass(slots=True, repr=False)  # rich looks behind the repr of a Struct
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
    size: int = 0
    coding: str = ""
    response: httpx2.Response | None = None

    @property
    def deadline(self) -> float | None:
        """The seconds that the whole call may take."""
        given = (self.settings.deadline, self.retry.deadline)
        return min((each for each in given if each is not None), default=None)

    def begin_attempt(self) -> httpx2.Request:
        """Return the request, which knows the number of the attempt."""
        self.attempts += 1
        self.redirects = 0
        self.response = None
        extensions = self.request.extensions
        extensions["attempt"] = self.attempts
        if self.deadline is not None:
            left = max(self.deadline - (monotonic() - self.start), _SHORTEST)
            extensions["timeout"] = {
                phase: left if limit is None else min(left, limit)
                for phase, limit in self.settings.timeout.items()
            }
        return self.request

    def begin_body(self, response: httpx2.Response) -> Writer | None:
        """Note that a response came, and return what its body is written to.

        That is None for the memory. The body may still break off.
        """
        self.response = response
        self.size = 0
        self.coding = response.headers.get("content-encoding", "")
        more = self.coding.count(",")
        if more:  # each can grow a thousandfold
            raise httpx2.DecodingError(f"packed {more + 1} times, at most 1 is read")
        open_writer = self.settings.receiver.open_writer
        return open_writer(response) if open_writer and response.is_success else None

    def is_small(self, response: httpx2.Response) -> bool:
        """Return whether a body needs no check, because its length is known before."""
        length = response.headers.get("content-length", "")
        return (
            self.deadline is None
            and not self.coding
            and length.isdecimal()
            and int(length[:_DIGITS]) <= self.settings.max_response_size
        )

    def check_piece(self, piece: bytes, *, is_kept: bool) -> None:
        """Raise an error if a body takes too long or, if it is kept, is too large."""
        self.size += len(piece)
        limit = self.settings.max_response_size
        if is_kept and self.size > limit:
            raise httpx2.DecodingError(f"larger than {limit} bytes (max_response_size)")
        if self.deadline is not None and monotonic() - self.start > self.deadline:
            raise httpx2.ReadTimeout(f"deadline of {self.deadline} s")

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
        attempt = Attempt(
            self.attempts,
            outcome,
            monotonic() - self.start,
            self.is_safe,
            moved=self.redirects > 0,
            is_unprocessed=self.operation.unprocessed_429,
        )
        seconds = choose_pause(self.retry, attempt, random(), self.deadline)
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
            raise connection_error(
                outcome, self.operation.call, self.response
            ) from outcome
        if not outcome.is_success:
            raise reader.refusal(self.operation, outcome)
        result: T = self.settings.receiver.finish(reader, self.operation, outcome)
        return result


class BaseClient(Generic[H]):
    """The common part of the clients, which add the sending."""

    _config: ClassVar[ClientConfig]
    _is_async: ClassVar[bool]
    _open: ClassVar[type[Any]]
    _hidden: HiddenSettings  # the generated classes set it first, before anything fails

    def __init__(
        self,
        *,
        http_client: H | None = None,
        server: str | None = None,
        variables: Values | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        config = self._config
        hidden = self._hidden
        if not isinstance(http_client, self._open | None):
            wanted = f"httpx2.{self._open.__name__}"
            raise TypeError(f"http_client must be an {wanted}, got {http_client!r}")
        source = hidden.find_base_url(f"{config.prefix}_BASE_URL", http_client)
        self._is_fixed = bool(source)  # then no operation goes to a server of its own
        if not source:
            hidden.base_url = self._server(server, variables or {})
        self._base = hidden.check_base_url(source or "server", config.path)
        self._credentials = Credentials(config.schemes, hidden)
        reader = AnswerReader(config.models, config.package, config.error)
        phases = _read_timeout(_find_timeout(http_client))
        self._settings = Settings(timeout=phases, reader=reader).change(options)
        self._names = {each.name.lower() for each in config.schemes.values()}
        self._log = Log(logging.getLogger(config.package), self._names)
        self._pool: Pool[H] = Pool(http_client, self._open, is_async=self._is_async)
        self._resources: dict[type, Any] = {}

    def __repr__(self) -> str:
        """Show where the client calls."""
        return f"{type(self).__name__}(base_url={self._base!r})"

    def _server(self, name: str | None, variables: Values) -> str:
        servers = self._config.servers
        if not servers:
            hint = f"pass base_url=, or set {self._config.prefix}_BASE_URL"
            raise ValueError(f"base_url: the document names no server; {hint}")
        if name is not None and name not in servers:
            raise ValueError(f"server: {name!r} is not one of {', '.join(servers)}")
        found = servers[name or next(iter(servers))]
        return found if isinstance(found, str) else str(found.fill(variables))

    def _change(self, hidden: HiddenSettings, options: ClientOptions) -> Self:
        """Return a client that differs in this; `with_options` of every client."""
        other = self._copy(self._settings.change(options))
        other._hidden = self._hidden.change(hidden)
        if hidden.base_url is not None:
            other._is_fixed = True
            other._base = other._hidden.check_base_url("base_url", self._config.path)
        other._credentials = Credentials(self._config.schemes, other._hidden)
        return other

    def _copy(self, settings: Settings) -> Self:
        """Return a client with other settings; resources call the client they hold."""
        other = copy.copy(self)
        other._settings = settings
        other._resources = {}
        return other

    def _plan_request(
        self, method: str, path: str, body: object, options: RequestOptions
    ) -> Callable[[], Any]:
        """Return what calls an operation that the document lacks, for a raw response."""
        if not path.startswith("/"):
            raise ValueError(f"path: expected one such as '/customers', got {path!r}")
        operation = Operation[Any](method.upper(), path, "Any", accept="*/*")
        given = Arguments(body=body, options=options)
        return partial(use_receiver(self, RAW), operation, given)

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
        settings = self._settings.change_for_call(arguments.options)
        content = arguments.body
        write_key = None
        if operation.idempotency is not None:
            content, write_key = operation.idempotency(
                content, arguments.idempotency_key
            )
        body = Body() if content is UNSET else operation.body(content)
        retry = settings.retry
        return Call(
            operation,
            self._build(operation, arguments, body, credentials, settings),
            settings,
            dataclasses.replace(retry, max_retries=0) if body.is_once else retry,
            self._log,
            self._names,
            operation.safe or operation.method in _SAFE or write_key is not None,
            write_key,
        )

    def _build(
        self,
        operation: Operation[Any],
        arguments: Arguments,
        body: Body,
        credentials: list[Credential],
        settings: Settings,
    ) -> httpx2.Request:
        """Return the request of a call."""
        styles = operation.styles
        address = self._base
        if operation.server and not (self._is_fixed and "//" in operation.server):
            address = urljoin(address, operation.server)
        address += path_text(operation.path, arguments.path, styles)
        own_query = {**settings.query, **arguments.query}
        if query := "&".join(pairs("query", own_query, styles)):
            address += f"{'&' if '?' in address else '?'}{query}"
        url = httpx2.URL(address) if query else _parse_url(address)
        headers = {"user-agent": self._config.user_agent, "accept": operation.accept}
        headers |= header_texts(settings.headers, {})
        headers |= header_texts(arguments.headers, styles)
        if body.media_type is not None:
            headers["content-type"] = body.media_type
        return self._pool.build_request(
            operation.method,
            url,
            headers,
            [*arguments.cookies, *(each.add_to for each in credentials)],
            content=body.later if self._is_async and body.later else body.content,
            files=body.parts,
            extensions={
                "timeout": settings.timeout,
                "operation": operation.call,
                "called": operation,
            },
        )


# Parsing is a sixth of what httpx2 does for a call, and most go to few URLs.
_parse_url = lru_cache(maxsize=256)(httpx2.URL)


def _find_timeout(http_client: httpx2.Client | httpx2.AsyncClient | None) -> Timeout:
    """Return the timeout of an `http_client` if it says anything, else our own."""
    usual = httpx2.Timeout(5)  # of httpx2, which is short for an API
    own = usual if http_client is None else http_client.timeout
    return 60 if own == usual else own


def _read_timeout(timeout: Timeout) -> Mapping[str, float | None]:
    """Return the seconds of each phase."""
    if not isinstance(timeout, httpx2.Timeout):
        check_seconds("timeout", timeout)
    phases = httpx2.Timeout(timeout).as_dict()
    for phase, seconds in phases.items():
        check_seconds(f"timeout: {phase}", seconds)
    return phases


class BaseResource(Generic[V]):
    """A group of operations of a client; `V` is what raw answers are asked by."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> V:
        """The same methods; each gives its answer as a `RawResponse`."""
        raw: Any = type(self)(use_receiver(self._client, RAW))
        methods: V = raw
        return methods

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"


def use_receiver(client: Any, receiver: Receiver) -> Any:
    """Return a client that receives otherwise what succeeds."""
    return client._copy(replace(client._settings, receiver=receiver))
