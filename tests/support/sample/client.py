"""The clients of the sample API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self, Unpack

from msgspec import UNSET, UnsetType

from flexprice_codegen.runtime.async_client import AsyncClient
from flexprice_codegen.runtime.auth import AsyncToken, Scheme, Token
from flexprice_codegen.runtime.auth_places import QueryScheme
from flexprice_codegen.runtime.calling import (
    MAX_RESPONSE_SIZE,
    ClientConfig,
    ClientOptions,
    RequestHook,
    ResponseHook,
    Timeout,
)
from flexprice_codegen.runtime.client import SyncClient
from flexprice_codegen.runtime.hidden import HiddenSettings
from flexprice_codegen.runtime.lazy import Lazy
from flexprice_codegen.runtime.retry import DEFAULT_RETRY, Retry

from . import resources

if TYPE_CHECKING:
    import httpx2

CONFIG = ClientConfig(
    package=__name__.rpartition(".")[0],
    user_agent="sample-python/1.0 flexprice-codegen/0.1.0",
    prefix="SAMPLE",
    servers={
        "us": "https://us.api.example/v1/",
        "eu": "https://eu.api.example/v1",
    },
    schemes={
        "ApiKeyAuth": Scheme("header", "api_key", "SAMPLE_API_KEY", "x-api-key"),
        "QueryKey": QueryScheme("query", "query_key", "SAMPLE_QUERY_KEY", "key"),
        "SessionAuth": Scheme("bearer", "token", "SAMPLE_TOKEN"),
        "Login": Scheme("basic", "login", "SAMPLE_LOGIN"),
    },
    security=(("ApiKeyAuth",), ("QueryKey",), ("SessionAuth",), ("Login",)),
    error="Problem",
)


class Sample(SyncClient):
    """The client of the sample API."""

    _config: ClassVar[ClientConfig] = CONFIG

    customers = Lazy(lambda: resources.Customers)

    def __init__(  # noqa: PLR0913 - every setting is a keyword
        self,
        *,
        api_key: Token | None = None,
        query_key: Token | None = None,
        token: Token | None = None,
        login: tuple[str, str] | None = None,
        base_url: str | None = None,
        server: str | None = None,
        timeout: Timeout | UnsetType = UNSET,
        deadline: float | None = None,
        max_response_size: int = MAX_RESPONSE_SIZE,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        retry: Retry = DEFAULT_RETRY,
        strict: bool = False,
        on_request: RequestHook = None,
        on_response: ResponseHook = None,
        http_client: httpx2.Client | None = None,
    ) -> None:
        self._hidden = HiddenSettings(
            base_url=base_url,
            credentials={
                "ApiKeyAuth": api_key,
                "QueryKey": query_key,
                "SessionAuth": token,
                "Login": login,
            },
        )
        # Tracebacks show locals.
        del base_url, api_key, query_key, token, login
        super().__init__(
            http_client=http_client,
            server=server,
            timeout=timeout,
            deadline=deadline,
            max_response_size=max_response_size,
            headers=headers or {},
            query=query or {},
            retry=retry,
            strict=strict,
            on_request=on_request,
            on_response=on_response,
        )

    def with_options(
        self,
        *,
        api_key: Token | None = None,
        query_key: Token | None = None,
        token: Token | None = None,
        login: tuple[str, str] | None = None,
        base_url: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> Self:
        """Return a client that differs in this."""
        hidden = HiddenSettings(
            base_url=base_url,
            credentials={
                "ApiKeyAuth": api_key,
                "QueryKey": query_key,
                "SessionAuth": token,
                "Login": login,
            },
        )
        del base_url, api_key, query_key, token, login  # Tracebacks show locals.
        return self._change(hidden, options)

    request = SyncClient.request_undocumented


class AsyncSample(AsyncClient):
    """The asynchronous client of the sample API."""

    _config: ClassVar[ClientConfig] = CONFIG

    customers = Lazy(lambda: resources.AsyncCustomers)

    def __init__(  # noqa: PLR0913 - every setting is a keyword
        self,
        *,
        api_key: AsyncToken | None = None,
        query_key: AsyncToken | None = None,
        token: AsyncToken | None = None,
        login: tuple[str, str] | None = None,
        base_url: str | None = None,
        server: str | None = None,
        timeout: Timeout | UnsetType = UNSET,
        deadline: float | None = None,
        max_response_size: int = MAX_RESPONSE_SIZE,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        retry: Retry = DEFAULT_RETRY,
        strict: bool = False,
        on_request: RequestHook = None,
        on_response: ResponseHook = None,
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        self._hidden = HiddenSettings(
            base_url=base_url,
            credentials={
                "ApiKeyAuth": api_key,
                "QueryKey": query_key,
                "SessionAuth": token,
                "Login": login,
            },
        )
        # Tracebacks show locals.
        del base_url, api_key, query_key, token, login
        super().__init__(
            http_client=http_client,
            server=server,
            timeout=timeout,
            deadline=deadline,
            max_response_size=max_response_size,
            headers=headers or {},
            query=query or {},
            retry=retry,
            strict=strict,
            on_request=on_request,
            on_response=on_response,
        )

    def with_options(
        self,
        *,
        api_key: AsyncToken | None = None,
        query_key: AsyncToken | None = None,
        token: AsyncToken | None = None,
        login: tuple[str, str] | None = None,
        base_url: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> Self:
        """Return a client that differs in this."""
        hidden = HiddenSettings(
            base_url=base_url,
            credentials={
                "ApiKeyAuth": api_key,
                "QueryKey": query_key,
                "SessionAuth": token,
                "Login": login,
            },
        )
        del base_url, api_key, query_key, token, login  # Tracebacks show locals.
        return self._change(hidden, options)

    request = AsyncClient.request_undocumented
