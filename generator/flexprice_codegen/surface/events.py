"""Events: the table from event names to their payloads.

In: the `Api` and a `TypeMapper`. Out: an `EventTable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flexprice_codegen.api.model import Api, EnumSchema
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import EventRow, EventTable
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.type_mapping import TypeMapper
from flexprice_codegen.words import build_member_name

# Names that the module with the constants defines or imports.
_TAKEN = frozenset({"EVENT_PAYLOADS", "TYPE_CHECKING"})


def build_event_table(
    api: Api, type_mapper: TypeMapper, previous: Mapping[str, str], sink: DiagnosticSink
) -> EventTable:
    """Build a row for every documented event, sorted by name.

    Args:
        api: The API.
        type_mapper: Maps the types of payloads.
        previous: The constants of an earlier run, by event.
        sink: Receives a note for each documented event that the enum of event names
            lacks.
    """
    names = assign_names(
        [
            NameRequest(
                key=each.name,
                exact=build_member_name(each.name, "EVENT"),
                whole=f"EVENT_{build_member_name(each.name)}",
            )
            for each in api.events
        ],
        NameScope(title="event", reserved=_TAKEN),
        _restore_constants(api, previous),
        sink,
    )

    _note_unlisted_events(api, sink)
    rules = dict(api.naming.rules)
    documented = {each.name for each in api.events}

    return EventTable(
        rows=tuple(
            EventRow(
                name=each.name,
                constant=names[each.name],
                payload=type_mapper.map_type(each.payload, "received"),
                rule=rules.get(each.name, ()),
            )
            for each in sorted(api.events, key=lambda one: one.name)
        ),
        path=api.naming.path,
        header=api.naming.header,
        default=api.naming.default,
        signature=api.signature,
        delivery_format=api.delivery_format,
        enumeration=type_mapper.names.get(api.naming.enumeration, ""),
        undocumented=tuple(name for name in api.naming.names if name not in documented),
        rules=api.naming.rules,
    )


def _restore_constants(api: Api, previous: Mapping[str, str]) -> dict[str, str]:
    """Return the constants of an earlier run, by the names that events have today.

    A former version named an event by the key of its webhook, which is not what a
    delivery says.
    """
    counts = Counter(each.label for each in api.events)
    by_label = {
        each.name: previous[each.label]
        for each in api.events
        if each.label in previous and counts[each.label] == 1
    }
    return by_label | dict(previous)


def _note_unlisted_events(api: Api, sink: DiagnosticSink) -> None:
    found = api.schemas.get(api.naming.enumeration)
    if not isinstance(found, EnumSchema):
        return

    listed = {str(each.value) for each in found.values}
    for each in api.events:
        if each.name not in listed:
            sink.add_note(
                "event-not-listed",
                f"event {each.name!r} is documented, but {api.naming.enumeration!r} does not list it",
                at=each.about.origin,
                hint="add it to the enum in an overlay",
            )
