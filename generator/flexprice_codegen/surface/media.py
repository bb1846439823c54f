"""Media types: the one that a client uses, and the Python value for it.

In: the contents of a request or response body. Out: the chosen content, and its kind.

Source: RFC 6838 (structured suffixes), OpenAPI 3.0.3 §4.7.14.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import Api, Content
from flexprice_codegen.api.reachability import find_reachable_keys
from flexprice_codegen.api.types import Bytes, String

MediaKind: TypeAlias = Literal[
    "json", "events", "values", "form", "multipart", "text", "binary", "any"
]

# From structured to unstructured. A request body is sent whole, so streams are last.
_BODY_ORDER: tuple[MediaKind, ...] = (
    "json", "multipart", "form", "binary", "text", "values", "any", "events"
)  # fmt: skip
# From structured to unstructured; a stream is parsed, so it comes before raw bytes.
_ANSWER_ORDER: tuple[MediaKind, ...] = (
    "json", "events", "values", "any", "text", "binary", "form", "multipart"
)  # fmt: skip
# Structured types that people read as text; the client does not parse them.
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
"""Subtypes for a sequence of JSON values (RFC 7464; jsonlines.org)."""


@lru_cache(maxsize=1_000)
def get_media_kind(media: str) -> MediaKind:
    """Return how a media type is parsed and encoded."""
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


def find_file_keys(api: Api) -> frozenset[str]:
    """Return the keys of the schemas that a multipart body can carry files in."""
    bodies = (each.body for each in api.operations if each.body is not None)
    types = (
        content.type
        for body in bodies
        for content in body.contents
        if content.type is not None and get_media_kind(content.media) == "multipart"
    )
    return find_reachable_keys(types, api.schemas)


def choose_content(contents: Sequence[Content], *, answer: bool) -> Content | None:
    """Return the content that the client uses: JSON if there is any.

    Args:
        contents: The contents of a request or response body.
        answer: Whether they belong to a response.

    Returns:
        The first content in the order of preference; None if there is none.
        `application/json` comes before other JSON types.
    """
    order = _ANSWER_ORDER if answer else _BODY_ORDER
    return min(
        contents,
        key=lambda each: (
            order.index(get_media_kind(each.media)),
            each.media != "application/json",
        ),
        default=None,
    )


def choose_stream_content(contents: Sequence[Content]) -> Content | None:
    """Return the content of a response that is a stream; None if there is none."""
    streams = [
        each for each in contents if get_media_kind(each.media) in ("events", "values")
    ]
    return choose_content(streams, answer=True)


def get_content_kind(content: Content) -> MediaKind:
    """Return how a content is parsed; for `*/*`, its schema decides."""
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
