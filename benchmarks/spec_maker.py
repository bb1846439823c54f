"""Makes OpenAPI documents of any size, in the shape of a billing API.

In: a number of operations and a seed. Out: an OpenAPI 3.0 document; the same bytes every
time. Each resource has six operations and the schemas that they need: lists with
pages, enums with names, objects in objects, and cycles between neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any, Final, TypeAlias

from benchmarks import event_maker

Json: TypeAlias = dict[str, Any]
_FIRST: Final = ("Customer", "Subscription", "Invoice")
_KINDS: Final = (
    *("Annual", "Blue", "Cash", "Daily", "Early", "Final", "Global", "Hourly"),
    *("Inner", "Joint", "Known", "Local", "Monthly", "Net", "Open", "Prime"),
    *("Quick", "Rolling", "Shared", "Tiered", "Unique", "Varied", "Weekly", "Young"),
    *("Active", "Basic", "Direct", "External", "Fixed", "Gross", "Hybrid", "Initial"),
)
_THINGS: Final = (
    *("Account", "Balance", "Charge", "Discount", "Estimate", "Fee", "Grant"),
    *("Holding", "Invoice", "Journal", "Key", "Ledger", "Meter", "Notice"),
    *("Order", "Payment", "Quota", "Refund", "Subscription", "Tax", "Unit"),
    *("Voucher", "Wallet", "Yield", "Alert", "Budget", "Contract", "Feature"),
)
_STATES: Final = ("published", "archived", "deleted", "draft", "pending", "failed")
_FIELDS: Final = (
    ("description", {"type": "string", "description": "A sentence for people."}),
    ("currency", {"type": "string", "minLength": 3, "maxLength": 3}),
    ("amount", {"type": "string", "format": "decimal"}),
    ("quantity", {"type": "integer"}),
    ("ratio", {"type": "number"}),
    ("is_default", {"type": "boolean"}),
    ("starts_at", {"type": "string", "format": "date-time"}),
    ("ends_at", {"type": "string", "format": "date-time"}),
    ("metadata", {"type": "object", "additionalProperties": {"type": "string"}}),
    ("labels", {"type": "array", "items": {"type": "string"}}),
)
_PER_RESOURCE: Final = 6
_FULL_OPERATIONS: Final = 201
_FULL_EVENTS: Final = 57


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of thing: its name, its neighbour, and fields of its own."""

    name: str
    neighbour: str
    fields: tuple[tuple[str, Json], ...]

    @property
    def path(self) -> str:
        """Where its operations are."""
        return f"/{snake(self.name)}s"


def text(operations: int, seed: int = 0) -> str:
    """Make a document as JSON."""
    return json.dumps(document(operations, seed), indent=1) + "\n"


def build_full_text() -> str:
    """Return a document of the size and shape of Flexprice's, with its events."""
    whole = document(_FULL_OPERATIONS)
    events = json.loads(event_maker.text(_FULL_EVENTS))
    whole["paths"] |= events["paths"]
    whole["components"]["schemas"] |= events["components"]["schemas"]
    return json.dumps(whole, indent=1) + "\n"


