# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What an error's body says, in whichever shape it says it.

In: the bytes of an answer that is no success. Out: what stands in it.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Final

from msgspec import Struct

from .decoding import NotJSONError, decode
from .shapes import Value

_LONGEST: Final = 300
_PAGE: Final = 4000
_MESSAGES: Final = ("message", "detail", "error_description", "msg", "title", "reason")
_CODES: Final = ("code", "error_code", "error_type", "type")
_DETAILS: Final = ("details", "errors", "detail")
_TITLE = re.compile(r"(?is)<title[^>]*>([^<]*)")
_INVISIBLE = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>")


class Problem(Struct, frozen=True):
    """What an error's body says; `plain` is None where it is no JSON."""

    plain: Value = None
    code: str | None = None
    message: str = ""
    details: Value = None


def read_problem(raw: bytes) -> Problem:
    """Read the body of an error: JSON of any shape, RFC 9457, HTML, text, nothing."""
    try:
        plain = decode(raw, Any, [])
    except NotJSONError:
        text = raw[:_PAGE].decode("utf-8", "replace")
        title = _TITLE.search(text)
        if text.lstrip().startswith("<"):
            unescape = import_module("html").unescape  # a big table, for few errors
            text = unescape(title[1] if title else _INVISIBLE.sub(" ", text))
        return Problem(message=short(text))
    found = plain[0] if isinstance(plain, list) and plain else plain
    if not isinstance(found, dict):
        return Problem(plain, message=_text(found))
    return Problem(plain, _code(found), _text(found), _details(found))


def short(text: str) -> str:
    """Give a text on one line, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _text(value: Value) -> str:
    """Find the sentence for people: a text, or the first of the usual members."""
    match value:
        case str():
            return short(value)
        case list():
            return short("; ".join(filter(None, map(_text, value[:3]))))
        case dict():
            usual = (*_MESSAGES, "error", "errors")
            texts = (_text(value[name]) for name in usual if name in value)
            # Else texts by the names of fields: `{"email": ["is taken"]}`.
            return next(filter(None, texts), "") or _by_field(value)
    return ""


def _by_field(value: dict[str, Value]) -> str:
    lists = [(name, _text(each)) for name, each in value.items() if type(each) is list]
    return short("; ".join(f"{name}: {text}" for name, text in lists[:3] if text))


def _code(found: dict[str, Value]) -> str | None:
    for value in map(found.get, _CODES):
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value and ":" not in value:
            return short(value)
    match found.get("error", found.get("errors")):
        case (dict() as inner) | [dict() as inner, *_]:
            return _code(inner)
        case str(code) if code and any(map(found.get, _MESSAGES)):
            return short(code)  # beside a member with the message
    return None


def _details(found: dict[str, Value]) -> Value:
    for value in map(found.get, _DETAILS):
        if value and not isinstance(value, str):
            return value
    inner = found.get("error")
    return _details(inner) if isinstance(inner, dict) else None
