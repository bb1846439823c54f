"""What one call has otherwise than its client, and calls that the document lacks."""

from __future__ import annotations

import traceback
from inspect import signature
from pathlib import Path
from typing import get_type_hints

import httpx2
import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.patience import IMPATIENT, MOMENT, PATIENCE
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
GOLDEN = Path(__file__).parent.parent / "golden" / "request-options" / "spec.yaml"


@pytest.fixture(scope="module")
def parcels(generated: Generator) -> Generated:
    """Return a client whose methods take `request_options`."""
    text = GOLDEN.read_text(encoding="utf-8")
    return generated(text, modules=("request_options",))


def settings(server: Loopback, **more: Value) -> dict[str, Value]:
    """Return the settings of a client of the server."""
    return {"key": "k3y", "base_url": f"{server.url}/v1", **more}


@BOTH
def test_headers_and_query_of_a_call_come_on_top_of_those_of_the_client(
    mode: str, parcels: Generated, server: Loopback
) -> None:
    own = {"headers": {"X-Tenant": "t1", "X-Trace": "a"}, "query": {"v": 1, "w": 2}}
    options = parcels.package.RequestOptions(
        headers={"x-trace": "b"}, query={"w": 3, "none": None}
    )
    server.reply(Reply(body=b'{"weight": 1}'), Reply(body=b'{"weight": 1}'))

    parcels.call(
        mode,
        lambda client: client.request.get_parcel(id="1", request_options_=options),
        **settings(server, **own),
    )
    sent = server.last
    assert sent.target == "/v1/parcels/1?v=1&w=3"
    assert (sent.headers["x-tenant"], sent.headers["x-trace"]) == ("t1", "b")

    parcels.call(
        mode, lambda client: client.request.get_parcel(id="1"), **settings(server)
    )
    assert server.last.target == "/v1/parcels/1"
    assert "x-trace" not in server.last.headers


@BOTH
def test_a_call_has_retries_of_its_own(
    mode: str, parcels: Generated, server: Loopback
) -> None:
    package: Value = parcels.package
    server.reply(Reply(503), Reply(503), Reply(body=b'{"weight": 7}'))
    retry = package.Retry(max_retries=2, initial_delay=0.001)
    found = parcels.call(
        mode,
        lambda client: client.request.get_parcel(
            id="1", request_options_={"retry": retry}
        ),
        **settings(server),
    )
    assert found.weight == 7
    assert len(server.requests) == 3


@BOTH
@pytest.mark.parametrize("options", [{"timeout": IMPATIENT}, {"deadline": MOMENT}])
def test_a_call_has_limits_of_its_own(
    mode: str, options: dict[str, Value], parcels: Generated, server: Loopback
) -> None:
    server.reply(Reply(body=b"{}", wait=PATIENCE))
    with pytest.raises(parcels.package.APITimeoutError):
        parcels.call(
            mode,
            lambda client: client.request.get_parcel(id="1", request_options_=options),
            **settings(server),
        )


@BOTH
@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"timeout": -1}, "timeout must be a number of seconds"),
        ({"deadline": "5"}, "deadline must be a number of seconds"),
        ({"retry": 3}, r"retry must be a Retry\(max_retries=…\), got 3"),
        ({"tiemout": 3}, "tiemout"),
    ],
)
def test_options_are_checked_before_anything_is_sent(
    mode: str,
    options: dict[str, Value],
    fault: str,
    parcels: Generated,
    server: Loopback,
) -> None:
    with pytest.raises((ValueError, TypeError), match=fault):
        parcels.call(
            mode,
            lambda client: client.parcels.send_parcel(
                parcels.models.Parcel(weight=1), request_options=options
            ),
            **settings(server),
        )
    assert not server.requests


@BOTH
def test_streams_and_raw_responses_have_options_too(
    mode: str, parcels: Generated, server: Loopback
) -> None:
    options = {"headers": {"X-Trace": "t"}}
    kinds = {"Content-Type": "application/jsonl"}

    def words(client: Value) -> Value:
        return client.parcels.list_words(request_options=options)

    def ask(client: Value) -> Value:
        body = parcels.models.Question(text="?")
        return client.parcels.ask(body, stream=True, request_options=options)

    def raw(client: Value) -> Value:
        resource = client.request_options.with_raw_response
        return resource.get_status(request_options=options)

    for use, headers in (
        (words, kinds),
        (ask, {"Content-Type": "text/event-stream"}),
        (raw, {}),
    ):
        server.reply(Reply(headers=headers))
        parcels.call(mode, use, **settings(server))
        assert server.last.headers["x-trace"] == "t"


def test_the_keyword_is_seen_by_tools_and_gives_way_to_the_document(
    parcels: Generated,
) -> None:
    calling = parcels.module("runtime.calling")
    for prefix in ("", "Async"):
        resource = getattr(parcels.module("resources.request"), f"{prefix}Request")
        parameters = signature(resource.get_parcel).parameters
        assert list(parameters) == ["self", "id", "request_options", "request_options_"]
        hints = get_type_hints(resource.get_parcel)
        assert hints["request_options_"] == calling.RequestOptions | None
        module = parcels.module("resources.request_options")
        other = getattr(module, f"{prefix}RequestOptions")
        hints = get_type_hints(other.get_status)
        assert hints["request_options"] == calling.RequestOptions | None


