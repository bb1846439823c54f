# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Webhook events: their names as constants, their payloads as dataclasses.

In: a delivery and the table of documented events. Out: an event with its payload, or
one of the two kinds of events that have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TypeAlias, TypeVar

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder
from msgspec.json import decode as load
from msgspec.json import encode as dump

from .decoding import Mismatch, NotJSONError, as_object, decode
from .deliveries import Delivery, Headers
from .encoding import encode
from .shapes import Plain, resolve_hint

P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)
Rule: TypeAlias = Mapping[Any, Any]
"""What members a body must have: a value, `{"not": value}` or `{"present": flag}`."""
NO_RULE: Final[Rule] = {}
_as_text: Final = Decoder(str).decode


class EventType(str, Generic[P_co]):
    """The name of an event; it equals the member of an enum of names.

    `payload` is the name of the payload's class; `rule` recognizes a delivery
    without a name.
    """

    __slots__ = ("payload", "rule")
    payload: str
    rule: Rule

    def __new__(
        cls, name: str, payload: str = "Any", rule: Rule = NO_RULE
    ) -> EventType[P_co]:
        """Make the constant for the event `name`."""
        self = str.__new__(cls, name)
        self.payload = payload
        self.rule = rule
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep payload and rule when pickled or copied."""
        return type(self), (str(self), self.payload, self.rule)


class EventPayloads(Mapping[str, type]):
    """The payload class of every documented event, imported when it is looked up.

    `models` is the module of the classes, relative to `package`; `name_property` the
    member of a body that names the event; `names` their enum, and `undocumented` other
    names that have no payload here.
    """

    __slots__ = (
        "_classes", "_models", "_names", "_others", "_package", "_property", "_rules"
    )  # fmt: skip

    def __init__(
        self,
        known: Sequence[EventType[Any]],
        models: str,
        package: str,
        *,
        name_property: str | None,
        names: str = "",
        undocumented: Iterable[EventType[Any] | str] = (),
    ) -> None:
        self._classes = {str(each): each.payload for each in known}
        self._others = frozenset(undocumented)
        self._names = names
        ruled = ((str(e), getattr(e, "rule", None)) for e in (*known, *self._others))
        self._rules = [(name, rule) for name, rule in ruled if rule]
        self._models = models
        self._package = package
        self._property: Any = name_property  # None is no member of any body

    def __getitem__(self, name: str) -> type:
        found: type = resolve_hint(self._classes[name], self._models, self._package)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def parse(self, body: bytes | str, headers: Headers | None = None) -> AnyEvent:
        """Read a delivery, as tolerantly as answers are read, without verifying it.

        Raises:
            WebhookPayloadError: the body is not a JSON object; nothing of it is shown.
        """
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        delivery = None if headers is None else Delivery.of(headers)
        return self.read(raw, delivery, {} if headers is None else headers)

    def read(
        self, body: bytes, delivery: Delivery | None, headers: Headers
    ) -> AnyEvent:
        """Read the body of a delivery whose headers were read before; see `parse`."""
        try:
            name = self._read_name(body)
            if name not in self._classes:
                data: Plain = decode(body, Any, [])
                if not isinstance(data, dict):
                    raise WebhookPayloadError("the delivery is not a JSON object")
                name = self._find_name(data, headers)
                if name not in self._classes:
                    if name is not None and self._is_listed(name):
                        return UndocumentedEvent(name, data, delivery)
                    return UnknownEvent(name, data, delivery)
            report: list[Mismatch] = []
            payload = decode(body, self[name], report)
        except NotJSONError:
            raise WebhookPayloadError("the delivery is not JSON") from None
        return Event(name, payload, tuple(report), delivery)

    def _read_name(self, body: bytes) -> str | None:
        """Read nothing but the name; None where that fails."""
        try:
            found = as_object(body).get(self._property)
            return None if found is None else _as_text(found)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _find_name(self, data: dict[str, Any], headers: Headers) -> str | None:
        del headers  # only a subclass looks at them
        found = data.get(self._property)
        name = found if isinstance(found, str) else None
        fitting = (
            each for each, rule in self._rules if not name and fits_rule(rule, data)
        )
        return next(fitting, name)

    def _is_listed(self, name: str) -> bool:
        if name in self._others or not self._names:
            return name in self._others
        return name in tuple(resolve_hint(self._names, self._models, self._package))

    def make_body(self, event: EventType[P], data: Mapping[str, object] | P) -> bytes:
        """Make the body of a delivery: `data`, and the event's name; for tests.

        `data` has the members by their names on the wire, or is the payload itself.
        """
        members = load(encode(data, "data"), type=dict[str, Any])
        return dump(self._with_name(event, members))

    def _with_name(self, event: str, members: dict[str, Any]) -> dict[str, Any]:
        named = {} if self._property is None else {self._property: str(event)}
        return {**named, **members}

    def make_event(
        self,
        event: EventType[P],
        data: Mapping[str, object] | P,
        delivery: Delivery | None = None,
    ) -> Event[P]:
        """Make what a handler gets from the members of a body; for tests."""
        report: list[Mismatch] = []
        payload = decode(self.make_body(event, data), self[event], report)
        return Event(str(event), payload, tuple(report), delivery)


def fits_rule(rule: Rule, data: Mapping[str, Any]) -> bool:
    """Return whether a body is what a rule says; null counts as not present."""
    return all(passes_test(test, data.get(name)) for name, test in rule.items())


def passes_test(test: Any, value: object) -> bool:
    """Return whether a value is what one test of a rule says."""
    match test:
        case {"present": bool(wanted)}:
            return (value is not None) is wanted
        case {"not": other}:
            return value is not None and not passes_test(other, value)
        case _:
            return value == test and isinstance(value, bool) is isinstance(test, bool)


class Event(Struct, Generic[P_co], frozen=True):
    """A documented event; `mismatches` say what does not fit its payload.

    `delivery` has the id by which a delivery is known when it comes again.
    """

    name: str
    payload: P_co
    mismatches: tuple[Mismatch, ...] = ()
    delivery: Delivery | None = None


class UndocumentedEvent(Struct, frozen=True):
    """An event whose name is known and whose payload is not; `data` is plain JSON."""

    name: str
    data: dict[str, Any]
    delivery: Delivery | None = None


class UnknownEvent(Struct, frozen=True):
    """A body that names no event (None), or one that this client has never heard of."""

    name: str | None
    data: dict[str, Any]
    delivery: Delivery | None = None


NoPayload: TypeAlias = UndocumentedEvent | UnknownEvent
AnyEvent: TypeAlias = Event[Any] | NoPayload


class WebhookPayloadError(ValueError):
    """A delivery's body is not a JSON object."""
