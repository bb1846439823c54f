# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Webhook events: their names as constants, their payloads as dataclasses.

In: the body of a delivery, the documented events. Out: an event, with its payload.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .decoding import Mismatch, NotJSONError, decode
from .shapes import resolve

P_co = TypeVar("P_co", covariant=True)


class EventType(str, Generic[P_co]):
    """The name of an event; it equals the name on the wire.

    `payload` is the name of the payload's class.
    """

    __slots__ = ("payload",)
    payload: str

    def __new__(cls, name: str, payload: str) -> EventType[P_co]:
        """Make the constant for the event `name`."""
        self = str.__new__(cls, name)
        self.payload = payload
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.payload)


class EventPayloads(Mapping[str, type]):
    """The payload class of every documented event, imported when it is looked up."""

    __slots__ = ("_classes", "_models", "_package")

    def __init__(
        self, events: Iterable[EventType[Any]], models: str, package: str
    ) -> None:
        self._classes = {str(each): each.payload for each in events}
        self._models, self._package = models, package

    def __getitem__(self, name: str) -> type:
        found: type = resolve(self._classes[name], self._models, self._package)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._classes!r})"


@dataclass(frozen=True, slots=True)
class Event(Generic[P_co]):
    """A documented event; `mismatches` say what does not fit its payload."""

    name: str
    payload: P_co
    mismatches: tuple[Mismatch, ...] = ()


@dataclass(frozen=True, slots=True)
class UndocumentedEvent:
    """An event whose name is known and whose payload is not; `data` is plain JSON."""

    name: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """A body that names no event (None), or one that this client has never heard of."""

    name: str | None
    data: dict[str, Any]


class WebhookPayloadError(ValueError):
    """A delivery's body is no JSON object."""


def parse_event(
    body: bytes | str,
    payloads: Mapping[str, type],
    *,
    name_property: str | None,
    undocumented: Container[str] = (),
) -> Event[Any] | UndocumentedEvent | UnknownEvent:
    """Read the body of a delivery, as tolerantly as answers are read.

    `name_property` is the member that holds the event's name. `undocumented` are
    names without a documented payload. Raises `WebhookPayloadError`.
    """
    text = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    raw = bytes(text)
    try:
        data = decode(raw, Any, [])
    except NotJSONError:
        raise WebhookPayloadError("the body of the delivery is no JSON") from None
    if not isinstance(data, dict):
        raise WebhookPayloadError("the body of the delivery is JSON, but no object")
    name = data.get(name_property) if name_property is not None else None
    name = name if isinstance(name, str) else None
    if name is not None and name in payloads:
        report: list[Mismatch] = []
        return Event(name, decode(raw, payloads[name], report), tuple(report))
    if name is not None and name in undocumented:
        return UndocumentedEvent(name, data)
    return UnknownEvent(name, data)
