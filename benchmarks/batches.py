"""Rows about batches of usage events, against a server on loopback.

In: nothing. Out: rows. A turn is 20,000 events in requests of 500.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks import child, clients
from benchmarks.commands import seconds
from benchmarks.row import AmountBar, Contender, Race, RatioBar, Row, Unit
from benchmarks.setting import Setting

_TEXT: Final = {"type": "string"}
_EVENT: Final = {
    "type": "object",
    "required": ["name", "customer"],
    "properties": {
        "id": _TEXT,
        "at": _TEXT,
        "name": _TEXT,
        "customer": _TEXT,
        "n": {"type": "integer"},
    },
}
_LIST: Final = {"type": "array", "items": {"$ref": "#/components/schemas/Event"}}
_BODY: Final = {
    "type": "object",
    "required": ["events"],
    "properties": {"events": _LIST},
}
_DOCUMENT: Final = {
    "openapi": "3.1.0",
    "info": {"title": "Meter", "version": "1"},
    "paths": {
        "/events/bulk": {
            "post": {
                "tags": ["events"],
                "operationId": "sendEvents",
                "x-codegen": {
                    "batch": {"items": "events", "not-empty": ["name", "customer"]},
                    "idempotency-key": {
                        "fill": ["events[].id", {"field": "events[].at", "with": "now"}]
                    },
                },
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _BODY}},
                },
                "responses": {"201": {"description": "Counted."}},
            }
        }
    },
    "components": {"schemas": {"Event": _EVENT}},
}


def sending(setting: Setting, stack: ExitStack) -> Race:
    """Events that wait already, over the same bodies posted by httpx2 alone."""
    url = _start_server(setting, stack)
    ours = _create_contender("ours", setting, stack, ("ours", url))
    bare = _create_contender("httpx2 alone", setting, stack, ("bare", url))
    return Race(ours, (bare,))


def adding(setting: Setting, stack: ExitStack) -> Race:
    """Events that are added and sent."""
    url = _start_server(setting, stack)
    return Race(_create_contender("ours", setting, stack, ("whole", url)), ())


ROWS = (
    Row(
        name="batch-send",
        what="send 20,000 events that wait, over httpx2 posting the same bodies",
        race=sending,
        bar=RatioBar(2),
        rounds=15,
        quick_rounds=5,
    ),
    Row(
        name="batch-add",
        what="add and send 20,000 events",
        race=adding,
        bar=AmountBar(0.4, Unit.SECONDS),
        rounds=15,
        quick_rounds=5,
    ),
)


def _create_contender(
    name: str, setting: Setting, stack: ExitStack, arguments: tuple[str, ...]
) -> Contender:
    folder = setting.work / "batches"
    if not folder.exists():
        document = setting.work / "batches.json"
        document.write_text(json.dumps(_DOCUMENT), encoding="utf-8")
        output = folder / "meter_client"
        seconds(clients.command(setting, document, output, overlay=None))
    subject = child.Subject(Path(sys.executable), "batch", arguments, folder)
    return child.contender(name, setting, stack, subject)


def _start_server(setting: Setting, stack: ExitStack) -> str:
    body = setting.work / "accepted.json"
    body.write_text("{}", encoding="utf-8")
    subject = child.Subject(Path(sys.executable), "server", (str(body),))
    return child.first_line(setting, stack, subject)
