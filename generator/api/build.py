"""From a document to the intermediate representation.

In: a `Document` and a sink. Out: the `Api`: all that the document says about the wire.
Operations in the document = operations + events + warnings.

Source: OpenAPI 3.0.3 §4.7.1 (OpenAPI Object), §4.7.8 (Paths).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.api import events
from generator.api.event_names import on_the_wire, with_property
from generator.api.event_rules import with_rules
from generator.api.keys import key_of
from generator.api.model import Api, Event, Operation
from generator.api.operations import Defaults, operation
from generator.api.schemas import Schemas
from generator.api.security import requirement, schemes
from generator.api.servers import servers
from generator.diagnostics import Sink, SpecError
from generator.spec.document import Document
from generator.spec.nodes import Node


@dataclass(slots=True)
class _Found:
    operations: list[Operation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def build(document: Document, sink: Sink) -> Api:
    """Read the whole document.

    Raises:
        SpecError: The frame of the document (info, paths, components) is broken, or
            the rules by which events are told apart are.
    """
    root = document.root
    info = root.need("info")
    made = schemes(document, sink)
    known = frozenset(each.key for each in made)
    defaults = Defaults(security=requirement(root, known, (), sink), schemes=known)
    schemas = Schemas(document, sink)
    components = root.get("components")
    for _, node in () if components is None else components.items_of("schemas"):
        schemas.declare(key_of(node.origin), node)
    found = _Found()
    for path, item in root.items_of("paths"):
        if not path.startswith("x-"):
            _path(schemas, path, item, defaults, found)
    for name, item in root.items_of("webhooks"):
        _webhook(schemas, name, item, found)
    schemas.finish()
    definitions = dict(sorted(schemas.definitions.items()))
    named = on_the_wire(found.events, definitions, sink)
    return Api(
        title=info.text_of("title"),
        version=info.text_of("version"),
        text=info.text_of("description"),
        servers=servers(root, sink),
        schemes=made,
        operations=tuple(found.operations),
        events=named,
        naming=with_rules(
            with_property(events.naming(named, definitions), named, definitions, sink),
            named,
        ),
        definitions=definitions,
        tags=tuple(
            (each.text_of("name"), each.text_of("description"))
            for each in root.elements_of("tags")
        ),
    )


def _path(
    schemas: Schemas, path: str, item: Node, defaults: Defaults, found: _Found
) -> None:
    try:
        target = schemas.target(item)
        methods = [name for name in events.METHODS if target.has(name)]
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
    for method in methods:
        _method(schemas, path, method, item=target, defaults=defaults, found=found)


def _method(
    schemas: Schemas,
    path: str,
    method: str,
    *,
    item: Node,
    defaults: Defaults,
    found: _Found,
) -> None:
    try:
        node = item.need(method)
        node.mapping()
        name = events.documented_event(path, method, node)
        if name:
            found.events.append(events.of_operation(schemas, name, node))
        else:
            found.operations.append(
                operation(
                    schemas, path, method, item=item, node=node, defaults=defaults
                )
            )
    except SpecError as error:
        schemas.sink.missing(error, f"{method.upper()} {path}")


def _webhook(schemas: Schemas, name: str, item: Node, found: _Found) -> None:
    try:
        found.events.extend(events.of_webhook(schemas, name, item))
    except SpecError as error:
        schemas.sink.missing(error, f"the webhook {name!r}")
