"""The module of webhooks: a constant for each event, the table, and the parser.

In: the events of a Surface. Out: a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emit.files import File
from generator.emit.imports import import_lines, imports_of_type, name_order
from generator.emit.render import render
from generator.emit.spread import assigned, spread
from generator.surface.model import EventRow, Events
from generator.surface.python import literal, text

_IMPORTS = (
    ("__future__", "annotations"),
    ("typing", "Any"),
    (".runtime", "events"),
    (".runtime.events", "Event"),
    (".runtime.events", "EventPayloads"),
    (".runtime.events", "EventType"),
    (".runtime.events", "UndocumentedEvent"),
    (".runtime.events", "UnknownEvent"),
    (".runtime.events", "WebhookPayloadError"),
)


def webhooks_file(events: Events) -> File:
    """Make `webhooks.py`."""
    imports = list(_IMPORTS)
    types = {
        (module, name)
        for each in events.rows
        for module, name in imports_of_type(each.payload, ".")
        if (module, name) not in imports
    }
    if types:
        imports.append(("typing", "TYPE_CHECKING"))
    names = events.enumeration
    if names in {name for _, name in imports} | {each.constant for each in events.rows}:
        names = f"{names}Name"
    if names:
        own = "" if names == events.enumeration else f" as {names}"
        imports.append((".models", events.enumeration + own))
    return File(
        path="webhooks.py",
        text=render(
            "webhooks/webhooks.py.jinja",
            imports=import_lines(imports),
            constants=[_constant(each) for each in events.rows],
            events=events,
            names=names,
            exported=sorted(
                {"EVENT_PAYLOADS", "parse_event", *filter(None, [names])}
                | {each.constant for each in events.rows}
                | {name for module, name in imports if module == ".runtime.events"},
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
            typing_imports=import_lines(types, 4),
        ),
    )


def _tuple(rows: Sequence[EventRow]) -> str:
    if len(rows) == 1:
        return f"({rows[0].constant},)"
    return "\n".join(["(", *(f"    {each.constant}," for each in rows), ")"])


def _constant(row: EventRow) -> str:
    payload = text(row.payload, "models.")
    items = [literal(row.name), literal(text(row.payload))]
    return "\n".join(assigned(row.constant, "EventType", payload, items))
