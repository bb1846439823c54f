"""Answers that come bit by bit: which they are, and what each bit holds.

In: the successes of an operation. Out: how its answer is cut up, and the type of a
piece: the data of a server-sent event, or one of several JSON values.

Source: HTML §9.2 (server-sent events); OpenAPI 3.2.0 §4.14 (`itemSchema`); the habit of
older documents to write the schema of a piece, or of a list of them, under `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.api.model import Content, Record
from flexprice_codegen.api.types import Anything, ListOf, Text, Type
from flexprice_codegen.surface.media import kind_of
from flexprice_codegen.surface.model import Stream
from flexprice_codegen.surface.paths import Definitions, plain

_EVENT = frozenset({"data", "event", "id", "retry", "comment"})


def stream_of(contents: Iterable[Content | None]) -> Stream:
    """Tell how the answers of an operation are cut up; all must be of one kind."""
    kinds = {kind_of(each.media) for each in contents if each is not None}
    match sorted(kinds):
        case ["events"]:
            return "events"
        case ["values"]:
            return "values"
        case _:
            return ""


def piece_types(
    content: Content, kind: Stream, definitions: Definitions
) -> tuple[Type, ...]:
    """Give what a piece may be; a text, or any JSON, where the document does not say."""
    declared = content.items or _element(content.type, definitions)
    if declared is None:
        return (Text() if kind == "events" else Anything(),)
    if kind == "values":
        return (declared,)
    return tuple(_data(declared, definitions)) or (declared,)


def _element(type_: Type | None, definitions: Definitions) -> Type | None:
    """Look into a list: a stream has no brackets."""
    found = () if type_ is None else tuple(plain(definitions, type_))
    if len(found) == 1 and isinstance(found[0], ListOf):
        return found[0].item
    return type_


def _data(declared: Type, definitions: Definitions) -> Iterator[Type]:
    """Give the types of `data`, where the schema describes whole events."""
    found: list[Type] = []
    for each in plain(definitions, declared):
        members = (
            {one.wire: one.type for one in each.properties}
            if isinstance(each, Record)
            else {}
        )
        if "data" not in members or members.keys() - _EVENT:
            return
        data = members["data"]
        found.append((data.content if isinstance(data, Text) else None) or data)
    yield from found
