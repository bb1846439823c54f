"""Files that references lead to on other hosts.

In: a URL. Out: its bytes. Only hosts that the command line allows are contacted, only
over HTTPS, and every redirect is checked like the first URL. Proxies are not used,
because they would resolve host names themselves.

Source: RFC 9110 §15.4 (redirection), RFC 9112 §8 (incomplete messages).
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar
from urllib.parse import urljoin

from flexprice_codegen.diagnostics import StopError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.http_rules import MAX_REDIRECTS, OK, REDIRECTS
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.public_network import DEFAULT_NETWORK, PrivateAddressError
from flexprice_codegen.spec.remote_address import (
    RemoteAddress,
    build_rejected_address_error,
    parse_remote_address,
)
from flexprice_codegen.version import VERSION

_Made = TypeVar("_Made")
_HTTPS = 443
# `identity`: a compressed response would need a second limit for its unpacked size.
_HEADERS = {
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"flexprice-codegen/{VERSION}",
}


class _SocketConnection(HTTPConnection):
    """HTTP over the socket that it is given, and over no other."""

    default_port = _HTTPS
    # Otherwise `http.client` reconnects by itself, past the check of the address.
    auto_open = 0


@frozen_value
class Fetcher:
    """A fetcher for the allowed hosts, within limits."""

    limits: Limits

    def fetch_file(self, target: RemoteAddress) -> bytes:
        """Return all bytes of a file.

        Raises:
            DiagnosticError: `remote-reference` for a URL or a redirect that is not
                allowed.
            StopError: `network`, `status`, `truncated`, `too-slow` or `file-too-large`.
                The run stops, because its output would depend on the state of the
                network.
        """
        seconds = self.limits.seconds
        try:
            return _run_with_timeout(lambda: self._follow_redirects(target), seconds)
        except (TimeoutError, Empty):
            raise _build_stop_error(
                "too-slow",
                f"{target.address:.200} did not respond completely within {seconds:g} "
                "seconds",
                "try again, or put the file next to the document",
            ) from None

    def _follow_redirects(self, first: RemoteAddress) -> bytes:
        """Request a file, and follow redirects up to a maximum."""
        target = first
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._request_file(target)
            if isinstance(answer, bytes):
                return answer
            target = parse_remote_address(
                urljoin(target.address, answer), self.limits.hosts
            )

        raise _build_stop_error(
            "status",
            f"{first.address:.200} exceeds {MAX_REDIRECTS} redirects",
            "use the URL that it redirects to",
        )

    def _request_file(self, target: RemoteAddress) -> bytes | str:
        """Send one request, and turn its exceptions into errors."""
        try:
            return self._send_request(target)
        except TimeoutError:
            # Before `OSError`, its base class: `fetch_file` reports it.
            raise
        except PrivateAddressError as error:
            hint = "put the file next to the document and use its path"
            raise build_rejected_address_error(
                target.address, f"the host is not allowed: {error}", hint
            ) from None
        except IncompleteRead:
            raise _build_truncated_error(target) from None
        except (OSError, HTTPException, ValueError) as error:
            reason = f"{error}" or type(error).__name__
            raise _build_stop_error(
                "network",
                f"cannot read {target.address:.200}: {reason:.200}",
                _get_network_help(error),
            ) from None

    def _send_request(self, target: RemoteAddress) -> bytes | str:
        """Send one request; return the file, or the URL that it redirects to."""
        connection = _SocketConnection(target.host, target.port)
        connection.sock = (self.limits.network or DEFAULT_NETWORK).open_connection(
            target.host, target.port, self.limits.seconds
        )
        try:
            connection.request("GET", target.path, headers=_HEADERS)
            with connection.getresponse() as response:
                return self._read_response(target, response)
        finally:
            connection.close()

    def _read_response(
        self, target: RemoteAddress, response: HTTPResponse
    ) -> bytes | str:
        shown = f"{target.address:.200}"

        if response.status in REDIRECTS:
            return response.headers.get("Location", "")

        if response.status != OK:
            message = f"{shown} responded with status code {response.status}"
            raise _build_stop_error(
                "status", message, "correct the reference, or try again"
            )

        if response.headers.get("Content-Encoding", "identity") != "identity":
            message = f"{shown} sent a compressed response that was not requested"
            raise _build_stop_error(
                "status", message, "put the file next to the document"
            )

        if response.length is None and not response.chunked:
            message = f"{shown} does not say where its response ends"
            raise _build_stop_error(
                "truncated", message, "put the file next to the document"
            )

        # One byte more than the limit, to notice a file that exceeds it.
        data = response.read(self.limits.size + 1)
        if len(data) > self.limits.size:
            message = f"{shown} exceeds {self.limits.size:,} bytes"
            raise _build_stop_error("file-too-large", message, "increase --max-size")

        if response.length:
            raise _build_truncated_error(target)
        return data


def _run_with_timeout(make: Callable[[], _Made], seconds: float) -> _Made:
    """Return the result of `make`, which runs in a thread of its own.

    A socket timeout applies to each read only, so a slow host could take forever. The
    thread is a daemon: the process does not wait for it at exit.
    """
    done: SimpleQueue[_Made | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            done.put(make())
        except BaseException as error:  # noqa: BLE001 - the waiting thread raises it
            done.put(error)

    Thread(target=work, daemon=True).start()
    made = done.get(timeout=seconds)
    if isinstance(made, BaseException):
        raise made
    return made


def _build_truncated_error(target: RemoteAddress) -> StopError:
    return _build_stop_error(
        "truncated", f"the response of {target.address:.200} is incomplete", "try again"
    )


def _build_stop_error(code: str, message: str, hint: str) -> StopError:
    return StopError(*build_error(code, message, hint=hint).diagnostics)


def _get_network_help(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "set SSL_CERT_FILE to a file of trusted certificates"
    return "check the URL and the network; references do not use proxies"
