"""One request and its response, or one delivery, as a recording has it.

In: nothing. Out: `Exchange`, `RecordedDelivery`. Its values stay in this process: what is reported of an
exchange are places of the document, kinds, and counts.
"""

from __future__ import annotations

from typing import Final

from flexprice_codegen.frozen_values import frozen_value

UNREAD: Final = object()
"""The value of a body that nobody has read."""
Pairs = tuple[tuple[str, str], ...]


@frozen_value(kw_only=True)
class RecordedBody:
    """A body: its media type without parameters, and its bytes.

    `data` is None if the recording does not have the body, or only a part of it: then
    nothing can be said about it. No body at all is `b""`.
    """

    media: str = ""
    data: bytes | None = b""
    is_shape: bool = False
    """Whether samples of their kinds replace all values."""
    value: object = UNREAD
    """The value of one of several events, which is a part of `data`."""

    @property
    def is_json(self) -> bool:
        """Whether the media type is JSON (RFC 6839 for `+json`)."""
        return self.media.endswith(("/json", "+json"))


@frozen_value(kw_only=True)
class Exchange:
    """A request and its response.

    Attributes:
        number: Its position in the traffic, from 1; the retry of a failed request has
            the number of that request, because both are one witness.
        method: The method in capitals.
        host: Scheme, host and port of the URL.
        path: The path of the URL, with its percent-encoding.
        query: The decoded query, in order.
        headers: The names of the request headers, in lowercase.
        sent: The request body.
        status: The status code.
        received: The response body.
    """

    number: int
    method: str
    host: str
    path: str
    query: Pairs = ()
    headers: tuple[str, ...] = ()
    sent: RecordedBody = RecordedBody()
    status: int
    received: RecordedBody = RecordedBody()

    @property
    def is_success(self) -> bool:
        """Whether the status code is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110 §15.3


@frozen_value(kw_only=True)
class RecordedDelivery:
    """A webhook that a recorder received.

    Attributes:
        number: Its position in the traffic, from 1.
        event: The name of its event; empty if the recording does not have it.
        received: The body.
    """

    number: int
    event: str
    received: RecordedBody


Recorded = Exchange | RecordedDelivery
