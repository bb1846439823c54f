"""Operations that answer by one value or by a stream, as every chat API has them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = """
openapi: 3.1.0
info: {title: Talk, version: "1"}
paths:
  /chat:
    post:
      tags: [chat]
      operationId: chat
      deprecated: true
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Ask'}}}
      responses: {"200": {$ref: '#/components/responses/Both'}}
  /generate:
    post:
      tags: [chat]
      operationId: generate
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Prompt'}}}
      responses: {"200": {$ref: '#/components/responses/Both'}}
  /latest:
    get:
      tags: [chat]
      operationId: latest
      x-codegen: {stream: {skip: [over]}}
      responses: {"200": {$ref: '#/components/responses/Both'}}
components:
  responses:
    Both:
      description: Either.
      content:
        application/json: {schema: {$ref: '#/components/schemas/Answer'}}
        text/event-stream: {schema: {$ref: '#/components/schemas/Chunk'}}
  schemas:
    Ask:
      type: object
      required: [q]
      properties: {q: {type: string}, stream: {type: [boolean, "null"]}}
    Prompt:
      type: object
      properties: {q: {type: string}, stream: {type: boolean, default: true}}
    Answer: {type: object, required: [a], properties: {a: {type: string}}}
    Chunk: {type: object, required: [delta], properties: {delta: {type: string}}}
"""
WHOLE = Reply(body=b'{"a": "yes"}')
EVENTS = Reply(
    body=b'data: {"delta": "y"}\n\ndata: over\n\ndata: {"delta": "es"}\n\n',
    headers={"Content-Type": "text/event-stream"},
)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def call(
    api: Generated, mode: str, server: Loopback, name: str, *body: Value, **named: Value
) -> Value:
    """Call an operation; return its value, or the data of all events of its stream."""

    async def run() -> Value:
        async with api.client("async", base_url=server.url) as client:
            found = await getattr(client.chat, name)(*body, **named)
            if isinstance(found, api.package.AsyncStreamed):
                return [each.data.delta async for each in found]
            return found

    if mode == "async":
        return asyncio.run(run())
    with api.client(base_url=server.url) as client:
        found = getattr(client.chat, name)(*body, **named)
        if isinstance(found, api.package.Streamed):
            return [each.data.delta for each in found]
        return found


@BOTH
@pytest.mark.parametrize(
    ("given", "named", "sent"),
    [
        ({"q": "?"}, {"stream": True}, {"q": "?", "stream": True}),
        ({"q": "?", "stream": True}, {}, {"q": "?", "stream": True}),
        ({"q": "?", "stream": False}, {"stream": True}, {"q": "?", "stream": True}),
    ],
)
def test_a_call_that_asks_for_a_stream_returns_one(
    api: Generated,
    server: Loopback,
    mode: str,
    given: dict[str, Value],
    named: dict[str, Value],
    sent: Value,
) -> None:
    server.reply(EVENTS)
    body = api.models.Ask(**given)
    assert call(api, mode, server, "chat", body, **named) == ["y", "es"]
    assert json.loads(server.last.body) == sent
    assert server.last.headers["accept"].startswith("text/event-stream")


@BOTH
@pytest.mark.parametrize(
    ("given", "named", "sent"),
    [
        ({"q": "?"}, {}, {"q": "?"}),
        ({"q": "?", "stream": None}, {}, {"q": "?", "stream": None}),
        ({"q": "?", "stream": True}, {"stream": False}, {"q": "?", "stream": False}),
    ],
)
def test_any_other_call_returns_a_value(
    api: Generated,
    server: Loopback,
    mode: str,
    given: dict[str, Value],
    named: dict[str, Value],
    sent: Value,
) -> None:
    server.reply(WHOLE)
    body = api.models.Ask(**given)
    found = call(api, mode, server, "chat", body, **named)
    assert found == api.models.Answer(a="yes")
    assert json.loads(server.last.body) == sent
    assert server.last.headers["accept"] == "application/json"


@BOTH
def test_a_server_that_streams_by_default_does_so_without_an_argument(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(EVENTS, EVENTS, WHOLE)
    assert call(api, mode, server, "generate") == ["y", "es"]
    assert server.last.body == b""
    assert call(api, mode, server, "generate", stream=True) == ["y", "es"]
    assert json.loads(server.last.body) == {"stream": True}
    body = api.models.Prompt(q="?")
    found = call(api, mode, server, "generate", body, stream=False)
    assert found == api.models.Answer(a="yes")
    assert json.loads(server.last.body) == {"q": "?", "stream": False}


@BOTH
def test_without_a_switch_there_are_two_methods(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(WHOLE, EVENTS)
    assert call(api, mode, server, "latest") == api.models.Answer(a="yes")
    assert call(api, mode, server, "latest_stream") == ["y", "es"]
    assert server.last.headers["accept"].startswith("text/event-stream")


@BOTH
def test_an_answer_of_the_other_kind_is_a_value_or_a_clear_error(
    api: Generated, server: Loopback, mode: str
) -> None:
    server.reply(EVENTS, Reply(body=b'{"delta": "all"}'))
    said = r"200: the body \(text/event-stream\) is not JSON"
    with pytest.raises(api.package.ResponseBodyError, match=said):
        call(api, mode, server, "latest")
    assert call(api, mode, server, "latest_stream") == ["all"]


def test_a_raw_response_is_that_of_the_value(api: Generated, server: Loopback) -> None:
    server.reply(WHOLE)
    with api.client(base_url=server.url) as client:
        raw = client.chat.with_raw_response.chat(api.models.Ask(q="?"))
        assert raw.parse() == api.models.Answer(a="yes")
        server.reply(EVENTS)
        raw = client.chat.with_raw_response.chat(api.models.Ask(q="?"), stream=True)
        assert "".join(raw.iter_lines()).startswith("data:")


@pytest.mark.parametrize("stream", [False, True])
def test_a_deprecated_call_warns_its_caller(
    api: Generated, server: Loopback, *, stream: bool
) -> None:
    server.reply(EVENTS if stream else WHOLE)
    with (
        api.client(base_url=server.url) as client,
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        client.chat.chat(api.models.Ask(q="?"), stream=stream)
    assert [each.filename for each in caught] == [__file__]


CHECKERS = {
    "mypy": (sys.executable, "-m", "mypy", "--strict"),
    "pyright": (
        str(Path(sys.executable).with_name("pyright")),
        *("--pythonpath", sys.executable),
    ),
}
TYPED = """
from typing import assert_type

