"""The place that holds the names of the events: the one that explains the most.

In: events and what their payloads declare at each place. Out: one place, or none where
two are equally good and say different names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flexprice_codegen.api.event_hints import has_name_hint
from flexprice_codegen.api.event_variants import (
    EventPath,
    NamePlace,
    NamePlaceFinder,
)
from flexprice_codegen.api.model import NamedSchema, WebhookEvent
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class EventSource:
    """A place, and what each event's payload says of it: None for nothing.

    Attributes:
        path: The property, through objects.
        places: What the payloads say there, in the order of the events.
        explained: For each event, whether this place identifies its deliveries.
        alike: How many names resemble the names in the document.
    """

    path: EventPath
    places: tuple[NamePlace | None, ...]
    explained: tuple[bool, ...]
    alike: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """How good it is: the events that it explains, then its likeness and height."""
        return sum(self.explained), self.alike, -len(self.path)


def find_event_source(
    events: Sequence[WebhookEvent], definitions: Mapping[str, NamedSchema]
) -> EventSource | None:
    """Return the place that explains the most events, or None.

    Args:
        events: The events.
        definitions: The definitions of their payloads.
    """
    finder = NamePlaceFinder(definitions)
    found = [finder.find_name_places(each) for each in events]
    paths = dict.fromkeys(path for each in found for path in each)
    sources = [
        _build_source(path, events, [each.get(path) for each in found])
        for path in paths
    ]

    usable = [each for each in sources if _is_evidence(each, events)]
    if not usable:
        return None

    best = max(usable, key=lambda each: each.rank)
    rivals = [each for each in usable if each.rank == best.rank]
    return best if len(rivals) == 1 or not _renames(best, events) else None


def _build_source(
    path: EventPath,
    events: Sequence[WebhookEvent],
    places: Sequence[NamePlace | None],
) -> EventSource:
    known = {event.name for event in events}
    said = Counter(
        name
        for event, place in zip(events, places, strict=True)
        if place is not None and event.name not in place.names
        for name, _ in place.variants
    )
    pairs = list(zip(events, places, strict=True))

    return EventSource(
        path,
        tuple(places),
        tuple(_explains(event, place, known, said) for event, place in pairs),
        sum(_is_alike(event, place) for event, place in pairs if place is not None),
    )


def _explains(
    event: WebhookEvent,
    place: NamePlace | None,
    known: set[str],
    said: Mapping[str, int],
) -> bool:
    """Return whether a place names an event, or gives it a name of its own."""
    if place is None:
        return False
    if event.name in place.names:
        return True
    if has_name_hint(event) or not place.variants:
        return False
    return all(said[name] == 1 and name not in known for name, _ in place.variants)


def _is_alike(event: WebhookEvent, place: NamePlace) -> bool:
    wanted = _fold_name(event.name)
    return any(_fold_name(name) == wanted for name in place.names)


# Each event is compared with all names of a place, so each name is asked for often.
@lru_cache(maxsize=10_000)
def _fold_name(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _is_evidence(source: EventSource, events: Sequence[WebhookEvent]) -> bool:
    """Return whether a place is more than the coincidence of a few constants.

    A list of names that has an event's name is evidence by itself. Constants must
    explain most events; deep in a payload, one alone must also resemble its event.
    """
    explained = sum(source.explained)
    is_listed = any(
        place is not None and len(place.names) > 1 and event.name in place.names
        for event, place in zip(events, source.places, strict=True)
    )
    if is_listed:
        return True

    is_deep = len(source.path) > 1
    return explained * 2 > len(events) and not (
        is_deep and explained == 1 and not source.alike
    )


def _renames(source: EventSource, events: Sequence[WebhookEvent]) -> bool:
    return any(
        is_explained and place is not None and event.name not in place.names
        for event, place, is_explained in zip(
            events, source.places, source.explained, strict=True
        )
    )
