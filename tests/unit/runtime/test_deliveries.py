"""Signatures of deliveries, checked against the libraries that senders use."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from typing import Any

import httpx2
import pytest
import standardwebhooks
import svix.webhooks
from django.http.request import HttpHeaders as RequestHeaders
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers as StarletteHeaders
from support.values import Value
from werkzeug.datastructures import EnvironHeaders
from werkzeug.datastructures import Headers as WerkzeugHeaders

from flexprice_codegen.runtime.deliveries import (
    Delivery,
    Headers,
    WebhookSignatureError,
    keys_of,
    sign,
    verify,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of an example
OTHER = "whsec_" + b64encode(b"another key of the sender").decode()
KEYS, _ = keys_of(SECRET)
BODY = b'{"test": 2432232314}'
PEERS = [standardwebhooks.Webhook, svix.webhooks.Webhook]


def ours(prefix: str = "webhook", sent_at: float | None = None) -> dict[str, str]:
    """Sign the body, with names of headers that start with a prefix."""
    signed = sign(BODY, SECRET, delivery_id="msg_1", sent_at=sent_at)
    return {name.replace("webhook", prefix): value for name, value in signed.items()}


def accepts(headers: Headers, body: bytes = BODY) -> bool:
    """Return whether we take a delivery."""
    try:
        verify(body, headers, KEYS)
    except WebhookSignatureError:
        return False
    return True


def test_the_published_vector_is_what_we_sign_and_accept() -> None:
    sent_at = 1614265330
    headers = sign(
        BODY, SECRET, delivery_id="msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at=sent_at
    )
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-signature"] == expected
    delivery = verify(BODY, headers, KEYS, tolerance=time.time())
    assert delivery == Delivery("msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at)
    assert delivery.time == datetime.fromtimestamp(sent_at, UTC)


@pytest.mark.parametrize("peer", PEERS)
@given(
    secret=st.binary(min_size=1),
    body=st.text(),
    delivery_id=st.text("a-1_", min_size=1),
)
def test_what_the_peers_sign_we_accept_and_what_we_sign_they_accept(
    peer: Callable[[str], svix.webhooks.Webhook],
    secret: bytes,
    body: str,
    delivery_id: str,
) -> None:
    raw = body.encode()
    shared = "whsec_" + b64encode(secret).decode()
    now = datetime.now(UTC)
    theirs = {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": peer(shared).sign(delivery_id, now, body),
    }
    assert verify(raw, theirs, keys_of(shared)[0]).id == delivery_id
    assert verify(raw, theirs, keys_of(secret)[0]).id == delivery_id
    own = sign(raw, shared, delivery_id=delivery_id)
    if peer is svix.webhooks.Webhook:
        peer(shared).verify(raw, own)
    else:
        standardwebhooks.Webhook(shared).verify(raw, own, json_parse=False)


@given(
    st.dictionaries(
        st.sampled_from([*ours(), *ours("svix")]),
        st.sampled_from(["{}", "", "x", "{} ", "v1a,x {}"]),
    ),
    st.sampled_from([BODY, b"{}"]),
)
def test_what_a_peer_refuses_we_refuse(forms: dict[str, str], body: bytes) -> None:
    signed = ours() | ours("svix")
    headers = {name: form.format(signed[name]) for name, form in forms.items()}
    if accepts(headers, body):
        svix.webhooks.Webhook(SECRET).verify(body, headers)
    standard = {k: v for k, v in headers.items() if k.startswith("webhook")}
    if accepts(standard, body):
        standardwebhooks.Webhook(SECRET).verify(body, standard, json_parse=False)


def as_message(headers: dict[str, str]) -> Message:
    """Return headers as `http.server` does."""
    message = Message()
    for name, value in headers.items():
        message[name] = value
    return message


@pytest.mark.parametrize("prefix", ["webhook", "svix"])
@pytest.mark.parametrize(
    "given",
    [
        dict[str, str],
        lambda headers: {name.title(): value for name, value in headers.items()},
        lambda headers: {name.upper(): value for name, value in headers.items()},
        lambda headers: list(headers.items()),
        lambda headers: iter(headers.items()),
        lambda headers: [(n.encode(), v.encode()) for n, v in headers.items()],
        lambda headers: {n.encode(): v.encode() for n, v in headers.items()},
        lambda headers: environ_of(headers) | {"wsgi.input": object(), "X": 1},
        lambda headers: RequestHeaders(environ_of(headers)),
        lambda headers: EnvironHeaders(environ_of(headers)),
        lambda headers: WerkzeugHeaders(list(headers.items())),
        StarletteHeaders,
        httpx2.Headers,
        as_message,
    ],
    ids=[
        *("lower", "title", "upper", "pairs", "iterator", "bytes", "bytes-mapping"),
        *("environ", "django", "werkzeug-environ", "werkzeug", "starlette"),
        *("httpx2", "http.server"),
    ],
)
def test_headers_come_as_any_framework_has_them(
    given: Callable[[dict[str, str]], Headers], prefix: str
) -> None:
    assert accepts(given(ours(prefix)))
    assert not accepts(given(ours(prefix) | {f"{prefix}-id": "msg_2"}))


def environ_of(headers: dict[str, str]) -> dict[str, Any]:
    """Return headers as WSGI has them."""
    return {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in headers.items()}


def test_of_several_headers_of_one_name_the_first_counts() -> None:
    signed = list(ours().items())
    others = [(name, "other") for name, _ in signed]
    assert accepts([*signed, *others])
    assert not accepts([*others, *signed])
    assert Delivery.of([("Webhook-Id", "a"), ("webhook-id", "b")]) == Delivery("a")


def test_a_header_that_is_none_is_not_there() -> None:
    assert Delivery.of({"svix-id": None, "webhook-id": None}) is None
    assert accepts(ours() | dict.fromkeys(ours("svix")))


@pytest.mark.parametrize("missing", ["id", "timestamp", "signature"])
def test_a_delivery_without_one_of_the_headers_is_refused(missing: str) -> None:
    headers = ours()
    del headers[f"webhook-{missing}"]
    with pytest.raises(WebhookSignatureError, match="is not signed"):
        verify(BODY, headers, KEYS)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> float:
    """Return the time of a clock that stands still."""
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    return 1_700_000_000.0


@pytest.mark.parametrize("age", [-400, -310, 310, 400])
def test_a_delivery_for_another_time_is_refused(now: float, age: int) -> None:
    headers = ours(sent_at=now - age)
    with pytest.raises(WebhookSignatureError, match="differs too much"):
        verify(BODY, headers, KEYS)
    verify(BODY, headers, KEYS, tolerance=500)


@pytest.mark.parametrize("age", [-300, 300])
def test_the_tolerance_is_the_oldest_age_that_is_accepted(now: float, age: int) -> None:
    assert accepts(ours(sent_at=now - age))


@pytest.mark.parametrize("age", [-290, 290])
def test_clocks_may_differ_by_five_minutes(now: float, age: int) -> None:
    assert accepts(ours(sent_at=now - age))


@pytest.mark.parametrize("stamp", ["now", "-5", "1e9", "٣", "9" * 12, "nan", " 1"])
def test_a_time_that_is_no_number_of_seconds_is_refused(stamp: str) -> None:
    with pytest.raises(WebhookSignatureError, match="a number of seconds"):
        verify(BODY, ours() | {"webhook-timestamp": stamp}, KEYS)


def test_a_tolerance_that_is_no_number_accepts_nothing() -> None:
    with pytest.raises(WebhookSignatureError):
        verify(BODY, ours(), KEYS, tolerance=float("nan"))


def test_each_of_several_signatures_and_secrets_may_be_the_one() -> None:
    signed = ours()
    both = f"v1a,x v1 v1,b64 {signed['webhook-signature']} v2,x"
    assert accepts(signed | {"webhook-signature": both})
    verify(BODY, signed, keys_of([OTHER, SECRET])[0])
    with pytest.raises(WebhookSignatureError, match="no signature matches"):
        verify(BODY, signed, keys_of(OTHER)[0])


def test_a_changed_body_id_or_time_breaks_the_signature() -> None:
    assert not accepts(ours(), BODY + b" ")
    assert not accepts(ours() | {"webhook-id": "msg_2"})
    assert not accepts(ours() | {"webhook-timestamp": str(int(time.time()) + 9)})


def test_a_signature_of_another_version_does_not_count() -> None:
    signature = ours()["webhook-signature"].replace("v1,", "v2,")
    assert not accepts(ours() | {"webhook-signature": signature})


def test_headers_that_nobody_signed_still_name_their_delivery() -> None:
    headers = [("Webhook-Id", "msg_1"), ("Webhook-Timestamp", "10")]
    delivery = Delivery.of(headers)
    assert delivery == Delivery("msg_1", 10)
    assert delivery.time == datetime(1970, 1, 1, 0, 0, 10, tzinfo=UTC)
    assert Delivery.of({"svix-id": "msg_1"}) == Delivery("msg_1")
    assert Delivery("msg_1").time is None
    assert Delivery.of({"content-type": "application/json"}) is None


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_ä", "s3cret!", b"", [], [SECRET, None], [SECRET, 5]]
)
def test_a_secret_that_is_none_is_refused_and_not_shown(secret: Value) -> None:
    with pytest.raises(ValueError, match="secret") as info:
        sign(BODY, secret)
    assert "s3cret" not in str(info.value)


def test_a_secret_may_lack_its_prefix_and_padding_and_have_a_line_end() -> None:
    key = b"a key of 13 b"
    text = b64encode(key).decode()
    for form in (text, f"whsec_{text}\n", text.rstrip("="), key):
        verify(BODY, sign(BODY, key), keys_of(form)[0])
    assert keys_of(None) == ((), "")


def test_only_padding_is_cut_off_a_secret() -> None:
    for key in (b"\x00\x00\x17", b"\x00\x00\x3d"):
        text = b64encode(key).decode()
        assert text[-1] in "X9"
        verify(BODY, sign(BODY, key), keys_of(text)[0])


names = st.sampled_from(list(ours() | ours("svix"))) | st.text()
values = st.text() | st.sampled_from(list(ours().values()))


@given(
    st.binary(max_size=40),
    st.dictionaries(names, values)
    | st.lists(st.tuples(st.binary(), st.binary()))
    | st.lists(st.tuples(names, values)),
    st.one_of(st.text(), st.binary(), st.lists(st.text() | st.binary())),
)
def test_any_body_headers_and_secrets_are_taken_or_refused_by_one_error(
    body: bytes, headers: Headers, secret: str | bytes | list[str | bytes]
) -> None:
    keys, fault = keys_of(secret)
    if fault:
        keys = KEYS
    with pytest.raises(WebhookSignatureError) as info:
        verify(body, headers, keys)
    assert str(info.value).startswith(("the delivery", "the time", "no signature"))