def document(operations: int, seed: int = 0) -> Json:
    """Make a document with exactly so many operations, at most 5,000 or so.

    Raises:
        ValueError: there are not enough names for so many.
    """
    resources = tuple(_resources(-(-operations // _PER_RESOURCE), seed))
    each = (
        (path, method, made) for one in resources for path, method, made in _all(one)
    )
    paths: Json = {}
    for path, method, made in islice(each, operations):
        paths.setdefault(path, {})[method] = made
    schemas = _shared() | {
        name: schema for one in resources for name, schema in _schemas(one).items()
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "Flexprice API", "version": "1.0"},
        "servers": [{"url": "https://api.example/v1"}],
        "security": [{"ApiKeyAuth": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "ApiKeyAuth": {"type": "apiKey", "in": "header", "name": "x-api-key"}
            },
        },
    }


def snake(name: str) -> str:
    """Write a name in lower case with underscores."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _names() -> Iterator[str]:
    yield from _FIRST
    for thing in _THINGS:
        yield from (f"{kind}{thing}" for kind in _KINDS)


def _resources(number: int, seed: int) -> Iterator[Resource]:
    """Yield resources; neighbours come in twos, and refer to each other."""
    names = list(islice(_names(), number))
    if len(names) < number:
        most = len(list(_names())) * _PER_RESOURCE
        raise ValueError(f"{number} resources: names are there for {most} operations")
    random = Random(seed)  # noqa: S311 - nothing secret
    for at, name in enumerate(names):
        neighbour = names[min(at ^ 1, number - 1)]
        chosen = sorted(random.sample(range(len(_FIELDS)), random.randrange(4, 9)))
        yield Resource(name, neighbour, tuple(_FIELDS[each] for each in chosen))


def _all(one: Resource) -> Iterator[tuple[str, str, Json]]:
    """Yield the operations of a resource."""
    name, plural, by_id = one.name, f"{one.name}s", f"{one.path}/{{id}}"
    response, listed = f"{name}Response", f"List{plural}Response"
    yield one.path, "post", _operation(
        one, f"create{name}", "201", response, body=f"Create{name}Request"
    )
    yield by_id, "get", _operation(one, f"get{name}", "200", response, by_id=True)
    yield by_id, "put", _operation(
        one, f"update{name}", "200", response, body=f"Update{name}Request", by_id=True
    )
    yield by_id, "delete", _operation(one, f"delete{name}", "204", None, by_id=True)
    yield one.path, "get", _operation(one, f"list{plural}", "200", listed) | {
        "parameters": [_query("limit"), _query("offset")]
    }
    yield f"{one.path}/search", "post", _operation(
        one, f"query{name}", "200", listed, body=f"types.{name}Filter"
    )


def _operation(
    one: Resource,
    name: str,
    status: str,
    answer: str | None,
    *,
    body: str | None = None,
    by_id: bool = False,
) -> Json:
    made: Json = {
        "tags": [f"{one.name}s"],
        "summary": f"{name} in one sentence",
        "description": f"Use it when a {snake(one.name)} is needed, and no sooner.",
        "operationId": name,
        "responses": {
            status: {"description": "Done"}
            | ({} if answer is None else _content(answer)),
            "400": {"description": "Invalid request"}
            | _content("errors.ErrorResponse"),
            "500": {"description": "Server error"} | _content("errors.ErrorResponse"),
        },
    }
    if by_id:
        made["parameters"] = [_path_parameter()]
    if body is not None:
        made["requestBody"] = {"required": True} | _content(body)
    return made


def _content(schema: str) -> Json:
    return {"content": {"application/json": {"schema": _ref(schema)}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _path_parameter() -> Json:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _query(name: str) -> Json:
    return {"name": name, "in": "query", "schema": {"type": "integer"}}


def _object(properties: Json, *required: str) -> Json:
    made: Json = {"type": "object", "properties": properties}
    return made | ({"required": list(required)} if required else {})


def _enum(owner: str, values: tuple[str, ...]) -> Json:
    """Make an enum that names its members, with the type's name before each."""
    names = [owner + each.title() for each in values]
    return {"type": "string", "enum": list(values), "x-enum-varnames": names}


def _shared() -> Json:
    number: Json = {"type": "integer"}
    page = {"limit": number, "offset": number, "total": number}
    error = {"code": {"type": "string"}, "message": {"type": "string"}}
    return {
        "types.PaginationResponse": _object(page),
        "errors.ErrorResponse": _object(error),
    }


def _schemas(one: Resource) -> Json:
    """Return the schemas of a resource by name."""
    name, own = one.name, dict(one.fields)
    label: Json = {
        "type": "string",
        "maxLength": 255,
        "description": "What it is called.",
    }
    state = f"types.{name}Status"
    listed: Json = {"type": "array", "items": _ref(f"{name}Response")}
    page = {"items": listed, "pagination": _ref("types.PaginationResponse")}
    # What specs/flexprice.overlay.yaml names as parts of keys, and what clients send.
    names = ("external_id", "email", "idempotency_key", "subscription_id")
    identifiers: Json = {each: {"type": "string"} for each in names}
    bounds: Json = {"limit": {"type": "integer"}, "offset": {"type": "integer"}}
    return {
        state: _enum(f"{name}Status", _STATES[:3]),
        f"types.{name}Kind": _enum(f"{name}Kind", _STATES[2:]),
        f"{name}Settings": _object({**own, "kind": _ref(f"types.{name}Kind")}),
        f"{name}LineItem": _line(one),
        f"{name}Usage": _object({"settings": _ref(f"{name}Settings"), **own}),
        f"{name}Response": _response(one),
        f"Create{name}Request": _object(
            {**identifiers, "name": label, **own},
            *("external_id", "name"),
        ),
        f"Update{name}Request": _object({"name": label, **own}),
        f"types.{name}Filter": _object({**bounds, "status": _ref(state)}),
        f"List{name}sResponse": _object(page),
    }


def _line(one: Resource) -> Json:
    identifier: Json = {"type": "string"}
    kind, settings = _ref(f"types.{one.name}Kind"), _ref(f"{one.name}Settings")
    return _object({"id": identifier, "kind": kind, "settings": settings})


def _response(one: Resource) -> Json:
    name = one.name
    time: Json = {"type": "string", "format": "date-time"}
    lines: Json = {"type": "array", "items": _ref(f"{name}LineItem")}
    return _object(
        {
            "id": {"type": "string"},
            "external_id": {"type": "string"},
            "name": {"type": "string"},
            "status": _ref(f"types.{name}Status"),
            "created_at": time,
            "updated_at": time,
            **dict(one.fields),
            "usage": _ref(f"{name}Usage"),
            "line_items": lines,
            "neighbour": _ref(f"{one.neighbour}Response"),
        }
    )
