"""What a document holds and what Python will call it.

In: a reading. Out: rows for tables, or one JSON value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from flexprice_codegen.api.model import Alias, Api, Enumeration, Record
from flexprice_codegen.surface.model import EnumClass, Method, ModelClass, Surface
from flexprice_codegen.surface.python import text

Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: title, column heads, rows."""

    title: str
    heads: Row
    rows: tuple[Row, ...]


def tables(api: Api, surface: Surface) -> tuple[Table, ...]:
    """Make the tables of operations, events and schemas."""
    return (
        Table(
            _counted(len(api.operations), "operation"),
            ("operation", "method", "returns"),
            tuple(_operations(surface)),
        ),
        Table(
            _counted(len(surface.events.rows), "event"),
            ("event", "constant", "payload"),
            tuple(
                (each.name, each.constant, text(each.payload))
                for each in surface.events.rows
            ),
        ),
        Table(
            _counted(len(api.definitions), "schema"),
            ("schema", "kind", "class"),
            tuple(_schemas(api, surface)),
        ),
    )


def _operations(surface: Surface) -> Iterator[Row]:
    for resource in surface.resources:
        for method in resource.methods:
            key = method.key
            if not key.endswith(f" {method.route}"):
                key = f"{key} → {method.route}"
            yield key, f"{resource.name}.{method.name}", _returns(method)


def _returns(method: Method) -> str:
    """Write what a method gives, and whether it comes bit by bit."""
    plain = text(method.returns)
    match method.stream:
        case "events":
            return f"Streamed[ServerSentEvent[{plain}]]"
        case "values":
            return f"Streamed[{plain}]"
        case _:
            return plain


def _schemas(api: Api, surface: Surface) -> Iterator[Row]:
    names: dict[str, list[str]] = {}
    for each in surface.models:
        names.setdefault(each.key, []).append(each.name)
    for key, definition in api.definitions.items():
        match definition:
            case Record():
                kind = f"{len(definition.properties)} properties"
            case Enumeration():
                kind = f"{len(definition.members)} values"
            case Alias():
                kind = "choice" if key in names else "alias"
        yield key, kind, ", ".join(names.get(key, ["-"]))


def as_json(api: Api, surface: Surface) -> dict[str, object]:
    """Give all of it as one JSON value."""
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
            for key, method, returns in _operations(surface)
        ],
        "events": [
            {
                "event": each.name,
                "constant": each.constant,
                "payload": text(each.payload),
            }
            for each in surface.events.rows
        ],
        "undocumented_events": list(surface.events.undocumented),
        "schemas": [
            {"schema": key, "kind": kind, "class": name}
            for key, kind, name in _schemas(api, surface)
        ],
    }


def summary(surface: Surface) -> str:
    """Say in one line what a client holds."""
    classes = sum(isinstance(each, ModelClass) for each in surface.models)
    enums = sum(isinstance(each, EnumClass) for each in surface.models)
    methods = sum(len(each.methods) for each in surface.resources)
    parts = [
        _counted(methods, "operation"),
        _counted(len(surface.events.rows), "event"),
        _counted(classes, "dataclass", "dataclasses"),
        _counted(enums, "enum"),
    ]
    return ", ".join(parts)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
