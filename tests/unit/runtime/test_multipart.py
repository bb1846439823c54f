"""Bodies in parts, as a real server receives them."""

from __future__ import annotations

import email.parser
import email.policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import UNSET
from support.loopback import Received, send_body
from support.shapes import Cat, Color

from flexprice_codegen.runtime.multipart import PartEncoding, multipart_body
from flexprice_codegen.runtime.operation import Body
from flexprice_codegen.runtime.parameters import Style
from flexprice_codegen.runtime.styles import Arrays, DeepObject

if TYPE_CHECKING:
    from support.loopback import Loopback


def parts_of(received: Received) -> list[tuple[str, str | None, str, bytes]]:
    """Return name, file name, media type and content of each part."""
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


def test_a_whole_number_has_no_fraction(server: Loopback) -> None:
    received = send_body(server, multipart_body({"n": 7.0, "o": {"m": -2.0}}))
    assert [content for *_, content in parts_of(received)] == [b"7", b'{"m":-2}']


def test_a_form_without_parts_is_still_a_form(server: Loopback) -> None:
    received = send_body(server, multipart_body({"a": UNSET}))
    assert received.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert parts_of(received) == []


def test_a_form_needs_fields() -> None:
    with pytest.raises(TypeError, match="body: expected an object or a dict, got list"):
        multipart_body([1])


def test_a_form_of_nothing_is_no_body() -> None:
    assert multipart_body(None) == Body()


def test_the_media_type_of_a_file_cannot_add_headers() -> None:
    with pytest.raises(ValueError, match="file: its media type"):
        multipart_body({"file": ("a", b"", "text/plain\r\nX-Evil: 1")})


def test_parts_have_the_declared_media_types(server: Loopback) -> None:
    value = {
        "json": "x",
        "markdown": "# x",
        "several": [1, 2],
        "object": {"a": 1},
        "file": b"P",
        "typed": ("a.png", b"P", "image/gif"),
        "digest": b"\x00\xff",
    }
    encodings = {
        "json": PartEncoding(("application/json",)),
        "markdown": PartEncoding(("text/markdown",)),
        "several": PartEncoding(("application/json",)),
        "object": PartEncoding(("application/problem+json",)),
        "file": PartEncoding(("image/png",)),
        "typed": PartEncoding(("image/png",)),
        "digest": PartEncoding(is_text=True),
    }
    received = send_body(server, multipart_body(value, encodings))
    assert parts_of(received) == [
        ("json", None, "application/json", b'"x"'),
        ("markdown", None, "text/markdown", b"# x"),
        ("several", None, "application/json", b"1"),
        ("several", None, "application/json", b"2"),
        ("object", None, "application/problem+json", b'{"a":1}'),
        ("file", "upload", "image/png", b"P"),
        ("typed", "a.png", "image/gif", b"P"),
        ("digest", None, "text/plain", b"AP8="),
    ]


def test_a_part_can_have_a_style_and_then_no_media_type(server: Loopback) -> None:
    encodings = {
        "ids": PartEncoding(style=Style(explode=False)),
        "deep": PartEncoding(style=DeepObject()),
    }
    value = {"ids": [1, 2], "deep": {"a b": "c&d"}}
    received = send_body(server, multipart_body(value, encodings))
    assert parts_of(received) == [
        ("ids", None, "text/plain", b"1,2"),
        ("deep[a b]", None, "text/plain", b"c&d"),
    ]


def test_a_part_can_have_headers(server: Loopback) -> None:
    encodings = {"file": PartEncoding(headers={"X-Kind": "a"})}
    file = ("f", b"", None, {"X-Own": "b"})
    received = send_body(server, multipart_body({"file": file}, encodings))
    assert b"X-Kind: a\r\n" in received.body
    assert b"X-Own: b\r\n" in received.body


@pytest.mark.parametrize("header", ["a\r\nX-Evil: 1", "é", "a\x00"])
def test_a_header_of_a_part_cannot_add_others(header: str) -> None:
    with pytest.raises(ValueError, match="file: its header X-Own"):
        multipart_body({"file": ("f", b"", None, {"X-Own": header})})


def test_a_list_within_a_list_is_json(server: Loopback) -> None:
    received = send_body(server, multipart_body({"grid": [[1, 2], None, [3]]}))
    assert parts_of(received) == [
        ("grid", None, "application/json", b"[1,2]"),
        ("grid", None, "application/json", b"[3]"),
    ]


@pytest.mark.parametrize(
    ("arrays", "names"),
    [
        ("repeat", ["a", "a", "b"]),
        ("brackets", ["a[]", "a[]", "b"]),
        ("indices", ["a[0]", "a[1]", "b"]),
    ],
)
def test_the_parts_of_a_list_can_have_names_of_their_own(
    arrays: Arrays, names: list[str], server: Loopback
) -> None:
    body = multipart_body({"a": ["x", b"y"], "b": "z"}, arrays=arrays)
    assert [each[0] for each in parts_of(send_body(server, body))] == names
