"""Pagination that the schemas of a request and its response show.

In: the query parameters, bodies and headers of an operation. Out: its `Pagination`.

Source: RFC 8288 (`Link`); the lists of Django REST framework (`results`, `next`,
`count`), Spring Data (`Page`), fastapi-pagination (`items`, `total`, `page`, `size`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Final

from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.api.types import Array, Default, Number, String, Type
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.field_paths import (
    NamedSchemas,
    get_type_at_path,
    resolve_aliases,
)
from flexprice_codegen.surface.model import Pagination, PagingLocation

_USUAL: Final = Pagination()
"""The names of Flexprice's own lists, which are the defaults."""
# Names of lists in pages, the most usual first.
_LISTS = ("items", "data", "results", "content")
_TOTALS = (
    "total",
    "count",
    "totalElements",
    "totalCount",
    "total_count",
    "meta.total",
    "page.totalElements",
    "pagination.total",
)
"""Where lists say how many items there are in all."""
_PAGE_COUNTS = ("pages", "totalPages", "total_pages", "last", "meta.pages")
"""Where they say how many pages there are, or that this is the last one."""
# Names of the parameter that says how long a page is.
_SIZES = ("size", "page_size", "pageSize", "per_page", "perPage", "limit")
_OFFSETS = (_USUAL.send, "skip")


@frozen_value(kw_only=True)
class PagingContext:
    """The query parameters of an operation, the types of its bodies, its headers."""

    query: Mapping[str, Type]
    body: Type | None
    response: Type | None
    definitions: NamedSchemas
    defaults: Mapping[str, Default] = field(default_factory=dict)
    """The defaults of query parameters."""
    headers: frozenset[str] = frozenset()
    """The names of the response's headers, in lowercase."""

    def find_location(self, name: str) -> str:
        """Return where a name or path is sent: `query`, `object`, `body`, or nothing."""
        if name in self.query:
            return "query"
        owner, _, path = name.partition(".")
        if path and self._get_type(self.query.get(owner), path) is not None:
            return "object"
        return "" if self._get_type(self.body, name) is None else "body"

    def is_list(self, path: str) -> bool:
        """Return whether the response has a list at a path."""
        return any(isinstance(each, Array) for each in self.iter_types(path))

    def is_string(self, path: str) -> bool:
        """Return whether the response has a string at a path."""
        return any(isinstance(each, String) for each in self.iter_types(path))

    def has_field(self, path: str) -> bool:
        """Return whether the response has a field at a path."""
        return self._get_type(self.response, path) is not None

    def iter_types(self, path: str) -> Iterator[ObjectSchema | Type]:
        """Yield the types at a path of the response."""
        found = self._get_type(self.response, path)
        return iter(()) if found is None else resolve_aliases(self.definitions, found)

    def choose_size(self, name: str) -> int:
        """Return how many items to ask for: the usual number, or as many as allowed."""
        found = self._find_number(name)
        if found is None or found.maximum is None or found.maximum < 1:
            return _USUAL.size
        return min(_USUAL.size, int(found.maximum))

    def find_first_page(self, name: str) -> int:
        """Return the number of the first page: the default, or the least one allowed."""
        default = self.defaults.get(name)
        if default is not None and default.value in (0, 1):
            return 1 if default.value else 0
        found = self._find_number(name)
        return 0 if found is not None and found.minimum == 0 else _USUAL.first

    def _find_number(self, name: str) -> Number | None:
        owner, _, path = name.partition(".")
        found = self.query.get(name) or self._get_type(self.query.get(owner), path)
        found = found or self._get_type(self.body, name or " ")
        types = () if found is None else resolve_aliases(self.definitions, found)
        return next((each for each in types if isinstance(each, Number)), None)

    def _get_type(self, owner: Type | None, path: str) -> Type | None:
        return get_type_at_path(self.definitions, owner, path)


def detect_pagination(shape: PagingContext) -> Pagination | None:
    """Return the pagination that the schemas show; None if they show none.

    A list with `pagination` whose request cannot say where to begin is a single page.
    """
    if not _may_have_list(shape):
        return None
    for detect in (_detect_usual, _detect_links, _detect_numbers, _detect_offsets):
        found = detect(shape)
        if found is not None:
            return replace(found, size=shape.choose_size(found.limit))
    if shape.is_list(_USUAL.items) and shape.has_field("pagination"):
        return Pagination(by="whole")
    return None


