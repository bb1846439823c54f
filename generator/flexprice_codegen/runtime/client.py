# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The client that blocks: how a call is sent, and sent again.

In: an operation and the arguments of a call. Out: what the operation returns.
The modules `async_client` and `client` are the same code, with and without `await`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, Self, TypeVar, Unpack

import httpx2
from msgspec import UNSET

from .answers import RawResponse, complete_response
from .calling import Arguments, BaseClient, BaseResource, Call, RequestOptions
from .hidden import HiddenFrames
from .operation import Operation, warn_if_deprecated
from .retry import Outcome
from .waiting import find_no_loop, resolve, sleep

T = TypeVar("T")
V = TypeVar("V")


class SyncClient(BaseClient[httpx2.Client]):
    """A client that blocks; threads may share it.

    An `http_client` that was given stays open, and decides about redirects.
    """

    _is_async = False
    _find_loop = staticmethod(find_no_loop)
    _open = httpx2.Client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, also for the clients made by `with_options`."""
        if self._pool.is_ours:
            self._pool.client.close()

    def __call__(self, operation: Operation[T], arguments: Arguments) -> T:
        """Call an operation; resources do so."""
        credentials = self._choose_credentials(operation)
        for each in credentials:
            if each.ask():
                each.secret = resolve(each.secret)
            each.check()
        call = self._prepare(operation, arguments, credentials)
        while True:
            outcome = self._attempt(call)
            seconds = call.plan_retry(outcome)
            if seconds is None:
                return call.finish(outcome)
            sleep(seconds)

    def request_undocumented(
        self,
        method: str,
        path: str,
        body: object = UNSET,
        **options: Unpack[RequestOptions],
    ) -> RawResponse[Any]:
        """Call what the document lacks, with credentials, retries and errors as usual.

        `path` begins with a slash, behind the base URL. `body` is sent as JSON.
        """
        request = self._plan_request(method, path, body, options)
        response: RawResponse[Any] = request()
        return response

    def _attempt(self, call: Call[Any]) -> Outcome:
        """Send the request of a call once; the hooks see it and the response."""
        request = call.begin_attempt()
        if call.settings.on_request is not None:
            resolve(call.settings.on_request(request))
        self._log.request(request)
        try:
            response = self._send(call)
            if not (call.settings.receiver.stays_open and response.is_success):
                response = self._receive(call, response)
        except httpx2.RequestError as error:
            return error
        if call.settings.on_response is not None:
            try:
                resolve(call.settings.on_response(response))
            except BaseException:
                response.close()
                raise
        return response

    def _send(self, call: Call[Any]) -> httpx2.Response:
        """Return the response, whose body is still to come."""
        client = self._pool.client
        with HiddenFrames():
            response = client.send(call.request, stream=True, follow_redirects=False)
            while client.follow_redirects and response.next_request is not None:
                response.close()
                response = client.send(
                    call.follow(response, client.max_redirects),
                    stream=True,
                    auth=None,
                    follow_redirects=False,
                )
        return response

    def _receive(self, call: Call[Any], response: httpx2.Response) -> httpx2.Response:
        """Read the body into memory, or to where the call writes a success."""
        pieces: list[bytes] = []
        try:
            writer = call.begin_body(response)
            if writer is None and call.is_small(response):
                with HiddenFrames():
                    response.read()
                return response
            with writer or nullcontext(pieces.append) as write:
                for piece in self._iterate(response):
                    call.check_piece(piece, is_kept=writer is None)
                    write(piece)
        finally:
            with HiddenFrames():
                response.close()
        return response if writer else complete_response(response, b"".join(pieces))

    def _iterate(self, response: httpx2.Response) -> Iterator[bytes]:
        with HiddenFrames():
            yield from response.iter_bytes()


class Resource(BaseResource[V]):
    """A group of operations of a `SyncClient`."""

    def _call(self, operation: Operation[T], **arguments: Any) -> T:
        """Call an operation; `arguments` are those of `Arguments`."""
        warn_if_deprecated(operation)
        result: T = self._client(operation, Arguments(**arguments))
        return result
