"""Bodies in parts that are no form, as a real server receives them."""

from __future__ import annotations

import email.parser
import email.policy
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.loopback import Received, send_body

from flexprice_codegen.runtime.mixed import mixed_body
from flexprice_codegen.runtime.operation import Body

if TYPE_CHECKING:
    from support.loopback import Loopback


def parse(received: Received) -> Message:
    """Return the parts that a mail program sees, which knows these media types."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    return parser.parsebytes(head + received.body)


@pytest.mark.parametrize("media_type", ["multipart/related", "multipart/mixed"])
def test_parts_are_sent_in_order(media_type: str, server: Loopback) -> None:
    value = {"about": {"name": "n"}, "media": ("a.png", b"\x00\r\n--\xff")}
    message = parse(send_body(server, mixed_body(value, media_type)))
    assert message.get_content_type() == media_type
    assert not message.defects
    about, media = message.iter_parts()  # type: ignore[attr-defined]
    assert about.get_content_type() == "application/json"
    assert about.get_payload(decode=True) == b'{"name":"n"}'
    assert media.get_content_type() == "image/png"
    assert media.get_filename() == "a.png"
    assert media.get_payload(decode=True) == b"\x00\r\n--\xff"


def test_a_related_body_names_the_type_of_its_root(server: Loopback) -> None:
    message = parse(send_body(server, mixed_body({"a": {}}, "multipart/related")))
    assert message.get_param("type") == "application/json"


def test_a_file_is_streamed(server: Loopback, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(b"\x01" * 200_000)
    with path.open("rb") as file:
        body = mixed_body({"file": file}, "multipart/mixed")
        assert body.is_once
        (part,) = parse(send_body(server, body)).iter_parts()  # type: ignore[attr-defined]
    assert part.get_payload(decode=True) == b"\x01" * 200_000
    assert part.get_filename() == "large.bin"


def test_a_name_cannot_add_headers(server: Loopback) -> None:
    value = {'a"\r\nX-Evil: 1': "x"}
    (part,) = parse(send_body(server, mixed_body(value, "multipart/mixed"))).iter_parts()  # type: ignore[attr-defined]
    assert part["X-Evil"] is None


def test_nothing_is_no_body() -> None:
    assert mixed_body(None, "multipart/mixed") == Body()
