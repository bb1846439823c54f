"""Deliveries that hold several events.

In: a delivery, its value, and how the API packs its events. Out: the value of each event;
None if the delivery is a single one.

It reads what the clients of such an API read: a body that is a list, and the list at the
path of the format.
"""

from __future__ import annotations

from typing import Final

from flexprice_codegen.api.model import DeliveryFormat

_ELEMENTS: Final = "[]"
_MISSING: Final = object()


def split_events(value: object, packing: DeliveryFormat | None) -> list[object] | None:
    """Return the events that the value of a delivery holds.

    Args:
        value: The value of its body.
        packing: The format of deliveries; None if each is a single event.

    Returns:
        The values of the events; `None` if the delivery is a single event.
    """
    if packing is None:
        return None
    if isinstance(value, list):
        return value
    if not packing.items:
        return None

    at = packing.items.index(_ELEMENTS)
    found = _follow(value, packing.items[:at])
    if not isinstance(found, list):
        return None
    return [_get_event(each, packing.items[at + 1 :]) for each in found]


def _get_event(element: object, path: tuple[str, ...]) -> object:
    """Return the event in an element, which can be the event itself."""
    found = _follow(element, path)
    return element if found is _MISSING else found


def _follow(value: object, path: tuple[str, ...]) -> object:
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return _MISSING
        value = value[name]
    return value
