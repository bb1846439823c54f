"""The event that a delivery belongs to.

In: an `Api` and deliveries. Out: the event of each, or None. The name that the recorder
wrote counts, then the property of the body that names events, then the rules for bodies
without a name.
"""

from __future__ import annotations

from flexprice_codegen.api.model import Api, EventCondition, WebhookEvent
from flexprice_codegen.conform.exchange import RecordedDelivery
from flexprice_codegen.json_pointers import split_pointer

_LOCATED = 3
"""A pointer to an operation: the section, the path or name, and the method."""


class EventIndex:
    """All events of an API by their names."""

    def __init__(self, api: Api) -> None:
        self._events = {each.name: each for each in api.events}
        self._naming = api.naming

    def find_name(self, delivery: RecordedDelivery, value: object) -> str:
        """Return the name of the event of a delivery, documented or not; or nothing.

        Args:
            delivery: The delivery.
            value: The value of its body.
        """
        if delivery.event or not isinstance(value, dict):
            return delivery.event

        named = _get_member(value, self._naming.path)
        if isinstance(named, str) and named and not delivery.received.is_shape:
            return named

        fitting = (
            name
            for name, conditions in self._naming.rules
            if all(_holds(each, value) for each in conditions)
        )
        if delivery.received.is_shape:
            return ""

        return next(fitting, self._naming.default)

    def find_event(self, name: str) -> WebhookEvent | None:
        """Return a documented event by its name."""
        return self._events.get(name)


def get_event_label(event: WebhookEvent) -> str:
    """Return the operation that documents an event, such as `POST /webhook-events/x`."""
    keys = split_pointer(event.about.origin.pointer)
    if len(keys) != _LOCATED or keys[0] not in ("paths", "webhooks"):
        return f"event {event.name}"

    _, path, method = keys
    return f"{method.upper()} {path}"


def _get_member(value: object, path: tuple[str, ...]) -> object:
    """Return what a path leads to, through objects; None if there is nothing."""
    if not path:
        return None

    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _holds(condition: EventCondition, value: dict[str, object]) -> bool:
    # A recorded delivery has no headers, so that nothing is known of them.
    if condition.place == "header":
        return False

    found = _get_member(value, condition.path)
    match condition.kind:
        case "present":
            return found is not None
        case "is":
            return found == condition.value
        case "not":
            return found != condition.value
