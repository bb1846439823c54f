# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The exceptions that a client raises; all pickle and copy, none holds a secret.

In: what is known of a call that failed, and the body of an error in whichever shape it
is. Out: a sentence and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

import httpx2
from msgspec import Struct

from .decoding import Mismatch, NotJSONError, decode
from .lazy import old_attribute
from .retry import read_retry_after
from .shapes import Plain

_USER = "//[^/]*@"
_LONGEST: Final = 300
_PAGE: Final = 4000
# Within an error, its list and their members; what lies deeper is no message.
_LEVELS: Final = 8
_MOST: Final = 10
_MESSAGES: Final = (
    *("message", "detail", "error_description", "msg", "defaultMessage"),
    *("title", "reason"),
)
# Lists whose items name a field each: of Spring, FastAPI, RFC 9457, RFC 7807.
_ITEMS: Final = ("errors", "detail", "details", "invalid-params", "violations")
_FIELDS: Final = (
    *("field", "loc", "pointer", "name", "param", "property", "propertyPath"),
)
_CODES: Final = ("code", "error_code", "error_type", "type")
_DETAILS: Final = ("details", "errors", "detail")
_TITLE = r"(?is)<title[^>]*>([^<]*)"
_INVISIBLE = r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>"


class Problem(Struct, frozen=True):
    """What an error's body says; `plain` is None where it is not JSON."""

    plain: Any = None
    code: str | None = None
    message: str = ""
    details: Any = None


class APIError(Exception):
    """Something went wrong with a call.

    If it `was_retried`, the call was sent before, and may have done what was asked.
    A new call with its `idempotency_key` and the same body repeats it, in any process.
    """

    was_retried: bool = False
    repeated = old_attribute("repeated", "was_retried")
    idempotency_key: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return BaseException.__new__, (type(self), *self.args), vars(self)

    def repeat(self) -> None:
        """Say that an earlier attempt may have done what was asked."""
        self.was_retried = True


class MissingCredentialsError(APIError):
    """The call needs credentials that the client was not given; nothing was sent."""


class APIConnectionError(APIError):
    """No answer came: the server was not reached, or the connection broke.

    If the body of an answer could not be read, `status_code`, `headers` and `request_id` are
    those of the answer: the server has received the request.
    """

    status_code: int | None = None
    status = old_attribute("status", "status_code")
    headers: httpx2.Headers | None = None
    request_id: str | None = None


class APITimeoutError(APIConnectionError):
    """No answer came in time."""


def connection_error(
    error: httpx2.RequestError, call: str, response: httpx2.Response | None = None
) -> APIConnectionError:
    """Return our exception for one of httpx2's, after a response or before any."""
    kind = APIConnectionError
    text = shorten(str(error)) or type(error).__name__
    if isinstance(error, httpx2.TimeoutException):
        kind = APITimeoutError
        text = f"no response in time ({type(error).__name__})"
    if response is None:
        return kind(f"{call}: {text}")
    request_id = response.headers.get("x-request-id")
    named = f", request id {request_id}" if request_id else ""
    status = response.status_code
    failure = kind(f"{call}: the body of the response {status} is lost{named}: {text}")
    failure.status_code = status
    failure.headers = response.headers
    failure.request_id = request_id
    return failure


class AnswerError(APIError):
    """Base class of errors with a response: its status, headers and bytes.

    `request_id` is the server's name for the request, from the header X-Request-ID,
    `retry_after` the seconds after which it wants to be asked again.
    """

    status = old_attribute("status", "status_code")
    raw = old_attribute("raw", "content")

    def __init__(self, message: str, call: str, response: httpx2.Response) -> None:
        self.status_code = response.status_code
        self.headers = response.headers
        self.request_id: str | None = response.headers.get("x-request-id")
        self.retry_after = read_retry_after(response.headers)
        self.content = response.content
        named = f", request id {self.request_id}" if self.request_id else ""
        super().__init__(f"{message} ({call}{named})")


class ResponseBodyError(AnswerError):
    """A success whose body is not JSON, where JSON is declared."""


class ResponseMismatchError(AnswerError):
    """A success whose body is not what the document says, with `strict=True`.

    The server has done what it was asked to do. `path` is where the body differs,
    `mismatches` are all such places; `body` is the body as far as it could be read.
    """

    path: str = "$"
    mismatches: Sequence[Mismatch] = ()
    body: Any = None


class APIStatusError(AnswerError):
    """The server sent an error: a status that is not a success.

    `body` is the error as the document describes it where it fits, else the plain
    JSON, else None. `code`, `message` and `details` are what was found in it.
    """

    def __init__(
        self, call: str, response: httpx2.Response, problem: Problem, body: object
    ) -> None:
        status = response.status_code
        self.body: Any = body
        self.code = problem.code
        self.details = problem.details
        phrase = httpx2.codes.get_reason_phrase(status)
        self.message = problem.message or phrase or "the server sent no reason"
        if response.has_redirect_location:
            # A token can stand in the query, and a password before the host.
            location = response.headers["location"].partition("?")[0]
            self.message += f" to {shorten(re.sub(_USER, '//', location))}"
        named = f"{status} {self.code}" if self.code else f"{status}"
        super().__init__(f"{named}: {self.message}", call, response)

    def repeat(self) -> None:
        """Say that an earlier attempt may have done what was asked."""
        super().repeat()
        more = "the call was retried, and the first attempt may have worked"
        self.args = (f"{self}; {more}",)


