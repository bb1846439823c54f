# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies of a range of media types, such as `image/*`; copied only where one is sent.

In: content, alone or as a tuple with its name and media type. Out: what httpx2 sends.
"""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from .auth import header_value
from .files import fitting_type, own_name
from .operation import Body
from .uploads import Stream, raw_body

MediaContent: TypeAlias = (
    Stream | tuple[str | None, Stream] | tuple[str | None, Stream, str | None]
)
"""Content to send, or a tuple (name, content, media type), of which the last may miss."""


def typed_body(value: Any, media_range: str) -> Body:
    """Send content as it is, in a media type that `media_range` covers.

    It is the one that comes with the content, else that of the file's name.
    """
    given: tuple[Any, ...] = (None, value)
    if isinstance(value, tuple):
        given = cast("Any", value)
    name, content, media_type = (*given, None)[:3]
    if media_type is not None:
        header_value(media_type, "body: its media type")
    guessed = fitting_type((media_range,), name or own_name(content))
    return raw_body(content, media_type or guessed)
