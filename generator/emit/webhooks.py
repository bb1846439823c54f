"""The module of webhooks: a constant for each event, the table, and the parser.

In: the events of a Surface. Out: a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emit.files import File
from generator.emit.imports import import_lines, name_order
from generator.emit.render import render
from generator.emit.spread import assigned, spread
from generator.surface.model import EventRow, Events
from generator.surface.python import classes_in, literal, text


def webhooks_file(events: Events) -> File:
    """Make `webhooks.py`."""
    imports = [
        ("__future__", "annotations"),
        ("typing", "TYPE_CHECKING"),
        ("typing", "Any"),
        (".runtime", "events"),
        (".runtime.events", "Event"),
        (".runtime.events", "EventPayloads"),
        (".runtime.events", "EventType"),
        (".runtime.events", "UndocumentedEvent"),
        (".runtime.events", "UnknownEvent"),
        (".runtime.events", "WebhookPayloadError"),
    ]
    if events.enumeration:
        imports.append((".models", events.enumeration))
    return File(
        path="webhooks.py",
        text=render(
            "webhooks/webhooks.py.jinja",
            imports=import_lines(imports),
            constants=[_constant(each) for each in events.rows],
            events=events,
            exported=sorted(
                {"EVENT_PAYLOADS", "parse_event"}
                | {each.constant for each in events.rows}
                | {
                    name
                    for _, name in imports
                    if name[0].isupper() and name not in ("TYPE_CHECKING", "Any")
                },
                key=name_order,
            ),
            payloads="\n".join(
                spread(
                    "EVENT_PAYLOADS = EventPayloads(",
                    [_tuple(events.rows), '".models"', '__name__.rpartition(".")[0]'],
                    ")",
                    0,
                )
            ),
            uses_models=any(
                next(classes_in(each.payload), None) for each in events.rows
            ),
        ),
    )


def _tuple(rows: Sequence[EventRow]) -> str:
    return "\n".join(["(", *(f"    {each.constant}," for each in rows), ")"])


def _constant(row: EventRow) -> str:
    payload = text(row.payload, "models.")
    items = [literal(row.name), literal(text(row.payload))]
    return "\n".join(assigned(row.constant, "EventType", payload, items))
