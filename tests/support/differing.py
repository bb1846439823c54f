"""Two documents compared, as a test writes them down.

In: the texts of two documents. Out: `Changes`. Nothing is written to the disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from flexprice_codegen.api.build import build_api
from flexprice_codegen.config import FULL_SELECTION, Selection
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.pipeline.diff import (
    DiffRequest,
    add_version_advice,
    compute_changes,
)
from flexprice_codegen.report import changes_json
from flexprice_codegen.runtime.shapes import Value
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.previous_names import PreviousNames

TODAY = date(2026, 1, 1)
Document = str | dict[str, Value]


def compared(
    old: Document,
    new: Document,
    *,
    names: tuple[AssignedName, ...] | None = None,
    selection: Selection = FULL_SELECTION,
) -> Changes:
    """Compare two documents."""
    comparison = DiffRequest(
        old=(_source("old", old),),
        new=(_source("new", new),),
        previous=None if names is None else PreviousNames(names),
        selection=selection,
        today=TODAY,
    )
    return add_version_advice(compute_changes(comparison))


def names_of(document: Document) -> tuple[AssignedName, ...]:
    """Give the names that a lock remembers of the client of a document."""
    sink = DiagnosticSink()
    loaded = load_document([_source("old", document)], sink=sink)
    return build_surface(build_api(loaded, sink), PreviousNames(), sink).names


def _source(name: str, document: Document) -> Source:
    if isinstance(document, str):
        return Source(f"{name}.yaml", document.encode())
    return Source(f"{name}.json", json.dumps(document, indent=1).encode())


def in_python(found: Changes) -> list[tuple[str, str, str]]:
    """Give rule, place and level of what is felt in Python, in order of the places."""
    parts = [
        part for each in found.findings for part in get_parts_on_side(each, Side.SOURCE)
    ]
    return sorted((each.python, each.rule, each.level.value) for each in parts)


KEYS = {id_: key for key, id_ in RULE_IDS.items()}


def a_finding(
    number: int = 0, *, rule: str = "request-property-removed", **fields: Value
) -> Finding:
    """Make a finding by hand."""
    made = Finding(
        key=KEYS[rule],
        level=Severity.ERROR,
        sides=frozenset({Side.WIRE}),
        path=f"components/schemas/Customer/properties/field{number}",
        message=f"The property field{number} was removed",
        why="Servers may refuse it.",
        fix="Do not send it.",
        before="string",
        affected=AffectedParts(
            operations=("POST /customers",), events=("customer.created",)
        ),
    )
    return replace(made, **fields)


def with_findings(found: Iterable[Finding]) -> Changes:
    """Make a comparison whose findings are these."""
    empty = compared(api(), api())
    return add_version_advice(replace(empty, findings=tuple(found)))


def api(
    schemas: dict[str, Value] | None = None,
    paths: dict[str, Value] | None = None,
    **more: Value,
) -> dict[str, Value]:
    """Write a small document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Billing API", "version": "1.4.0"},
        "servers": [{"url": "https://api.example.com", "description": "Main"}],
        "paths": {} if paths is None else paths,
        "components": {"schemas": {} if schemas is None else schemas},
        **more,
    }


def operation(
    name: str = "createCustomer",
    *,
    body: str = "",
    answer: str = "",
    parameters: Iterable[dict[str, Value]] = (),
    tag: str = "Customers",
) -> dict[str, Value]:
    """Write an operation that takes and brings schemas of the components."""
    made: dict[str, Value] = {
        "operationId": name,
        "tags": [tag],
        "parameters": list(parameters),
        "responses": {"200": {"description": "", **_content(answer)}},
    }
    if body:
        made["requestBody"] = {"required": True, **_content(body)}
    return made


def _content(name: str) -> dict[str, Value]:
    if not name:
        return {}
    reference = {"$ref": f"#/components/schemas/{name}"}
    return {"content": {"application/json": {"schema": reference}}}


def record(required: Iterable[str] = (), **properties: Value) -> dict[str, Value]:
    """Write an object schema; a property that is a word has this type."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {
            name: {"type": each} if isinstance(each, str) else each
            for name, each in properties.items()
        },
    }


def json_schema() -> Value:
    """Read the schema of the JSON report, which ships with the generator."""
    path = Path(changes_json.__file__).with_name("changes.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))
