"""Small documents for the tests of the difference: one schema at one place.

In: schemas by name, and a place. Out: the `Api` of a document that has one operation per
schema, with the schema at that place; its path is the name.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.message_parts import MessageDirection
from flexprice_codegen.diff.rules.rule_key import Location
from flexprice_codegen.diff.wire.compare_apis import compare_apis
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.spec.document import load_document

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[MessageDirection, Location]
TODAY = dt.date(2026, 8, 8)
COMPONENTS = {
    name: {"type": "object", "properties": {"kind": {"type": "string"}}}
    for name in ("Cat", "Dog")
}
_OK: Json = {"200": {"description": "ok"}}


def operation(place: Place, schema: object, media: str = "application/json") -> Json:
    """Return an operation with a schema at a place of one of its messages."""
    content = {media: {"schema": schema}}
    inside = {media: {"schema": {"type": "object", "properties": {"x": schema}}}}
    match place:
        case ("request", "body"):
            return {"requestBody": {"content": content}, "responses": _OK}
        case ("request", "property"):
            return {"requestBody": {"content": inside}, "responses": _OK}
        case ("request", "parameter"):
            return _with_parameter("query", schema)
        case ("request", "parameter-property"):
            return _with_parameter("query", _around(schema))
        case ("request", "header-property"):
            return _with_parameter("header", _around(schema))
        case ("response", "body"):
            return {"responses": {"200": {"description": "", "content": content}}}
        case ("response", "property"):
            return {"responses": {"200": {"description": "", "content": inside}}}
        case _:
            headers = {"X-A": {"schema": schema}}
            return {"responses": {"200": {"description": "", "headers": headers}}}


def _around(schema: object) -> object:
    return {"type": "object", "properties": {"x": schema}}


def _with_parameter(location: str, schema: object) -> Json:
    parameter = {"name": "p", "in": location, "schema": schema, "explode": False}
    return {"parameters": [parameter], "responses": _OK}


def api(document: Mapping[str, object], tmp_path: Path) -> Api:
    """Build a document that is given as a value."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    sink = DiagnosticSink()
    return build_api(load_document([str(path)], sink=sink), sink)


def document(paths: Mapping[str, object], **more: object) -> Json:
    """Give a document with these paths."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1"},
        "paths": paths,
        "components": {"schemas": COMPONENTS},
        **more,
    }


def with_schemas(
    place: Place, schemas: Mapping[str, object], media: str = "application/json"
) -> Json:
    """Return a document with one operation per schema, which stands at one place."""
    return document(
        {
            f"/{name}": {"post": operation(place, s, media)}
            for name, s in schemas.items()
        }
    )


def findings(
    old: Mapping[str, object],
    new: Mapping[str, object],
    tmp_path: Path,
    policy: DeprecationPolicy | None = None,
) -> tuple[Finding, ...]:
    """Compare two documents that are given as values."""
    return compare_apis(
        api(old, tmp_path), api(new, tmp_path), today=TODAY, policy=policy
    )
