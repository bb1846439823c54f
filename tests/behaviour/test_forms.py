"""Forms, bodies in parts, and nested parameters, as a real server receives them."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

import pytest
from support.documents import read_stored
from support.generated import Generated, Generator
from support.loopback import Loopback, Received, Reply
from support.values import Value

from flexprice_codegen.diagnostics import Level

SPEC = read_stored("forms")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
Send = Callable[[Callable[[Value], Value]], Received]


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


@pytest.fixture
def send(api: Generated, server: Loopback) -> Send:
    """Return the function that calls in both modes; both send the same request."""
    return lambda use: api.sent(use, server)


def pairs_of(received: Received) -> list[tuple[str, str]]:
    """Read a form, or the query where there is no body."""
    return parse_qsl(received.body.decode() or received.query)


def test_lists_in_the_query_keep_their_elements_apart(
    api: Generated, send: Send
) -> None:
    models = api.models
    got = send(
        lambda client: client.subscriptions.list(
            expand=["a", "b"],
            filter=models.Filter(tags=["x"]),
            page=models.Page(page=7.0, sort=["name,asc", "id"]),
            ids=[1, 2],
        )
    )
    assert pairs_of(got) == [
        ("expand[]", "a"),
        ("expand[]", "b"),
        ("filter[tags][]", "x"),
        ("page", "7"),
        ("sort", "name,asc"),
        ("sort", "id"),
        ("ids[0]", "1"),
        ("ids[1]", "2"),
    ]


def test_what_is_empty_is_not_sent(api: Generated, send: Send) -> None:
    models = api.models
    got = send(
        lambda client: client.subscriptions.list(
            expand=[], filter=models.Filter(), page=models.Page(), days=[], x_tags=[]
        )
    )
    assert got.query == ""
    assert "x-tags" not in got.headers


def test_a_query_keeps_what_is_reserved_or_percent_encoded(send: Send) -> None:
    got = send(lambda client: client.subscriptions.list(path="a/b%2Fc&d%"))
    assert got.query == "path=a/b%2Fc%26d%25"


def test_json_in_a_header_is_ascii(api: Generated, send: Send) -> None:
    page = api.models.Page(sort=["é"])
    got = send(lambda client: client.subscriptions.list(x_page=page))
    assert got.headers["x-page"] == r'{"sort":["\u00e9"]}'


def test_a_date_has_no_time(send: Send) -> None:
    got = send(lambda client: client.subscriptions.list(days=[date(2026, 1, 2)]))
    assert got.query == "days=2026-01-02"
    with pytest.raises(TypeError, match="days: expected a date, got a datetime"):
        send(
            lambda client: client.subscriptions.list(
                days=[datetime(2026, 1, 2, tzinfo=UTC)]
            )
        )


@pytest.mark.parametrize("header", ["Content-Length", "host", "Transfer-Encoding"])
def test_what_frames_a_request_is_no_parameter(header: str, api: Generated) -> None:
    method = api.module("resources.subscriptions").Subscriptions.list
    keyword = header.lower().replace("-", "_")
    assert keyword not in inspect.signature(method).parameters
    assert any(header in each for each in api.said(Level.NOTE))


def test_a_form_holds_lists_objects_and_json(api: Generated, send: Send) -> None:
    models = api.models
    body = models.Subscription(
        items=[models.Item(price="p", tags=["a"]), models.Item(price="q")],
        tags=["x", "y"],
        metadata={"k": "v"},
        settings={"n": 1},
    )
    got = send(lambda client: client.subscriptions.create(body))
    assert pairs_of(got) == [
        ("items[0][price]", "p"),
        ("items[0][tags][]", "a"),
        ("items[1][price]", "q"),
        ("tags", "x"),
        ("tags", "y"),
        ("metadata[k]", "v"),
        ("settings", '{"n":1}'),
    ]


def test_a_hint_says_how_a_form_writes_lists(api: Generated, send: Send) -> None:
    body = api.models.Subscription(tags=["x", "y"])
    got = send(lambda client: client.subscriptions.replace(body))
    assert pairs_of(got) == [("tags[]", "x"), ("tags[]", "y")]


def test_a_related_body_is_sent_as_such(api: Generated, server: Loopback) -> None:
    body = api.models.SendBody(about=api.models.Page(page=1), media=b"\x89PNG")
    for mode in ("sync", "async"):
        api.call(mode, lambda client: client.letters.send(body), base_url=server.url)
        kind = server.last.headers["content-type"]
        assert kind.startswith('multipart/related; type="application/json"; boundary=')
        about, media = server.last.body.split(b"--" + kind[-32:].encode())[1:-1]
        assert about.endswith(b'\r\n\r\n{"page":1}\r\n')
        assert media.endswith(b"Content-Type: image/png\r\n\r\n\x89PNG\r\n")


def test_a_hint_asks_for_dots(api: Generated, send: Send) -> None:
    models = api.models
    query = models.Subscription(
        items=[models.Item(price="p", tags=["a", "b"])], metadata={"k": "v"}
    )
    deep = models.Filter(tags=["x"])
    got = send(lambda client: client.batches.find(query=query, deep=deep))
    assert pairs_of(got) == [
        ("items[0].price", "p"),
        ("items[0].tags", "a"),
        ("items[0].tags", "b"),
        ("metadata.k", "v"),
        ("deep[tags]", "x"),
    ]


def read_parts(received: Received) -> list[tuple[Value, Value]]:
    """Return the disposition and the content of each part."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + received.body, policy=HTTP)
    return [
        (each["Content-Disposition"], each.get_payload(decode=True))
        for each in message.iter_parts()
    ]


