"""OpenAPI documents as tests write them: small, and whole.

In: the paths and schemas that a test is about. Out: the document as a value, and what
the generator reads from it. Nothing is written to the disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import AssignedName, Surface
from flexprice_codegen.surface.previous_names import PreviousNames

Json: TypeAlias = dict[str, Any]
"""An object of JSON: a document, or a part of one."""
AnyDocument: TypeAlias = "str | Mapping[str, Any] | Path"
"""A document as its text, as its value, or as the file that holds it."""

_STORED = Path(__file__).parent.parent / "behaviour" / "documents"
TEXT: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
DONE: Json = {"200": {"description": "ok"}}
"""The responses of an operation that answers with nothing."""


def document(
    paths: Mapping[str, Any] | None = None,
    schemas: Mapping[str, Any] | None = None,
    **members: Any,  # noqa: ANN401 - JSON
) -> Json:
    """Return a document with these paths and schemas; other members are as given."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": dict(paths or {}),
        "components": {"schemas": dict(schemas or {})},
        **members,
    }


def operation(
    name: str = "call",
    answer: str | Mapping[str, Any] | None = None,
    body: str | Mapping[str, Any] | None = None,
    *,
    tag: str = "things",
    hint: Mapping[str, Any] | None = None,
    **members: Any,  # noqa: ANN401 - JSON
) -> Json:
    """Return an operation that receives and sends JSON.

    Args:
        name: Its `operationId`.
        answer: The schema of its response, or the name of one among the components.
        body: The same of its request; without it, the operation has no request body.
        tag: Its tag.
        hint: Its `x-codegen`.
        members: Other members of the operation, also in place of those above.
    """
    made: Json = {
        "operationId": name,
        "tags": [tag],
        "responses": {"200": {"description": "Done.", **_content_of(answer)}},
    }
    if body is not None:
        made["requestBody"] = {"required": True, **_content_of(body)}
    if hint is not None:
        made["x-codegen"] = dict(hint)
    return {**made, **members}


def _content_of(schema: str | Mapping[str, Any] | None) -> Json:
    if schema is None:
        return {}
    return {"content": content(ref(schema) if isinstance(schema, str) else schema)}


def asking(schema: Mapping[str, Any]) -> Json:
    """Return an operation without a name that is sent a schema."""
    return {"requestBody": {"content": content(schema)}, "responses": DONE}


def answering(schema: Mapping[str, Any]) -> Json:
    """Return an operation without a name that answers with a schema."""
    return {"responses": {"200": {"description": "", "content": content(schema)}}}


def content(schema: Mapping[str, Any], media_type: str = "application/json") -> Json:
    """Return the content of a message."""
    return {media_type: {"schema": schema}}


def parameter(
    name: str,
    where: str = "query",
    schema: Mapping[str, Any] = TEXT,
    **members: Any,  # noqa: ANN401 - JSON
) -> Json:
    """Return a parameter, which is a string unless a schema is given."""
    required = {"required": True} if where == "path" else {}
    return {"name": name, "in": where, "schema": schema, **required, **members}


def ref(name: str) -> Json:
    """Return a reference to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(
    required: Iterable[str] = (),
    **properties: Any,  # noqa: ANN401 - JSON
) -> Json:
    """Return the schema of an object; a property that is a word has this type."""
    made: Json = {
        "type": "object",
        "properties": {
            name: {"type": schema} if isinstance(schema, str) else schema
            for name, schema in properties.items()
        },
    }
    names = list(required)
    return {**made, "required": names} if names else made


def read_stored(name: str) -> str:
    """Return the text of one of the larger documents, which several tests share."""
    return (_STORED / f"{name}.yaml").read_text(encoding="utf-8")


def load(given: AnyDocument, sink: DiagnosticSink | None = None) -> Document:
    """Return a document as the generator loads it."""
    where = str(given) if isinstance(given, Path) else source_of(given)
    return load_document([where], sink=sink or DiagnosticSink())


def read_api(given: AnyDocument, sink: DiagnosticSink | None = None) -> Api:
    """Return what a document says of the wire."""
    sink = sink or DiagnosticSink()
    return build_api(load(given, sink), sink)


def read_surface(
    given: AnyDocument,
    names: tuple[AssignedName, ...] = (),
    sink: DiagnosticSink | None = None,
) -> Surface:
    """Return what Python sees of a document; `names` are those of an earlier run."""
    sink = sink or DiagnosticSink()
    return build_surface(read_api(given, sink), PreviousNames(names), sink)


def source_of(given: str | Mapping[str, Any], stem: str = "openapi") -> Source:
    """Return a document as a source that is named as a file."""
    if isinstance(given, str):
        return Source(f"{stem}.yaml", given.encode())
    return Source(f"{stem}.json", json.dumps(given, indent=1).encode())