from {package} import (
    AsyncRawStream,
    AsyncStreamed,
    AsyncTalk,
    RawResponse,
    RawStream,
    ServerSentEvent,
    Streamed,
    Talk,
    models,
)



def asked(client: Talk, stream: bool) -> None:
    chat, generate = client.chat.chat, client.chat.generate
    ask = models.Ask(q="")
    assert_type(chat(ask), models.Answer)
    assert_type(chat(ask, stream=False), models.Answer)
    assert_type(chat(ask, stream=True), Streamed[ServerSentEvent[models.Chunk]])
    assert_type(generate(stream=False), models.Answer)
    assert_type(generate(), Streamed[ServerSentEvent[models.Chunk]])
    either = chat(ask, stream=stream)
    assert_type(either, models.Answer | Streamed[ServerSentEvent[models.Chunk]])
    raw = client.chat.with_raw_response
    assert_type(raw.chat(ask), RawResponse[models.Answer])
    assert_type(raw.generate(stream=False), RawResponse[models.Answer])
    assert_type(raw.chat(ask, stream=True), RawStream[ServerSentEvent[models.Chunk]])
    assert_type(raw.generate(), RawStream[ServerSentEvent[models.Chunk]])


async def awaited(client: AsyncTalk) -> None:
    ask = models.Ask(q="")
    assert_type(await client.chat.chat(ask), models.Answer)
    events = await client.chat.chat(ask, stream=True)
    assert_type(events, AsyncStreamed[ServerSentEvent[models.Chunk]])
    raw = await client.chat.with_raw_response.chat(ask)
    assert_type(raw, RawResponse[models.Answer])
    stream = await client.chat.with_raw_response.chat(ask, stream=True)
    assert_type(stream, AsyncRawStream[ServerSentEvent[models.Chunk]])
"""


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_both_forms_are_typed(api: Generated, checker: str) -> None:
    assert api.package.__file__ is not None
    folder = Path(api.package.__file__).parents[1]
    (folder / "typed_forms.py").write_text(
        TYPED.format(package=api.package.__name__), "utf-8"
    )
    done = subprocess.run(
        [*CHECKERS[checker], "typed_forms.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
