"""From a JSON pointer to a line and column of a JSON text.

In: the `SourceText` of a document and a JSON pointer (RFC 6901). Out: the
`FileLocation` of the key, for a property of an object, or of the value, for an element
of an array. A node that is not in the text, such as one that an overlay added, has the
location of its nearest ancestor. Nothing is parsed before the first call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.json_pointers import unescape_token
from flexprice_codegen.spec.source_text import SourceText

LocateFunction: TypeAlias = Callable[[str], FileLocation]
_Place: TypeAlias = tuple[int, int]
"""The offset of a child's key, or of the element itself, and that of its value."""

# The white space of RFC 8259 §2, which is less than that of `\s`.
_SPACE = re.compile(r"[ \t\n\r]*")
# Between the key of a child and its value.
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
# After the last child there is no comma.
_COMMA = re.compile(r"[ \t\n\r]*(?:,[ \t\n\r]*)?")
_DECODER = json.JSONDecoder()


class JsonLocator:
    """The locations in a valid JSON text.

    Only the objects and arrays on the path of a pointer are scanned; the JSON parser
    skips their siblings.
    """

    def __init__(self, text: SourceText) -> None:
        root = _skip(_SPACE, text.body, 0)
        self._text = text
        self._places: dict[str, _Place | None] = {"": (root, root)}
        self._known: dict[int, dict[str, _Place]] = {}
        self._unread: dict[int, Iterator[tuple[str, _Place]]] = {}

    def locate(self, pointer: str) -> FileLocation:
        """Return the location of the node that `pointer` names."""
        place = self._find_place(pointer)
        while place is None:
            pointer = pointer.rpartition("/")[0]
            place = self._find_place(pointer)
        return self._text.get_location(place[0])

    def _find_place(self, pointer: str) -> _Place | None:
        """Return the offsets of the node that `pointer` names; None if it is not here."""
        # Nodes that are asked for have most of their path in common.
        missing: list[str] = []
        while pointer not in self._places:
            missing.append(pointer)
            pointer = pointer.rpartition("/")[0]

        place = self._places[pointer]
        for each in reversed(missing):
            if place is not None:
                token = unescape_token(each.rpartition("/")[2])
                place = self._find_child(place[1], token)
            self._places[each] = place
        return place

    def _find_child(self, offset: int, token: str) -> _Place | None:
        """Return the offsets of key and value of a child; None if it does not exist.

        The children after it are not scanned before one of them is asked for: the last
        ones of a document are often the largest.
        """
        if offset not in self._known:
            self._known[offset] = {}
            self._unread[offset] = _iter_children(self._text.body, offset)

        known = self._known[offset]
        if token not in known:
            for name, place in self._unread[offset]:
                known[name] = place
                if name == token:
                    break
        return known.get(token)


def _iter_children(body: str, offset: int) -> Iterator[tuple[str, _Place]]:
    """Yield the children of the value that begins at `offset`; a scalar has none."""
    match body[offset]:
        case "{":
            return _iter_members(body, offset)
        case "[":
            return _iter_elements(body, offset)
        case _:
            return iter(())


def _iter_members(body: str, offset: int) -> Iterator[tuple[str, _Place]]:
    """Yield the properties of the object that begins at `offset`."""
    name = _skip(_SPACE, body, offset + 1)
    while body[name] == '"':
        key, end = _DECODER.raw_decode(body, name)
        value = _skip(_COLON, body, end)
        yield key, (name, value)
        name = _find_next_child(body, value)


def _iter_elements(body: str, offset: int) -> Iterator[tuple[str, _Place]]:
    """Yield the elements of the array that begins at `offset`."""
    value = _skip(_SPACE, body, offset + 1)
    index = 0
    while body[value] != "]":
        yield str(index), (value, value)
        value = _find_next_child(body, value)
        index += 1


def _find_next_child(body: str, value: int) -> int:
    """Return the offset of the next child, or of the bracket after the last one."""
    _, end = _DECODER.raw_decode(body, value)
    return _skip(_COMMA, body, end)


def _skip(what: re.Pattern[str], body: str, offset: int) -> int:
    """Return the offset after what a text has at an offset."""
    found = what.match(body, offset)
    return offset if found is None else found.end()
