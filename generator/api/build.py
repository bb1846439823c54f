"""From a document to the intermediate representation.

In: a `Document` and a sink. Out: the `Api`: all that the document says about the wire.
Operations in the document = operations + events + warnings.

Source: OpenAPI 3.0.3 §4.7.1 (OpenAPI Object), §4.7.8 (Paths).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.api import events
from generator.api.event_names import on_the_wire, with_property
from generator.api.event_rules import with_rules
from generator.api.keys import SEPARATOR
from generator.api.model import (
    Api,
    Definition,
    Enumeration,
    Event,
    Operation,
    OperationTag,
)
from generator.api.operations import Defaults, operation
from generator.api.path_items import methods_of
from generator.api.schemas import Schemas
from generator.api.security import (
    declared,
    demands,
    known_schemes,
    requirement,
    schemes,
)
from generator.api.servers import servers
from generator.api.spelling import misspelt
from generator.api.types import About, Named
from generator.diagnostics import Sink, SpecError, fault
from generator.spec.document import Document
from generator.spec.nodes import Node

_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.",
)
"""What the addresses of the dialects begin with that OpenAPI 3.1 itself knows."""


@dataclass(slots=True)
class _Found:
    """What was read, by key and by name."""

    operations: dict[str, Operation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)


def build(document: Document, sink: Sink) -> Api:
    """Read the whole document.

    Raises:
        SpecError: The frame of the document (info, paths, components) is broken, or
            the rules by which events are told apart are.
    """
    root = document.root
    info = root.need("info")
    _say_dialect(root, sink)
    misspelt(root, sink)
    made = schemes(document, sink)
    known = known_schemes(document, made)
    defaults = Defaults(security=requirement(root, known, (), sink), schemes=known)
    apart = Schemas(document, Sink())
    schemas = Schemas(document, sink, apart=apart)
    schemas.declare_all()
    found = _Found()
    for path, item in root.need("paths").items() if root.has("paths") else ():
        if not path.startswith("x-"):
            _path(schemas, path, item, defaults, found)
    for name, item in root.items_of("webhooks"):
        _webhook(schemas, name, item, found)
    schemas.finish()
    apart.finish()
    definitions = _without_orphans(schemas.definitions, found)
    named = on_the_wire(found.events.values(), definitions, sink)
    for key in _inline_payloads(found.events.values()) - _inline_payloads(named):
        del definitions[key]
    return Api(
        title=info.text_of("title"),
        version=info.text_of("version"),
        servers=servers(root, sink),
        schemes=made,
        operations=tuple(found.operations.values()),
        events=named,
        naming=with_rules(
            with_property(events.naming(named, definitions), named, definitions, sink),
            named,
        ),
        definitions=definitions,
        demands=demands(root),
        declared=declared(document),
        apart=apart.definitions,
        tags=tuple(
            OperationTag(
                name=each.text_of("name"),
                about=About(origin=each.origin, text=each.text_of("description")),
            )
            for each in root.elements_of("tags")
        ),
        about=About(origin=info.origin, text=info.text_of("description")),
    )


def _say_dialect(root: Node, sink: Sink) -> None:
    """Name a dialect of JSON Schema that is read as if it were the usual one."""
    dialect = root.text_of("jsonSchemaDialect")
    if dialect and not dialect.startswith(_DIALECTS):
        sink.note(
            "schema-dialect",
            f"the schemas are of {dialect!r:.100}; they are read as JSON Schema 2020-12",
            at=root.origin.child("jsonSchemaDialect"),
            hint="check what the dialect adds or means otherwise",
        )


def _without_orphans(
    definitions: Mapping[str, Definition], found: _Found
) -> dict[str, Definition]:
    """Leave out what was hoisted for operations that are left out; sort the rest."""
    owners = {*definitions, *found.operations, *(f"event {n}" for n in found.events)}

    def is_wanted(key: str) -> bool:
        owner = key.partition(SEPARATOR)[0]
        return owner in owners or " " not in owner

    kept: dict[str, Definition] = {}
    for key, each in sorted(definitions.items()):
        if isinstance(each, Enumeration) and each.sites:
            sites = tuple(site for site in each.sites if is_wanted(site))
            if sites:
                kept[key] = replace(each, sites=sites)
        elif is_wanted(key):
            kept[key] = each
    return kept


def _inline_payloads(of: Iterable[Event]) -> set[str]:
    """Give the keys of the payloads that are written where their events are."""
    payloads = (each.payload for each in of if isinstance(each.payload, Named))
    return {each.key for each in payloads if SEPARATOR in each.key}


def _path(
    schemas: Schemas, path: str, item: Node, defaults: Defaults, found: _Found
) -> None:
    try:
        methods = list(methods_of(item, schemas.target, schemas.sink))
    except SpecError as error:
        schemas.sink.missing(error, f"the path {path!r}")
        return
    if not path.startswith("/"):
        schemas.sink.note(
            "path-without-slash",
            f"the path {path!r} does not start with a slash; one is put before it",
            at=item.origin,
            hint=f"write '/{path}'",
        )
        path = f"/{path}"
    for method, node, owner in methods:
        key = f"{method.upper()} {path}"
        try:
            if not _event(schemas, path, method, node, found):
                found.operations[key] = operation(
                    schemas, path, method, item=owner, node=node, defaults=defaults
                )
        except SpecError as error:
            schemas.sink.missing(error, key)


def _event(schemas: Schemas, path: str, method: str, node: Node, found: _Found) -> bool:
    """Take an operation that only documents an event; tell whether it did.

    Raises:
        SpecError: It is neither that nor an operation that is new.
    """
    node.mapping()
    name = events.documented_event(path, method, node)
    if name:
        found.events[name] = events.of_operation(schemas, name, node, found.events)
    elif f"{method.upper()} {path}" in found.operations:
        raise fault(
            "operation-twice",
            "the document has it twice",
            at=node.origin,
            hint="remove one of the two",
        )
    return bool(name)


def _webhook(schemas: Schemas, name: str, item: Node, found: _Found) -> None:
    try:
        deliveries = events.deliveries(schemas, name, item)
    except SpecError as error:
        schemas.sink.missing(error, f"the webhook {name!r}")
        return
    for event, node in deliveries:
        try:
            found.events[event] = events.of_operation(
                schemas, event, node, found.events
            )
        except SpecError as error:
            schemas.sink.missing(error, f"the webhook {event!r}")
