"""Credentials: chosen before anything is sent, and never shown."""

from __future__ import annotations

import httpx2
import pytest
from support.values import Value

from flexprice_codegen.runtime.auth import Credential, Credentials, Scheme
from flexprice_codegen.runtime.auth_places import CookieScheme, QueryScheme
from flexprice_codegen.runtime.errors import MissingCredentialsError
from flexprice_codegen.runtime.hidden import HiddenSettings

SCHEMES = {
    "Key": Scheme("header", "api_key", "X_API_KEY", "x-api-key"),
    "Query": QueryScheme("query", "query_key", "X_QUERY_KEY", "key"),
    "Cookie": CookieScheme("cookie", "session", "X_SESSION", "sid"),
    "Token": Scheme("bearer", "token", "X_TOKEN"),
    "Login": Scheme("basic", "login", "X_LOGIN"),
}


def collect(given: dict[str, Value], base_url: str | None = None) -> Credentials:
    """Collect credentials, also from the environment."""
    hidden = HiddenSettings(base_url=base_url, credentials=given)
    if base_url is not None:
        hidden.check_base_url("base_url")
    return Credentials(SCHEMES, hidden)


def signed(
    given: dict[str, Value], base_url: str | None = None, *, request: Value = None
) -> httpx2.Request:
    """Return a request with all the credentials that are given."""
    made: httpx2.Request = request or httpx2.Request("GET", "http://h/a")
    for each in collect(given, base_url).choose((tuple(given),), "GET /"):
        each.add_to(made)
    return made


def test_each_scheme_has_its_place() -> None:
    request = signed({"Key": "k", "Query": "q", "Cookie": "c", "Token": "t"})
    headers = {"x-api-key": "k", "authorization": "Bearer t", "cookie": "sid=c"}
    assert headers.items() <= dict(request.headers).items()
    assert request.url.query == b"key=q"


def test_a_password_follows_the_standard() -> None:
    request = signed({"Login": ("Aladdin", "open sesame")})
    assert request.headers["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


def test_user_and_password_of_a_base_url_are_a_password() -> None:
    request = signed({}, "http://Aladdin:open%20sesame@h/")
    assert request.headers["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    request = signed({}, "http://Aladdin@h/")
    assert request.headers["authorization"] == "Basic QWxhZGRpbjo="


def test_what_is_given_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable, value in {
        "X_API_KEY": "env",
        "X_TOKEN": "env",
        "X_LOGIN": "user:pass:word",
    }.items():
        monkeypatch.setenv(variable, value)
    credentials = collect({"Key": "given", "Token": None})
    found = credentials.choose((("Key", "Token", "Login"),), "GET /")
    assert [each.secret for each in found] == ["given", "env", ("user", "pass:word")]


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_empty_value_is_none(
    nothing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_API_KEY", "")
    with pytest.raises(MissingCredentialsError):
        collect({"Key": nothing}).choose((("Key",),), "GET /")


def test_the_first_alternative_that_is_known_as_a_whole_is_taken() -> None:
    credentials = collect({"Token": "t", "Query": "q"})
    alternatives = (("Key",), ("Token", "Login"), ("Token", "Query"), ("Query",))
    found = credentials.choose(alternatives, "GET /")
    assert [each.scheme.keyword for each in found] == ["token", "query_key"]


@pytest.mark.parametrize(
    "alternatives", [((), ("Key",), ("Token",)), (("Key",), (), ("Token",))]
)
def test_what_is_known_is_sent_where_nothing_is_needed(
    alternatives: tuple[tuple[str, ...], ...],
) -> None:
    (found,) = collect({"Token": "t"}).choose(alternatives, "GET /")
    assert found.scheme.keyword == "token"
    assert collect({}).choose(alternatives, "GET /") == []


@pytest.mark.parametrize("alternatives", [(), ((),), (("Key",), ()), ((), ("Key",))])
def test_anybody_may_call_what_is_open(
    alternatives: tuple[tuple[str, ...], ...],
) -> None:
    assert collect({}).choose(alternatives, "GET /") == []


def test_what_is_missing_is_said_by_keyword_and_variable() -> None:
    with pytest.raises(MissingCredentialsError) as info:
        collect({}).choose((("Key",), ("Token", "Other")), "GET /a")
    assert str(info.value) == (
        "GET /a needs credentials: pass api_key= to the client, or set X_API_KEY or "
        "pass token= to the client, or set X_TOKEN and Other (not supported by this "
        "client)"
    )


@pytest.mark.parametrize(
    ("name", "secret", "message"),
    [
        ("Key", "s3cret\n", "api_key: the value has a line break"),
        ("Token", "s3cret\r\nX-Evil: 1", "token: the value has a line break"),
        ("Query", "s3cret\x00", "query_key: the value has"),
        ("Token", ("s3cret", "s3cret"), "token: expected a string"),
        ("Login", "s3cret", "login: expected a pair"),
        ("Login", ("s3:cret", "x"), "login: expected a pair .*, without a colon"),
        ("Login", ("s3cret", None), "login: expected a pair"),
        ("Login", ("s3cret", "s3cret", "x"), "login: expected a pair"),
        ("Key", "", "api_key: expected a string"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_refused_and_not_shown(
    name: str, secret: Value, message: str
) -> None:
    with pytest.raises(ValueError, match=message) as info:
        Credential(SCHEMES[name], secret).check()
    assert "s3" not in str(info.value)


def test_no_repr_shows_a_secret() -> None:
    given: dict[str, Value] = {"Key": "s3cret", "Login": ("s3cret", "s3cret")}
    credentials = collect(given)
    hidden = HiddenSettings(base_url="http://u:s3cret@h", credentials=given)
    found = credentials.choose((tuple(given),), "GET /")
    assert "s3cret" not in repr(credentials) + repr(found) + repr(hidden)
    url = signed({"Query": "s3cret"}).url
    assert "s3cret" not in repr(url) + str(url)
