"""Credentials: chosen before anything is sent, and never shown."""

from __future__ import annotations

import pytest

from generator.runtime.auth import Credentials, Scheme, Secret
from generator.runtime.errors import MissingCredentialsError

SCHEMES = {
    "Key": Scheme("header", "api_key", "X_API_KEY", "x-api-key"),
    "Query": Scheme("query", "query_key", "X_QUERY_KEY", "key"),
    "Cookie": Scheme("cookie", "session", "X_SESSION", "sid"),
    "Token": Scheme("bearer", "token", "X_TOKEN"),
    "Login": Scheme("basic", "login", "X_LOGIN"),
}


def collect(
    given: dict[str, Secret | None], environment: dict[str, str] | None = None
) -> Credentials:
    """Collect credentials."""
    return Credentials.collect(SCHEMES, given, environment or {})


def test_each_scheme_has_its_place() -> None:
    secrets = {"Key": "k", "Query": "q", "Cookie": "c", "Token": "t"}
    proof = collect({}).prove(secrets)
    assert proof.header == {"x-api-key": "k", "authorization": "Bearer t"}
    assert proof.query == {"key": "q"}
    assert proof.cookie == {"sid": "c"}


def test_a_password_follows_the_standard() -> None:
    proof = collect({}).prove({"Login": ("Aladdin", "open sesame")})
    assert proof.header == {"authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}


def test_what_is_given_wins_over_the_environment() -> None:
    environment = {"X_API_KEY": "env", "X_TOKEN": "env", "X_LOGIN": "user:pass:word"}
    credentials = collect({"Key": "given", "Token": None}, environment)
    assert credentials.secrets == {
        "Key": "given",
        "Token": "env",
        "Login": ("user", "pass:word"),
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_empty_value_is_none(nothing: str | None) -> None:
    assert collect({"Key": nothing}, {"X_API_KEY": ""}).secrets == {}


def test_the_first_alternative_that_is_known_as_a_whole_is_taken() -> None:
    credentials = collect({"Token": "t", "Query": "q"})
    alternatives = (("Key",), ("Token", "Login"), ("Token", "Query"), ("Query",))
    assert credentials.choose(alternatives, "GET /") == {"Token": "t", "Query": "q"}


@pytest.mark.parametrize("alternatives", [(), ((),), (("Key",), ())])
def test_anybody_may_call_what_is_open(
    alternatives: tuple[tuple[str, ...], ...],
) -> None:
    assert collect({}).choose(alternatives, "GET /") == {}


def test_what_is_missing_is_said_by_keyword_and_variable() -> None:
    with pytest.raises(MissingCredentialsError) as info:
        collect({}).choose((("Key",), ("Token", "Other")), "GET /a")
    assert str(info.value) == (
        "GET /a needs credentials: give the client api_key=, or set X_API_KEY or "
        "give the client token=, or set X_TOKEN and Other, which this client does not "
        "support"
    )


@pytest.mark.parametrize(
    ("name", "secret", "message"),
    [
        ("Key", "s3cret\n", "api_key: the value has a line break"),
        ("Token", "s3cret\r\nX-Evil: 1", "token: the value has a line break"),
        ("Query", "s3cret\x00", "query_key: the value has"),
        ("Token", ("s3cret", "s3cret"), "token: expected a text"),
        ("Login", "s3cret", "login: expected a pair"),
        ("Login", ("s3:cret", "x"), "login: expected a pair .*, and no colon"),
        ("Key", "", "api_key: expected a text"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_refused_and_not_shown(
    name: str, secret: str | tuple[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message) as info:
        collect({}).prove({name: secret})
    assert "s3" not in str(info.value)


def test_no_repr_shows_a_secret() -> None:
    credentials = collect({"Key": "s3cret", "Login": ("s3cret", "s3cret")})
    proof = credentials.prove({"Key": "s3cret", "Query": "s3cret"})
    assert "s3cret" not in repr(credentials) + repr(proof)
