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
from flexprice_codegen.runtime.multipart import PartEncoding
from flexprice_codegen.runtime.operation import Body
from flexprice_codegen.runtime.styles import Arrays

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


@pytest.mark.parametrize(
    ("arrays", "names"),
    [
        ("repeat", ["tags", "tags"]),
        ("brackets", ["tags[]", "tags[]"]),
        ("indices", ["tags[0]", "tags[1]"]),
    ],
)
def test_a_list_is_several_parts(
    arrays: Arrays, names: list[str], server: Loopback
) -> None:
    value = {"tags": ["a", {"b": [1]}]}
    body = mixed_body(value, "multipart/mixed", arrays=arrays)
    parts = [*parse(send_body(server, body)).iter_parts()]  # type: ignore[attr-defined]
    found = [each.get_param("name", header="content-disposition") for each in parts]
    assert found == names
    assert [each.get_content_type() for each in parts] == [
        "text/plain",
        "application/json",
    ]
    assert parts[1].get_payload(decode=True) == b'{"b":[1]}'


def test_elements_of_a_list_are_parts_without_names(server: Loopback) -> None:
    value = [{"a": 1}, ("a.png", b"P"), b"Q", [1, 2], None, "x"]
    kinds = {"": PartEncoding(media_types=("image/png", "application/json"))}
    body = mixed_body(value, "multipart/mixed", kinds)
    parts = [*parse(send_body(server, body)).iter_parts()]  # type: ignore[attr-defined]
    assert [
        (each.get_content_type(), each.get_filename(), each.get_payload(decode=True))
        for each in parts
    ] == [
        ("application/json", None, b'{"a":1}'),
        ("image/png", "a.png", b"P"),
        ("image/png", "upload", b"Q"),
        ("application/json", None, b"[1,2]"),
        ("image/png", None, b"x"),
    ]
    dispositions = [each["Content-Disposition"] for each in parts]
    assert dispositions[0] is dispositions[3] is dispositions[4] is None
    assert dispositions[1] == 'attachment; filename="a.png"'


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


def test_a_body_without_files_is_whole_and_can_be_sent_again(tmp_path: Path) -> None:
    whole = mixed_body({"about": {"name": "n"}, "media": b"P"}, "multipart/mixed")
    assert isinstance(whole.content, bytes)

    path = tmp_path / "a.png"
    path.write_bytes(b"P")
    with path.open("rb") as file:
        once = mixed_body({"media": file}, "multipart/mixed")
        assert not isinstance(once.content, bytes)
