"""Makes recorded traffic of a document: answers that it allows, and some that it does not.

In: the schemas of a document, and a number of exchanges. Out: a HAR file; the same bytes
every time. Every third answer has a null where none is documented, and a property that is
not.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import bodies
from benchmarks.setting import Setting

_BASE = "https://us.api.flexprice.io/v1"


def write_har(setting: Setting, exchanges: int) -> Path:
    """Write a HAR file of calls of `GET /customers/{id}`, once.

    Raises:
        ContenderError: The document has no customers.
    """
    path = setting.work / f"traffic-{exchanges}.har"
    if not path.exists():
        body = json.loads(bodies.file(setting, bodies.CUSTOMER).read_bytes())
        entries = [_build_entry(number, body) for number in range(exchanges)]
        log = {"version": "1.2", "creator": {"name": "benchmarks"}, "entries": entries}
        path.write_text(json.dumps({"log": log}), encoding="utf-8")

    return path


def _build_entry(number: int, body: dict[str, object]) -> dict[str, object]:
    changed = {**body, "id": f"cust_{number}"}
    if number % 3 == 0:
        changed |= {"external_id": None, "loyalty_tier": number}

    text = json.dumps(changed)
    return {
        "startedDateTime": "2026-03-14T09:26:53.589Z",
        "time": 1,
        "timings": {"send": 0, "wait": 1, "receive": 0},
        "cache": {},
        "request": {
            "method": "GET",
            "url": f"{_BASE}/customers/cust_{number}",
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
