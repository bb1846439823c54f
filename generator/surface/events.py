"""Events: the rows of the table from an event's name to its payload.

In: the `Api` and an annotator. Out: `Events`.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.api.model import Api, Enumeration
from generator.diagnostics import Sink
from generator.surface.annotate import Annotator
from generator.surface.model import EventRow, Events
from generator.surface.naming import Namespace, Wanted, assign
from generator.words import member_name

_TAKEN = frozenset({"EVENT_PAYLOADS", "TYPE_CHECKING"})


def events(
    api: Api, annotator: Annotator, previous: Mapping[str, str], sink: Sink
) -> Events:
    """Make the row of every documented event, sorted by name."""
    names = assign(
        [
            Wanted(
                key=each.name,
                exact=member_name(each.name, "EVENT"),
                whole=f"EVENT_{member_name(each.name)}",
            )
            for each in api.events
        ],
        Namespace(title="event", reserved=_TAKEN),
        previous,
        sink,
    )
    found = api.definitions.get(api.naming.enumeration)
    listed = (
        {str(each.value) for each in found.members}
        if isinstance(found, Enumeration)
        else set()
    )
    rules = dict(api.naming.rules)
    documented = {each.name for each in api.events}
    if listed:
        for each in api.events:
            if each.name not in listed:
                sink.note(
                    "event-not-listed",
                    f"the event {each.name!r} is documented, but {api.naming.enumeration!r} does not list it",
                    at=each.about.origin,
                    hint="it is handled like the others",
                )
    return Events(
        rows=tuple(
            EventRow(
                name=each.name,
                constant=names[each.name],
                payload=annotator.annotate(each.payload, "received"),
                rule=rules.get(each.name, ()),
            )
            for each in sorted(api.events, key=lambda one: one.name)
        ),
        property=api.naming.property,
        enumeration=annotator.names.get(api.naming.enumeration, ""),
        undocumented=tuple(name for name in api.naming.names if name not in documented),
        rules=api.naming.rules,
    )
