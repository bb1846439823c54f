"""Signatures as senders write them, against published vectors and their packages."""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import b64encode
from typing import Any, Final

import pytest
import stripe

from flexprice_codegen.runtime.deliveries import (
    Delivery,
    Headers,
    WebhookSignatureError,
)
from flexprice_codegen.runtime.signatures import Signature

GITHUB: Final = Signature(header="X-Hub-Signature-256", prefix="sha256=")
STRIPE: Final = Signature(
    header="Stripe-Signature",
    signed="{timestamp}.{body}",
    prefix="v1=",
    timestamp="t=",
)
XERO: Final = Signature(header="x-xero-signature", encoding="base64")
TIMED: Final = Signature(
    header="X-Sign", signed="v0:{timestamp}:{body}", timestamp="X-Time", id="X-Id"
)
SECRET: Final = "It's a Secret to Everybody"  # noqa: S105 - the published one
BODY: Final = b"Hello, World!"


def verify(
    scheme: Signature,
    body: bytes,
    headers: Headers,
    secret: str | list[str] = SECRET,
) -> Delivery | None:
    """Verify a delivery."""
    keys, fault = scheme.keys_of(secret)
    assert not fault
    return scheme.verify(body, headers, keys)


def test_the_published_vector_of_github_holds() -> None:
    # docs.github.com, "Validating webhook deliveries", "Testing the webhook payload".
    published = (
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    )
    assert GITHUB.sign(BODY, SECRET) == {"X-Hub-Signature-256": published}
    verify(GITHUB, BODY, {"x-hub-signature-256": published})
    verify(GITHUB, BODY, {"HTTP_X_HUB_SIGNATURE_256": published})
    verify(GITHUB, BODY, [(b"X-Hub-Signature-256", published.encode())])


@pytest.mark.parametrize(
    ("secret", "body", "digest"),
    [
        (
            SECRET,
            b"",
            "66a0c074deaa0f489ead6537e0d32f9a344b90bbeda705b6ed45ecd3b413fb40",
        ),
        (
            "gr\u00fc\u00dfe-an-alle-1234",
            '{"action":"opened","text":"\u00e9"}'.encode(),
            "90f65a5dfbd1f37346f6906034963528496e5133967269e211068f10f073cf9b",
        ),
    ],
)
def test_signatures_are_those_of_githubkit(
    secret: str, body: bytes, digest: str
) -> None:
    # Made by `githubkit.webhooks.sign` of githubkit 0.15.5.
    signed = {"X-Hub-Signature-256": f"sha256={digest}"}
    assert GITHUB.sign(body, secret) == signed
    verify(GITHUB, body, signed, secret)


def test_the_published_vector_of_slack_holds() -> None:
    # docs.slack.dev, "Verifying requests from Slack".
    scheme = Signature(
        header="X-Slack-Signature",
        signed="v0:{timestamp}:{body}",
        prefix="v0=",
        timestamp="X-Slack-Request-Timestamp",
    )
    secret = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - the published one
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        b"&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https"
        b"%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        b"%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    digest = "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert scheme.sign(body, secret, sent_at=1531420618) == {
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": f"v0={digest}",
    }


def test_the_package_of_stripe_takes_what_is_signed_and_signs_what_is_taken() -> None:
    secret = "whsec_0123456789abcdef"  # noqa: S105 - of no account
    header = STRIPE.sign(BODY, secret)["Stripe-Signature"]
    check: Any = stripe.WebhookSignature
    assert check.verify_header(BODY.decode(), header, secret, 300)

    seconds = int(time.time())
    sign: Any = getattr(check, "_compute_signature")  # noqa: B009 - theirs, not public
    theirs = sign(f"{seconds}.{BODY.decode()}", secret)
    old = "0" * 64
    headers = {"Stripe-Signature": f"t={seconds},v1={old},v1={theirs},v0={old}"}
    verify(STRIPE, BODY, headers, secret)


def test_base64_is_that_of_the_digest() -> None:
    digest = hmac.new(SECRET.encode(), BODY, hashlib.sha256).digest()
    headers = {"X-Xero-Signature": b64encode(digest).decode()}
    assert verify(XERO, BODY, headers) is None
    assert XERO.sign(BODY, SECRET) == {"x-xero-signature": headers["X-Xero-Signature"]}


def test_a_delivery_has_the_id_and_the_time_of_its_headers() -> None:
    sent_at = int(time.time())
    headers = TIMED.sign(BODY, SECRET, delivery_id="d1", sent_at=sent_at)
    assert verify(TIMED, BODY, headers) == Delivery("d1", sent_at)


def test_an_id_is_not_sent_where_no_header_has_it() -> None:
    assert GITHUB.sign(BODY, SECRET, delivery_id="d1") == GITHUB.sign(BODY, SECRET)


@pytest.mark.parametrize("scheme", [GITHUB, STRIPE, XERO, TIMED])
def test_what_differs_is_refused(scheme: Signature) -> None:
    headers = scheme.sign(BODY, SECRET)
    verify(scheme, BODY, headers, ["another secret of these", SECRET])
    refused: list[tuple[bytes, Any, str]] = [
        (BODY + b" ", headers, SECRET),
        (BODY, headers, "another secret of these"),
        (BODY, {}, SECRET),
        (BODY, {scheme.header: ""}, SECRET),
        (BODY, {**headers, scheme.header: scheme.prefix}, SECRET),
        (BODY, {**headers, scheme.header: f"{scheme.prefix}\xe4"}, SECRET),
    ]
    for body, given, secret in refused:
        with pytest.raises(WebhookSignatureError):
            verify(scheme, body, given, secret)


@pytest.mark.parametrize("scheme", [STRIPE, TIMED])
@pytest.mark.parametrize("shift", [-301, 302])
def test_what_is_too_old_or_too_new_is_refused(
    monkeypatch: pytest.MonkeyPatch, scheme: Signature, shift: int
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    headers = scheme.sign(BODY, SECRET, sent_at=time.time() + shift)
    with pytest.raises(WebhookSignatureError, match="differs too much"):
        verify(scheme, BODY, headers)


def test_a_time_that_is_no_number_is_refused() -> None:
    headers = TIMED.sign(BODY, SECRET)
    for seconds in ("", "soon", "1e9", "9" * 20):
        with pytest.raises(WebhookSignatureError, match="a number of seconds"):
            verify(TIMED, BODY, {**headers, "X-Time": seconds})


def test_no_secret_and_an_empty_one() -> None:
    assert GITHUB.keys_of(None) == ((), "")
    for secret in ("", [], [SECRET, ""], "short"):
        keys, fault = GITHUB.keys_of(secret, 16)
        assert (keys, bool(fault)) == ((), True)
    with pytest.raises(ValueError, match="secret"):
        GITHUB.sign(BODY, "")
