# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The exceptions that a client raises; all pickle and copy, none holds a secret.

In: what is known of a call that failed. Out: a sentence and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import httpx2

from .decoding import Mismatch
from .old_names import old_attribute
from .problems import Problem, short
from .retry import read_retry_after

_USER = re.compile("//[^/]*@")


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
    text = short(str(error)) or type(error).__name__
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
        self.code, self.details = problem.code, problem.details
        phrase = httpx2.codes.get_reason_phrase(status)
        self.message = problem.message or phrase or "the server sent no reason"
        if response.has_redirect_location:
            # A token can stand in the query, and a password before the host.
            location = response.headers["location"].partition("?")[0]
            self.message += f" to {short(_USER.sub('//', location))}"
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
