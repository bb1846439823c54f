"""Masks: what a recording leaves out of URLs, headers and bodies."""

from __future__ import annotations

import json

import httpx2
import pytest

from flexprice_codegen.conform import scalar_forms
from flexprice_codegen.runtime.masks import Cleaner, Masks

NO_MASKS = Masks()
FORMS = (
    scalar_forms.is_integer_text,
    scalar_forms.is_number_text,
    scalar_forms.is_decimal,
    scalar_forms.is_timestamp,
    scalar_forms.is_date,
)
TEXTS = (
    "", "word", "two words", "3", "-3", "007", "2.50", "-0.1", "007.5", "1e5", "1.5E-3",
    "2026-01-02", "2026-01-02T03:04:05Z", "2026-01-02 03:04:05.123+05:30",
    "2026-01-02T03:04:05", "12:30", "0001-01-01T00:00:00Z", "1_000", "+3", ".5",
)  # fmt: skip


def clean(
    sent: dict[str, str] | None = None, *, shapes: bool = False, masks: Masks = NO_MASKS
) -> Cleaner:
    request = httpx2.Request("GET", "https://api.example.com", headers=sent or {})
    return Cleaner(masks, request, shapes=shapes)


def cleaned_url(url: str, route: str = "", *, shapes: bool = False) -> str:
    cleaner = clean(shapes=shapes, masks=Masks(queries=("key",)))
    return cleaner.url(httpx2.URL(url), route)


@pytest.mark.parametrize("text", TEXTS)
def test_the_shape_of_a_text_has_the_forms_that_are_judged(text: str) -> None:
    shape = clean(shapes=True).text(text)

    assert [form(shape) for form in FORMS] == [form(text) for form in FORMS]
    assert bool(shape) == bool(text)


@pytest.mark.parametrize(
    "name",
    [
        "api_key",
        "access_token",
        "clientSecret",
        "password",
        "X-Signature",
        "sessionToken",
    ],
)
def test_members_that_hold_secrets_are_masked(name: str) -> None:
    assert clean().value({name: "s3cret"}) == {name: "…"}


@pytest.mark.parametrize("name", ["token_type", "key", "secrets", "signatures", "name"])
def test_other_members_are_kept(name: str) -> None:
    assert clean().value({name: "bearer"}) == {name: "bearer"}


def test_a_time_of_a_secret_stays_a_time() -> None:
    value = {"token": "2026-01-02T03:04:05Z"}
    assert clean().value(value) == {"token": "2000-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "text",
    [
        "https://files.example.com/a/b?X-Amz-Signature=1",
        "see https://files.example.com/a#token.",
        "<https://u:p@files.example.com:8443/a>",
        "s3://bucket/secret-path",
    ],
)
def test_addresses_keep_their_hosts(text: str) -> None:
    found = clean().text(text)

    assert "://" in found
    assert "…" in found
    assert all(each not in found for each in ("a/b", "token", "u:p", "secret", "Amz"))


@pytest.mark.parametrize(
    ("headers", "secret"),
    [
        ({"Authorization": "Bearer canary-token"}, "canary-token"),
        ({"X-Key": "canary-key"}, "canary-key"),
        ({"Cookie": "a=1; sid=canary-sid"}, "canary-sid"),
    ],
)
def test_what_a_server_repeats_of_a_request_is_masked(
    headers: dict[str, str], secret: str
) -> None:
    cleaner = clean(headers, masks=Masks(headers=("x-key",)))

    assert cleaner.value({"said": [f"you sent {secret}"]}) == {"said": ["you sent …"]}
    assert cleaner.value({secret: 1}) == {"…": 1}


def test_headers_have_their_names_and_few_values() -> None:
    sent = httpx2.Headers({"Content-Type": "text/plain", "X-Other": "canary"})
    assert clean().headers(sent) == [
        {"name": "content-type", "value": "text/plain"},
        {"name": "x-other", "value": "…"},
    ]


@pytest.mark.parametrize(
    ("url", "route", "expected"),
    [
        ("https://a.b/v1/things/7?key=canary&q=1", "", "https://a.b/v1/things/7?key=%E2%80%A6&q=1"),
        ("https://u:p@a.b/things", "", "https://a.b/things"),
        ("https://a.b/x?sig=1&name=canary", "", "https://a.b/x?sig=%E2%80%A6&name=%E2%80%A6"),
        ("https://a.b/v1/links/canary", "/links/{token}", "https://a.b/v1/links/x"),
        ("https://a.b/v1/links/7", "/links/{id}", "https://a.b/v1/links/7"),
    ],
)  # fmt: skip
def test_a_url_has_no_secret(url: str, route: str, expected: str) -> None:
    assert cleaned_url(url, route) == expected


@pytest.mark.parametrize(
    ("url", "route", "expected"),
    [
        (
            "https://a.b/v1/things/ann?q=1",
            "/things/{id}",
            "https://a.b/v1/things/x?q=0",
        ),
        ("https://a.b/things/cust_1", "", "https://a.b/things/x"),
        ("https://a.b/other", "/things/{id}", "https://a.b/other"),
        ("https://a.b/a%20b/x", "/a b/{id}", "https://a.b/a%20b/x"),
    ],
)
def test_a_url_of_shapes_has_no_value(url: str, route: str, expected: str) -> None:
    assert cleaned_url(url, route, shapes=True) == expected


def test_names_that_no_document_has_are_values_of_a_shape() -> None:
    value = {"name": 1, "ann@b.co": 2, "user_20261": 3, "данные": 4}
    cleaner = clean(shapes=True, masks=Masks(names=("данные",)))

    assert set(cleaner.value(value)) == {"name", "…", "данные"}


def test_forms_and_lines_are_cleaned() -> None:
    form = clean().body("application/x-www-form-urlencoded", b"client_secret=s&a=1")
    assert form == "client_secret=%E2%80%A6&a=1"

    lines = clean().body("text/event-stream", b'event: a\ndata: {"token": "s"}\n\n')
    assert lines == '…\ndata: {"token": "\\u2026"}\n'


@pytest.mark.parametrize(
    "media", ["application/pdf", "text/html", "multipart/form-data"]
)
def test_a_body_that_cannot_be_cleaned_is_left_out(media: str) -> None:
    assert clean().body(media, b"canary") is None


def test_what_is_no_json_stays_none() -> None:
    text = clean().body("application/json", b'{"a": NaN, canary')
    assert text is not None
    assert "canary" not in text
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(text)


def test_large_numbers_are_kept_or_are_shapes() -> None:
    text = clean().body("application/json", b"[1e999, 18446744073709551617, 2.5, true]")
    assert json.loads(text or "") == [0.5, 18446744073709551617, 2.5, True]
