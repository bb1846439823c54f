"""Makes OpenAPI documents that have webhook events and nothing else.

In: a number of events. Out: an OpenAPI 3.0 document; the same bytes every time. The
first event is `customer.created`; every event has a payload of its own.
"""

from __future__ import annotations

import json
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def text(events: int) -> str:
    """Make a document as JSON."""
    things = ["customer", *(f"thing{number}" for number in range(1, events))]
    names = [f"{each}.created" for each in things]
    payload = {"event_type": _ref("EventName"), "customer": _ref("Customer")}
    fields = {n: {"type": "string"} for n in ("id", "external_id", "name", "email")}
    schemas: Json = {
        "EventName": {"type": "string", "enum": names},
        "Customer": {"type": "object", "properties": fields},
    }
    paths: Json = {}
    for thing, name in zip(things, names, strict=True):
        schemas[f"{thing.title()}Payload"] = {"type": "object", "properties": payload}
        paths[f"/webhook-events/{name}"] = {
            "post": {"responses": {"200": _answer(f"{thing.title()}Payload")}}
        }
    return json.dumps(
        {
            "openapi": "3.0.3",
            "info": {"title": "Flexprice", "version": "1"},
            "paths": paths,
            "components": {"schemas": schemas},
        }
    )


def _answer(schema: str) -> Json:
    content = {"application/json": {"schema": _ref(schema)}}
    return {"description": "The body of the delivery.", "content": content}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
