# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Deliveries that are not one JSON object; a client has this module only if it gets some.

In: a delivery with several events, as a form, or with a CloudEvent's attributes in
headers. Out: its events, each read as usual, and one answer for all of them.

Source: CloudEvents 1.0.2, HTTP Protocol Binding, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import unquote

from msgspec import DecodeError, Raw, Struct
from msgspec.json import decode as load
from msgspec.json import encode as dump

from . import routing
from .deliveries import Delivery, Headers
from .event_lists import open_form, split_events
from .event_sources import NameSource, SourcedPayloads, find_header
from .events import AnyEvent, Event, UndocumentedEvent, UnknownEvent
from .events import WebhookPayloadError as PayloadError
from .routing import Answer, Content

_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = ("json", "+json")


class PackedSource(NameSource, frozen=True, kw_only=True):
    """How a delivery holds its events, and where each names itself.

    `items` leads to the events; `[]` in it means each element of a list. Without it,
    a body that is a list holds an event in each element. `form` is the field of a form
    that is JSON; without it, the fields are the members of the event. With
    `cloud_events`, the attributes of an event can be headers.
    """

    items: tuple[str, ...] = ()
    form: str = ""
    cloud_events: bool = False


class EventGroup(Struct, frozen=True):
    """The events of a delivery that holds several, or none."""

    events: tuple[AnyEvent, ...]


class _Identity(Struct):
    """What identifies a CloudEvent (CloudEvents 1.0.2, section 3.1)."""

    id: str
    source: str


class PackedPayloads(SourcedPayloads):
    """The payload class of every documented event, for deliveries that hold several."""

    __slots__ = ()
    _source: PackedSource

    def parse(self, body: bytes | str, headers: Headers | None = None) -> AnyEvent:
        """Read a delivery with one event, without verifying it.

        Raises:
            WebhookPayloadError: the body is not a JSON object, or has several events.
        """
        found = self.parse_all(body, headers)
        if len(found) != 1:
            hint = "parse_events reads them"
            raise PayloadError(f"the delivery has {len(found)} events; {hint}")
        return found[0]

    def parse_all(
        self, body: bytes | str, headers: Headers | None = None
    ) -> tuple[AnyEvent, ...]:
        """Read all events of a delivery, without verifying it.

        Raises:
            WebhookPayloadError: an event is not a JSON object; nothing of it is shown.
        """
        whole: Any = super().parse(body, headers)
        return whole.events if isinstance(whole, EventGroup) else (whole,)

    def read(self, body: bytes, delivery: Delivery | None, headers: Headers) -> Any:
        """Read a delivery: an event, or an `EventGroup` if it holds a list."""
        source = self._source
        if (find_header(headers, "content-type") or "").lower().startswith(_FORM):
            try:
                body = open_form(body, source.form)
            except ValueError:  # also if it is no UTF-8
                raise PayloadError("the delivery is not a form") from None
        try:
            found = split_events(body, source.items)
        except ValueError as error:
            raise PayloadError(str(error)) from None
        if found is not None:
            return EventGroup(tuple(self._read_all(found, delivery, headers)))
        if source.cloud_events:
            body = _add_attributes(body, headers)
            delivery = delivery or _identify(body)
        return super().read(body, delivery, headers)

    def _read_all(
        self, found: list[bytes], delivery: Delivery | None, headers: Headers
    ) -> Iterable[AnyEvent]:
        for number, body in enumerate(found, 1):
            part = None
            if delivery is not None:
                part = Delivery(f"{delivery.id}.{number}", delivery.sent_at)
            elif self._source.cloud_events:
                part = _identify(body)
            event: AnyEvent = super().read(body, part, headers)
            yield event


class PackedWebhookRouter(routing.WebhookRouter):
    """A router of the events of deliveries to functions, in the caller's thread."""

    def handle(self, body: Content, headers: Headers | None) -> Answer:
        """Verify and read a delivery, and handle each event; the worst answer counts."""
        whole: Any = self._open_delivery(body, headers)
        if not isinstance(whole, EventGroup):
            return super().handle(whole, None)
        answers: list[Answer] = []
        for each in whole.events:
            opened: Any = each
            answers.append(super().handle(opened, None))
        return _choose_answer(answers)

    def _open_delivery(
        self, body: Content, headers: Headers | None
    ) -> AnyEvent | Answer:
        opened: Any = body
        return opened if _is_opened(opened) else super()._open_delivery(body, headers)


class AsyncPackedWebhookRouter(routing.AsyncWebhookRouter):
    """A router of the events of deliveries to functions and coroutine functions."""

    async def handle(self, body: Content, headers: Headers | None) -> Answer:
        """Verify and read a delivery, and handle each event; the worst answer counts."""
        whole: Any = self._open_delivery(body, headers)
        if not isinstance(whole, EventGroup):
            return await super().handle(whole, None)
        answers: list[Answer] = []
        for each in whole.events:
            opened: Any = each
            answers.append(await super().handle(opened, None))
        return _choose_answer(answers)

    def _open_delivery(
        self, body: Content, headers: Headers | None
    ) -> AnyEvent | Answer:
        opened: Any = body
        return opened if _is_opened(opened) else super()._open_delivery(body, headers)


def _is_opened(body: object) -> bool:
    """Return whether it was read from a body already."""
    return isinstance(body, (Event, UndocumentedEvent, UnknownEvent, Answer))


def _choose_answer(answers: Sequence[Answer]) -> Answer:
    """Return the answer for several events: an error, so that all are sent again."""
    if not answers:
        return Answer(200, b"no event")
    return max(answers, key=lambda each: (each.status, each.body.startswith(b"done")))


def _add_attributes(body: bytes, headers: Headers) -> bytes:
    """Return a CloudEvent as JSON, if its attributes are headers (binary mode)."""
    if find_header(headers, "ce-specversion") is None:
        return body
    pairs: Any = getattr(headers, "items", headers.__iter__)()
    event: dict[str, Any] = {}
    for key, value in pairs:
        name = key.decode("latin-1") if isinstance(key, bytes) else key
        name = name.lower().removeprefix("http_").replace("_", "-")
        if name.startswith("ce-") and value is not None:
            text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
            event[name.removeprefix("ce-")] = unquote(text)
    kind = find_header(headers, "content-type")
    if kind is not None:
        event["datacontenttype"] = kind
    if body and (kind or "json").partition(";")[0].strip().endswith(_JSON):
        event["data"] = Raw(body)
    elif body:
        event["data_base64"] = body
    return dump(event)


def _identify(body: bytes) -> Delivery | None:
    """Return the delivery of a CloudEvent: source and id are unique together."""
    try:
        found = load(body, type=_Identity)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return Delivery(f"{found.source} {found.id}")
