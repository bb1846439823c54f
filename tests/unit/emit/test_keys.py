"""Idempotency keys: the code for them, and what a docstring says."""

from __future__ import annotations

import pytest

from flexprice_codegen.emit.keys import describe_key, format_key
from flexprice_codegen.surface.model import IdempotencyKey, KeyField

ID = KeyField(path="event_id", filling="uuid")
TIME = KeyField(path="timestamp", filling="now")
OWN = KeyField(path="key", filling="caller")


FILLED = "A retry is safe only if `event_id` is sent. The client fills it in if the body omits it."


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (IdempotencyKey(), "A retry is safe: the server recognizes a repeated call by its content."),
        (IdempotencyKey(fields=(ID,)), FILLED),
        (IdempotencyKey(fields=(OWN,)), "A retry is safe only if `key` is sent. The client does not fill it in."),
        (IdempotencyKey(fields=(ID,), unless="late"), f"{FILLED} With `late`, it neither fills it in nor retries."),
    ],
)  # fmt: skip
def test_a_docstring_says_when_a_retry_is_safe(key: IdempotencyKey, text: str) -> None:
    assert describe_key(key) == text


def test_a_key_of_several_fields_is_safe_with_all_of_them_only() -> None:
    said = describe_key(IdempotencyKey(fields=(ID, TIME)))
    assert "all of `event_id` and `timestamp` are sent" in said
    assert "fills in those that the body omits" in said


def test_the_code_names_all_fields() -> None:
    found = format_key(IdempotencyKey(fields=(ID, TIME), unless="late"))
    assert found.text.startswith("KeyFields(")
    assert all(f"'{word}'" in found.text.replace('"', "'") for word in ("event_id", "timestamp", "late"))  # fmt: skip
