"""The module of webhooks: a constant for each event, the table, and the routers.

In: the events of a Surface. Out: a file.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.api.model import EventTest
from generator.emit.files import File
from generator.emit.imports import import_lines, imports_of_type, name_order
from generator.emit.render import render
from generator.emit.spread import assigned, spread
from generator.surface.model import EventRow, Events
from generator.surface.python import literal, text

_OWN = frozenset(
    {
        "EVENT_PAYLOADS",
        "AsyncWebhookRouter",
        "WebhookRouter",
        "make_body",
        "make_event",
        "parse_event",
    }
)
_RUNTIME = (
    (".runtime", "routing"),
    (".runtime.deliveries", "Delivery"),
    (".runtime.deliveries", "WebhookSignatureError"),
    (".runtime.deliveries", "sign"),
    (".runtime.events", "AnyEvent"),
    (".runtime.events", "Event"),
    (".runtime.events", "EventPayloads"),
    (".runtime.events", "EventType"),
    (".runtime.events", "UndocumentedEvent"),
    (".runtime.events", "UnknownEvent"),
    (".runtime.events", "WebhookPayloadError"),
    (".runtime.routing", "Answer"),
    (".runtime.routing", "Memory"),
    (".runtime.routing", "RecentDeliveries"),
    (".runtime.serving", "asgi_app"),
    (".runtime.serving", "wsgi_app"),
)


def webhooks_file(events: Events) -> File:
    """Make `webhooks.py`."""
    imports = [("__future__", "annotations"), *_RUNTIME]
    types = {
        (module, name)
        for each in events.rows
        for module, name in imports_of_type(each.payload, ".")
        if (module, name) not in imports
    }
    if types:
        imports.append(("typing", "TYPE_CHECKING"))
    return File(
        path="webhooks.py",
        text=render(
            "webhooks/webhooks.py.jinja",
            imports=import_lines(imports),
            constants=[_constant(each) for each in events.rows],
            exported=sorted(
                _OWN
                | {each.constant for each in events.rows}
                | {name for module, name in _RUNTIME if module != ".runtime"},
                key=name_order,
            ),
            payloads="\n".join(_payloads(events)),
            typing_imports=import_lines(types, 4),
        ),
    )


def _payloads(events: Events) -> list[str]:
    """Write the table of payloads."""
    prop = literal(events.property) if events.property else "None"
    constants = [each.constant for each in events.rows]
    items = [_tuple(constants), '".models"', '__name__.rpartition(".")[0]']
    items.append(f"name_property={prop}")
    if events.undocumented:
        items.append(f"undocumented={_tuple(list(map(literal, events.undocumented)))}")
    return spread("EVENT_PAYLOADS = EventPayloads(", items, ")", 0)


def _tuple(items: Sequence[str]) -> str:
    if len(items) == 1:
        return f"({items[0]},)"
    return "\n".join(["(", *(f"    {each}," for each in items), ")"])


def _constant(row: EventRow) -> str:
    payload = text(row.payload, "models.")
    items = [literal(row.name), literal(text(row.payload))]
    if row.rule:
        items.append("{" + ", ".join(map(_test, row.rule)) + "}")
    return "\n".join(assigned(row.constant, "EventType", payload, items))


def _test(test: EventTest) -> str:
    value = literal(test.value)
    if test.kind != "is":
        value = f'{{"{test.kind}": {value}}}'
    return f"{literal(test.property)}: {value}"
