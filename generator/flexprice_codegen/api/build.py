"""From a document to the intermediate representation.

In: a `Document` and a sink. Out: the `Api`: all that the document says about the HTTP
contract. Operations in the document = operations + events + warnings.

Source: OpenAPI 3.0.3 §4.7.1 (OpenAPI Object), §4.7.8 (Paths).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.api import events
from flexprice_codegen.api.delivery_formats import (
    read_delivery_format,
    read_delivery_hints,
)
from flexprice_codegen.api.event_names import apply_wire_names, find_event_naming
from flexprice_codegen.api.event_rules import add_event_rules
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import get_text
from flexprice_codegen.api.model import (
    Api,
    ApiOperation,
    EnumSchema,
    NamedSchema,
    OperationTag,
    WebhookEvent,
)
from flexprice_codegen.api.operations import OperationDefaults, read_operation
from flexprice_codegen.api.path_items import follow_operation, iter_operations
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.api.security import (
    classify_schemes,
    read_declared_schemes,
    read_security_requirements,
    read_security_schemes,
    read_usable_security,
)
from flexprice_codegen.api.servers import read_servers
from flexprice_codegen.api.signatures import read_signature_scheme
from flexprice_codegen.api.spelling import check_spelling
from flexprice_codegen.api.types import NodeMetadata, Reference
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, build_error
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node

_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.",
)
"""Prefixes of the JSON Schema dialects that OpenAPI 3.1 supports by itself."""


@dataclass(slots=True)
class _FoundItems:
    """The operations by key, and the events by name, found so far."""

    operations: dict[str, ApiOperation] = field(default_factory=dict)
    events: dict[str, WebhookEvent] = field(default_factory=dict)


def build_api(document: Document, sink: DiagnosticSink) -> Api:
    """Return the intermediate representation of a document.

    Args:
        document: The merged and corrected document.
        sink: Receives a diagnostic for each part that is skipped or read in another
            way.

    Raises:
        DiagnosticError: The structure of the document (info, paths, components) is
            invalid, or the rules of its events are.
    """
    root = document.root
    info = root.get_required("info")

    _note_unknown_dialect(root, sink)
    check_spelling(root, sink)

    made = read_security_schemes(document, sink)
    known = classify_schemes(document, made)
    defaults = OperationDefaults(
        security=read_usable_security(root, known, (), sink), schemes=known
    )

    # Its diagnostics are dropped: no client needs these schemas.
    apart = SchemaBuilder(document, DiagnosticSink())
    schemas = SchemaBuilder(document, sink, diff_only_reader=apart)
    schemas.declare_components()

    found = _read_items(root, schemas, defaults)
    schemas.build_all()
    apart.build_all()
    # Only now is it known which operations and events were skipped.
    definitions = _remove_orphans(schemas.schemas, found)
    hints = read_delivery_hints(root)
    opened, delivery_format = read_delivery_format(
        found.events.values(), hints, definitions
    )
    named, path = _name_events(opened, definitions, sink)
    naming = find_event_naming(named, path, definitions, sink, hints.header)

    return Api(
        title=info.get_string("title"),
        version=info.get_string("version"),
        servers=read_servers(root, sink),
        schemes=made,
        operations=tuple(found.operations.values()),
        events=named,
        naming=add_event_rules(naming, named, definitions),
        schemas=definitions,
        signature=read_signature_scheme(root),
        delivery_format=delivery_format,
        security_requirements=read_security_requirements(root),
        declared_schemes=read_declared_schemes(document),
        diff_only_schemas=apart.schemas,
        tags=tuple(map(_read_tag, root.iter_elements_of("tags"))),
        about=NodeMetadata(
            origin=info.origin, description=get_text(info, "description")
        ),
    )


def _read_items(
    root: Node, schemas: SchemaBuilder, defaults: OperationDefaults
) -> _FoundItems:
    """Read all paths and webhooks."""
    found = _FoundItems()
    # OpenAPI 3.1 allows a document with webhooks only (OpenAPI 3.1.1 §4.8.1).
    paths = root.get_required("paths").iter_items() if root.has("paths") else ()
    for path, item in paths:
        if not path.startswith("x-"):
            _read_path(schemas, path, item, defaults, found)
    for name, item in root.iter_items_of("webhooks"):
        _read_webhook(schemas, name, item, found)
    return found


def _name_events(
    found: Collection[WebhookEvent],
    definitions: dict[str, NamedSchema],
    sink: DiagnosticSink,
) -> tuple[tuple[WebhookEvent, ...], tuple[str, ...]]:
    """Return events under their names on the wire, and where these names are.

    The payloads of no event are deleted.
    """
    named, path = apply_wire_names(found, definitions, sink)
    for key in _find_inline_payloads(found) - _find_inline_payloads(named):
        del definitions[key]
    return named, path


def _read_tag(node: Node) -> OperationTag:
    description = get_text(node, "description")
    return OperationTag(
        name=node.get_string("name"),
        about=NodeMetadata(origin=node.origin, description=description),
    )


def _note_unknown_dialect(root: Node, sink: DiagnosticSink) -> None:
    """Add a note for a dialect of JSON Schema that is read as 2020-12."""
    dialect = root.get_string("jsonSchemaDialect")
    if dialect and not dialect.startswith(_DIALECTS):
        sink.add_note(
            "schema-dialect",
            f"schema dialect {dialect!r:.100} is read as JSON Schema 2020-12",
            at=root.origin.get_child("jsonSchemaDialect"),
            hint="check how the dialect differs from JSON Schema 2020-12",
        )


def _remove_orphans(
    definitions: Mapping[str, NamedSchema], found: _FoundItems
) -> dict[str, NamedSchema]:
    """Return the definitions, sorted, without those hoisted for skipped operations."""
    owners = {*definitions, *found.operations, *(f"event {n}" for n in found.events)}

    def is_wanted(key: str) -> bool:
        owner = key.partition(SEPARATOR)[0]
        # The key of an operation or event has a space (`GET /x`); that of a component
        # may have one too, and is among the owners.
        return owner in owners or " " not in owner

    kept: dict[str, NamedSchema] = {}
    for key, each in sorted(definitions.items()):
        if isinstance(each, EnumSchema) and each.sites:
            sites = tuple(site for site in each.sites if is_wanted(site))
            if sites:
                kept[key] = replace(each, sites=sites)
        elif is_wanted(key):
            kept[key] = each
    return kept


def _find_inline_payloads(of: Iterable[WebhookEvent]) -> set[str]:
    """Return the keys of the payloads that are inline schemas of their events."""
    payloads = (each.payload for each in of if isinstance(each.payload, Reference))
    return {each.key for each in payloads if SEPARATOR in each.key}


def _read_path(
    schemas: SchemaBuilder,
    path: str,
    item: Node,
    defaults: OperationDefaults,
    found: _FoundItems,
) -> None:
    try:
        methods = list(iter_operations(item, schemas.resolve_target, schemas.sink))
    except DiagnosticError as error:
        schemas.sink.add_skipped(error, f"path {path!r}")
        return

    if not path.startswith("/"):
        schemas.sink.add_note(
            "path-without-slash",
            f"path {path!r} does not start with a slash; read as '/{path}'",
            at=item.origin,
            hint=f"use '/{path}'",
        )
        path = f"/{path}"

    for method, declared, owner in methods:
        key = f"{method.upper()} {path}"
        try:
            node = follow_operation(declared, schemas.resolve_target, schemas.sink)
            if not _read_documented_event(schemas, path, method, node, found):
                found.operations[key] = read_operation(
                    schemas, path, method, item=owner, node=node, defaults=defaults
                )
        except DiagnosticError as error:
            schemas.sink.add_skipped(error, key)


def _read_documented_event(
    schemas: SchemaBuilder, path: str, method: str, node: Node, found: _FoundItems
) -> bool:
    """Read an operation that only documents an event; return whether it is one.

    Raises:
        DiagnosticError: The event is invalid, or the operation is a duplicate.
    """
    node.read_mapping()

    name = events.get_documented_event(path, method, node)
    if name:
        found.events[name] = events.read_event(schemas, name, node, found.events)
    elif f"{method.upper()} {path}" in found.operations:
        raise build_error(
            "operation-twice",
            "the operation is declared twice",
            at=node.origin,
            hint="remove one of the declarations",
        )
    return bool(name)


def _read_webhook(
    schemas: SchemaBuilder, name: str, item: Node, found: _FoundItems
) -> None:
    try:
        deliveries = events.read_webhook_entries(schemas, name, item)
    except DiagnosticError as error:
        schemas.sink.add_skipped(error, f"webhook {name!r}")
        return
    for event, node in deliveries:
        try:
            found.events[event] = events.read_event(schemas, event, node, found.events)
        except DiagnosticError as error:
            schemas.sink.add_skipped(error, f"webhook {event!r}")