def _may_have_list(shape: PagingContext) -> bool:
    """Return whether a response has a list where one counts; few responses have.

    All that is detected has one, and to look for the rest takes much longer.
    """
    if shape.response is None:
        return False
    for each in resolve_aliases(shape.definitions, shape.response):
        if isinstance(each, Array):
            return True
        if isinstance(each, ObjectSchema) and any(
            one.wire in _LISTS for one in each.properties
        ):
            return True
    return False


def _detect_usual(shape: PagingContext) -> Pagination | None:
    """Detect `items` and `pagination` in a response, `limit` and `offset` in a request."""
    if not (shape.is_list(_USUAL.items) and shape.has_field("pagination")):
        return None
    if {_USUAL.limit, _USUAL.send} <= shape.query.keys():
        return Pagination(place="query")

    # The fields can be in an object of the body, such as `filter.limit`.
    for prefix in ("", *(f"{each}." for each in _iter_body_properties(shape))):
        limit = f"{prefix}{_USUAL.limit}"
        offset = f"{prefix}{_USUAL.send}"
        if shape.find_location(limit) == shape.find_location(offset) == "body":
            return Pagination(place="body", send=offset, limit=limit)
    return None


def _iter_body_properties(shape: PagingContext) -> Iterator[str]:
    """Yield the names of the properties of the request body."""
    if shape.body is None:
        return
    for each in resolve_aliases(shape.definitions, shape.body):
        if isinstance(each, ObjectSchema):
            yield from (one.wire for one in each.properties)


def _detect_links(shape: PagingContext) -> Pagination | None:
    """Detect the address of the next page: in `next` next to `results`, or in `Link`."""
    limit = _find_first(_SIZES, shape.query) or ""
    has_count = shape.has_field("count") or shape.has_field("previous")
    if shape.is_list("results") and shape.is_string("next") and has_count:
        return Pagination(by="link", send="", limit=limit, items="results", next="next")
    if shape.is_list("") and "link" in shape.headers:
        return Pagination(by="link", send="", limit=limit, items="")
    return None


def _detect_numbers(shape: PagingContext) -> Pagination | None:
    """Detect numbered pages: `page` and a size in the query, or in an object of it."""
    items = _find_list(shape)
    counts = (*_TOTALS, *_PAGE_COUNTS)
    if items is None or not any(shape.has_field(each) for each in counts):
        return None
    for prefix in ("", *(f"{each}." for each in shape.query)):
        place = shape.find_location(f"{prefix}page")
        sizes = (f"{prefix}{each}" for each in _SIZES)
        size = next((each for each in sizes if shape.find_location(each) == place), "")
        if size and place in ("query", "object"):
            return _build_numbered(shape, items, f"{prefix}page", size)
    return None


def _build_numbered(
    shape: PagingContext, items: str, send: str, limit: str
) -> Pagination:
    place: PagingLocation = "query" if send in shape.query else "object"
    # Spring Data counts from 0, unless the document says otherwise.
    is_spring = items == "content" and send not in shape.defaults
    return Pagination(
        by="page",
        place=place,
        send=send,
        limit=limit,
        items=items,
        total=_find_total(shape),
        first=0 if is_spring else shape.find_first_page(send),
    )


def _detect_offsets(shape: PagingContext) -> Pagination | None:
    """Detect a list with a total, and `limit` and `offset` in the query."""
    items = _find_list(shape)
    offset = _find_first(_OFFSETS, shape.query)
    total = _find_total(shape)
    if items is None or offset is None or not shape.has_field(total):
        return None
    if _USUAL.limit not in shape.query:
        return None
    return Pagination(send=offset, items=items, total=total)


def _find_list(shape: PagingContext) -> str | None:
    return next((each for each in _LISTS if shape.is_list(each)), None)


def _find_total(shape: PagingContext) -> str:
    """Return the path of the number of all items; the usual one if there is none."""
    return next((each for each in _TOTALS if shape.has_field(each)), _USUAL.total)


def _find_first(names: Iterable[str], known: Mapping[str, Type]) -> str | None:
    return next((each for each in names if each in known), None)
