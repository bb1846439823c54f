"""Pagination as the hint `paging` sets it, or as the schemas show it.

In: an operation, the types of its request and response bodies. Out: its `Pagination`.
An invalid hint is a warning, and the method returns single pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final, get_args

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import Pagination, PaginationKind
from flexprice_codegen.surface.paging_shapes import PagingContext, detect_pagination

PAGING_HINT = "paging"
PAGING_HELP = (
    "write `by: offset`, `page`, `cursor` or `link`, with `send: FIELD`, `limit: FIELD`, "
    "`items: PATH`, `next: PATH` and `total: PATH`, or `paging: false`"
)
# A hint describes pages, so it never says that the list is whole. Where it sends
# something is found in the request.
_KINDS: Final[tuple[PaginationKind, ...]] = tuple(
    kind for kind in get_args(PaginationKind) if kind != "whole"
)
_USUAL: Final = Pagination()
# A hint has the keys of the value that it becomes; two are found in the operation.
_MEMBERS = frozenset(each.name for each in fields(Pagination)) - {"place", "size"}


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
        return detect_pagination(shape)
    hint = hints[PAGING_HINT]

    if hint is False:
        return None

    found = _parse_hint(hint if isinstance(hint, Mapping) else {}, shape)
    if isinstance(found, Pagination):
        return found

    sink.add_warning(
        "paging",
        f"{operation.key}: {found}; the method is not paginated",
        at=operation.about.origin.get_child("x-codegen").get_child(PAGING_HINT),
        hint=PAGING_HELP,
    )
    return None


def _parse_hint(hint: Mapping[str, object], shape: PagingContext) -> Pagination | str:
    """Parse a hint; return a string with the reason if it is invalid."""
    values = {name: each for name, each in hint.items() if isinstance(each, str)}
    first = hint.get("first", _USUAL.first)
    by: PaginationKind | None = next(
        (each for each in _KINDS if each == values.get("by")), None
    )
    is_known = hint.keys() <= _MEMBERS and len(values) == len(hint.keys() - {"first"})
    if by is None or not is_known or first not in (0, 1):
        return "the hint `paging` has an unknown form"

    found = _read_paths(by, values, shape)
    if isinstance(found, str):
        return found
    return _locate_request(replace(found, first=int(first)), shape)


def _read_paths(
    by: PaginationKind, values: Mapping[str, str], shape: PagingContext
) -> Pagination | str:
    """Return what a hint says of the response; a string if the response lacks it."""
    # A response that is a list has its items at the empty path.
    usual = "" if shape.is_list("") else _USUAL.items
    items = values.get("items", usual)
    following = values.get("next", "")
    total = values.get("total", _USUAL.total)
    if not shape.is_list(items):
        return f"the response has no list at {items!r}"
    # An empty path would mean the response itself; a space names no field. A link
    # without a path is in the header `Link`.
    is_needed = by == "cursor" or "next" in values
    if by in ("cursor", "link") and is_needed and not shape.has_field(following or " "):
        return f"the response has no {following or 'next'!r}"
    if "total" in values and not shape.has_field(total):
        return f"the response has no {total!r}"
    return Pagination(
        by=by,
        send=values.get("send", ""),
        limit=values.get("limit", ""),
        items=items,
        next=following,
        total=total,
    )


def _locate_request(found: Pagination, shape: PagingContext) -> Pagination | str:
    """Return where the request has what a hint sends; a string if it has no place."""
    names = [each for each in (found.send, found.limit) if each]
    places = [shape.find_location(each) for each in names]
    if "" in places:
        return f"the request has no parameter or field `{names[places.index('')]}`"

    # Two different locations result in "querybody", which matches no case below.
    by_link = found.by == "link"
    place = "query" if by_link and not places else "".join(dict.fromkeys(places))
    match place:
        case "query" | "object" | "body" if found.send or by_link:
            return replace(found, place=place, size=shape.choose_size(found.limit))
    return (
        f"the request has no parameter or field {found.send!r} next to {found.limit!r}"
    )
