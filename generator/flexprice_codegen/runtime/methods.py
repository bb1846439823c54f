# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Methods of a client's resources, as functions such as `paged` are given them.

In: a bound method. Out: the client that it calls, or the method of another client.
"""

from __future__ import annotations

from .base import BaseResource
from .shapes import Value


def client_of(method: Value) -> Value:
    """Return the client that a method of a resource calls."""
    if isinstance(resource := getattr(method, "__self__", None), BaseResource):
        return resource._client
    raise TypeError(f"{method!r} is no method such as client.things.get_thing")


def rebound(method: Value, client: Value) -> Value:
    """Return a method of a resource with another client."""
    return getattr(type(method.__self__)(client), method.__name__)
