"""Recorded traffic for tests: HAR entries of calls, real or made up.

In: requests and responses. Out: entries as a browser or a recorder writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx2

BASE = "https://api.example.com/v1"


def build_entry(
    call: str,
    body: object = None,
    *,
    status: int = 200,
    sent: object = None,
    query: Mapping[str, object] | None = None,
    media: str = "application/json",
) -> dict[str, Any]:
    """Return the entry of a call such as `GET /things/1`; bodies are JSON values."""
    method, _, path = call.partition(" ")
    search = f"?{urlencode(query, doseq=True)}" if query else ""
    request: dict[str, Any] = {
        "method": method,
        "url": f"{BASE}{path}{search}",
        "headers": [],
    }
    if sent is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(sent)}

    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    content = {"size": len(text), "mimeType": media if text else "", "text": text}
    response = {"status": status, "headers": [], "content": content}
    return {"request": request, "response": response}


def build_har(*entries: object) -> str:
    """Return a HAR file with entries."""
    log = {"version": "1.2", "creator": {"name": "test"}, "entries": list(entries)}
    return json.dumps({"log": log})


class RecordingTransport(httpx2.BaseTransport):
    """A transport that keeps an entry for each request of another one."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.entries: list[dict[str, Any]] = []
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass a request on, and keep what came back."""
        sent = request.read()
        response = self._inner.handle_request(request)
        received = response.read()
        entry: dict[str, Any] = {
            "request": {"method": request.method, "url": str(request.url)},
            "response": {
                "status": response.status_code,
                "content": {
                    "size": len(received),
                    "mimeType": response.headers.get("content-type", ""),
                    "text": received.decode("utf-8", "replace"),
                },
            },
        }
        if sent:
            media = request.headers.get("content-type", "")
            entry["request"]["postData"] = {"mimeType": media, "text": sent.decode()}
        self.entries.append(entry)
        return response
