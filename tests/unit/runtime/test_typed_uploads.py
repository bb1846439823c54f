"""Bodies of a range of media types: the content decides."""

from __future__ import annotations

import io

import pytest

from flexprice_codegen.runtime.operation import Body
from flexprice_codegen.runtime.typed_uploads import typed_body


def test_the_media_type_comes_from_the_caller() -> None:
    given = ("a.png", b"P", "image/webp")
    assert typed_body(given, "image/*") == Body("image/webp", b"P")
    assert typed_body(given[:2], "image/*") == Body("image/png", b"P")
    assert typed_body(b"P", "image/*") == Body("application/octet-stream", b"P")


def test_an_open_file_has_a_name() -> None:
    file = io.BytesIO(b"P")
    file.name = "a.gif"
    assert typed_body(file, "image/*").media_type == "image/gif"


def test_the_media_type_cannot_add_headers() -> None:
    with pytest.raises(ValueError, match="body: its media type"):
        typed_body((None, b"", "a/b\r\nX-Evil: 1"), "image/*")
