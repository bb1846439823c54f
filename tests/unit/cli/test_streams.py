"""Standard output in any encoding."""

from __future__ import annotations

import io
import sys

import pytest

from flexprice_codegen.cli.streams import accept_any_character


def test_what_a_terminal_cannot_write_is_escaped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    accept_any_character()
    sys.stdout.write("é\u20ac")
    sys.stdout.flush()
    assert raw.getvalue() == b"\\xe9\\u20ac"


def test_another_stream_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    accept_any_character()
