# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""One operation of an API, as data.

In: what the document says. Out: what a client needs to send and to read.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from .auth import Security
from .encoding import encode
from .parameters import Styles

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
Idempotency: TypeAlias = Callable[[Any, str | None], tuple[Any, Any]]


class Body(Struct, frozen=True):
    """A body as httpx2 takes it: content, or the parts of multipart/form-data.

    `later` is the content for an asynchronous client, where that needs another. What
    `is_once` can be read only once.
    """

    media_type: str | None = None
    content: Any = None
    parts: Any = None
    later: Any = None
    is_once: bool = False


MakeBody: TypeAlias = Callable[[Any], Body]


def json_body(value: object, media_type: str = "application/json") -> Body:
    """Write a body as JSON."""
    return Body(media_type, encode(value))


class Operation(Struct, Generic[T], frozen=True):
    """An operation; `T` is what a call of it returns.

    `returns` is the hint of a success as a text (`"list[Customer]"`), whose names are
    models. A `safe` operation only reads, whatever its method; with `unprocessed_429`,
    429 says that nothing was done. `responses` and `errors` hold the hints of statuses
    that differ (`"2XX"`), `styles` what is not the default. `security` and `server` are
    None for the client's own. `paging` is a `Paging`, `batch` a `BatchPlan`.
    `idempotency` adds a key to a body, and returns what writes it; None means no retry.
    """

    method: str
    path: str
    returns: str = "None"
    body: MakeBody = json_body
    accept: str = "application/json"
    styles: Styles = {}
    security: Security | None = None
    responses: Mapping[str, str] = {}
    errors: Mapping[str, str] = {}
    server: str | None = None
    deprecated: bool = False
    safe: bool = False
    unprocessed_429: bool = False
    idempotency: Idempotency | None = None
    paging: object = None
    batch: object = None

    @property
    def call(self) -> str:
        """The operation as people write it: `POST /customers`."""
        return f"{self.method} {self.path}"


def calls(operation: Operation[Any]) -> Callable[[F], F]:
    """Say which operation a method calls, in its attribute `operation`."""

    def mark(method: F) -> F:
        method.__dict__["operation"] = operation
        return method

    return mark


def warn_if_deprecated(operation: Operation[Any]) -> None:
    """Warn who calls the method that calls the resource that calls this."""
    if operation.deprecated:
        message = f"{operation.call} is deprecated"
        warnings.warn(message, DeprecationWarning, stacklevel=4)


def by_status(hints: Mapping[str, str], status: int, default: str) -> str:
    """Look a status up: itself, its range, the default (OpenAPI 3.1, 4.8.16)."""
    if not hints:
        return default
    names = (str(status), f"{status // 100}XX", "default")
    return next((hints[name] for name in names if name in hints), default)
