"""Answers that come bit by bit: which they are, and what each bit holds.

In: the successes of an operation. Out: how its answer is cut up, and the type of a
piece: the data of a server-sent event, or one of several JSON values.

Source: HTML §9.2 (server-sent events); OpenAPI 3.2.0 §4.14 (`itemSchema`); the habit of
older documents to write the schema of a piece, or of a list of them, under `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.api.model import Content, ObjectSchema
from flexprice_codegen.api.types import AnyValue, Array, String, Type
from flexprice_codegen.surface.field_paths import NamedSchemas, resolve_aliases
from flexprice_codegen.surface.media import get_media_kind
from flexprice_codegen.surface.model import StreamKind

_EVENT = frozenset({"data", "event", "id", "retry", "comment"})


def get_stream_kind(contents: Iterable[Content | None]) -> StreamKind:
    """Tell how the answers of an operation are cut up; all must be of one kind."""
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
    """Give what a piece may be; a text, or any JSON, where the document does not say."""
    declared = content.items or _get_element_type(content.type, definitions)
    if declared is None:
        return (String() if kind == "events" else AnyValue(),)
    if kind == "values":
        return (declared,)
    return tuple(_iter_data_types(declared, definitions)) or (declared,)


def _get_element_type(type_: Type | None, definitions: NamedSchemas) -> Type | None:
    """Look into a list: a stream has no brackets."""
    found = () if type_ is None else tuple(resolve_aliases(definitions, type_))
    if len(found) == 1 and isinstance(found[0], Array):
        return found[0].item
    return type_


def _iter_data_types(declared: Type, definitions: NamedSchemas) -> Iterator[Type]:
    """Give the types of `data`, where the schema describes whole events."""
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
        found.append((data.content if isinstance(data, String) else None) or data)
    yield from found
