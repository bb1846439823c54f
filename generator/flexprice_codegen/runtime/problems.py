# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What an error's body says, in whichever shape it says it.

In: the bytes of an error response. Out: what is in it.
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
# Within an error, its list and their members; what lies deeper is no message.
_LEVELS: Final = 8
_MOST: Final = 10
_MESSAGES: Final = (
    *("message", "detail", "error_description", "msg", "defaultMessage"),
    *("title", "reason"),
)
# Lists whose items name a field each: of Spring, FastAPI, RFC 9457, RFC 7807.
_ITEMS: Final = ("errors", "detail", "details", "invalid-params", "violations")
_FIELDS: Final = (
    "field",
    "loc",
    "pointer",
    "name",
    "param",
    "property",
    "propertyPath",
)
_CODES: Final = ("code", "error_code", "error_type", "type")
_DETAILS: Final = ("details", "errors", "detail")
_TITLE = re.compile(r"(?is)<title[^>]*>([^<]*)")
_INVISIBLE = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>")


class Problem(Struct, frozen=True):
    """What an error's body says; `plain` is None where it is not JSON."""

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
        return Problem(plain, message=find_message(found))
    return Problem(plain, _code(found), find_message(found), _details(found))


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def find_message(value: Value, levels: int = _LEVELS) -> str:
    """Find the sentence for people: a text, and the fields at fault by their names."""
    below = levels - 1
    match value:
        case str():
            return short(value)
        case list() if levels:
            texts = [_of_item(each, below) for each in value[:_MOST]]
            return short("; ".join(filter(None, texts)))
        case dict() if levels:
            return _of_object(value, below)
    return ""


def _of_object(value: dict[str, Value], levels: int) -> str:
    """Return a text by one of the usual names, and what lists say of single fields."""
    texts = [each for name in _MESSAGES if isinstance(each := value.get(name), str)]
    said = next(filter(None, map(short, texts)), "")
    for name in _ITEMS:
        items = value.get(name)
        if isinstance(items, list) and any(map(_field, items)):
            return short(": ".join(filter(None, (said, find_message(items, levels)))))
    if said:
        return said
    inner = (find_message(value.get(name), levels) for name in ("error", "errors"))
    # Else texts by the names of fields: `{"email": ["is taken"]}`.
    return next(filter(None, inner), "") or _by_field(value, levels)


def _of_item(value: Value, levels: int) -> str:
    text = find_message(value, levels)
    field = _field(value)
    return f"{field}: {text}" if field and text else text


def _field(item: Value) -> str:
    """Return the name of the field that an item of a list complains of, or ""."""
    if not isinstance(item, dict):
        return ""
    name = next((item[each] for each in _FIELDS if each in item), "")
    if isinstance(name, list):  # of FastAPI: `["body", "items", 0, "price"]`
        return ".".join(map(str, name))
    return name if isinstance(name, str) else ""


def _by_field(value: dict[str, Value], levels: int) -> str:
    lists = [name for name, each in value.items() if type(each) is list]
    found = [(name, find_message(value[name], levels)) for name in lists[:_MOST]]
    if len(found) == 1 and found[0][0] in (*_MESSAGES, *_ITEMS):
        return found[0][1]
    return short("; ".join(f"{name}: {text}" for name, text in found if text))


def _code(found: dict[str, Value], levels: int = _LEVELS) -> str | None:
    for value in map(found.get, _CODES):
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value and ":" not in value:
            return short(value)
    match found.get("error", found.get("errors")):
        case (dict() as inner) | [dict() as inner, *_] if levels:
            return _code(inner, levels - 1)
        case str(code) if code and any(map(found.get, _MESSAGES)):
            return short(code)  # beside a member with the message
    return None


def _details(found: dict[str, Value], levels: int = _LEVELS) -> Value:
    for value in map(found.get, _DETAILS):
        if value and not isinstance(value, str):
            return value
    inner = found.get("error")
    if not isinstance(inner, dict) or not levels:
        return None
    return _details(inner, levels - 1)
