"""The module of webhooks: a constant for each event, the event table, and the routers.

In: a `Surface` with events. Out: the draft of a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TypeAlias

from flexprice_codegen.api.model import (
    DeliveryFormat,
    EventCondition,
    SignatureScheme,
)
from flexprice_codegen.emit.annotations import annotate
from flexprice_codegen.emit.expression import (
    Expression,
    ImportedName,
    call_expression,
    collect_imports,
    dict_expression,
)
from flexprice_codegen.emit.files import Draft
from flexprice_codegen.emit.imports import ModuleLocation, format_imports, order_name
from flexprice_codegen.emit.render import render_template
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import (
    EnumClass,
    EventRow,
    EventTable,
    ModelDefinition,
    Surface,
)
from flexprice_codegen.surface.python_types import format_literal, format_type

EventRule: TypeAlias = tuple[EventCondition, ...]
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
    ("routing", "asgi_app"),
    ("routing", "wsgi_app"),
)
"""The names that the module re-exports, with their runtime modules."""
_MODULES = frozenset(ImportedName("runtime", "", module) for module, _ in _RUNTIME)
_EVENT_TYPE = Expression("EventType")


@frozen_value
class EventView:
    """An event: its constant, its payload, and the arguments of its `EventType`."""

    constant: str
    payload: Expression
    arguments: tuple[Expression, ...]


def draft_webhooks(surface: Surface, runtime: str) -> Draft:
    """Return the draft of `webhooks.py`.

    Args:
        surface: A surface with events.
        runtime: The path of a shared runtime, relative to the client's directory; empty
            if the client has its own.
    """
    events = [_build_event(each) for each in surface.events.rows]
    typing_imports = collect_imports(event.payload for event in events)
    imports = {ImportedName("library", "__future__", "annotations"), *_MODULES}
    imports |= _list_source_imports(surface.events)
    if surface.events.signature is not None:
        imports.add(ImportedName("runtime", "", "signatures"))
    if typing_imports:
        imports.add(ImportedName("library", "typing", "TYPE_CHECKING"))

    return Draft(
        path="webhooks.py",
        render=partial(
            _render_webhooks,
            surface,
            events,
            ModuleLocation("", runtime),
            frozenset(imports),
            typing_imports,
        ),
        imports=typing_imports | imports,
    )


def _render_webhooks(
    surface: Surface,
    events: list[EventView],
    location: ModuleLocation,
    imports: frozenset[ImportedName],
    typing_imports: frozenset[ImportedName],
) -> str:
    names = _find_names(surface.events, surface.models)
    return render_template(
        "webhooks/webhooks.py.jinja",
        imports=format_imports(imports, location),
        typing_imports=format_imports(typing_imports, location, indent=4),
        exports=_list_exports(surface.events),
        events=events,
        table=_choose_table(surface.events),
        source=_format_source(surface.events),
        is_packed=surface.events.delivery_format is not None,
        signature=_format_signature(surface.events.signature),
        names=names.name if names else "",
        undocumented=_list_undocumented(surface.events, names),
    )


def _list_exports(events: EventTable) -> list[tuple[str, str]]:
    """Return the names that the module exports, and where they are."""
    pairs = [
        (
            ("SIGNATURE", name)
            if name == "sign" and events.signature is not None
            else (module, name)
        )
        for module, name in _RUNTIME
    ]
    return sorted(pairs, key=lambda pair: order_name(pair[1]))


def _format_signature(scheme: SignatureScheme | None) -> str:
    """Return the expression of a signature, without what is usual; or nothing."""
    if scheme is None:
        return ""
    usual = SignatureScheme(header="")
    given = {
        "header": (scheme.header, usual.header),
        "signed": (scheme.signed, usual.signed),
        "encoding": (scheme.encoding, usual.encoding),
        "digest": (scheme.digest, usual.digest),
        "prefix": (scheme.prefix, usual.prefix),
        "timestamp": (scheme.timestamp, usual.timestamp),
        "id": (scheme.id, usual.id),
    }
    arguments = ", ".join(
        f"{name}={format_literal(value)}"
        for name, (value, default) in given.items()
        if value != default
    )
    return f"signatures.Signature({arguments})"


def _list_source_imports(events: EventTable) -> set[ImportedName]:
    """Return the modules for what `EventPayloads` alone cannot say."""
    is_packed = events.delivery_format is not None
    rules = [test for row in events.rows for test in row.rule]
    rules += [test for _, rule in events.rules for test in rule]
    has_headers = any(test.place == "header" for test in rules)

    modules = {"packed_events"} if is_packed else set()
    if has_headers or (_needs_sources(events) and not is_packed):
        modules.add("event_sources")
    return {ImportedName("runtime", "", each) for each in modules}


def _choose_table(events: EventTable) -> str:
    """Return the class of the event table."""
    if events.delivery_format is not None:
        return "packed_events.PackedPayloads"
    return (
        "event_sources.SourcedPayloads" if _needs_sources(events) else "EventPayloads"
    )


def _needs_sources(events: EventTable) -> bool:
    """Return whether an event table needs more than one property of the body."""
    if events.delivery_format is not None:
        return True
    tests = [test for _, rule in events.rules for test in rule]
    is_simple = all(len(test.path) == 1 and test.place == "body" for test in tests)
    is_top = len(events.path) <= 1
    return not (is_top and is_simple) or bool(events.header or events.default)


def _format_source(events: EventTable) -> tuple[str, str]:
    """Return the keyword argument that says where names are, and its value."""
    if not _needs_sources(events):
        return "name_property", format_literal(events.path[0] if events.path else None)

    keywords = {
        "path": _format_path(events.path) if events.path else "",
        "header": format_literal(events.header) if events.header else "",
        "default": format_literal(events.default) if events.default else "",
        **_format_packing(events.delivery_format),
    }
    given = ", ".join(f"{name}={value}" for name, value in keywords.items() if value)
    is_plain = events.delivery_format is None
    kind = "event_sources.NameSource" if is_plain else "packed_events.PackedSource"
    return "source", f"{kind}({given})"


def _format_packing(packing: DeliveryFormat | None) -> dict[str, str]:
    """Return the keyword arguments that say how deliveries hold their events."""
    if packing is None:
        return {}
    return {
        "items": _format_path(packing.items) if packing.items else "",
        "form": format_literal(packing.form) if packing.form else "",
        "cloud_events": "True" if packing.has_cloud_events else "",
    }


def _format_path(path: tuple[str, ...]) -> str:
    texts = ", ".join(format_literal(each) for each in path)
    return f"({texts},)" if len(path) == 1 else f"({texts})"


def _build_event(row: EventRow) -> EventView:
    arguments = [
        Expression(format_literal(row.name)),
        Expression(format_literal(format_type(row.payload))),
    ]
    if row.rule:
        arguments.append(_format_rule(row.rule))
    return EventView(row.constant, annotate(row.payload), tuple(arguments))


def _find_names(
    events: EventTable, models: Iterable[ModelDefinition]
) -> EnumClass | None:
    """Return the enum that lists the event names, or `None`."""
    enums = (model for model in models if isinstance(model, EnumClass))
    return next((enum for enum in enums if enum.name == events.enumeration), None)


def _list_undocumented(events: EventTable, names: EnumClass | None) -> list[Expression]:
    """Return the events without a payload, except names that an enum lists."""
    listed = {member.value for member in names.members} if names else set()
    rules = dict(events.rules)
    return [
        _format_undocumented(name, rules.get(name, ()))
        for name in events.undocumented
        if name in rules or name not in listed
    ]


def _format_undocumented(name: str, rule: EventRule) -> Expression:
    """Return an event name, or an `EventType` if a delivery can lack the name."""
    if not rule:
        return Expression(format_literal(name))
    keywords = {"rule": _format_rule(rule)}
    return call_expression(
        _EVENT_TYPE, Expression(format_literal(name)), keywords=keywords
    )


def _format_rule(rule: EventRule) -> Expression:
    return dict_expression(
        (_format_key(test), Expression(_format_test(test))) for test in rule
    )


def _format_key(test: EventCondition) -> str:
    if test.place == "header":
        return f"event_sources.RuleHeader({format_literal(test.path[0])})"
    return (
        format_literal(test.path[0]) if len(test.path) == 1 else _format_path(test.path)
    )


def _format_test(test: EventCondition) -> str:
    value = format_literal(test.value)
    return value if test.kind == "is" else f'{{"{test.kind}": {value}}}'
