"""Bodies as a generated client reads and writes them, without a call."""

from __future__ import annotations

import json

from support.generated import Generated
from support.values import Value


def read_body(api: Generated, text: str, hint: Value) -> tuple[Value, list[Value]]:
    """Read a body; give the value and the mismatches."""
    report: list[Value] = []
    found = api.module("runtime.decoding").decode(text.encode(), hint, report)
    return found, report


def write_body(api: Generated, value: Value) -> Value:
    """Write a body; give it as plain data."""
    return json.loads(api.module("runtime.encoding").encode(value))
