"""Makes recorded traffic of a document: answers that it allows, and some that it does not.

In: the schemas of a document, and a number of exchanges. Out: a HAR file; the same bytes
every time. Every third answer has a null where none is documented, and a property that is
not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks import bodies
from benchmarks.setting import Setting

Json: TypeAlias = dict[str, Any]
_BASE = "https://us.api.flexprice.io/v1"


def write_har(setting: Setting, exchanges: int) -> Path:
    """Write a HAR file of calls of all GET operations in turns, once."""
    path = setting.work / f"traffic-{exchanges}.har"
    if not path.exists():
        document = json.loads(setting.full.read_text(encoding="utf-8"))
        calls = list(_iter_calls(document))
        entries = [
            _build_entry(number, *calls[number % len(calls)])
            for number in range(exchanges)
        ]
        log = {"version": "1.2", "creator": {"name": "benchmarks"}, "entries": entries}
        path.write_text(json.dumps({"log": log}), encoding="utf-8")

    return path


def _iter_calls(document: Json) -> Iterator[tuple[str, Json]]:
    """Yield the path and the body of each GET operation that answers with an object."""
    schemas = document["components"]["schemas"]
    for path, item in document["paths"].items():
        success = item.get("get", {}).get("responses", {}).get("200", {})
        content = success.get("content", {}).get("application/json", {})
        reference = content.get("schema", {}).get("$ref", "")
        if reference:
            wanted = bodies.Wanted(reference.rpartition("/")[2], 2, 3)
            yield path, json.loads(bodies.body(schemas, wanted))


def _build_entry(number: int, path: str, body: Json) -> Json:
    changed = {**body, "id": None, "loyalty_tier": number} if number % 3 == 0 else body

    text = json.dumps(changed)
    return {
        "startedDateTime": "2026-03-14T09:26:53.589Z",
        "time": 1,
        "timings": {"send": 0, "wait": 1, "receive": 0},
        "cache": {},
        "request": {
            "method": "GET",
            "url": _BASE + re.sub(r"\{[^}]*\}", f"id_{number}", path),
            "httpVersion": "HTTP/1.1",
            "headers": [],
            "cookies": [],
            "queryString": [],
            "headersSize": -1,
            "bodySize": 0,
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "cookies": [],
            "content": {
                "size": len(text),
                "mimeType": "application/json",
                "text": text,
            },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": len(text),
        },
    }