class BadRequestError(APIStatusError):
    """400: the request is malformed or invalid."""


class AuthenticationError(APIStatusError):
    """401: the credentials are missing or wrong."""


class PermissionDeniedError(APIStatusError):
    """403: the credentials do not allow this."""


class NotFoundError(APIStatusError):
    """404: the server did not find it."""


class ConflictError(APIStatusError):
    """409: it conflicts with what is there."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is well-formed and cannot be followed."""


class RateLimitError(APIStatusError):
    """429: too many requests."""


class ServerError(APIStatusError):
    """5xx: the server failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def error_class(status: int) -> type[APIStatusError]:
    """Return the exception's class for a status."""
    other = ServerError if status in range(500, 600) else APIStatusError
    return _BY_STATUS.get(status, other)


def read_problem(raw: bytes) -> Problem:
    """Read the body of an error: JSON of any shape, RFC 9457, HTML, text, nothing."""
    try:
        plain: Plain = decode(raw, Any, [])
    except NotJSONError:
        text = raw[:_PAGE].decode("utf-8", "replace")
        title = re.search(_TITLE, text)
        if text.lstrip().startswith("<"):
            unescape = import_module("html").unescape  # a big table, for few errors
            text = unescape(title[1] if title else re.sub(_INVISIBLE, " ", text))
        return Problem(message=shorten(text))
    first: Plain = plain[0] if isinstance(plain, list) and plain else plain
    message = find_message(first)
    return Problem(plain, _find_code(plain), message, _find_details(plain))


def shorten(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def find_message(value: Plain, levels: int = _LEVELS) -> str:
    """Find the sentence for people: a text, and the fields at fault by their names."""
    if isinstance(value, str):
        return shorten(value)
    if isinstance(value, list):
        return _join_messages([(_find_field(each), each) for each in value], levels)
    return _of_object(value, levels - 1) if isinstance(value, dict) and levels else ""


def _join_messages(found: list[tuple[str, Any]], levels: int) -> str:
    """Join the first messages, each behind the name of its field."""
    if not levels:
        return ""
    texts = [(name, find_message(each, levels - 1)) for name, each in found[:_MOST]]
    named = [f"{name}: {text}" if name else text for name, text in texts if text]
    return shorten("; ".join(named))


def _of_object(value: dict[str, Any], levels: int) -> str:
    """Return a text by one of the usual names, and what lists say of single fields."""
    texts = [each for name in _MESSAGES if isinstance(each := value.get(name), str)]
    said = next((text for text in map(shorten, texts) if text), "")
    for name in _ITEMS:
        items: Plain = value.get(name)
        if isinstance(items, list) and any(map(_find_field, items)):
            return shorten(": ".join(filter(None, (said, find_message(items, levels)))))
    for name in ("error", "errors"):
        said = said or find_message(value.get(name), levels)
    if said:
        return said
    # Else texts by the names of fields: `{"email": ["is taken"]}`.
    lists = [item for item in value.items() if type(item[1]) is list]
    if len(lists) == 1 and lists[0][0] in (*_MESSAGES, *_ITEMS):
        return find_message(lists[0][1], levels)
    return _join_messages(lists, levels)


def _find_field(item: Plain) -> str:
    """Return the name of the field that an item of a list complains of, or ""."""
    if not isinstance(item, dict):
        return ""
    name: Plain = next((item[each] for each in _FIELDS if each in item), "")
    if isinstance(name, list):  # of FastAPI: `["body", "items", 0, "price"]`
        return ".".join(map(str, name))
    return name if isinstance(name, str) else ""


def _unwrap(error: Plain) -> Iterator[dict[str, Any]]:
    """Yield an error and those inside it, as in `{"error": {"code": 7}}`."""
    for _ in range(_LEVELS):
        if isinstance(error, list) and error:
            error = error[0]
        if not isinstance(error, dict):
            return
        yield error
        error = error.get("error", error.get("errors"))


def _find_code(body: Plain) -> str | None:
    for error in _unwrap(body):
        for value in map(error.get, _CODES):
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
            if isinstance(value, str) and value and ":" not in value:
                return shorten(value)
        inner: Plain = error.get("error", error.get("errors"))
        if isinstance(inner, str) and inner and any(map(error.get, _MESSAGES)):
            return shorten(inner)  # beside a member with the message
    return None


def _find_details(body: Plain) -> Any:
    found = (each for error in _unwrap(body) for each in map(error.get, _DETAILS))
    return next((each for each in found if each and not isinstance(each, str)), None)
