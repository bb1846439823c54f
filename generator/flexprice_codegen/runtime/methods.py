# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Methods of a client's resources, as functions such as `paged` are given them.

In: a bound method. Out: its operation, the client that it calls, or the method of
another client.
"""

from __future__ import annotations

from typing import Any

from .calling import BaseResource
from .operation import Operation


def client_of(method: Any) -> Any:
    """Return the client that a method of a resource calls."""
    operation_of(method)
    return method.__self__._client


def operation_of(method: Any) -> Operation[Any]:
    """Return the operation that a method of a resource calls."""
    operation: Operation[Any] | None = getattr(method, "operation", None)
    resource = getattr(method, "__self__", None)
    if isinstance(operation, Operation) and isinstance(resource, BaseResource):
        return operation
    raise TypeError(f"{method!r} is not a method such as client.things.get_thing")


def rebound(method: Any, client: Any) -> Any:
    """Return a method of a resource with another client."""
    return getattr(type(method.__self__)(client), method.__name__)
