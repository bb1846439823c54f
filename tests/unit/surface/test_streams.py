"""Streamed answers: their kind, and the type of each chunk."""

from __future__ import annotations

import pytest
from support.documents import document, read_api, record, ref

from flexprice_codegen.api.model import Content
from flexprice_codegen.api.types import AnyValue, Array, Reference, String, Type
from flexprice_codegen.surface.model import StreamKind
from flexprice_codegen.surface.streams import get_chunk_types, get_stream_kind

INSIDE = {
    "type": "string",
    "contentMediaType": "application/json",
    "contentSchema": ref("Tick"),
}
SCHEMAS = {
    "Tick": record(n="integer"),
    "Event": record(event="string", data=ref("Tick")),
    "Written": record(data=INSIDE),
    "Other": record(data=ref("Tick"), more="string"),
}


def chunk(
    type_: Type | None, kind: StreamKind, items: Type | None = None
) -> tuple[Type, ...]:
    schemas = read_api(document(schemas=SCHEMAS)).schemas
    return get_chunk_types(Content(media="a/b", type=type_, items=items), kind, schemas)


def test_all_answers_must_be_of_one_kind() -> None:
    events, values = (
        Content(media=each, type=None)
        for each in ("text/event-stream", "application/jsonl")
    )
    assert get_stream_kind([events, None]) == "events"
    assert get_stream_kind([values]) == "values"
    assert get_stream_kind([events, values]) == ""
    assert get_stream_kind([]) == ""


TICK = Reference(key="Tick")


@pytest.mark.parametrize("key", ["Event", "Written"])
def test_a_schema_of_whole_events_says_what_their_data_is(key: str) -> None:
    assert chunk(Reference(key=key), "events") == (TICK,)


def test_a_schema_with_other_properties_is_the_data_itself() -> None:
    assert chunk(Reference(key="Other"), "events") == (Reference(key="Other"),)


def test_an_older_document_gives_a_list_of_chunks() -> None:
    assert chunk(Array(item=TICK), "values") == (TICK,)
    assert chunk(TICK, "values") == (TICK,)
    assert chunk(Array(item=String()), "values", items=TICK) == (TICK,)


def test_without_a_schema_an_event_is_text_and_json_any_value() -> None:
    assert chunk(None, "events") == (String(),)
    assert chunk(None, "values") == (AnyValue(),)
