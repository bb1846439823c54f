"""The bytes of a document as text, with columns in characters."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.spec.source_text import decode_source
from flexprice_codegen.spec.sources import (
    Source,
)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    text = decode_source(Source("api.yaml", b"\xef\xbb\xbfopenapi: 3.0.3"))
    assert text.body == "openapi: 3.0.3"


def test_columns_count_characters_not_bytes() -> None:
    with pytest.raises(DiagnosticError) as caught:
        decode_source(Source("api.yaml", b"a: 1\n\xc3\xa9\xe2\x82\xac\xff"))
    assert caught.value.diagnostics[0].location == FileLocation("api.yaml", 2, 3)
