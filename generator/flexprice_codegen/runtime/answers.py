# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers of the server as values or exceptions.

In: a response that was read, its operation. Out: what it returns, or an exception.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, suppress
from types import NoneType
from typing import (
    Any,
    Concatenate,
    Final,
    Generic,
    ParamSpec,
    TypeAlias,
    TypeVar,
    get_args,
)

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from .decoding import Mismatch, NotJSONError, decode
from .encoding import unknown_fields
from .errors import (
    APIStatusError,
    ResponseBodyError,
    ResponseMismatchError,
    error_class,
    read_problem,
)
from .lazy import old_attribute
from .operation import Operation, by_status
from .shapes import Hint, Marker, get_table, is_class, list_options, resolve_hint

P = ParamSpec("P")
T = TypeVar("T")
Writer: TypeAlias = AbstractContextManager[Callable[[bytes], object]]
_TEXT: Final = "what is read as a text, not as JSON"


def complete_response(response: httpx2.Response, content: bytes) -> httpx2.Response:
    """Return a response with its body, which was read piece by piece."""
    complete = httpx2.Response(
        response.status_code,
        content=content,
        request=response.request,
        extensions=response.extensions,
        history=response.history,
        default_encoding=response.default_encoding,
    )
    complete.headers = response.headers  # of which none says how to unpack `content`
    with suppress(RuntimeError):  # a transport of tests measures nothing
        complete.elapsed = response.elapsed
    return complete


class RawResponse(Generic[T]):
    """An answer as it came; `parse` gives what the call would have returned.

    `request_id` is the server's name for the request, from the header X-Request-ID.
    """

    status = old_attribute("status", "status_code")
    raw = old_attribute("raw", "content")

    def __init__(
        self, reader: AnswerReader, operation: Operation[T], response: httpx2.Response
    ) -> None:
        self._reader = reader
        self._operation = operation
        self._response = response
        self.status_code = response.status_code
        self.headers = response.headers
        self.request_id: str | None = response.headers.get("x-request-id")
        self.content = response.content

    def parse(self) -> T:
        """Read the body, also again; raises an `AnswerError` where that fails."""
        return self._reader.read(self._operation, self._response)

    def unknown_fields(self) -> dict[str, Any]:
        """Return what the body has and the document does not, by JSON pointer."""
        reader = replace(self._reader, keep_unknown=True)
        return unknown_fields(reader.read(self._operation, self._response))

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave out the request, which has secrets."""
        response = httpx2.Response(self.status_code, content=self.content)
        response.headers = self.headers
        return type(self), (self._reader, self._operation, response)

    def __repr__(self) -> str:
        """Show the status, the call, and how many bytes came."""
        size = f"{len(self.content)} bytes"
        return f"<RawResponse {self.status_code} of {self._operation.call}, {size}>"


def raw(
    method: Callable[Concatenate[Any, P], T],
) -> Callable[Concatenate[Any, P], RawResponse[T]]:
    """Return the type that a method has in `with_raw_response`."""
    found: Callable[Concatenate[Any, P], Any] = method
    return found


def araw(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, RawResponse[T]]]:
    """Return the type that an asynchronous method has in `with_raw_response`."""
    found: Callable[Concatenate[Any, P], Any] = method
    return found


class AnswerReader(Struct, frozen=True):
    """Reads answers; `error` is the hint of errors that say nothing of their own."""

    models: str
    package: str
    error: str
    strict: bool = False
    keep_unknown: bool = False

    def read(self, operation: Operation[T], response: httpx2.Response) -> T:
        """Return what the operation returns; raises an `AnswerError` otherwise."""
        status = response.status_code
        text = by_status(operation.responses, status, operation.returns)
        hint = _choose_hint(resolve_hint(text, self.models, self.package), response)
        found: Any = response.content
        if hint is NoneType or (hint is not bytes and not found):
            found = _make_blank(hint)
        elif hint is _TEXT:
            found = response.text
        elif hint is not bytes:
            found = self.json(operation.call, response, hint)
        value: T = found
        return value

    def json(self, call: str, response: httpx2.Response, hint: Hint) -> Any:
        """Read a body as JSON; what differs from the hint is logged, or raised."""
        report: list[Mismatch] = []
        try:
            found = decode(
                response.content, hint, report, keep_unknown=self.keep_unknown
            )
        except NotJSONError as error:
            kind = response.headers.get("content-type", "without a type")
            message = f"{response.status_code}: the body ({kind}) is not JSON: {error}"
            raise ResponseBodyError(message, call, response) from None
        if not report:
            return found
        first = report[0]
        message = f"{first.path} is {first.found}, not {first.expected}"
        others = sum(each.count for each in report) - 1
        message += f", and {others} more" if others else ""
        if self.strict:
            strict = ResponseMismatchError(message, call, response)
            strict.path = first.path
            strict.mismatches = tuple(report)
            strict.body = found
            raise strict
        extra = {"mismatches": report}
        logging.getLogger(self.package).warning("%s: %s", call, message, extra=extra)
        return found

    def refusal(
        self, operation: Operation[Any], response: httpx2.Response
    ) -> APIStatusError:
        """Create the exception for a status that is not a success."""
        status = response.status_code
        problem = read_problem(response.content)
        body = problem.plain
        text = by_status(operation.errors, status, self.error)
        hint = resolve_hint(text, self.models, self.package)
        if body is not None and _says_something(hint, body):
            report: list[Mismatch] = []
            with suppress(NotJSONError):  # only just not nested too deeply before
                declared = decode(response.content, hint, report)
                body = body if report else declared
        return error_class(status)(operation.call, response, problem, body)


class Receiver(Struct, frozen=True):
    """How a client receives a success: `finish` makes what the call returns.

    What `stays_open` is not read before. `open_writer` opens what the body is written
    to as it comes, in place of the memory.
    """

    finish: Callable[[AnswerReader, Operation[Any], httpx2.Response], Any]
    stays_open: bool = False
    open_writer: Callable[[httpx2.Response], Writer] | None = None


READ: Final = Receiver(AnswerReader.read)
RAW: Final = Receiver(RawResponse)


def _choose_hint(hint: Hint, response: httpx2.Response) -> Hint:
    """Return the hint for what came, where that may be a file, a text, or JSON."""
    options = list_options(hint)
    if bytes not in options and hint not in (str, Any):
        return hint
    media = response.headers.get("content-type", "").lower()
    if "json" in media:
        return next((each for each in options if each is not bytes), bytes)
    if bytes in options or (hint is Any and media and "text/" not in media):
        return bytes
    return _TEXT if hint is str or "text/" in media else hint


def _says_something(hint: Hint, plain: Any) -> bool:
    kind = list_options(hint)[0]
    if not is_class(kind):
        return True
    names = get_table(kind).names
    return isinstance(plain, dict) and any(name in plain for name in names)


def _make_blank(hint: Hint) -> Any:
    """Return the value for an empty body: None, or an object where None cannot be."""
    kind = (list_options(hint) or (None,))[0]
    origin = getattr(kind, "__origin__", kind)
    options = kind.options if isinstance(kind, Marker) else ()
    if NoneType in options or (kind is not hint and NoneType in get_args(hint)):
        return None
    is_object = origin is dict or is_class(kind) or isinstance(kind, Marker)
    return decode(b"{}" if is_object else b"null", hint, [])
