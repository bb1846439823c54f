"""The module of webhooks: a constant for each event, the table, and the routers.

In: a Surface with events. Out: a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from generator.api.model import EventTest
from generator.emit.files import File
from generator.emit.imports import import_lines, imports_of_type, name_order
from generator.emit.render import render
from generator.emit.spread import assigned, spread
from generator.surface.model import (
    EnumClass,
    EventRow,
    Events,
    ModelDefinition,
    Surface,
)
from generator.surface.python import literal, text

Rule: TypeAlias = tuple[EventTest, ...]
_RUNTIME = (
    ("deliveries", "Delivery"),
    ("deliveries", "WebhookSignatureError"),
    ("deliveries", "sign"),
    ("events", "AnyEvent"),
    ("events", "Event"),
    ("events", "EventPayloads"),
    ("events", "EventType"),
    ("events", "UndocumentedEvent"),
    ("events", "UnknownEvent"),
    ("events", "WebhookPayloadError"),
    ("routing", "Answer"),
    ("routing", "AsyncMemory"),
    ("routing", "Memory"),
    ("routing", "RecentDeliveries"),
    ("serving", "asgi_app"),
    ("serving", "wsgi_app"),
)


def webhooks_file(surface: Surface) -> File:
    """Make `webhooks.py`."""
    events = surface.events
    imports = [("__future__", "annotations")]
    types = {
        needed for each in events.rows for needed in imports_of_type(each.payload, ".")
    }
    if types:
        imports.append(("typing", "TYPE_CHECKING"))
    return File(
        path="webhooks.py",
        text=render(
            "webhooks/webhooks.py.jinja",
            imports=import_lines(imports),
            exports=sorted(_RUNTIME, key=lambda pair: name_order(pair[1])),
            constants=[_constant(each) for each in events.rows],
            payloads="\n".join(_payloads(events, surface.models)),
            typing_imports=import_lines(types, 4),
        ),
    )


def _payloads(events: Events, models: Iterable[ModelDefinition]) -> list[str]:
    """Write the table of payloads; names that an enum lists are not repeated."""
    prop = literal(events.property) if events.property else "None"
    items = ["globals().values()", '".models"', '__name__.rpartition(".")[0]']
    items.append(f"name_property={prop}")
    found = (e for e in models if isinstance(e, EnumClass))
    names = next((e for e in found if e.name == events.enumeration), None)
    listed: set[str | int] = set()
    if names is not None:
        items.append(f"names={literal(names.name)}")
        listed = {each.value for each in names.members}
    rules = dict(events.rules)
    rest = [e for e in events.undocumented if e in rules or e not in listed]
    if rest:
        undocumented = [_undocumented(each, rules.get(each, ())) for each in rest]
        items.append(f"undocumented={_tuple(undocumented)}")
    return spread("EVENT_PAYLOADS = EventPayloads(", items, ")", 0)


def _undocumented(name: str, rule: Rule) -> str:
    """Write a name; one that a delivery may lack is told by its rule."""
    if not rule:
        return literal(name)
    return "\n".join(
        spread("EventType(", [literal(name), f"rule={_rule(rule)}"], ")", 0)
    )


def _tuple(items: Sequence[str]) -> str:
    if len(items) == 1 and "\n" not in items[0]:
        return f"({items[0]},)"
    lines = [line for each in items for line in f"{each},".split("\n")]
    return "\n".join(["(", *(f"    {each}" for each in lines), ")"])


def _constant(row: EventRow) -> str:
    payload = text(row.payload, "models.")
    items = [literal(row.name), literal(text(row.payload))]
    if row.rule:
        items.append(_rule(row.rule))
    return "\n".join(assigned(row.constant, "EventType", payload, items))


def _rule(rule: Rule) -> str:
    return "{" + ", ".join(map(_test, rule)) + "}"


def _test(test: EventTest) -> str:
    value = literal(test.value)
    if test.kind != "is":
        value = f'{{"{test.kind}": {value}}}'
    return f"{literal(test.property)}: {value}"
