"""Pagination: detected by schema, or set by the hint `paging`.

In: an operation, the types of its request and response bodies. Out: its `Pagination`.
An invalid hint is a warning, and the method returns single pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final, get_args

from flexprice_codegen.api.model import ApiOperation, ObjectSchema
from flexprice_codegen.api.types import Array, Type
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import (
    NamedSchemas,
    get_type_at_path,
    resolve_aliases,
)
from flexprice_codegen.surface.model import Pagination, PaginationKind

PAGING_HINT = "paging"
PAGING_HELP = (
    "write `by: offset`, `page`, `cursor` or `link`, with `send: FIELD`, `limit: FIELD`, "
    "`items: PATH` and `next: PATH`, or `paging: false`"
)
# A hint describes pages, so it never says that the list is whole. Where it sends
# something is found in the request.
_KINDS: Final[tuple[PaginationKind, ...]] = tuple(
    kind for kind in get_args(PaginationKind) if kind != "whole"
)
_USUAL: Final = Pagination()
"""The pages that are detected without a hint: their names are the defaults."""
_MEMBERS = frozenset(each.name for each in fields(Pagination)) - {"place"}


@frozen_value
class PagingContext:
    """The query parameters and body types of an operation."""

    query: frozenset[str]
    body: Type | None
    response: Type | None
    definitions: NamedSchemas

    def find_location(self, name: str) -> str:
        """Return where a name or path is sent: `query`, `body`, or an empty string."""
        if name in self.query:
            return "query"
        return (
            ""
            if get_type_at_path(self.definitions, self.body, name) is None
            else "body"
        )

    def is_list(self, path: str) -> bool:
        """Return whether the response has a list at a path."""
        found = get_type_at_path(self.definitions, self.response, path)
        options = () if found is None else resolve_aliases(self.definitions, found)
        return any(isinstance(each, Array) for each in options)

    def has_field(self, path: str) -> bool:
        """Return whether the response has a field at a path."""
        return get_type_at_path(self.definitions, self.response, path) is not None


def read_pagination(
    operation: ApiOperation, shape: PagingContext, sink: DiagnosticSink
) -> Pagination | None:
    """Return the pagination of an operation; None if it has none.

    Args:
        operation: The operation with its hints.
        shape: Its parameters and body types.
        sink: Receives a warning for an invalid hint.
    """
    hints = dict(operation.hints)
    if PAGING_HINT not in hints:
        return _detect_pagination(shape)
    hint = hints[PAGING_HINT]

    if hint is False:
        return None

    found = _parse_hint(hint if isinstance(hint, Mapping) else {}, shape)
    if isinstance(found, Pagination):
        return found

    sink.add_warning(
        "paging",
        f"{operation.key}: {found}; its pages come one by one",
        at=operation.about.origin.get_child("x-codegen").get_child(PAGING_HINT),
        hint=PAGING_HELP,
    )
    return None


def _detect_pagination(shape: PagingContext) -> Pagination | None:
    """Detect `items` and `pagination` in a response, `limit` and `offset` in a request.

    A response without the two request fields is a single page.
    """
    if not (shape.is_list(_USUAL.items) and shape.has_field("pagination")):
        return None
    if {_USUAL.limit, _USUAL.send} <= shape.query:
        return Pagination(place="query")

    # The fields can be in an object of the body, such as `filter.limit`.
    for prefix in ("", *(f"{each}." for each in _iter_body_properties(shape))):
        limit = f"{prefix}{_USUAL.limit}"
        offset = f"{prefix}{_USUAL.send}"
        if shape.find_location(limit) == shape.find_location(offset) == "body":
            return Pagination(place="body", send=offset, limit=limit)
    return Pagination(by="whole")


def _iter_body_properties(shape: PagingContext) -> Iterator[str]:
    """Yield the names of the properties of the request body."""
    if shape.body is None:
        return
    for each in resolve_aliases(shape.definitions, shape.body):
        if isinstance(each, ObjectSchema):
            yield from (one.wire for one in each.properties)


def _parse_hint(hint: Mapping[str, object], shape: PagingContext) -> Pagination | str:
    """Parse a hint; return a string with the reason if it is invalid."""
    values = {name: each for name, each in hint.items() if isinstance(each, str)}
    by: PaginationKind | None = next(
        (each for each in _KINDS if each == values.get("by")), None
    )
    if by is None or len(values) != len(hint) or values.keys() - _MEMBERS:
        return "the hint has no form that is known"

    send = values.get("send", "")
    limit = values.get("limit", "")
    items = values.get("items", _USUAL.items)
    following = values.get("next", "")
    if not shape.is_list(items):
        return f"its answer has no list at {items!r}"
    # An empty path would mean the response itself; a space names no field.
    if by in ("cursor", "link") and not shape.has_field(following or " "):
        return f"its answer has no {following or 'next'!r}"

    names = [each for each in (send, limit) if each]
    places = [shape.find_location(each) for each in names]
    if "" in places:
        return f"the request has no parameter or field `{names[places.index('')]}`"

    # Two different locations result in "querybody", which matches no case below.
    place = "query" if by == "link" and not places else "".join(dict.fromkeys(places))
    match place:
        case "query" | "body" if send or by == "link":
            return Pagination(
                by=by, place=place, send=send, limit=limit, items=items, next=following
            )
    return f"it sends neither a parameter nor a field {send!r}, beside {limit!r}"
