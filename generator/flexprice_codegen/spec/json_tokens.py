"""What is wrong with a JSON text, and where.

In: a JSON text that the parser, or one of our rules, refused. Out: a `Survey`: its
repeated keys, its numbers, and what was open where it ends. The survey reads tokens
in one pass and without recursion, and takes any text. It runs only on a fault.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key that stands twice in one object; the offsets of both."""

    key: str
    first: int
    second: int


@dataclass(slots=True)
class JsonScan:
    """What one pass over a JSON text found; all numbers are offsets.

    Attributes:
        repeated: The keys that stand twice in their object.
        words: Everything that is no string and no mark, with its offset.
        strings: The strings as they are written, with their offsets.
        too_deep: Where the first value beyond the allowed depth begins.
        unfinished: What was open where the text ends, and where it began.
        last: Where the last token begins.
    """

    duplicate_keys: list[DuplicateKey] = field(default_factory=list)
    words: list[tuple[str, int]] = field(default_factory=list)
    strings: list[tuple[str, int]] = field(default_factory=list)
    too_deep: int | None = None
    unfinished: tuple[str, int] | None = None
    last: int = 0


def scan_json(body: str, depth: int) -> JsonScan:
    """Scan `body`, in which values may stand `depth` levels deep."""
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
    """Open or close a level, or turn from a key to its value and on."""
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
    """Note a string, and a key that its object already has."""
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
    """Give the string that `written` spells, or its letters where it is no JSON."""
    try:
        return str(json.loads(written))
    except ValueError:
        return written[1:-1]
