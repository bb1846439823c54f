"""The module `recording`: what a client was answered, in a file without secrets."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from support.documents import INTEGER, TEXT, Json, document, operation, ref
from support.generated import Generated, Generator, create_generator
from support.loopback import Loopback, Reply
from support.values import Value

from flexprice_codegen.cli.main import main

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
KINDS = pytest.mark.parametrize("record", ["values", "shapes"])
ID = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
THING: Json = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": TEXT,
        "state": {"type": "string", "enum": ["open", "shut"]},
        "amount": {"type": "number"},
        "count": INTEGER,
        "open": {"type": "boolean"},
        "at": {"type": "string", "format": "date-time"},
        "api_key": TEXT,
        "file_url": TEXT,
    },
}
EVENT: Json = {
    "type": "object",
    "required": ["event_type", "thing"],
    "properties": {"event_type": ref("Name"), "thing": ref("Thing")},
}
NEWS = {
    "200": {
        "description": "ok",
        "content": {"text/event-stream": {"schema": ref("Thing")}},
    }
}
GIVEN = {
    "200": {"description": "ok", "content": {"application/json": {"schema": EVENT}}}
}
DOCUMENT = {
    **document(
        {
            "/things/{id}": {"get": operation("get", ref("Thing"), parameters=ID)},
            "/things": {"post": operation("make", ref("Thing"), ref("Thing"))},
            "/news": {"get": operation("follow", responses=NEWS)},
            "/webhook-events/thing.made": {"post": {"responses": GIVEN}},
            "/webhook-events/thing.gone": {"post": {"responses": GIVEN}},
        },
        {"Thing": THING, "Name": {**TEXT, "enum": ["thing.made", "thing.gone"]}},
    ),
    "security": [{"Header": [], "Query": [], "Cookie": []}],
}
DOCUMENT["components"]["securitySchemes"] = {
    "Header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "Query": {"type": "apiKey", "in": "query", "name": "key"},
    "Cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
}
SECRETS = {"header": "canary-key-1", "query": "canary-key-2", "cookie": "canary-key-3"}
SIGNED = "https://files.example.com/canary-path?X-Amz-Signature=canary-signed"
FOUND: Json = {
    "id": "canary-id",
    "state": "open",
    "amount": 2.5,
    "count": 3,
    "open": True,
    "at": "2026-01-02T03:04:05Z",
    "api_key": "canary-made-key",
    "file_url": SIGNED,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """Make the client."""
    return create_generator(tmp_path_factory, "recording")(
        json.dumps(DOCUMENT), modules=("recording",)
    )


@pytest.fixture
def tape(made: Generated, tmp_path: Path) -> Iterator[Value]:
    """Record values."""
    with made.module("recording").Recorder(tmp_path / "traffic.jsonl") as recorder:
        yield recorder


def use(
    made: Generated, mode: str, tape: Value, server: Loopback, call: Value
) -> Value:
    """Call with all credentials, through a recorder."""
    names = {each.wire.lower(): each.keyword for each in made.surface.credentials}
    secrets = {
        names["x-key"]: SECRETS["header"],
        names["key"]: SECRETS["query"],
        names["sid"]: SECRETS["cookie"],
    }
    settings = {**secrets, "base_url": server.url}
    if mode == "sync":
        with tape.client() as http_client:
            return made.call(mode, call, **settings, http_client=http_client)

    async def run() -> Value:
        async with tape.async_client() as http_client:
            client = made.client(mode, **settings, http_client=http_client)
            return await call(client)

    return asyncio.run(run())


def get(client: Value) -> Value:
    """Get a thing, by the one namespace that there is."""
    return client.things.get(id="canary-id")


def make(made: Generated) -> Value:
    """Return what makes a thing with a secret."""
    thing = made.models.Thing(id="1", api_key="canary-made-key", file_url=SIGNED)
    return lambda client: client.things.make(thing)


def read(tape: Value) -> list[dict[str, Any]]:
    """Read the lines of a recording."""
    text = Path(tape.path).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def reply(value: object, **headers: str) -> Reply:
    """Return a reply of JSON."""
    return Reply(body=json.dumps(value).encode(), headers=headers)


@BOTH
def test_an_exchange_is_a_line_as_it_ends(
    mode: str, made: Generated, tape: Value, server: Loopback
) -> None:
    server.answer = lambda _: reply(FOUND)

    use(made, mode, tape, server, get)

    (line,) = read(tape)
    assert line["request"]["method"] == "GET"
    assert line["response"]["status"] == 200
    content = json.loads(line["response"]["content"]["text"])
    assert content["state"] == "open"
    assert content["amount"] == 2.5


@BOTH
@KINDS
def test_no_secret_is_in_a_recording(
    mode: str, record: str, made: Generated, tmp_path: Path, server: Loopback
) -> None:
    echo = {**FOUND, "id": f"you sent {SECRETS['header']} and {SECRETS['query']}"}
    cookie = {"Set-Cookie": "sid=canary-cookie", "Location": SIGNED}
    server.answer = lambda _: reply(echo, **cookie)
    recorder = made.module("recording").Recorder
    path = tmp_path / "traffic.jsonl"

    with recorder(path, record=record) as tape:
        use(made, mode, tape, server, get)
        use(made, mode, tape, server, make(made))
        tape.record_delivery(json.dumps({"event_type": "thing.made", "thing": FOUND}))
        tape.save_har(tmp_path / "traffic.har")

    assert tape.lost == 0
    assert len(read(tape)) == 3
    for file in (path, tmp_path / "traffic.har"):
        text = file.read_text(encoding="utf-8").replace("canary-id", "")
        assert "canary" not in text


def test_shapes_have_no_value(
    made: Generated, tmp_path: Path, server: Loopback
) -> None:
    server.answer = lambda _: reply(FOUND)

    with made.module("recording").Recorder(tmp_path / "t", record="shapes") as tape:
        use(made, "sync", tape, server, get)

    text = tape.path.read_text(encoding="utf-8")
    assert "canary" not in text
    content = read(tape)[0]["response"]["content"]
    assert content["_shapes"]
    assert json.loads(content["text"]) == {
        "id": "…",
        "state": "…",
        "amount": 0.5,
        "count": 0,
        "open": False,
        "at": "2000-01-01T00:00:00Z",
        "api_key": "…",
        "file_url": "…",
    }


@BOTH
def test_a_stream_is_kept_in_part(
    mode: str, made: Generated, tape: Value, server: Loopback
) -> None:
    pieces = [f"data: {json.dumps({'id': str(n)})}\n\n" for n in range(300)]
    head = {"Content-Type": "text/event-stream"}
    server.answer = lambda _: Reply(body="".join(pieces).encode(), headers=head)

    def follow(client: Value) -> Value:
        return list(client.things.follow())

    async def follow_async(client: Value) -> Value:
        return [each async for each in await client.things.follow()]

    found = use(made, mode, tape, server, follow_async if mode == "async" else follow)

    assert len(found) == 300
    (line,) = read(tape)
    assert line["response"]["content"]["text"].startswith('data: {"id": "0"}')


@pytest.mark.parametrize(
    "media",
    [
        "text/event-stream",
        "application/jsonl",
        "application/x-ndjson",
        "application/json-seq",
        "application/octet-stream",
    ],
)
def test_only_the_first_pieces_of_a_stream_are_kept(tape: Value, media: str) -> None:
    pieces = [b'data: {"id": "%d"}\n\n' % n for n in range(150)]

    def answer(_: httpx2.Request) -> httpx2.Response:
        head = {"content-type": media}
        return httpx2.Response(200, headers=head, content=iter(pieces))

    client = tape.client(httpx2.MockTransport(answer))
    text = client.get("https://api.example.com/news").text

    assert text.count("data:") == 150
    content = read(tape)[0]["response"]["content"]
    assert content["_cut"]
    assert content["size"] == len(b"".join(pieces[:100]))


def test_a_response_without_a_body_has_an_empty_text(tape: Value) -> None:
    client = tape.client(httpx2.MockTransport(lambda _: httpx2.Response(204)))
    assert client.delete("https://api.example.com/x").status_code == 204

    content = read(tape)[0]["response"]["content"]
    assert (content["size"], content["text"]) == (0, "")


def test_a_body_that_is_not_read_to_its_end_is_cut(tape: Value) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        pieces = (b'{"a":', b"1}")
        head = {"content-type": "application/json"}
        return httpx2.Response(200, headers=head, content=iter(pieces))

    client = tape.client(httpx2.MockTransport(answer))
    with client.stream("GET", "https://api.example.com/x") as response:
        next(response.iter_raw())

    assert read(tape)[0]["response"]["content"]["_cut"]


@BOTH
def test_a_large_body_has_its_shape_only(
    mode: str, made: Generated, tape: Value, server: Loopback
) -> None:
    many = {"id": "a", "more": [{"name": f"canary-{n:030}"} for n in range(30_000)]}
    server.answer = lambda _: reply(many)

    use(made, mode, tape, server, get)

    content = read(tape)[0]["response"]["content"]
    assert content["_shapes"]
    assert json.loads(content["text"]) == {"id": "…", "more": [{"name": "…"}]}


def test_compressed_bodies_are_read(tape: Value) -> None:
    head = {"content-type": "application/json", "content-encoding": "gzip"}
    data = gzip.compress(b'{"a": 1}')

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers=head, content=iter([data]))

    client = tape.client(httpx2.MockTransport(answer))

    assert client.get("https://api.example.com/x").json() == {"a": 1}
    assert read(tape)[0]["response"]["content"]["text"] == '{"a": 1}'


def test_one_exchange_of_so_many_is_recorded(
    made: Generated, tmp_path: Path, server: Loopback
) -> None:
    server.answer = lambda _: reply(FOUND)

    with made.module("recording").Recorder(tmp_path / "t", every=3) as tape:
        for _ in range(7):
            use(made, "sync", tape, server, get)
        use(made, "sync", tape, server, make(made))

    calls = [each["request"]["method"] for each in read(tape)]
    assert calls == ["GET", "GET", "GET", "POST"]


@BOTH
def test_a_recording_that_fails_disturbs_no_call(
    mode: str, made: Generated, tape: Value, server: Loopback
) -> None:
    server.answer = lambda _: reply(FOUND)
    tape.close()

    assert use(made, mode, tape, server, get).id == "canary-id"

    tape.record_delivery("not JSON")
    assert tape.lost == 2


def test_the_time_of_an_exchange_is_in_milliseconds(
    made: Generated, tape: Value, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.reply(reply(FOUND))
    moments = iter([2.5, 4.0])
    monkeypatch.setattr(
        made.module("runtime.recorder"), "perf_counter", moments.__next__
    )
    use(made, "sync", tape, server, get)
    assert [line["time"] for line in read(tape)] == [1500.0]


@pytest.mark.parametrize("settings", [{"record": "all"}, {"every": 0}])
def test_wrong_settings_are_told(
    settings: dict[str, Any], made: Generated, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="expected"):
        made.module("recording").Recorder(tmp_path / "t", **settings)


def test_an_asynchronous_transport_of_the_user_is_wrapped(tape: Value) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json={"a": 1})

    async def run() -> None:
        async with tape.async_client(httpx2.MockTransport(answer)) as client:
            await client.get("https://api.example.com/x")

    asyncio.run(run())

    assert read(tape)[0]["response"]["content"]["text"] == '{"a": 1}'


def conform(folder: Path, description: Json = DOCUMENT) -> dict[str, Any]:
    """Judge the recording of a folder."""
    (folder / "api.json").write_text(json.dumps(description), encoding="utf-8")
    report = folder / "report.json"
    command = ["conform", str(folder / "traffic.jsonl"), "--fail-on", "none"]
    command += ["--spec", str(folder / "api.json"), "--format", "json"]
    assert main([*command, "-o", str(report)]) == 0
    result: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return result


@KINDS
def test_honest_exchanges_and_deliveries_have_no_findings(
    record: str, made: Generated, tmp_path: Path, server: Loopback
) -> None:
    server.answer = lambda _: reply(FOUND)
    path = tmp_path / "traffic.jsonl"

    with made.module("recording").Recorder(path, record=record) as tape:
        use(made, "sync", tape, server, get)
        use(made, "sync", tape, server, make(made))
        tape.record_delivery(json.dumps({"event_type": "thing.made", "thing": FOUND}))

    report = conform(tmp_path)
    assert report["findings"] == []
    assert report["exchanges"] == 3


LIES: dict[str, tuple[Json, str]] = {
    "null": ({"amount": None}, "null-unexpected"),
    "quotes": ({"amount": "2.5"}, "number-in-quotes"),
    "type": ({"count": [1]}, "type-other"),
    "format": ({"at": "5.5"}, "format-other"),
    "undeclared": ({"color": "red"}, "property-undeclared"),
}


@KINDS
@pytest.mark.parametrize("lie", LIES)
def test_lies_are_found_in_each_recording(
    lie: str, record: str, made: Generated, tmp_path: Path, server: Loopback
) -> None:
    more, rule = LIES[lie]
    server.answer = lambda _: reply({**FOUND, **more})
    path = tmp_path / "traffic.jsonl"

    with made.module("recording").Recorder(path, record=record) as tape:
        client = tape.client()
        client.get(f"{server.url}/things/1")
        client.get(f"{server.url}/things/2")
        client.close()

    report = conform(tmp_path)
    assert [each["rule"] for each in report["findings"]] == [rule]
    assert report["remaining"] == []


@KINDS
@pytest.mark.parametrize("lie", LIES)
def test_lies_of_deliveries_are_found_and_corrected(
    lie: str, record: str, made: Generated, tmp_path: Path
) -> None:
    more, rule = LIES[lie]
    body = {"event_type": "thing.made", "thing": {**FOUND, **more}}
    path = tmp_path / "traffic.jsonl"

    with made.module("recording").Recorder(path, record=record) as tape:
        for _ in range(2):
            tape.record_delivery(json.dumps(body))

    report = conform(tmp_path)
    assert [each["rule"] for each in report["findings"]] == [rule]
    assert report["findings"][0]["operations"] == ["POST /webhook-events/thing.made"]
    assert report["remaining"] == []


def test_an_event_that_is_not_documented_is_told(
    made: Generated, tmp_path: Path
) -> None:
    with made.module("recording").Recorder(tmp_path / "traffic.jsonl") as tape:
        tape.record_delivery(b'{"event_type": "thing.moved"}')

    (found,) = conform(tmp_path)["findings"]
    assert found["rule"] == "event-undocumented"
    assert "event thing.moved" in found["message"]


def listed(name: str, hint: Json) -> Json:
    """Return a document whose deliveries hold several events."""
    payload = {
        "type": "object",
        "required": ["kind", "n"],
        "properties": {"kind": {"const": name}, "n": INTEGER},
    }
    items: Json = {"type": "array", "items": payload}
    if hint:
        items = {"type": "object", "properties": {"events": items}}
    body = {"content": {"application/json": {"schema": items}}}
    return {"post": {"requestBody": body, "responses": NEWS}}


@KINDS
@pytest.mark.parametrize("hint", [{}, {"event": {"items": "events[]"}}])
def test_each_event_of_a_delivery_is_a_line_and_is_checked_on_its_own(
    record: str, hint: Json, tmp_path: Path
) -> None:
    hooks = {name: listed(f"cat.{name}", hint) for name in ("born", "died")}
    description = document({}, webhooks=hooks, **{"x-codegen": hint})
    made = Generator(tmp_path)(json.dumps(description), modules=("recording",))
    events: list[Json] = [{"kind": "cat.born", "n": 1}, {"kind": "cat.died", "n": "x"}]
    path = tmp_path / "traffic.jsonl"

    with made.module("recording").Recorder(path, record=record) as tape:
        tape.record_delivery(json.dumps({"events": events} if hint else events))

    lines = [json.loads(each) for each in path.read_text("utf-8").splitlines()]
    names = [each["delivery"]["event"] for each in lines]
    assert names == ["cat.born", "cat.died"]
    (found,) = conform(tmp_path, description)["findings"]
    assert found["rule"] == "type-other"
    assert found["operations"] == ["POST died"]


PAY = {
    "type": "object",
    "required": ["kind", "n"],
    "properties": {
        "kind": {"const": "cat.fed"},
        "n": INTEGER,
        "done": {"type": ["boolean", "null"]},
        "note": {"type": "string"},
    },
}
HELD = {"type": "string", "contentMediaType": "application/json", "contentSchema": PAY}
FORMS: dict[str, Json] = {
    "a field": {"type": "object", "properties": {"payload": HELD}},
    "all fields": PAY,
}


@KINDS
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"n": 7, "done": True, "note": "12"}, []),
        ({"n": "many", "done": False, "note": ""}, ["type-other"]),
    ],
)
def test_forms_are_events_and_are_checked(
    record: str, form: str, values: Json, rules: list[str], tmp_path: Path
) -> None:
    media = "application/x-www-form-urlencoded"
    body = {"content": {media: {"schema": FORMS[form]}}}
    hooks = {"fed": {"post": {"requestBody": body, "responses": NEWS}}}
    description = document({}, webhooks=hooks)
    made = Generator(tmp_path)(json.dumps(description), modules=("recording",))
    event = {"kind": "cat.fed", **values}
    texts = {k: json.dumps(v).strip('"') for k, v in event.items()}
    sent = {"payload": json.dumps(event)} if form == "a field" else texts

    with made.module("recording").Recorder(
        tmp_path / "traffic.jsonl", record=record
    ) as tape:
        tape.record_delivery(urlencode(sent))
        tape.record_delivery(json.dumps(event))
        tape.record_delivery("no form")

    assert tape.lost == 1
    lines = (tmp_path / "traffic.jsonl").read_text("utf-8").splitlines()
    names = [json.loads(each)["delivery"]["event"] for each in lines]
    assert names == ["cat.fed"] * 2
    report = conform(tmp_path, description)
    assert [each["rule"] for each in report["findings"]] == rules
    assert report["exchanges"] == 2
