"""HTTP fetching, for `pull` and for nothing else.

In: a URL, headers, and the cache validators of an earlier response. Out:
`FetchResponse`: all bytes, or that they have not changed. Only HTTPS is used, except
for this machine; the caller's headers go to the host of the request and to no other.

Source: RFC 9110 (§8.8 validators, §15.4 redirection), RFC 9112 §8 (incomplete
messages).
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import field
from types import MappingProxyType

import httpx2

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.http_rules import MAX_REDIRECTS, OK, REDIRECTS
from flexprice_codegen.spec.limits import DEFAULT_LIMITS
from flexprice_codegen.spec.sources import redact_url
from flexprice_codegen.version import VERSION

_NOT_MODIFIED = 304
# Status codes of a server or proxy that requires credentials.
_ASKED = frozenset({401, 403, 407})


@frozen_value
class CacheValidators:
    """The `ETag` and `Last-Modified` of an earlier response (RFC 9110 §8.8)."""

    etag: str = ""
    modified: str = ""

    def build_headers(self) -> dict[str, str]:
        """Return the headers for a conditional request (RFC 9110 §13.1)."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return {name: value for name, value in pairs if value}


@frozen_value(kw_only=True)
class FetchRequest:
    """A URL to fetch, within `seconds` and with at most `size` bytes."""

    address: str
    # Headers may hold credentials, which must not appear in a log.
    headers: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    known: CacheValidators = CacheValidators()
    size: int = DEFAULT_LIMITS.size
    seconds: float = 60.0


@frozen_value
class FetchResponse:
    """A response; `data` is None if the document has not changed (304)."""

    data: bytes | None
    validators: CacheValidators


