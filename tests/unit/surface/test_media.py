"""Media types: the one that a client uses, and how it is read."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import Content
from flexprice_codegen.api.types import AnyValue, Bytes, String, Type
from flexprice_codegen.surface.media import (
    MediaKind,
    choose_content,
    get_content_kind,
    get_media_kind,
)


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        ("application/json", "json"),
        ("application/vnd.x+json", "json"),
        ("text/json", "json"),
        ("application/x-ndjson", "values"),
        ("application/vnd.x+json-seq", "values"),
        ("text/event-stream", "events"),
        ("application/x-www-form-urlencoded", "form"),
        ("multipart/mixed", "multipart"),
        ("application/atom+xml", "text"),
        ("text/csv", "text"),
        ("image/png", "binary"),
        ("*/*", "any"),
    ],
)
def test_a_media_type_has_a_kind(media: str, kind: str) -> None:
    assert get_media_kind(media) == kind


def contents(*media: str) -> list[Content]:
    return [Content(media=each, type=None) for each in media]


def test_json_is_preferred_and_plain_json_before_any_other() -> None:
    listed = contents("text/csv", "application/a+json", "application/json")
    for answer in (True, False):
        found = choose_content(listed, answer=answer)
        assert found is not None
        assert found.media == "application/json"
    assert choose_content([], answer=True) is None


def test_a_stream_is_read_rather_than_raw_bytes_but_not_sent() -> None:
    listed = contents("application/pdf", "text/event-stream")
    received, sent = (choose_content(listed, answer=each) for each in (True, False))
    assert received is not None
    assert sent is not None
    assert (received.media, sent.media) == ("text/event-stream", "application/pdf")


@pytest.mark.parametrize(
    ("type_", "kind"), [(Bytes(), "binary"), (String(), "text"), (AnyValue(), "json")]
)
def test_of_any_medium_the_schema_decides(type_: Type, kind: str) -> None:
    assert get_content_kind(Content(media="*/*", type=type_)) == kind


MEDIA: dict[MediaKind, list[str]] = {
    "json": [
        *("application/json", "text/json", "application/*", "application/hal+json"),
        *("image/x+json", "application/problem+json"),
    ],
    "events": ["text/event-stream"],
    "values": [
        *("application/jsonl", "application/jsonlines", "application/json-lines"),
        *("application/json-seq", "application/ndjson", "application/stream+json"),
        *("application/x-json-stream", "application/x-jsonl"),
        *("application/x-jsonlines", "application/x-ndjson", "text/jsonl"),
        *("application/a+json-seq", "application/a+jsonl", "application/a+ndjson"),
    ],
    "form": ["application/x-www-form-urlencoded"],
    "multipart": ["multipart/form-data", "multipart/mixed"],
    "text": [
        *("text/plain", "text/csv", "application/xml", "application/atom+xml"),
        *("application/yaml", "application/csv", "application/javascript"),
        *("application/html", "application/a+yaml", "text/*"),
    ],
    "binary": ["application/pdf", "image/*", "image/png", "application/xml2"],
    "any": ["*/*"],
}
BODIES = [
    *("application/json", "application/hal+json", "multipart/form-data"),
    *("application/x-www-form-urlencoded", "image/png", "text/plain"),
    *("application/jsonl", "*/*", "text/event-stream"),
]
ANSWERS = [
    *("application/json", "application/hal+json", "text/event-stream"),
    *("application/jsonl", "*/*", "text/plain", "image/png"),
    *("application/x-www-form-urlencoded", "multipart/form-data"),
]


@pytest.mark.parametrize(
    ("kind", "media"), [(kind, each) for kind, all_ in MEDIA.items() for each in all_]
)
def test_the_kind_of_a_media_type(kind: MediaKind, media: str) -> None:
    assert get_media_kind(media) == kind


@pytest.mark.parametrize(
    ("order", "answer"), [(BODIES, False), (ANSWERS, True)], ids=["body", "answer"]
)
def test_the_most_structured_content_is_used(order: list[str], *, answer: bool) -> None:
    contents = [Content(media=media, type=None) for media in order]
    while contents:
        assert choose_content(contents[::-1], answer=answer) == contents.pop(0)
    assert choose_content([], answer=answer) is None


@pytest.mark.parametrize(
    ("type_", "kind"),
    [(Bytes(), "binary"), (String(), "text"), (AnyValue(), "json"), (None, "json")],
)
def test_the_schema_says_what_any_media_type_is(
    type_: Type | None, kind: MediaKind
) -> None:
    assert get_content_kind(Content(media="*/*", type=type_)) == kind
    assert get_content_kind(Content(media="text/plain", type=type_)) == "text"
