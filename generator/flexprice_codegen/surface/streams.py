"""Streamed responses: their kind, and the type of each chunk.

In: the success responses of an operation. Out: the kind of its stream, and the type of
a chunk: the data of a server-sent event, or one of several JSON values.

Source: HTML §9.2 (server-sent events); OpenAPI 3.2.0 §4.14 (`itemSchema`). Older
documents put the schema of a chunk, or of a list of chunks, under `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.api.model import Content, ObjectSchema
from flexprice_codegen.api.types import AnyValue, Array, String, Type
from flexprice_codegen.surface.field_paths import NamedSchemas, resolve_aliases
from flexprice_codegen.surface.media import get_media_kind
from flexprice_codegen.surface.model import StreamKind

# The fields of an event in a stream (HTML §9.2.6); a comment has an empty field name.
_EVENT = frozenset({"data", "event", "id", "retry", "comment"})


def get_stream_kind(contents: Iterable[Content | None]) -> StreamKind:
    """Return the kind of the stream, if all success responses have the same one."""
    kinds = {get_media_kind(each.media) for each in contents if each is not None}
    match sorted(kinds):
        case ["events"]:
            return "events"
        case ["values"]:
            return "values"
        case _:
            return ""


def get_chunk_types(
    content: Content, kind: StreamKind, definitions: NamedSchemas
) -> tuple[Type, ...]:
    """Return the types of a chunk.

    Args:
        content: The content of the response.
        kind: The kind of its stream.
        definitions: The schemas, by key.

    Returns:
        The types. Without a schema, a string for an event, and any value for JSON.
    """
    declared = content.items or _get_element_type(content.type, definitions)
    if declared is None:
        return (String() if kind == "events" else AnyValue(),)
    if kind == "values":
        return (declared,)
    return tuple(_iter_data_types(declared, definitions)) or (declared,)


def _get_element_type(type_: Type | None, definitions: NamedSchemas) -> Type | None:
    """Return the element type of a list, or the type itself."""
    found = () if type_ is None else tuple(resolve_aliases(definitions, type_))
    if len(found) == 1 and isinstance(found[0], Array):
        return found[0].item
    return type_


def _iter_data_types(declared: Type, definitions: NamedSchemas) -> Iterator[Type]:
    """Yield the types of `data`, if the schema describes entire events."""
    found: list[Type] = []
    for each in resolve_aliases(definitions, declared):
        members = (
            {one.wire: one.type for one in each.properties}
            if isinstance(each, ObjectSchema)
            else {}
        )
        if "data" not in members or members.keys() - _EVENT:
            return

        data = members["data"]
        # `contentSchema` describes JSON in a string (JSON Schema 2020-12 §8.5).
        found.append((data.content if isinstance(data, String) else None) or data)
    yield from found