@asynccontextmanager
async def open_client(seconds: float) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client that follows HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.

    Args:
        seconds: The timeout for each step of a request.

    Raises:
        DiagnosticError: `network`, if those variables are invalid.
    """
    try:
        client = httpx2.AsyncClient(timeout=seconds, follow_redirects=False)
    except (OSError, ValueError, ImportError, httpx2.InvalidURL):
        raise build_error(
            "network",
            "invalid network settings in the environment",
            hint="correct HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
        ) from None
    async with client:
        yield client


async def fetch_address(
    client: httpx2.AsyncClient, request: FetchRequest
) -> FetchResponse:
    """Return the response of one URL, after redirects.

    Args:
        client: The client of `open_client`.
        request: The URL, headers, cache validators and limits.

    Raises:
        DiagnosticError: `address` for a URL that is not allowed; `network` for a host
            that cannot be reached, `too-slow`, `truncated`, `file-too-large`, or
            `status` for another status code.
    """
    shown = redact_url(request.address)

    try:
        async with asyncio.timeout(request.seconds):
            return await _fetch_with_redirects(client, request)
    except (TimeoutError, httpx2.TimeoutException):
        raise build_error(
            "too-slow",
            f"{shown} did not respond completely within {request.seconds:g} seconds",
            hint="try again, or increase --timeout",
        ) from None
    except (httpx2.ConnectError, httpx2.ProxyError) as error:
        raise _build_network_error(shown, str(error)) from None
    except httpx2.TransportError:
        raise _build_truncated_error(
            shown, "the connection closed before the response was complete"
        ) from None
    except httpx2.DecodingError:
        raise _build_truncated_error(
            shown, "the response cannot be decompressed"
        ) from None


def get_origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    """Return the scheme, host and port of a URL (its origin, RFC 6454 §4)."""
    port = url.port or {"https": 443, "http": 80}.get(url.scheme)
    return url.scheme, url.host, port


def parse_allowed_url(address: str) -> httpx2.URL:
    """Parse a URL that `pull` may fetch from.

    Raises:
        DiagnosticError: `address`: the URL is invalid, holds credentials, or is neither
            HTTPS nor of this machine.
    """
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        raise _build_address_error(
            address, "is not a URL", "use https://HOST/PATH"
        ) from None

    if url.userinfo:
        hint = "put them in `headers`, from an environment variable"
        raise _build_address_error(address, "contains credentials", hint)

    if not url.host or not (url.scheme == "https" or _is_local(url)):
        hint = "use https://HOST/PATH; plain http is only for this machine"
        raise _build_address_error(address, "is not an https URL", hint)

    return url


def _is_local(url: httpx2.URL) -> bool:
    """Return whether a URL is plain HTTP to this machine."""
    if url.scheme != "http":
        return False
    try:
        return ipaddress.ip_address(url.host).is_loopback
    except ValueError:
        # A name, of which only one is this machine by definition (RFC 6761 §6.3).
        return url.host == "localhost"


async def _fetch_with_redirects(
    client: httpx2.AsyncClient, request: FetchRequest
) -> FetchResponse:
    start = url = parse_allowed_url(request.address)
    for _ in range(MAX_REDIRECTS + 1):

        # `identity`: a compressed response would need a second limit for its unpacked
        # size.
        headers = httpx2.Headers({"Accept-Encoding": "identity", "Accept": "*/*"})
        headers["User-Agent"] = f"flexprice-codegen/{VERSION}"
        # Never send the caller's credentials to the host that a redirect names.
        if get_origin(url) == get_origin(start):
            headers.update(request.headers)
        headers.update(request.known.build_headers())
        # A cookie of one response must not reach the next host.
        client.cookies.clear()
        async with client.stream("GET", url, headers=headers) as response:
            if response.status_code not in REDIRECTS:
                return await _read_response(response, request)
            target = response.headers.get("location", "")

        try:
            url = parse_allowed_url(str(url.join(target)))
        except httpx2.InvalidURL:
            raise _build_address_error(
                target, "is not a URL", "correct the source"
            ) from None
        # A redirect from HTTPS to plain HTTP would expose the request, even on this
        # machine.
        if url.scheme == "http" and start.scheme != "http":
            hint = "use the URL that it redirects to"
            raise _build_address_error(str(url), "is not an https URL", hint)

    raise build_error(
        "status",
        f"{redact_url(request.address)} exceeds {MAX_REDIRECTS} redirects",
        hint="use the URL of the document itself",
    )


async def _read_response(
    response: httpx2.Response, request: FetchRequest
) -> FetchResponse:
    shown = redact_url(request.address)
    validators = CacheValidators(
        _keep_printable(response.headers.get("etag", "")),
        _keep_printable(response.headers.get("last-modified", "")),
    )

    if response.status_code == _NOT_MODIFIED and request.known.build_headers():
        return FetchResponse(None, validators)
    if response.status_code != OK:
        raise _build_status_error(response.status_code, shown)

    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > request.size:
            raise build_error(
                "file-too-large",
                f"{shown} exceeds {request.size:,} bytes",
                hint="use a smaller document",
            )

    # Without framing, an aborted response looks complete (RFC 9112 §8). JSON is exempt:
    # the parser finds out if it is truncated.
    framed = {"content-length", "transfer-encoding"} & set(response.headers)
    if not framed and data.lstrip()[:1] != b"{":
        message = "the server does not say where its response ends"
        raise _build_truncated_error(shown, message)
    return FetchResponse(bytes(data), validators)


def _keep_printable(value: str) -> str:
    """Return a header value that can be sent back, or an empty string."""
    return value if value.isascii() and value.isprintable() else ""


def _build_status_error(status: int, shown: str) -> DiagnosticError:
    hint = "check the URL"
    if status in _ASKED:
        hint = "put the credential in `headers`, from an environment variable"
    return build_error(
        "status", f"{shown} responded with status code {status}", hint=hint
    )


def _build_address_error(address: str, why: str, hint: str) -> DiagnosticError:
    return build_error("address", f"{redact_url(address):.200} {why}", hint=hint)


def _build_network_error(shown: str, reason: str) -> DiagnosticError:
    hint = "check the URL and the network; `pull` respects HTTPS_PROXY"
    if "certificate" in reason.lower():
        hint = "set SSL_CERT_FILE to a file of trusted certificates"
    return build_error(
        "network", f"cannot connect to {shown}: {reason:.200}", hint=hint
    )


def _build_truncated_error(shown: str, why: str) -> DiagnosticError:
    return build_error("truncated", f"{shown}: {why}", hint="try again")
