"""Media types: which one a client uses, and what Python value stands for it.

In: the contents of a body or response. Out: the content that is taken, and its type.

Source: RFC 6838 (structured suffixes), OpenAPI 3.0.3 §4.7.14.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import Content
from flexprice_codegen.api.types import Bytes, String

MediaKind: TypeAlias = Literal[
    "json", "events", "values", "form", "multipart", "text", "binary", "any"
]

_BODY_ORDER: tuple[MediaKind, ...] = (
    "json", "multipart", "form", "binary", "text", "values", "any", "events"
)  # fmt: skip
_ANSWER_ORDER: tuple[MediaKind, ...] = (
    "json", "events", "values", "any", "text", "binary", "form", "multipart"
)  # fmt: skip
_TEXTUAL = ("xml", "yaml", "csv", "javascript", "html")
_VALUES = frozenset(
    {
        "jsonl",
        "jsonlines",
        "json-lines",
        "json-seq",
        "ndjson",
        "stream+json",
        "x-json-stream",
        "x-jsonl",
        "x-jsonlines",
        "x-ndjson",
    }
)
"""Subtypes that are JSON values one after another (RFC 7464; jsonlines.org)."""


def get_media_kind(media: str) -> MediaKind:
    """Tell how a media type is read and written."""
    main, _, sub = media.partition("/")
    if media == "*/*":
        return "any"
    if media == "text/event-stream":
        return "events"
    if sub in _VALUES or sub.endswith(("+json-seq", "+jsonl", "+ndjson")):
        return "values"
    if (sub in {"json", "*"} and main == "application") or sub.endswith("+json"):
        return "json"
    if media == "application/x-www-form-urlencoded":
        return "form"
    if main == "multipart":
        return "multipart"
    if main == "text" or any(
        sub == each or sub.endswith(f"+{each}") for each in _TEXTUAL
    ):
        return "json" if sub == "json" else "text"
    return "binary"


def choose_content(contents: Sequence[Content], *, answer: bool) -> Content | None:
    """Give the content that the client uses: JSON if there is any, plain if it can be."""
    order = _ANSWER_ORDER if answer else _BODY_ORDER
    return min(
        contents,
        key=lambda each: (
            order.index(get_media_kind(each.media)),
            each.media != "application/json",
        ),
        default=None,
    )


def get_content_kind(content: Content) -> MediaKind:
    """Tell how a content is read, where `*/*` leaves it to the schema."""
    kind = get_media_kind(content.media)
    if kind != "any":
        return kind
    match content.type:
        case Bytes():
            return "binary"
        case String():
            return "text"
        case _:
            return "json"
