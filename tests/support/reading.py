"""JSON read by the runtime's decoder, with what it reports."""

from __future__ import annotations

import json
from typing import Any

from flexprice_codegen.runtime.decoding import Mismatch, decode
from flexprice_codegen.runtime.shapes import Hint
from support.shapes import Everything
from support.values import Value


def read(text: str | bytes, hint: Hint = Everything) -> tuple[Any, list[Mismatch]]:
    """Return the value of a JSON text, and what was reported."""
    report: list[Mismatch] = []
    raw = text.encode() if isinstance(text, str) else text
    return decode(raw, hint, report), report


def read_plain(body: Value, hint: Hint) -> tuple[Any, list[Mismatch]]:
    """Return what becomes of a plain value, and what was reported."""
    return read(json.dumps(body), hint)


def read_field(name: str, text: str) -> object:
    """Return one field of `Everything`, of which nothing may be reported."""
    value, report = read(f'{{"{name}": {text}}}')
    assert report == []
    return getattr(value, name)
