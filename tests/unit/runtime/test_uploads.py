"""Bodies that are sent as they are: bytes, texts, files and pieces."""

from __future__ import annotations

import asyncio
import io

import pytest
from support.loopback import Loopback, send_body

from flexprice_codegen.runtime.uploads import chunks, raw_body


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"\x00\xff", b"\x00\xff"),
        (bytearray(b"ab"), b"ab"),
        ("é", "é".encode()),
        (io.BytesIO(b"file" * 50_000), b"file" * 50_000),
        ([b"a", b"b"], b"ab"),
        (iter([b"a", b"b"]), b"ab"),
    ],
)
def test_bytes_texts_files_and_iterables_go_out_as_they_are(
    server: Loopback, value: object, expected: bytes
) -> None:
    received = send_body(server, raw_body(value, "text/plain; charset=utf-8"))
    assert received.body == expected
    assert received.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_body_that_is_no_content_is_refused() -> None:
    with pytest.raises(TypeError, match=r"body: expected bytes, .* got int"):
        raw_body(5)


def test_a_file_is_read_in_pieces_for_the_asynchronous_client() -> None:
    async def read() -> list[int]:
        return [len(each) async for each in chunks(io.BytesIO(b"x" * 100_000))]

    assert asyncio.run(read()) == [65_536, 34_464]