def test_a_body_can_be_a_list_of_parts(api: Generated, server: Loopback) -> None:
    pages = [api.models.Page(page=1), api.models.Page(page=2)]
    for mode in ("sync", "async"):
        api.call(mode, lambda client: client.batches.run(pages), base_url=server.url)
        assert server.last.headers["content-type"].startswith("multipart/mixed; ")
        assert read_parts(server.last) == [
            (None, b'{"page":1}'),
            (None, b'{"page":2}'),
        ]


def test_lists_of_objects_and_files_are_several_parts(
    api: Generated, server: Loopback
) -> None:
    pages = [api.models.Page(page=1), api.models.Page(page=2)]
    body = api.models.KeepBody(pages=pages, media=[("a.png", b"P"), b"Q"])
    for mode in ("sync", "async"):
        api.call(mode, lambda client: client.batches.keep(body), base_url=server.url)
        assert read_parts(server.last) == [
            ('form-data; name="pages[0]"', b'{"page":1}'),
            ('form-data; name="pages[1]"', b'{"page":2}'),
            ('form-data; name="media[0]"; filename="a.png"', b"P"),
            ('form-data; name="media[1]"; filename="upload"', b"Q"),
        ]


def test_parts_are_sent_as_the_document_says(api: Generated, server: Loopback) -> None:
    body = api.models.SignBody(
        signature=b"\x00\xff", note="# n", tags=["a"], ids=[1, 2]
    )
    for mode in ("sync", "async"):
        api.call(mode, lambda client: client.letters.sign(body), base_url=server.url)
        boundary = server.last.headers["content-type"].rpartition("=")[2].encode()
        parts = server.last.body.split(b"--" + boundary)[1:-1]
        start = b"\r\nContent-Disposition: form-data; name="
        assert parts == [
            start + b'"signature"\r\n\r\nAP8=\r\n',
            start
            + b'"note"\r\nX-Kind: note\r\nContent-Type: text/markdown\r\n\r\n# n\r\n',
            start + b'"tags"\r\nContent-Type: application/json\r\n\r\n"a"\r\n',
            start + b'"ids"\r\n\r\n1,2\r\n',
        ]


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (b"P", "application/octet-stream"),
        (("a.png", b"P"), "image/png"),
        (("a.png", b"P", "image/webp"), "image/webp"),
    ],
)
def test_the_content_decides_about_a_range_of_media_types(
    given: Value, media_type: str, send: Send
) -> None:
    got = send(lambda client: client.letters.show(given))
    assert (got.body, got.headers["content-type"]) == (b"P", media_type)


def test_plain_text_says_its_encoding(send: Send) -> None:
    got = send(lambda client: client.letters.note("é"))
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.body == "é".encode()


