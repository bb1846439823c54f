"""Bodies: what a request carries, in every media type that a client can write."""

from __future__ import annotations

import inspect
import io
import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from support.documents import read_stored
from support.generated import Generated, Generator
from support.loopback import Loopback, Received
from support.values import Value

from flexprice_codegen.diagnostics import Level

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = read_stored("calls")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


Send = Callable[[Callable[[Value], Value]], Received]


@pytest.fixture
def send(api: Generated, server: Loopback) -> Send:
    """Return the function that calls in both modes; both send the same request."""

    def sent(use: Callable[[Value], Value]) -> Received:
        return api.sent(use, server)

    return sent


def parts_of(received: Received) -> list[tuple[dict[str, str], bytes]]:
    """Read the parts of a multipart body: their headers in lower case, and contents."""
    found = re.search("boundary=([^;]+)", received.headers["content-type"])
    assert found is not None
    made = []
    for part in received.body.split(b"--" + found[1].encode())[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.partition(": ") for line in head.decode().split("\r\n")]
        made.append(({name.lower(): value for name, _, value in lines}, content))
    return made


def test_a_form_is_sent_by_wire_names(api: Generated, send: Send) -> None:
    body = api.models.SendFormBody(
        name="a b&c",
        tags=["x", "y"],
        at=date(2026, 1, 1),
        class_="k",
        joined=["a", "b"],
        deep={"k": "v"},
    )
    got = send(lambda client: client.bodies.send_form(body))
    assert got.headers["content-type"] == "application/x-www-form-urlencoded"
    assert got.body == (
        b"name=a%20b%26c&tags=x&tags=y&at=2026-01-01&class=k"
        b"&joined=a,b&deep%5Bk%5D=v"
    )


@BOTH
def test_files_are_sent_as_parts_with_names_and_types(
    mode: str, api: Generated, server: Loopback, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF")
    with path.open("rb") as file:
        body = api.models.SendFilesBody(
            file=("a.png", b"\x89PNG", "image/png"),
            more=[b"raw", file],
            title="The title",
            thing=api.models.Thing(name="n"),
        )
        api.call(
            mode, lambda client: client.bodies.send_files(body), base_url=server.url
        )
    got = server.last
    found = [
        (head["content-disposition"].removeprefix("form-data; "), head, content)
        for head, content in parts_of(got)
    ]
    assert [(name, content) for name, _, content in found] == [
        ('name="file"; filename="a.png"', b"\x89PNG"),
        ('name="more"; filename="upload"', b"raw"),
        ('name="more"; filename="report.pdf"', b"%PDF"),
        ('name="title"', b"The title"),
        ('name="thing"', b'{"name":"n"}'),
    ]
    assert found[0][1]["content-type"] == "image/png"
    assert found[4][1]["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("given", "media_type"),
    [(b"P", "image/png"), (("a", b"P", "image/gif"), "image/gif")],
)
def test_a_file_has_the_declared_media_type_unless_the_caller_gives_one(
    given: Value, media_type: str, api: Generated, server: Loopback
) -> None:
    body = api.models.SendFilesBody(file=given)
    api.call("sync", lambda client: client.bodies.send_files(body), base_url=server.url)
    ((head, _),) = parts_of(server.last)
    assert head["content-type"] == media_type


@pytest.mark.parametrize(
    "given", [b"\x89PNG", io.BytesIO(b"\x89PNG"), [b"\x89", b"PNG"]]
)
def test_a_binary_body_is_sent_as_it_is(
    given: Value, api: Generated, server: Loopback
) -> None:
    for mode in ("sync", "async"):
        if isinstance(given, io.BytesIO):
            given.seek(0)
        api.call(
            mode, lambda client: client.bodies.send_bytes(given), base_url=server.url
        )
        assert server.last.body == b"\x89PNG"
        assert server.last.headers["content-type"] == "image/png"


def test_a_binary_body_is_no_tuple_of_name_and_file(api: Generated) -> None:
    method = api.module("resources.bodies").Bodies.send_bytes
    body = inspect.signature(method).parameters["body"]
    assert body.annotation == "Stream", "only what the runtime can send is accepted"


def test_a_text_body_is_sent_in_its_media_type(send: Send) -> None:
    got = send(lambda client: client.bodies.send_text("a,é\n"))
    assert (got.body, got.headers["content-type"]) == ("a,é\n".encode(), "text/csv")


@pytest.mark.parametrize(
    ("given", "body"), [(None, b"null"), ([1, {"a": None}], b'[1,{"a":null}]')]
)
def test_a_body_without_a_schema_takes_any_json(
    given: Value, body: bytes, send: Send
) -> None:
    assert send(lambda client: client.bodies.send_any(given)).body == body


def test_json_is_taken_where_a_body_has_several_media_types(
    api: Generated, send: Send
) -> None:
    got = send(lambda client: client.bodies.send_either(api.models.Thing(name="a")))
    assert got.headers["content-type"] == "application/json"
    assert not [each for each in api.said(Level.NOTE) if "is sent as" in each]


def test_a_body_may_be_a_list_of_classes(api: Generated, send: Send) -> None:
    things = [api.models.Thing(name="a"), api.models.Thing(name="b", size=1)]
    got = send(lambda client: client.bodies.send_list(things))
    assert json.loads(got.body) == [{"name": "a"}, {"name": "b", "size": 1}]


def test_a_delete_may_have_a_body(api: Generated, send: Send) -> None:
    thing = api.models.Thing(name="a")
    got = send(lambda client: client.bodies.remove_with_body(thing))
    assert (got.method, got.body) == ("DELETE", b'{"name":"a"}')


@pytest.mark.parametrize(
    ("deep", "spaced"),
    [
        ('it\'s "a"', 'it\'s "b" "c"'),
        ("DeepObject()", "Style(explode=False)"),
        ("\\", '"""'),
    ],
    ids=["quotes", "code", "escapes"],
)
def test_a_form_may_call_its_fields_anything(
    generated: Generator, server: Loopback, deep: str, spaced: str
) -> None:
    properties = {
        deep: {"type": "object", "additionalProperties": {"type": "string"}},
        spaced: {"type": "array", "items": {"type": "string"}},
    }
    encoding = {
        deep: {"style": "deepObject", "explode": True},
        spaced: {"style": "spaceDelimited", "explode": False},
    }
    form = {
        "schema": {"type": "object", "properties": properties},
        "encoding": encoding,
    }
    post = {
        "operationId": "send",
        "tags": ["forms"],
        "requestBody": {"content": {"application/x-www-form-urlencoded": form}},
        "responses": {"204": {"description": "Done."}},
    }
    api = generated(
        {
            "openapi": "3.1.0",
            "info": {"title": "Forms", "version": "1"},
            "paths": {"/forms": {"post": post}},
        }
    )

    names = [each.name for each in fields(api.models.SendBody)]
    body = api.models.SendBody(
        **dict(zip(names, ({"x": "1"}, ["p", "q"]), strict=True))
    )
    received = api.sent(lambda client: client.forms.send(body), server)

    assert parse_qsl(received.body.decode()) == [(f"{deep}[x]", "1"), (spaced, "p q")]