@pytest.fixture(scope="module")
def plain(generated: Generator) -> Generated:
    """Return a client whose methods have no such keyword, and no such resource."""
    text = GOLDEN.read_text(encoding="utf-8")
    return generated(
        text.replace("[request]", "[things]").replace("[request options", "[states")
    )


@BOTH
def test_a_request_that_the_document_lacks_is_sent_like_others(
    mode: str, plain: Generated, server: Loopback
) -> None:
    package: Value = plain.package
    server.reply(Reply(503), Reply(202, b'{"a": [1]}', {"X-Request-ID": "r1"}))
    retry = package.Retry(max_retries=1, initial_delay=0.001)
    found = plain.call(
        mode,
        lambda client: client.request(
            "put", "/new", {"n": 1}, query={"q": ["a", "b"]}, headers={"X-Trace": "t"}
        ),
        **settings(server, retry=retry),
    )
    assert type(found) is package.RawResponse
    assert (found.status_code, found.request_id) == (202, "r1")
    assert found.parse() == {"a": [1]}
    first, sent = server.requests
    assert (first.target, sent.method, sent.target) == (
        sent.target,
        "PUT",
        "/v1/new?q=a&q=b",
    )
    assert (sent.headers["x-key"], sent.headers["x-trace"]) == ("k3y", "t")
    assert sent.headers["content-type"] == "application/json"
    assert sent.body == b'{"n":1}'


@BOTH
def test_a_request_without_a_body_sends_none_and_is_repeated_where_that_is_safe(
    mode: str, plain: Generated, server: Loopback
) -> None:
    server.reply(Reply(503))
    with pytest.raises(plain.package.ServerError, match=r"\(POST /new\)"):
        plain.call(
            mode, lambda client: client.request("POST", "/new"), **settings(server)
        )
    assert len(server.requests) == 1
    assert server.last.body == b""
    assert "content-type" not in server.last.headers


@BOTH
def test_what_a_request_returns_is_text_bytes_or_json(
    mode: str, plain: Generated, server: Loopback
) -> None:
    for kind, body, found in (
        ("application/json", b"[1]", [1]),
        ("text/plain", b"[1]", "[1]"),
        ("application/pdf", b"%PDF", b"%PDF"),
    ):
        server.reply(Reply(body=body, headers={"Content-Type": kind}))
        raw = plain.call(
            mode, lambda client: client.request("GET", "/new"), **settings(server)
        )
        assert raw.parse() == found


@BOTH
@pytest.mark.parametrize("path", ["new", "https://other.example/new", ""])
def test_a_request_goes_nowhere_but_below_the_base_url(
    mode: str, path: str, plain: Generated, server: Loopback
) -> None:
    with pytest.raises(ValueError, match="path: expected one such as '/customers'"):
        plain.call(mode, lambda client: client.request("GET", path), **settings(server))
    assert not server.requests


@BOTH
def test_a_copy_has_credentials_and_a_base_url_of_its_own(
    mode: str, plain: Generated, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARCELS_KEY", "from-env")

    def use(client: Value) -> Value:
        monkeypatch.delenv("PARCELS_KEY")
        copies = {
            "key": client.with_options(key="other"),
            "base": client.with_options(base_url=f"{server.url}/v2", timeout=9),
            "none": client.with_options(strict=True),
            "both": client.with_options(key="x").with_options(base_url=server.url),
        }
        return [each.states.get_status() for each in (client, *copies.values())]

    async def use_async(client: Value) -> None:
        for each in use(client):
            await each

    chosen: Value = use if mode == "sync" else use_async
    plain.call(mode, chosen, base_url=f"{server.url}/v1")
    assert len({each.connection for each in server.requests}) == 1
    sent = [(each.headers["x-key"], each.target) for each in server.requests]
    assert sent == [
        ("from-env", "/v1/parcels/status"),
        ("other", "/v1/parcels/status"),
        ("from-env", "/v2/parcels/status"),
        ("from-env", "/v1/parcels/status"),
        ("x", "/parcels/status"),
    ]


@BOTH
@pytest.mark.parametrize("url", ["", "ftp://h", "http://h?a=1"])
def test_a_base_url_of_a_copy_is_checked(mode: str, url: str, plain: Generated) -> None:
    client = plain.client(mode, key="k", base_url="http://h")
    with pytest.raises(ValueError, match=r"^invalid base_url"):
        client.with_options(base_url=url)


@BOTH
def test_a_copy_shows_no_secret(mode: str, plain: Generated) -> None:
    client = plain.client(mode, key="first-secret", base_url="http://h")
    try:
        client.with_options(key="second-secret", timeout=-1)
    except ValueError as error:
        caught = error
    frames = list(traceback.walk_tb(caught.__traceback__))[1:]  # without this one
    shown = [repr(frame.f_locals) for frame, _ in frames]
    assert len(shown) > 1
    assert not [each for each in shown if "secret" in each]


@BOTH
def test_a_user_in_a_base_url_stays_where_only_the_credentials_change(
    mode: str, plain: Generated
) -> None:
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers["authorization"])
        return httpx2.Response(204)

    kind: Value = httpx2.Client if mode == "sync" else httpx2.AsyncClient
    plain.call(
        mode,
        lambda client: client.with_options(key="x").states.get_status(),
        key="k",
        base_url="http://u:p@h",
        http_client=kind(transport=httpx2.MockTransport(answer)),
    )
    assert seen == ["Basic dTpw"]
