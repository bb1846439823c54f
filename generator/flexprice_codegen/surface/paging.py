"""Lists that come in pages: by their shape, or by the hint `paging`.

In: an operation, the types of its body and of its answer. Out: how its pages are asked
for. A hint that cannot be followed is a warning, and the operation gives single pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from flexprice_codegen.api.model import Operation, Record
from flexprice_codegen.api.types import ListOf, Type
from flexprice_codegen.diagnostics import Sink
from flexprice_codegen.surface.model import By, Pages
from flexprice_codegen.surface.paths import Definitions, at, plain

HINT = "paging"
_FORMS = (
    "write `by: offset`, `page`, `cursor` or `link`, with `send: FIELD`, `limit: FIELD`, "
    "`items: PATH` and `next: PATH`, or `paging: false`"
)
_KINDS: Final[tuple[By, ...]] = ("offset", "page", "cursor", "link")
_MEMBERS = frozenset({"by", "send", "limit", "items", "next"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What is sent and received on the wire, as far as pages go."""

    query: frozenset[str]
    body: Type | None
    answer: Type | None
    definitions: Definitions

    def place(self, name: str) -> str:
        """Tell where a name or path is sent: query, body, or nowhere."""
        if name in self.query:
            return "query"
        return "" if at(self.definitions, self.body, name) is None else "body"

    def is_list(self, path: str) -> bool:
        """Tell whether a list stands at a path of the answer."""
        found = at(self.definitions, self.answer, path)
        options = () if found is None else plain(self.definitions, found)
        return any(isinstance(each, ListOf) for each in options)

    def receives(self, path: str) -> bool:
        """Tell whether anything stands at a path of the answer."""
        return at(self.definitions, self.answer, path) is not None


def pages_of(operation: Operation, shape: Shape, sink: Sink) -> Pages | None:
    """Give how the pages are asked for; None where the operation has none."""
    hints = dict(operation.hints)
    if HINT not in hints:
        return _by_shape(shape)
    hint = hints[HINT]
    if hint is False:
        return None
    found = _by_hint(hint if isinstance(hint, Mapping) else {}, shape)
    if isinstance(found, Pages):
        return found
    sink.warning(
        "paging",
        f"{operation.key}: {found}; its pages come one by one",
        at=operation.about.origin.child("x-codegen").child(HINT),
        hint=_FORMS,
    )
    return None


def _by_shape(shape: Shape) -> Pages | None:
    """Recognise `items` and `pagination` in the answer, limit and offset in the call."""
    if not (shape.is_list("items") and shape.receives("pagination")):
        return None
    if {"limit", "offset"} <= shape.query:
        return Pages(place="query")
    for prefix in ("", *(f"{each}." for each in _objects(shape))):
        limit, offset = f"{prefix}limit", f"{prefix}offset"
        if shape.place(limit) == shape.place(offset) == "body":
            return Pages(place="body", send=offset, limit=limit)
    return Pages(by="whole")


def _objects(shape: Shape) -> Iterator[str]:
    if shape.body is None:
        return
    for each in plain(shape.definitions, shape.body):
        if isinstance(each, Record):
            yield from (one.wire for one in each.properties)


def _by_hint(hint: Mapping[str, object], shape: Shape) -> Pages | str:
    """Read a hint; a text says what is wrong with it."""
    values = {name: each for name, each in hint.items() if isinstance(each, str)}
    by: By | None = next((each for each in _KINDS if each == values.get("by")), None)
    if by is None or len(values) != len(hint) or values.keys() - _MEMBERS:
        return "the hint has no form that is known"
    send, limit = values.get("send", ""), values.get("limit", "")
    items, following = values.get("items", "items"), values.get("next", "")
    if not shape.is_list(items):
        return f"its answer has no list at {items!r}"
    if by in ("cursor", "link") and not shape.receives(following or " "):
        return f"its answer has no {following or 'next'!r}"
    places = [shape.place(each) for each in (send, limit) if each]
    place = "query" if by == "link" and not places else "".join(dict.fromkeys(places))
    match place:
        case "query" | "body" if send or by == "link":
            return Pages(
                by=by, place=place, send=send, limit=limit, items=items, next=following
            )
    return f"it sends neither a parameter nor a field {send!r}, beside {limit!r}"
