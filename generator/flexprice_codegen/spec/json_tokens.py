"""A scan of an invalid JSON text, for its diagnostics.

In: a JSON text that the parser or one of our rules rejected. Out: a `JsonScan`: its
duplicate keys, its numbers, and the value in which it ends. The scan reads tokens in
one pass and without recursion, and accepts any text. It runs only for an invalid text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from flexprice_codegen.frozen_values import frozen_value

# Possessive quantifiers (`*+`), so that an unfinished string cannot backtrack.
_TOKEN = re.compile(
    r"""
    (?P<string> "[^"\\]*+ (?:\\.[^"\\]*+)*+ (?P<closed>")?+ )
    | (?P<mark> [{}\[\],:] )
    | (?P<word> [^\s{}\[\],:"]++ )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMES = {"{": "an object", "[": "an array"}


@dataclass(slots=True)
class _OpenContainer:
    """An object or array that the scan is inside of."""

    mark: str
    offset: int
    keys: dict[str, int] = field(default_factory=dict)
    at_key: bool = True


@frozen_value
class DuplicateKey:
    """A key that occurs twice in one object; the offsets of both."""

    key: str
    first: int
    second: int


@dataclass(slots=True)
class JsonScan:
    """The results of one scan of a JSON text; all numbers are offsets.

    Attributes:
        duplicate_keys: The keys that occur twice in their object.
        words: Every token that is neither a string nor a mark, with its offset.
        strings: The strings as they are written, with their offsets.
        too_deep: Where the first value beyond the maximum depth begins.
        unfinished: The value in which the text ends, and where it begins.
        last: Where the last token begins.
    """

    duplicate_keys: list[DuplicateKey] = field(default_factory=list)
    words: list[tuple[str, int]] = field(default_factory=list)
    strings: list[tuple[str, int]] = field(default_factory=list)
    too_deep: int | None = None
    unfinished: tuple[str, int] | None = None
    last: int = 0


def scan_json(body: str, depth: int) -> JsonScan:
    """Scan `body`, in which values may be nested `depth` levels.

    Args:
        body: Any text.
        depth: The maximum depth.
    """
    found = JsonScan()
    stack: list[_OpenContainer] = []

    for token in _TOKEN.finditer(body):
        found.last = token.start()
        match token.lastgroup:
            case "mark":
                _handle_mark(token.group(), token.start(), stack)
                if len(stack) > depth and found.too_deep is None:
                    found.too_deep = token.start()
            case "word":
                found.words.append((token.group(), token.start()))
            case _:
                _record_string(token, stack, found)

    if found.unfinished is None and stack:
        found.unfinished = (_NAMES[stack[-1].mark], stack[-1].offset)
    return found


def _handle_mark(mark: str, offset: int, stack: list[_OpenContainer]) -> None:
    """Open or close a container, or move between its keys and values."""
    if mark in "{[":
        stack.append(_OpenContainer(mark, offset))
    elif mark in "}]":
        if stack:
            stack.pop()
    elif stack:
        stack[-1].at_key = mark == ","


def _record_string(
    token: re.Match[str], stack: list[_OpenContainer], found: JsonScan
) -> None:
    """Record a string, and whether its object already has it as a key."""
    if not token["closed"]:
        found.unfinished = ("a string", token.start())
        return

    found.strings.append((token.group(), token.start()))
    inside = stack[-1] if stack else None
    if inside is None or inside.mark != "{" or not inside.at_key:
        return

    key = _decode_string(token.group())
    if key in inside.keys:
        found.duplicate_keys.append(DuplicateKey(key, inside.keys[key], token.start()))
    inside.keys.setdefault(key, token.start())


def _decode_string(written: str) -> str:
    """Return the string that `written` spells, or its characters if it is invalid."""
    try:
        return str(json.loads(written))
    except ValueError:
        # An invalid escape: the message shows the text as it is written.
        return written[1:-1]
