"""Media types: what the keys under `content` mean."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.media_types import ANY_MEDIA_TYPE, parse_media_type


@pytest.mark.parametrize(
    ("key", "media_type", "is_valid"),
    [
        ("application/json", "application/json", True),
        ("Text/Plain; charset=utf-8", "text/plain", True),
        ("image/*", "image/*", True),
        ("JSON", "application/json", False),
        ("application / json", "application/json", False),
        ("application/json, text/json", "application/json", False),
        ("no such thing", ANY_MEDIA_TYPE, False),
        ("", ANY_MEDIA_TYPE, False),
    ],
)
def test_a_key_is_read_as_the_media_type_that_it_means(
    key: str, media_type: str, *, is_valid: bool
) -> None:
    assert parse_media_type(key) == (media_type, is_valid)
