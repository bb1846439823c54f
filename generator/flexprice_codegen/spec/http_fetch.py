"""Fetching over the net, for `pull` and for nothing else.

In: an address, headers, and what is known of an earlier answer. Out: `Answer`: the
bytes, whole, or that they have not changed. An answer is taken from HTTPS only, or from
this machine; headers that were given go to the host that was named and to no other.

Source: RFC 9110 (§ 8.8 validators, § 15.4 redirection), RFC 9112 § 8 (incomplete
messages).
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

import httpx2

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.spec.limits import DEFAULT_LIMITS
from flexprice_codegen.version import VERSION

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_OK = 200
_NOT_MODIFIED = 304
_ASKED = frozenset({401, 403, 407})
_CREDENTIALS = re.compile(r"//[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class CacheValidators:
    """By what a server knows again what it sent (RFC 9110, § 8.8)."""

    etag: str = ""
    modified: str = ""

    def build_headers(self) -> dict[str, str]:
        """Give the headers that ask for an answer only if it is another one."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch. `seconds` is the time for all of it, `size` the most bytes."""

    address: str
    # They may hold credentials, which belong in no log.
    headers: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    known: CacheValidators = CacheValidators()
    size: int = DEFAULT_LIMITS.size
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """What came; `data` is None where the server says that it knows nothing newer."""

    data: bytes | None
    validators: CacheValidators


@asynccontextmanager
async def open_client(seconds: float) -> AsyncIterator[httpx2.AsyncClient]:
    """Give what fetches; it follows HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.

    Raises:
        DiagnosticError: `network`, where the environment asks for what cannot be.
    """
    try:
        client = httpx2.AsyncClient(timeout=seconds, follow_redirects=False)
    except (OSError, ValueError, ImportError, httpx2.InvalidURL):
        raise build_error(
            "network",
            "the settings of the network in the environment cannot be used",
            hint="correct HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
        ) from None
    async with client:
        yield client


async def fetch_address(
    client: httpx2.AsyncClient, request: FetchRequest
) -> FetchResponse:
    """Fetch one address.

    Raises:
        DiagnosticError: `address` for one that is not allowed; `network` for a host that
            cannot be reached, `too-slow`, `truncated`, `file-too-large`, or
            `status` for an answer that is not the document.
    """
    shown = redact_url(request.address)
    try:
        async with asyncio.timeout(request.seconds):
            return await _fetch_with_redirects(client, request)
    except (TimeoutError, httpx2.TimeoutException):
        raise build_error(
            "too-slow",
            f"{shown} has not answered in full within {request.seconds:g} seconds",
            hint="try again, or give it more time with --timeout",
        ) from None
    except (httpx2.ConnectError, httpx2.ProxyError) as error:
        raise _build_network_error(shown, str(error)) from None
    except httpx2.TransportError:
        raise _build_truncated_error(
            shown, "the connection ended before the answer did"
        ) from None
    except httpx2.DecodingError:
        raise _build_truncated_error(shown, "the answer cannot be unpacked") from None


def redact_url(address: str) -> str:
    """Give an address without what may be secret in it: credentials and query."""
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    return _CREDENTIALS.sub("//", bare)


def get_origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    """Give what two addresses of one server have in common (RFC 6454, § 4)."""
    port = url.port or {"https": 443, "http": 80}.get(url.scheme)
    return url.scheme, url.host, port


def parse_allowed_url(address: str) -> httpx2.URL:
    """Read an address that may be fetched from.

    Raises:
        DiagnosticError: `address`: it is none, holds credentials, or is neither HTTPS nor on
            this machine.
    """
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        raise _build_address_error(
            address, "is no address", "write https://HOST/PATH"
        ) from None
    if url.userinfo:
        hint = "give them in `headers`, from an environment variable"
        raise _build_address_error(address, "holds credentials", hint)
    if not url.host or not (url.scheme == "https" or _is_local(url)):
        hint = "write https://HOST/PATH; plain http is for addresses of this machine"
        raise _build_address_error(address, "is not an https address", hint)
    return url


def _is_local(url: httpx2.URL) -> bool:
    """Tell whether an address is a plain one of this machine."""
    if url.scheme != "http":
        return False
    try:
        return ipaddress.ip_address(url.host).is_loopback
    except ValueError:
        return url.host == "localhost"


async def _fetch_with_redirects(
    client: httpx2.AsyncClient, request: FetchRequest
) -> FetchResponse:
    start = url = parse_allowed_url(request.address)
    for _ in range(_MOST_REDIRECTS + 1):
        headers = httpx2.Headers({"Accept-Encoding": "identity", "Accept": "*/*"})
        headers["User-Agent"] = f"flexprice-codegen/{VERSION}"
        if get_origin(url) == get_origin(start):
            headers.update(request.headers)
        headers.update(request.known.build_headers())
        client.cookies.clear()
        async with client.stream("GET", url, headers=headers) as response:
            if response.status_code not in _REDIRECTS:
                return await _read_response(response, request)
            target = response.headers.get("location", "")
        try:
            url = parse_allowed_url(str(url.join(target)))
        except httpx2.InvalidURL:
            raise _build_address_error(
                target, "is no address", "correct the source"
            ) from None
        if url.scheme == "http" and start.scheme != "http":
            hint = "name the address that it leads to"
            raise _build_address_error(str(url), "is not an https address", hint)
    raise build_error(
        "status",
        f"{redact_url(request.address)} redirects more than {_MOST_REDIRECTS} times",
        hint="name the address of the document itself",
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
    if response.status_code != _OK:
        raise _build_status_error(response.status_code, shown)
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > request.size:
            raise build_error(
                "file-too-large",
                f"{shown} sends more than {request.size:,} bytes",
                hint="name a smaller document",
            )
    framed = {"content-length", "transfer-encoding"} & set(response.headers)
    if not framed and data.lstrip()[:1] != b"{":
        message = "the server does not say where its answer ends"
        raise _build_truncated_error(shown, message)
    return FetchResponse(bytes(data), validators)


def _keep_printable(value: str) -> str:
    """Give the value of a header that can be sent back, else nothing."""
    return value if value.isascii() and value.isprintable() else ""


def _build_status_error(status: int, shown: str) -> DiagnosticError:
    hint = "check the address"
    if status in _ASKED:
        hint = "give its key in `headers`, from an environment variable"
    return build_error(
        "status", f"{shown} answers {status}, not the document", hint=hint
    )


def _build_address_error(address: str, why: str, hint: str) -> DiagnosticError:
    return build_error("address", f"{redact_url(address):.200} {why}", hint=hint)


def _build_network_error(shown: str, reason: str) -> DiagnosticError:
    hint = "check the address and the network; HTTPS_PROXY is followed"
    if "certificate" in reason.lower():
        hint = "name a file of trusted certificates in SSL_CERT_FILE"
    return build_error(
        "network", f"{shown} cannot be reached: {reason:.200}", hint=hint
    )


def _build_truncated_error(shown: str, why: str) -> DiagnosticError:
    return build_error("truncated", f"{shown}: {why}", hint="try again")
