"""Names of types that are not in JSON Schema, but in documents.

In: a schema node. Out: the schema as it is meant: `type: file` is a string of bytes,
`type: Integer` an integer. Any other name is read as any value.

Source: JSON Schema 2020-12 validation §6.1.1; OpenAPI 2.0 (`type: file`).
"""

from __future__ import annotations

import difflib

from flexprice_codegen.api.keywords import JSON_TYPES
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.nodes import Json, Node

# Types of Swagger 2.0, formats and types of programming languages, each as a type and a
# format.
_MEANT: dict[str, tuple[str, str]] = {
    "file": ("string", "binary"),
    "binary": ("string", "binary"),
    "byte": ("string", "byte"),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"),
    "timestamp": ("string", "date-time"),
    "time": ("string", "time"),
    "uuid": ("string", "uuid"),
    "uri": ("string", "uri"),
    "url": ("string", "uri"),
    "email": ("string", "email"),
    "str": ("string", ""),
    "text": ("string", ""),
    "char": ("string", ""),
    "enum": ("string", ""),
    "decimal": ("number", "decimal"),
    "double": ("number", "double"),
    "float": ("number", "float"),
    "numeric": ("number", ""),
    "int": ("integer", ""),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "long": ("integer", "int64"),
    "short": ("integer", ""),
    "bool": ("boolean", ""),
    "list": ("array", ""),
    "set": ("array", ""),
    "map": ("object", ""),
    "dict": ("object", ""),
    "hash": ("object", ""),
}
# Words of other languages that accept every value.
_ANY = frozenset({"any", "mixed", ""})


def normalize_types(node: Node, sink: DiagnosticSink) -> Node:
    """Return a schema with types of JSON Schema; add a note for each change.

    Args:
        node: The schema; it is not changed.
        sink: Receives the diagnostics.

    Raises:
        DiagnosticError: `type` is neither a string nor a list of strings.
    """
    # Nearly all schemas name one type of JSON Schema, or none.
    name = node.read_mapping().get("type")
    if name is None or (name.__class__ is str and name in JSON_TYPES):
        return node

    declared = node.get_required("type")
    if isinstance(declared.value, str):
        listed = [declared]
    else:
        listed = list(declared.iter_elements())

    if all(isinstance(e.value, str) and e.value in JSON_TYPES for e in listed):
        return node

    schema = dict(node.read_mapping())
    names: list[Json] = []

    for each in listed:
        name, format_ = _normalize_type(
            "null" if each.value is None else each.read_string(), each, sink
        )
        names += [name] if name else []
        if format_:
            schema.setdefault("format", format_)

    del schema["type"]
    # One unknown name makes it any value, so a type of the others would be too narrow.
    if len(names) == len(listed):
        schema["type"] = names if len(names) > 1 else names[0]
    return node.derive(schema)


def _normalize_type(name: str, at: Node, sink: DiagnosticSink) -> tuple[str, str]:
    lowered = name.strip().lower()
    hint = f"use one of {', '.join(sorted(JSON_TYPES))}"
    if lowered in JSON_TYPES or lowered in _MEANT:
        type_, format_ = _MEANT.get(lowered, (lowered, ""))
        if name != type_:
            read = f"{type_}, format {format_}" if format_ else type_
            sink.add_note(
                "schema-type",
                f"unknown type {name!r}; read as {read}",
                at=at.origin,
                hint=hint,
            )
        return type_, format_

    near = difflib.get_close_matches(lowered[:20], JSON_TYPES, 1)
    say = sink.add_note if lowered in _ANY else sink.add_warning

    say(
        "schema-type",
        f"unknown type {name!r:.80}; read as any value",
        at=at.origin,
        hint=f"did you mean {near[0]!r}?" if near else hint,
    )
    return "", ""