def test_json_carries_bytes_and_text_but_no_files(api: Generated, send: Send) -> None:
    mail = api.models.Mail
    found = [str(each.type) for each in fields(mail)]
    unset = " | msgspec.UnsetType"
    assert found == [f"bytes{unset}", f"list[bytes]{unset}", f"str{unset}"]
    got = send(lambda client: client.letters.mail(mail(data=b"hi", picture="<svg>")))
    assert got.body == b'{"data":"aGk=","picture":"<svg>"}'


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"data": ("a.txt", b"hi")}, "body.data: expected bytes, got a file"),
        ({"data": io.BytesIO(b"hi")}, "body.data: expected bytes, got a file"),
        (
            {"several": [b"", ("a.txt", b"hi")]},
            "body.several: expected bytes, got a file",
        ),
        ({"picture": b"hi"}, "body.picture: expected a string, got bytes"),
    ],
)
def test_what_json_does_not_carry_is_refused(
    given: dict[str, Value], message: str, api: Generated, send: Send
) -> None:
    with pytest.raises(TypeError, match=message):
        send(lambda client: client.letters.mail(api.models.Mail(**given)))


def test_what_json_brings_is_read_as_it_is_sent(
    api: Generated, server: Loopback
) -> None:
    mail = api.models.Mail(data=b"hi", picture="<svg>")
    server.reply(Reply(body=b'{"data":"aGk=","picture":"<svg>"}'))
    assert (
        api.call("sync", lambda client: client.letters.mail(mail), base_url=server.url)
        == mail
    )


def test_a_multipart_body_carries_files(api: Generated) -> None:
    text = api.text("models/_document.py")
    assert text.count(": FileContent | UnsetType") == len(("data", "picture"))


def test_a_hint_names_the_parts_of_a_list(api: Generated, server: Loopback) -> None:
    body = api.models.Document(tags=["a", "b"])
    api.call("sync", lambda client: client.letters.file(body), base_url=server.url)
    assert server.last.body.count(b'name="tags[]"') == len(["a", "b"])


def test_each_media_type_has_a_body_of_its_own(api: Generated, send: Send) -> None:
    models = api.models
    rows = models.CreateTableBody(name="n")
    got = send(lambda client: client.tables.create_table(rows))
    assert (got.headers["content-type"], got.body) == (JSON, b'{"name":"n"}')


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_body_with_a_file_is_sent_in_parts(
    mode: str, api: Generated, server: Loopback
) -> None:
    table = api.models.CreateTableBodyMultipartFormData(file=b"")
    book = api.models.Book(title="t", covers=[("a.png", b"P")])
    calls: list[Callable[[Value], Value]] = [
        lambda client: client.tables.create_table(table),
        lambda client: client.tables.create_table({"file": b"P"}),
        lambda client: client.tables.create_book(book),
    ]
    for each in calls:
        api.call(mode, each, base_url=server.url)
        kind = server.last.headers["content-type"]
        assert kind.startswith("multipart/form-data; boundary=")
        assert b'; filename="' in server.last.body


@pytest.mark.parametrize(
    ("chosen", "media_type", "body"),
    [
        (None, "application/json", b'{"title":"t"}'),
        ("application/json", "application/json", b'{"title":"t"}'),
        (FORM, FORM, b"title=t"),
        ("multipart/form-data", "multipart/form-data", b'name="title"\r\n\r\nt\r\n'),
    ],
)
def test_a_caller_chooses_the_media_type(
    chosen: str | None, media_type: str, body: bytes, api: Generated, server: Loopback
) -> None:
    book = api.models.Book(title="t")
    # A parameter of the document has that name already.
    wanted = {} if chosen is None else {"content_type_2": chosen}
    api.call(
        "sync",
        lambda client: client.tables.create_book(book, content_type="own", **wanted),
        base_url=server.url,
    )
    assert server.last.query == "content_type=own"
    assert server.last.headers["content-type"].startswith(media_type)
    assert body in server.last.body


def test_a_media_type_that_is_not_declared_is_refused(
    api: Generated, send: Send
) -> None:
    book = api.models.Book(title="t")
    with pytest.raises(ValueError, match="content_type: 'text/csv' is not one of "):
        send(lambda client: client.tables.create_book(book, content_type_2="text/csv"))


@pytest.mark.parametrize("file", [("a.png", b"P"), io.BytesIO(b"P")])
def test_json_takes_no_file_even_if_the_caller_wants_it(
    file: Value, api: Generated, send: Send
) -> None:
    body = api.models.CreateTableBodyMultipartFormData(file=file)
    with pytest.raises(
        TypeError, match=r"body\.file: a file cannot be sent as application/json"
    ):
        send(lambda client: client.tables.create_table(body, content_type=JSON))


def test_an_operation_that_needs_no_body_has_none(send: Send) -> None:
    got = send(lambda client: client.tables.create_book())
    assert (got.body, "content-type" in got.headers) == (b"", False)
