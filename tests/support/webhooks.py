"""Documents with webhooks, for what is read of events."""

from __future__ import annotations

from typing import Any

from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink
from support.documents import content, document, read_api, record


def read_webhooks(sink: DiagnosticSink, **webhooks: dict[str, Any]) -> Api:
    """Read a document with webhooks; `hints` of a schema go to its operation."""
    items = {}
    for name, schema in webhooks.items():
        hints = schema.pop("hints", {})
        items[name] = {
            "post": {"x-codegen": hints, "requestBody": {"content": content(schema)}}
        }
    names = {"type": "string", "enum": ["born", "died"]}
    schemas = {"Names": names, "Cat": record(), "Dog": record()}
    return read_api(document(schemas=schemas, webhooks=items), sink)


def constant(value: str) -> dict[str, str]:
    """Make the schema of a constant."""
    return {"type": "string", "const": value}
