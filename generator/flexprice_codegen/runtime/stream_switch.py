# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Calls that return a stream or one value, as their body says.

In: a body with a Boolean `stream`, and the keyword argument of that name. Out: whether
the call streams, and the body that says so.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import UNSET, UnsetType

from .body_paths import placed

Choice: TypeAlias = bool | UnsetType
_SWITCH = "stream"


def wants_stream(body: Any, stream: Choice, *, usual: bool) -> bool:
    """Return whether a call streams: as its argument says, else as its body does.

    Args:
        body: The body of the call.
        stream: The argument.
        usual: What the server does if neither says anything.
    """
    found: list[Any] = [stream]
    if stream is UNSET:
        placed(body, _SWITCH, found.append)
    return found[-1] if isinstance(found[-1], bool) else usual


def set_stream(body: Any, stream: Choice) -> Any:
    """Return a body that asks for what the argument says, if it was given."""
    if stream is UNSET:
        return body
    return placed({} if body is UNSET else body, _SWITCH, lambda _: stream)
