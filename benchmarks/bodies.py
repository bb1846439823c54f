"""Bodies of responses, made from the description: the same every time.

In: a schema, how many elements lists hold, how deep it goes. Out: JSON. Every member
is there, except where an object would hold one of its own kind, or below the depth; a
sparse body lacks others, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeAlias

from benchmarks.row import ContenderError
from benchmarks.setting import OVERLAY, Setting
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.spec.document import load_document

Json: TypeAlias = Any
_OMITTED: Final = object()
_PREFIX: Final = "#/components/schemas/"
_TEXTS: Final = {
    "date-time": "2026-03-14T09:26:53.589793Z",
    "date": "2026-03-14",
    "decimal": "1249.95",
    "uri": "https://files.example/invoice.pdf",
}
_NAMED: Final = {
    "email": "billing@acme.example",
    "currency": "usd",
    "timezone": "Europe/Berlin",
    "description": "What was agreed for this customer, in one sentence.",
}
_PLAIN: Final = {"integer": 12, "number": 12.5, "boolean": True}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which body: a schema, elements of each list, levels of objects.

    A sparse one lacks every third of its plain members, as those of many servers do,
    which leave out what is empty.
    """

    schema: str
    elements: int
    depth: int
    is_sparse: bool = False


CUSTOMER = Wanted("CustomerResponse", 1, 2)
SUBSCRIPTION = Wanted("SubscriptionResponse", 1, 3)
INVOICE = Wanted("InvoiceResponse", 2, 3)
SPARSE_SUBSCRIPTION = Wanted("SubscriptionResponse", 1, 3, is_sparse=True)


def file(setting: Setting, wanted: Wanted) -> Path:
    """Write a body to a file of the run, once.

    Raises:
        ContenderError: the description is not at hand, cannot be read, or has no
            such schema.
    """
    kind = "sparse" if wanted.is_sparse else "full"
    path = setting.work / f"{wanted.schema}-{kind}.json"
    if not path.exists():
        schemas = _schemas(str(setting.full))
        if wanted.schema not in schemas:
            raise ContenderError(f"the description has no schema {wanted.schema}")
        path.write_bytes(body(schemas, wanted))
    return path


def body(schemas: Mapping[str, Json], wanted: Wanted) -> bytes:
    """Make a body from the schemas of a document."""
    made = _Maker(schemas, wanted.elements, count(1), wanted.is_sparse)
    value = made.value({"$ref": _PREFIX + wanted.schema}, "", (), wanted.depth)
    return json.dumps(value, separators=(",", ":")).encode()


def _schemas(document: str) -> Mapping[str, Json]:
    try:
        root: Json = load_document(
            [document], [str(OVERLAY)], sink=DiagnosticSink()
        ).root.value
    except DiagnosticError as error:
        raise ContenderError(str(error)) from error
    found: Mapping[str, Json] = root["components"]["schemas"]
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes values; `numbers` makes the identifiers differ."""

    schemas: Mapping[str, Json]
    elements: int
    numbers: count[int]
    is_sparse: bool

    def value(
        self, schema: Json, name: str, within: tuple[str, ...], depth: int
    ) -> Json:
        """Make a value that fits a schema; `within` are the objects around it."""
        if "$ref" in schema:
            key = schema["$ref"].removeprefix(_PREFIX)
            if key in within:
                return _OMITTED
            return self.value(self.schemas[key], name, (*within, key), depth)
        if "allOf" in schema:
            return self.value(_merged(schema), name, within, depth)
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                return self._object(schema, within, depth)
            case "array":
                parts = range(self.elements)
                made = [self.value(schema["items"], name, within, depth) for _ in parts]
                return _OMITTED if _OMITTED in made else made
            case "string":
                return self._text(schema, name)
            case kind:
                return _PLAIN.get(kind, {"source": "import", "attempt": 1})

    def _object(self, schema: Json, within: tuple[str, ...], depth: int) -> Json:
        if "properties" not in schema:
            rest = schema.get("additionalProperties")
            each = self.value(rest if isinstance(rest, dict) else {}, "", within, depth)
            return {"region": each, "segment": each} if each is not _OMITTED else {}
        if depth == 0:
            return _OMITTED
        members = {
            name: self.value(each, name, within, depth - 1)
            for name, each in schema["properties"].items()
        }
        found = {k: each for k, each in members.items() if each is not _OMITTED}
        if not self.is_sparse:
            return found

        return _leave_out_thirds(found, schema.get("required", []))

    def _text(self, schema: Json, name: str) -> str:
        if schema.get("format") in _TEXTS:
            return _TEXTS[schema["format"]]
        if name == "id" or name.endswith("_id"):
            kind = name.removesuffix("_id")[:4]
            return f"{kind}_01JPB8Q2V7XK{next(self.numbers):014d}"
        return _NAMED.get(name, f"{name.replace('_', ' ') or 'value'} {len(name)}")


def _leave_out_thirds(members: dict[str, Json], required: list[str]) -> dict[str, Json]:
    """Return members without every third of those that are plain and optional."""
    optional = [
        name
        for name, each in members.items()
        if name not in required and not isinstance(each, dict | list)
    ]
    gone = set(optional[::3])
    return {name: each for name, each in members.items() if name not in gone}


def _merged(schema: Json) -> Json:
    rest = {key: each for key, each in schema.items() if key != "allOf"}
    return {**rest, **(schema["allOf"][0] if len(schema["allOf"]) == 1 else {})}
