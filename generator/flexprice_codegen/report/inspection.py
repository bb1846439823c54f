"""The content of a document and the Python names for it.

In: an API and its surface. Out: rows of tables, or one JSON value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from flexprice_codegen.api.model import AliasSchema, Api, EnumSchema, ObjectSchema
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import EnumClass, Method, ModelClass, Surface
from flexprice_codegen.surface.python_types import format_type
from flexprice_codegen.surface.renamed_keys import CLASS_KINDS, SENT_SUFFIX

TableRow: TypeAlias = tuple[str, ...]


@frozen_value
class InspectionTable:
    """A table: title, column headers, rows."""

    title: str
    headers: TableRow
    rows: tuple[TableRow, ...]


def build_tables(api: Api, surface: Surface) -> tuple[InspectionTable, ...]:
    """Return the tables of operations, events and schemas."""
    return (
        InspectionTable(
            _format_count(len(api.operations), "operation"),
            ("operation", "method", "returns"),
            tuple(_iter_operation_rows(surface)),
        ),
        InspectionTable(
            _format_count(len(surface.events.rows), "event"),
            ("event", "constant", "payload"),
            tuple(
                (each.name, each.constant, format_type(each.payload))
                for each in surface.events.rows
            ),
        ),
        InspectionTable(
            _format_count(len(api.schemas), "schema"),
            ("schema", "kind", "class"),
            tuple(_iter_schema_rows(api, surface)),
        ),
    )


def _iter_operation_rows(surface: Surface) -> Iterator[TableRow]:
    for resource in surface.resources:
        for method in resource.methods:
            key = method.key
            if not key.endswith(f" {method.route}"):
                key = f"{key} → {method.route}"
            yield key, f"{resource.name}.{method.name}", _format_return_type(method)
            if method.streaming is not None:
                form = method.streaming
                called = f"{form.method.name}({form.switch}=True)".removesuffix(
                    "(=True)"
                )
                returned = _format_return_type(form.method)
                yield key, f"{resource.name}.{called}", returned


def _format_return_type(method: Method) -> str:
    """Return the type of a method's result, with the class of its stream."""
    plain = format_type(method.returns)
    match method.stream:
        case "events":
            return f"Streamed[ServerSentEvent[{plain}]]"
        case "values":
            return f"Streamed[{plain}]"
        case _:
            return plain


def _iter_schema_rows(api: Api, surface: Surface) -> Iterator[TableRow]:
    names: dict[str, list[str]] = {}
    for each in surface.names:
        if each.kind in CLASS_KINDS:
            key = each.key.removesuffix(SENT_SUFFIX)
            names.setdefault(key, []).append(each.name)

    for key, definition in api.schemas.items():
        match definition:
            case ObjectSchema():
                kind = f"{len(definition.properties)} properties"
            case EnumSchema():
                kind = f"{len(definition.values)} values"
            case AliasSchema():
                kind = "choice" if key in names else "alias"
        yield key, kind, ", ".join(names.get(key, ["-"]))


def build_inspection(api: Api, surface: Surface) -> dict[str, object]:
    """Return the content of all tables, and the credentials, as one JSON value."""
    return {
        "title": api.title,
        "version": api.version,
        "client": surface.client,
        "credentials": [
            {
                "keyword": each.keyword,
                "environment": each.variable,
                "scheme": each.scheme,
            }
            for each in surface.credentials
        ],
        "servers": [{"name": each.name, "url": each.url} for each in surface.servers],
        "operations": [
            {"operation": key, "method": method, "returns": returns}
            for key, method, returns in _iter_operation_rows(surface)
        ],
        "events": [
            {
                "event": each.name,
                "constant": each.constant,
                "payload": format_type(each.payload),
            }
            for each in surface.events.rows
        ],
        "undocumented_events": list(surface.events.undocumented),
        "schemas": [
            {"schema": key, "kind": kind, "class": name}
            for key, kind, name in _iter_schema_rows(api, surface)
        ],
    }


def summarize_surface(surface: Surface) -> str:
    """Return the numbers of operations, events and classes of a client, on one line."""
    classes = sum(isinstance(each, ModelClass) for each in surface.models)
    enums = sum(isinstance(each, EnumClass) for each in surface.models)
    methods = sum(len(each.methods) for each in surface.resources)
    parts = [
        _format_count(methods, "operation"),
        _format_count(len(surface.events.rows), "event"),
        _format_count(classes, "dataclass", "dataclasses"),
        _format_count(enums, "enum"),
    ]

    return ", ".join(parts)


def _format_count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
