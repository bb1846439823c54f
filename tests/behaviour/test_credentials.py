"""Credentials: where each kind of secret goes, and where none ever shows."""

from __future__ import annotations

import inspect
import logging
from base64 import b64encode

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

from flexprice_codegen.diagnostics import Level

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = """
openapi: 3.0.3
info: {title: Secret API, version: "1"}
security: [{ApiKeyAuth: []}]
paths:
  /usual: {get: {tags: [a], operationId: usual, responses: {"204": {description: ok}}}}
  /usual/again: {get: {tags: [a], operationId: again, responses: {"204": {description: ok}}}}
  /query: {get: {tags: [a], operationId: query, security: [{QueryKey: []}], responses: {"204": {description: ok}}}}
  /cookie: {get: {tags: [a], operationId: cookie, security: [{session_auth: []}], responses: {"204": {description: ok}}}}
  /bearer: {get: {tags: [a], operationId: bearer, security: [{BearerAuth: []}], responses: {"204": {description: ok}}}}
  /oauth: {get: {tags: [a], operationId: oauth, security: [{OAuth: [read]}], responses: {"204": {description: ok}}}}
  /basic: {get: {tags: [a], operationId: basic, security: [{basicAuth: []}], responses: {"204": {description: ok}}}}
  /either: {get: {tags: [a], operationId: either, security: [{BearerAuth: []}, {ApiKeyAuth: [], QueryKey: []}], responses: {"204": {description: ok}}}}
  /maybe: {get: {tags: [a], operationId: maybe, security: [{BearerAuth: []}, {}], responses: {"204": {description: ok}}}}
  /open: {get: {tags: [a], operationId: open, security: [], responses: {"204": {description: ok}}}}
  /twice: {get: {tags: [a], operationId: twice, security: [{ApiKeyAuth: []}, {ApiKeyAuth: []}], responses: {"204": {description: ok}}}}
  /strange: {get: {tags: [a], operationId: strange, security: [{Nobody: []}, {ApiKeyAuth: []}], responses: {"204": {description: ok}}}}
  /digest: {get: {tags: [a], operationId: digest, security: [{Digest: []}], responses: {"204": {description: ok}}}}
components:
  securitySchemes:
    ApiKeyAuth: {type: apiKey, in: header, name: X-Api-Key}
    QueryKey: {type: apiKey, in: query, name: "api key"}
    session_auth: {type: apiKey, in: cookie, name: sid}
    BearerAuth: {type: http, scheme: bearer}
    OAuth: {type: oauth2, flows: {}}
    basicAuth: {type: http, scheme: Basic}
    timeout: {type: apiKey, in: header, name: X-Timeout}
    Digest: {type: http, scheme: digest}
    mutual: {type: mutualTLS}
"""
KEYWORDS = ("api_key", "query_key", "session", "bearer", "oauth", "basic")
SECRET = "s3cr3t"  # noqa: S105 - a made-up one


def encoded(user: str, password: str) -> str:
    """Write a user and a password as RFC 7617 does."""
    return b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the client's variables out of the environment."""
    for name in (*KEYWORDS, "timeout_auth", "base_url"):
        monkeypatch.delenv(f"SECRET_{name.upper()}", raising=False)


def test_each_scheme_is_a_keyword_named_after_it_without_auth(api: Generated) -> None:
    names = list(inspect.signature(api.package.Secret).parameters)
    settings = (
        *("base_url", "timeout", "deadline", "max_response_size", "headers", "query"),
        *("retry", "strict", "keep_unknown"),
        *("on_request", "on_response", "http_client"),
    )
    assert names == [*KEYWORDS, "timeout_auth", *settings]


@BOTH
@pytest.mark.parametrize(
    ("operation", "settings", "expected"),
    [
        ("usual", {"api_key": SECRET}, ("x-api-key", SECRET)),
        ("cookie", {"session": SECRET}, ("cookie", f"sid={SECRET}")),
        ("bearer", {"bearer": SECRET}, ("authorization", f"Bearer {SECRET}")),
        ("oauth", {"oauth": SECRET}, ("authorization", f"Bearer {SECRET}")),
        (
            "basic",
            {"basic": ("user", SECRET)},
            ("authorization", "Basic " + encoded("user", SECRET)),
        ),
        ("either", {"bearer": SECRET}, ("authorization", f"Bearer {SECRET}")),
        ("twice", {"api_key": SECRET}, ("x-api-key", SECRET)),
        ("strange", {"api_key": SECRET}, ("x-api-key", SECRET)),
    ],
)
def test_a_secret_goes_where_its_scheme_says(
    mode: str,
    operation: str,
    settings: dict[str, Value],
    expected: tuple[str, str],
    api: Generated,
    server: Loopback,
) -> None:
    header, value = expected
    settings = {"base_url": server.url, **settings}
    api.call(mode, lambda client: getattr(client.a, operation)(), **settings)
    assert server.last.headers[header] == value
    assert server.last.query == ""
    others = {"authorization", "cookie", "x-api-key"} - {header}
    assert not others & server.last.headers.keys()


@BOTH
def test_a_key_may_travel_in_the_query(
    mode: str, api: Generated, server: Loopback
) -> None:
    api.call(
        mode, lambda client: client.a.query(), base_url=server.url, query_key="a b&c"
    )
    assert server.last.query == "api%20key=a%20b%26c"


