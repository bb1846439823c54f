"""Forms, as a real server receives them."""

from __future__ import annotations

import email.parser
import email.policy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import UNSET
from support.loopback import Loopback, Received, send_body
from support.shapes import Cat, Color, Money

from flexprice_codegen.runtime.forms import form_body, multipart_body
from flexprice_codegen.runtime.operation import MakeBody
from flexprice_codegen.runtime.parameters import Style

if TYPE_CHECKING:
    from pathlib import Path

    from support.loopback import Loopback, Received


def parts_of(received: Received) -> list[tuple[str, str | None, str, bytes]]:
    """Give name, file name, media type and content of each part."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    message = parser.parsebytes(head + received.body)
    found = []
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((name, part.get_filename(), part.get_content_type(), content))
    return found


def test_a_form_is_urlencoded(server: Loopback) -> None:
    value = {"a": "x y&z", "b": [1, 2], "c": UNSET, "d": None, "e": True}
    received = send_body(server, form_body(value))
    assert received.body == b"a=x%20y%26z&b=1&b=2&e=true"
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_form_follows_styles_and_takes_classes() -> None:
    joined = {"body:ids": Style(explode=False)}
    assert form_body({"ids": [1, 2]}, joined).content == b"ids=1,2"
    assert form_body(Money(amount=Decimal("1.10"))).content == b"amount=1.10"


def test_parts_are_texts_json_and_files(server: Loopback, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    with picture.open("rb") as file:
        value: dict[str, Any] = {
            "name": "Ann",
            "count": 3,
            "color": Color.RED,
            "tags": ["a", "b"],
            "pet": Cat(kind="cat"),
            "raw": b"\x00\x01",
            "picture": file,
            "named": ("notes.txt", b"hello"),
            "typed": ("data", b"{}", "application/json"),
            "several": [("1.bin", b"1"), ("2.bin", b"2")],
            "absent": UNSET,
            "nothing": None,
        }
        received = send_body(server, multipart_body(value))
    assert parts_of(received) == [
        ("name", None, "text/plain", b"Ann"),
        ("count", None, "text/plain", b"3"),
        ("color", None, "text/plain", b"red"),
        ("tags", None, "text/plain", b"a"),
        ("tags", None, "text/plain", b"b"),
        ("pet", None, "application/json", b'{"kind":"cat","lives":null,"born":null}'),
        ("raw", "upload", "application/octet-stream", b"\x00\x01"),
        ("picture", "picture.png", "image/png", b"\x89PNG"),
        ("named", "notes.txt", "text/plain", b"hello"),
        ("typed", "data", "application/json", b"{}"),
        ("several", "1.bin", "application/octet-stream", b"1"),
        ("several", "2.bin", "application/octet-stream", b"2"),
    ]


def test_a_form_without_parts_is_still_a_form(server: Loopback) -> None:
    received = send_body(server, multipart_body({"a": UNSET}))
    assert received.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert parts_of(received) == []


@pytest.mark.parametrize("make", [form_body, multipart_body])
def test_a_form_needs_fields(make: MakeBody) -> None:
    with pytest.raises(TypeError, match="body: expected an object or a dict, not list"):
        make([1])


def test_the_media_type_of_a_file_cannot_add_headers() -> None:
    with pytest.raises(ValueError, match="file: its media type"):
        multipart_body({"file": ("a", b"", "text/plain\r\nX-Evil: 1")})
