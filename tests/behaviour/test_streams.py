"""Answers that come bit by bit: server-sent events, and JSON values one a line."""

from __future__ import annotations

import asyncio
import gc
import inspect
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from itertools import count
from typing import Self

import pytest
from support.generated import Generated, Generator
from support.loopback import Fault, Loopback, Reply
from support.patience import PATIENCE
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = """
openapi: 3.2.0
info: {title: Feed, version: "1"}
paths:
  /ticks:
    get:
      tags: [feed]
      operationId: ticks
      parameters: [{name: since, in: query, schema: {type: integer}}]
      responses:
        "200":
          description: Ticks.
          content:
            text/event-stream:
              schema: {$ref: '#/components/schemas/Tick'}
  /news:
    get:
      tags: [feed]
      operationId: news
      responses:
        "200":
          description: Events of two kinds.
          content:
            text/event-stream:
              itemSchema:
                oneOf:
                  - properties:
                      event: {const: tick}
                      data:
                        type: string
                        contentMediaType: application/json
                        contentSchema: {$ref: '#/components/schemas/Tick'}
                  - properties:
                      event: {const: word}
                      data: {type: string}
  /lines:
    post:
      tags: [feed]
      operationId: lines
      deprecated: true
      responses:
        "200":
          description: Ticks.
          content:
            application/x-ndjson:
              schema: {type: array, items: {$ref: '#/components/schemas/Tick'}}
  /words:
    get:
      tags: [feed]
      operationId: words
      responses:
        "200":
          description: Of any kind.
          content: {text/event-stream: {}}
  /records:
    get:
      tags: [feed]
      operationId: records
      responses:
        "200":
          description: Anything.
          content: {application/json-seq: {}}
components:
  schemas:
    Tick:
      type: object
      required: [at]
      properties: {at: {type: integer}, price: {type: string, format: decimal}}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def all_of(api: Generated, mode: str, server: Loopback, name: str) -> list[Value]:
    """Call an operation, and read what it gives to the end."""

    async def run() -> list[Value]:
        async with api.client("async", base_url=server.url) as client:
            return [each async for each in await getattr(client.feed, name)()]

    if mode == "async":
        return asyncio.run(run())
    with api.client(base_url=server.url) as client:
        return list(getattr(client.feed, name)())


def sent(body: str, kind: str = "text/event-stream", **more: Value) -> Reply:
    """Make an answer that is a stream."""
    return Reply(body=body.encode(), headers={"Content-Type": kind}, **more)


@BOTH
def test_events_have_typed_data_a_name_and_an_id(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(
        sent(
            ': hello\nid: 7\nevent: tick\ndata: {"at": 1,\ndata: "price": "2.50"}\n\n'
            'retry: 3000\r\ndata:{"at": 2}\r\n\r\nunknown: x\n: bye\n'
        )
    )
    first, second = all_of(api, mode, server, "ticks")
    assert server.last.headers["accept"].startswith("text/event-stream")
    assert (first.event, first.id, first.retry) == ("tick", "7", None)
    assert first.data == api.models.Tick(at=1, price=Decimal("2.50"))
    assert (second.event, second.id, second.retry) == ("message", "7", 3000)
    assert second.data == api.models.Tick(at=2, price=None)


@BOTH
def test_data_is_what_the_schema_of_whole_events_says_of_it(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent('event: tick\ndata: {"at": 1}\n\nevent: word\ndata: so it is'))
    tick, word = all_of(api, mode, server, "news")
    assert (tick.event, tick.data) == ("tick", api.models.Tick(at=1, price=None))
    assert (word.event, word.data) == ("word", "so it is")


@BOTH
def test_data_without_a_schema_is_a_text(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent("data: {\ndata\ndata:  é\n\ndata: [DONE]\n\n"))
    assert [e.data for e in all_of(api, mode, server, "words")] == [
        "{\n\n é",
        "[DONE]",
    ]


@BOTH
def test_what_servers_send_to_keep_a_stream_open_is_passed_over(
    api: Generated, server: Loopback, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(
        sent(
            'data: {"at": 1}\n\nevent: ping\ndata:\n\ndata: keepalive\n\n'
            'data: [DONE]\n\ndata: {"at": 2}\n\n'
        )
    )
    assert [e.data.at for e in all_of(api, mode, server, "ticks")] == [1, 2]
    assert caplog.text == ""


@BOTH
def test_json_values_come_one_a_line(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent('{"at": 1}\n\n{"at": 2}\r\n{"at": 3}', "application/x-ndjson"))
    with pytest.deprecated_call(match="POST /lines is deprecated"):
        found = all_of(api, mode, server, "lines")
    assert found == [api.models.Tick(at=at, price=None) for at in (1, 2, 3)]
    assert server.last.method == "POST"


@BOTH
def test_records_of_a_text_sequence_may_have_several_lines(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent('\x1e{"a":\n1}\n\x1e[2]\n\x1enull\n', "application/json-seq"))
    assert all_of(api, mode, server, "records") == [{"a": 1}, [2], None]


@BOTH
def test_a_refusal_is_an_error_of_the_call(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(Reply(404, b'{"message": "no feed"}'))
    with pytest.raises(api.package.NotFoundError, match="no feed"):
        all_of(api, mode, server, "ticks")


@BOTH
def test_a_connection_that_breaks_is_an_error_of_the_iteration(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent('data: {"at": 1}\n\n' * 20, fault=Fault.HALF_BODY))
    with pytest.raises(api.package.APIConnectionError, match="GET /ticks"):
        all_of(api, mode, server, "ticks")


@BOTH
def test_data_that_is_no_json_ends_nothing_and_is_logged_without_the_data(
    api: Generated, server: Loopback, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(sent('data: {"at": 1}\n\ndata: secret\n\ndata: {"at": 2}\n\n'))
    assert [e.data.at for e in all_of(api, mode, server, "ticks")] == [1, 2]
    assert (
        "GET /ticks: skipped a piece of 6 bytes, which is not valid JSON" in caplog.text
    )
    assert "secret" not in caplog.text


def test_data_that_is_no_json_is_an_error_with_that_data_where_strict(
    api: Generated, server: Loopback
) -> None:
    server.reply(sent('data: {"at": 1}\n\ndata: {"at"\n\n'))
    with api.client(base_url=server.url, strict=True) as client:
        found = client.feed.ticks()
        assert next(found).data.at == 1
        with pytest.raises(api.package.ResponseBodyError) as caught:
            next(found)
    assert caught.value.content == b'{"at"'


ONE, TWO = '{"at": 1}', '{"at": 2}'


@BOTH
@pytest.mark.parametrize("name", ["ticks", "lines"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/event-stream", f"data: {ONE}\n\ndata: {TWO}\n\n"),
        ("application/x-ndjson", f"{ONE}\n{TWO}\n"),
        ("application/json-seq", f"\x1e{ONE}\n\x1e{TWO}\n"),
        ("application/json", f"[{ONE}, {TWO}]"),
        ("application/json", f"\n[\n  {ONE},\n  {TWO}\n]\n"),
        ("application/json; charset=utf-8", f"{ONE}\r\n{TWO}"),
        ("application/hal+json", f"{ONE}\n\n{TWO}\n"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_a_server_really_sends_is_read_by_its_media_type(
    api: Generated, server: Loopback, mode: str, name: str, kind: str, body: str
) -> None:
    server.reply(sent(body, kind))
    found = all_of(api, mode, server, name)
    values = [each.data for each in found] if name == "ticks" else found
    assert values == [api.models.Tick(at=at, price=None) for at in (1, 2)]


@BOTH
def test_an_answer_of_one_json_value_is_one_event(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent('{\n  "at": 1\n}\n', "application/json"))
    (event,) = all_of(api, mode, server, "ticks")
    assert event.data == api.models.Tick(at=1, price=None)
    server.reply(sent('[{"a": 1}]', "application/json"))
    assert all_of(api, mode, server, "records") == [[{"a": 1}]]


@BOTH
@pytest.mark.parametrize("body", ['{"at": 1', "{\n", "[1,\n"])
def test_json_that_is_cut_is_never_nothing_without_a_word(
    api: Generated,
    server: Loopback,
    mode: str,
    body: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.reply(sent(body, "application/json"))
    assert all_of(api, mode, server, "ticks") == []
    assert "which is not valid JSON" in caplog.text


@BOTH
def test_an_answer_that_is_no_stream_is_an_error_of_the_call(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(sent("<p>Log in</p>", "text/html; charset=utf-8"))
    with pytest.raises(api.package.ResponseBodyError) as caught:
        all_of(api, mode, server, "ticks")
    said = "200: expected text/event-stream, got text/html (GET /ticks)"
    assert (str(caught.value), caught.value.content) == (said, b"<p>Log in</p>")


@BOTH
@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", ""])
def test_a_stream_of_a_vague_media_type_is_what_the_document_says(
    api: Generated, server: Loopback, mode: str, kind: str
) -> None:
    server.reply(sent(f"data: {ONE}\n\n", kind))
    assert [e.data.at for e in all_of(api, mode, server, "ticks")] == [1]


def test_data_of_another_type_is_logged_and_refused_where_strict(
    api: Generated, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(*[sent('data: {"at": "noon"}\n\n')] * 2)
    with api.client(base_url=server.url) as client:
        (event,) = client.feed.ticks()
        assert event.data.at == "noon"
        assert "$.at is a string, not int" in caplog.text
        with pytest.raises(api.package.ResponseMismatchError, match=r"\$\.at"):
            list(client.with_options(strict=True).feed.ticks())


def test_values_come_as_soon_as_they_are_sent_and_the_connection_is_closed(
    api: Generated,
) -> None:
    """The server notices that nobody listens: sending fails, and it stops."""
    with Endless() as server, api.client(base_url=server.url) as client:
        with client.feed.ticks() as found:
            assert next(found).data.at == 0
            assert next(found).data.at == 1
            assert found.headers["content-type"] == "text/event-stream"
        assert server.was_left()
        dropped = client.feed.ticks()
        next(dropped)
        del dropped
        gc.collect()
        assert server.was_left()
        unread = client.feed.ticks()
        del unread
        gc.collect()
        assert server.was_left()
        for _ in client.feed.ticks():
            break
        gc.collect()
        assert server.was_left()


def test_an_asynchronous_stream_is_closed_when_it_is_left_or_dropped(
    api: Generated,
) -> None:
    async def run(server: Endless) -> None:
        async with api.client("async", base_url=server.url) as client:
            async with await client.feed.ticks() as found:
                assert (await anext(found)).data.at == 0
            assert await asyncio.to_thread(server.was_left)
            dropped = await client.feed.ticks()
            await anext(dropped)
            del dropped
            gc.collect()
            assert await asyncio.to_thread(server.was_left)

    with Endless() as server:
        asyncio.run(run(server))


def test_a_hook_that_fails_closes_the_stream(api: Generated) -> None:
    def fail(_: object) -> None:
        raise LookupError("hook")

    with (
        Endless() as server,
        api.client(base_url=server.url, on_response=fail) as client,
    ):
        for feed in (client.feed, client.feed.with_raw_response):
            with pytest.raises(LookupError, match="hook"):
                feed.ticks()
            assert server.was_left()


def test_a_hook_that_fails_or_is_cancelled_closes_an_asynchronous_stream(
    api: Generated,
) -> None:
    async def run(server: Endless) -> None:
        started = asyncio.Event()

        async def fail(_: object) -> None:
            raise LookupError("hook")

        async def wait(_: object) -> None:
            started.set()
            await asyncio.Event().wait()

        async with api.client("async", base_url=server.url) as client:
            failing = client.with_options(on_response=fail)
            for feed in (failing.feed, failing.feed.with_raw_response):
                with pytest.raises(LookupError, match="hook"):
                    await feed.ticks()
                assert await asyncio.to_thread(server.was_left)

            waiting = client.with_options(on_response=wait)
            task = asyncio.create_task(waiting.feed.ticks())
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.was_left)

    with Endless() as server:
        asyncio.run(run(server))


def in_both(
    mode: str, client: Value, server: Loopback, use: Callable[[Value], Value]
) -> Value:
    """Open the raw stream of ticks in a mode, and give what `use` makes of it."""
    made = client(mode, server)
    if mode == "sync":
        with made, made.feed.with_raw_response.ticks() as raw:
            return raw, list(use(raw))

    async def run() -> Value:
        async with made, await made.feed.with_raw_response.ticks() as raw:
            found = use(raw)
            found = await found if inspect.isawaitable(found) else found
            return raw, [each async for each in found]

    return asyncio.run(run())


RAW_EVENTS = b'event: a\r\ndata: {"at": 1}\n\n: \xff\ndata: {"at": 2}'


@BOTH
def test_a_raw_stream_is_read_as_bytes_as_lines_or_as_it_would_have_been(
    mode: str, api: Generated, server: Loopback
) -> None:
    def client(mode: str, server: Loopback) -> Value:
        server.reply(
            Reply(
                body=RAW_EVENTS,
                headers={"Content-Type": "text/event-stream", "X-Request-ID": "r1"},
            )
        )
        return api.client(mode, base_url=server.url)

    raw, found = in_both(mode, client, server, lambda raw: raw.iter_bytes())
    assert (raw.status_code, raw.request_id) == (200, "r1")
    assert raw.headers["content-type"] == "text/event-stream"
    assert b"".join(found) == RAW_EVENTS

    _, found = in_both(mode, client, server, lambda raw: raw.iter_lines())
    assert found == ["event: a", 'data: {"at": 1}', "", ": \ufffd", 'data: {"at": 2}']

    _, found = in_both(mode, client, server, lambda raw: raw.parse())
    assert [(each.event, each.data.at) for each in found] == [("a", 1), ("message", 2)]


@BOTH
def test_a_raw_stream_of_another_media_type_is_read_all_the_same(
    mode: str, api: Generated, server: Loopback
) -> None:
    def client(mode: str, server: Loopback) -> Value:
        server.reply(Reply(body=b"<p>", headers={"Content-Type": "text/html"}))
        return api.client(mode, base_url=server.url)

    _, found = in_both(mode, client, server, lambda raw: raw.iter_lines())
    assert found == ["<p>"]


def test_a_raw_stream_that_is_not_read_gives_its_connection_back(
    api: Generated,
) -> None:
    with Endless() as server, api.client(base_url=server.url) as client:
        with client.feed.with_raw_response.ticks():
            pass
        assert server.was_left()
        raw = client.feed.with_raw_response.ticks()
        assert next(raw.iter_bytes())
        raw.close()
        assert server.was_left()


def test_an_asynchronous_raw_stream_that_is_not_read_gives_it_back(
    api: Generated,
) -> None:
    async def run(server: Endless) -> None:
        async with api.client("async", base_url=server.url) as client:
            async with await client.feed.with_raw_response.ticks():
                pass
            assert await asyncio.to_thread(server.was_left)
            raw = await client.feed.with_raw_response.ticks()
            assert await anext(raw.iter_bytes())
            await raw.aclose()
            assert await asyncio.to_thread(server.was_left)

    with Endless() as server:
        asyncio.run(run(server))


ENDLESS_PIECES = {
    "an event in one line": ("ticks", "text/event-stream", b'data: "' + b"a" * 70_000),
    "an event in many lines": ("ticks", "text/event-stream", b"data: aaaa\n" * 17_000),
    "a value in one line": ("records", "application/jsonl", b'"' + b"a" * 70_000),
    "a record": ("records", "application/json-seq", b'\x1e"' + b"a" * 70_000),
    "a text in many lines": ("records", "application/json", b"[\n" + b"1,\n" * 40_000),
}


@BOTH
@pytest.mark.parametrize("kind", ENDLESS_PIECES)
def test_a_piece_of_a_stream_is_no_larger_than_a_response(
    mode: str, kind: str, api: Generated, server: Loopback
) -> None:
    method, media, body = ENDLESS_PIECES[kind]
    server.reply(Reply(body=body, headers={"Content-Type": media}))

    def read(client: Value) -> Value:
        return list(getattr(client.feed, method)())

    async def read_async(client: Value) -> Value:
        return [each async for each in await getattr(client.feed, method)()]

    chosen: Value = read if mode == "sync" else read_async
    limited = {"base_url": server.url, "max_response_size": 50_000}
    said = r"a piece larger than 50000 bytes \(max_response_size\)"
    with pytest.raises(api.package.APIConnectionError, match=said):
        api.call(mode, chosen, **limited)


@BOTH
def test_a_stream_as_a_whole_may_be_larger(
    mode: str, api: Generated, server: Loopback
) -> None:
    beat = b": keep alive\n" * 5_000
    body = beat + b'data: {"at": 1}\n\n' * 5_000 + beat
    server.reply(Reply(body=body, headers={"Content-Type": "text/event-stream"}))

    def read(client: Value) -> Value:
        return list(client.feed.ticks())

    async def read_async(client: Value) -> Value:
        return [each async for each in await client.feed.ticks()]

    chosen: Value = read if mode == "sync" else read_async
    found = api.call(mode, chosen, base_url=server.url, max_response_size=100)
    assert len(found) == 5_000


class Endless:
    """A server that sends an event every few milliseconds until nobody listens."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._left = threading.Semaphore(0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def was_left(self) -> bool:
        """Return whether a client went away, within a while."""
        return self._left.acquire(timeout=PATIENCE)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(
                    target=self._serve, args=(connection,), daemon=True
                ).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.recv(65_536)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
            with suppress(OSError):
                connection.sendall(head)
                for at in count():
                    connection.sendall(b'data: {"at": %d}\n\n' % at)
                    time.sleep(0.005)
        self._left.release()