def test_the_first_alternative_that_is_known_as_a_whole_is_used(
    api: Generated, server: Loopback
) -> None:
    settings = {"base_url": server.url, "api_key": "k", "query_key": "q"}
    api.call("sync", lambda client: client.a.either(), **settings)
    assert (server.last.headers["x-api-key"], server.last.query) == ("k", "api%20key=q")
    api.call("sync", lambda client: client.a.either(), bearer="b", **settings)
    assert server.last.headers["authorization"] == "Bearer b"
    assert (server.last.query, "x-api-key" in server.last.headers) == ("", False)


def test_anonymous_access_needs_nothing(api: Generated, server: Loopback) -> None:
    for use in (lambda client: client.a.open(), lambda client: client.a.maybe()):
        api.call("sync", use, base_url=server.url)
        assert "authorization" not in server.last.headers
    api.call(
        "sync",
        lambda client: client.a.open(),
        base_url=server.url,
        api_key="k",
        bearer="b",
    )
    assert not {"authorization", "x-api-key"} & server.last.headers.keys()


@BOTH
def test_missing_credentials_are_an_error_before_anything_is_sent(
    mode: str, api: Generated, server: Loopback
) -> None:
    with pytest.raises(api.package.MissingCredentialsError) as caught:
        api.call(mode, lambda client: client.a.either(), base_url=server.url)
    assert str(caught.value) == (
        "GET /either needs credentials: pass bearer= to the client, or set SECRET_BEARER "
        "or pass api_key= to the client, or set SECRET_API_KEY and pass "
        "query_key= to the client, or set SECRET_QUERY_KEY"
    )
    assert isinstance(caught.value, api.package.APIError)
    assert server.requests == []


@BOTH
def test_secrets_are_read_from_the_environment_where_they_are_not_given(
    mode: str, api: Generated, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_API_KEY", "from-env")
    monkeypatch.setenv("SECRET_BASIC", "me:pass:word")
    monkeypatch.setenv("SECRET_TIMEOUT_AUTH", "t")
    api.call(mode, lambda client: client.a.usual(), base_url=server.url)
    assert server.last.headers["x-api-key"] == "from-env"
    api.call(mode, lambda client: client.a.usual(), base_url=server.url, api_key="own")
    assert server.last.headers["x-api-key"] == "own"
    api.call(mode, lambda client: client.a.basic(), base_url=server.url)
    expected = f"Basic {encoded('me', 'pass:word')}"
    assert server.last.headers["authorization"] == expected


def test_a_token_may_be_a_function_which_each_call_asks(
    api: Generated, server: Loopback
) -> None:
    tokens = iter(["one", "two", "three"])

    async def later() -> str:
        return next(tokens)

    with api.client(base_url=server.url, bearer=lambda: next(tokens)) as client:
        client.a.bearer()
        client.a.bearer()
    api.call(
        "async", lambda client: client.a.bearer(), base_url=server.url, bearer=later
    )
    found = [each.headers["authorization"] for each in server.requests]
    assert found == ["Bearer one", "Bearer two", "Bearer three"]


@BOTH
@pytest.mark.parametrize(
    ("operation", "keyword"),
    [
        ("usual", "api_key"),
        ("query", "query_key"),
        ("cookie", "session"),
        ("bearer", "bearer"),
        ("basic", "basic"),
    ],
)
def test_a_secret_never_shows_in_a_repr_a_log_or_an_error(
    mode: str,
    operation: str,
    keyword: str,
    api: Generated,
    server: Loopback,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secret: Value = ("user", SECRET) if keyword == "basic" else SECRET
    settings = {"base_url": server.url, keyword: secret}
    shown = []

    def use(client: Value) -> Value:
        shown.extend([repr(client), str(client), repr(client.a)])
        return getattr(client.a, operation)()

    server.reply(Reply(401, b'{"message": "no"}'))
    with pytest.raises(api.package.AuthenticationError) as refused:
        api.call(mode, use, **settings)
    with pytest.raises(api.package.APIConnectionError) as broken:
        api.call(mode, use, **{**settings, "base_url": "http://127.0.0.1:1"})
    bad: Value = ("us:er", SECRET) if keyword == "basic" else f"{SECRET}\n"
    with pytest.raises(ValueError, match=f"^{keyword}: ") as unfit:
        api.call(mode, use, **{**settings, keyword: bad})
    for caught in (refused, broken, unfit):
        error: BaseException | None = caught.value
        while error is not None:
            shown.extend([str(error), repr(error), repr(vars(error))])
            error = error.__cause__ or error.__context__
    text = "\n".join([*shown, caplog.text])
    assert f"/{operation}" in caplog.text
    assert SECRET not in text
    assert encoded("user", SECRET) not in text


def test_user_and_password_of_a_base_url_do_not_show(api: Generated) -> None:
    with api.client(base_url="http://user:s3cr3t@localhost/v1") as client:
        assert SECRET not in repr(client)


def test_a_scheme_that_no_client_can_use_is_a_warning(api: Generated) -> None:
    undeclared, *unsupported = api.said(Level.WARNING)
    assert (
        undeclared == "skipped a security alternative: scheme 'Nobody' is not declared"
    )
    assert [each.partition(":")[0] for each in unsupported] == [
        "skipped security scheme 'Digest'",
        "skipped security scheme 'mutual'",
    ]


def test_an_operation_whose_only_scheme_is_not_supported_can_still_be_called(
    api: Generated, server: Loopback
) -> None:
    api.call("sync", lambda client: client.a.digest(), base_url=server.url)
    assert server.last.path == "/digest"
