"""Answers: which value or exception each status and body of a server becomes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from support.documents import read_stored
from support.generated import Generated, Generator
from support.loopback import Fault, Loopback, Reply, reserve_address
from support.patience import IMPATIENT
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = read_stored("answers")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


Get = Callable[[str, Reply], Value]


@pytest.fixture
def get(api: Generated, server: Loopback) -> Get:
    """Return the function that calls an operation in both modes; both give the same."""

    def found(operation: str, reply: Reply) -> Value:
        results = []
        for mode in ("sync", "async"):
            server.reply(reply)
            results.append(
                api.call(
                    mode,
                    lambda client: getattr(client.a, operation)(),
                    base_url=server.url,
                )
            )
        assert results[0] == results[1]
        return results[0]

    return found


def refusal(api: Generated, server: Loopback, operation: str, reply: Reply) -> Value:
    """Return the exception that an answer becomes."""
    server.reply(reply)
    with (
        api.client(base_url=server.url) as client,
        pytest.raises(api.package.APIStatusError) as caught,
    ):
        getattr(client.a, operation)()
    return caught.value


@pytest.mark.parametrize(
    ("operation", "status", "body", "expected"),
    [
        ("several", 200, b'{"old": "x"}', ("Old", {"old": "x"})),
        ("several", 201, b'{"id": "x"}', ("New", {"id": "x"})),
        ("several", 202, b'{"old": "x"}', ("Old", {"old": "x"})),
        ("ranged", 200, b'{"id": "x"}', ("New", {"id": "x"})),
        ("ranged", 299, b'{"id": "x"}', ("New", {"id": "x"})),
        ("late", 203, b'{"id": "x"}', ("New", {"id": "x"})),
        ("late", 200, b'{"id": "x"}', ("New", {"id": "x"})),
        ("only_default", 200, b'{"id": "x"}', ("New", {"id": "x"})),
        ("either", 200, b'{"id": "x"}', ("New", {"id": "x"})),
        ("file_or_json", 200, b'{"id": "x"}', ("New", {"id": "x"})),
        ("maybe", 200, b'{"id": "x"}', ("New", {"id": "x"})),
    ],
)
def test_each_success_decodes_to_its_class_and_an_undeclared_one_to_the_first(
    operation: str,
    status: int,
    body: bytes,
    expected: tuple[str, dict[str, str]],
    api: Generated,
    get: Get,
) -> None:
    name, values = expected
    kind = getattr(api.models, name)
    assert get(operation, Reply(status, body)) == kind(**values)


@pytest.mark.parametrize(
    ("operation", "reply", "expected"),
    [
        ("several", Reply(204, b""), None),
        ("late", Reply(202, b""), None),
        ("late", Reply(202, b'{"id": "x"}'), None),
        ("remove", Reply(204, b""), None),
        ("remove", Reply(200, b'{"message": "gone"}'), None),
        ("remove", Reply(202, b"<html>"), None),
        ("list_new", Reply(200, b""), []),
        ("list_new", Reply(200, b"[]"), []),
        ("list_new", Reply(200, b"null"), []),
        ("map_new", Reply(200, b""), {}),
        ("maybe", Reply(200, b"null"), None),
        ("json_string", Reply(200, b'"a"'), "a"),
        ("json_string", Reply(200, b"a", {"Content-Type": "text/plain"}), "a"),
        ("text", Reply(200, "a,é".encode(), {"Content-Type": "text/csv"}), "a,é"),
        ("binary", Reply(200, b"%PDF\xff", {"Content-Type": "application/pdf"}), b"%PDF\xff"),
        ("star", Reply(200, b'{"url": 1}'), b'{"url": 1}'),
        ("file_or_json", Reply(200, b"%PDF", {"Content-Type": "application/pdf"}), b"%PDF"),
        ("file_or_json", Reply(200, b"", {"Content-Type": "application/pdf"}), b""),
        ("anything", Reply(200, b'[1, {"a": null}]'), [1, {"a": None}]),
        ("anything", Reply(200, b"page", {"Content-Type": "text/html"}), "page"),
        ("anything", Reply(200, b""), None),
    ],
)  # fmt: skip
def test_what_is_no_class_decodes_to_plain_python(
    operation: str, reply: Reply, expected: Value, get: Get
) -> None:
    found = get(operation, reply)
    assert (found, type(found)) == (expected, type(expected))


def test_an_empty_success_is_an_object_without_members(
    api: Generated, get: Get
) -> None:
    assert get("several", Reply(200, b"")) == api.models.Old()
    assert get("ranged", Reply(200, b"")).id is None


UNDECLARED = """
openapi: 3.1.0
info: {title: Undeclared, version: "1"}
paths:
  /none:
    get: {tags: [a], operationId: none, responses: {"200": {description: d}}}
  /any:
    get:
      tags: [a]
      operationId: anything
      x-codegen: {content: any}
      responses: {"200": {description: d}}
  /schema:
    get:
      tags: [a]
      operationId: schema
      responses: {"200": {description: d, content: {application/json: {}}}}
  /null:
    get:
      tags: [a]
      operationId: nullable
      responses:
        "200":
          description: d
          content:
            application/json:
              schema: {oneOf: [{$ref: '#/components/schemas/A'}, {type: "null"}]}
  /choice:
    get:
      tags: [a]
      operationId: choice
      responses:
        "200":
          description: d
          content:
            application/json: {schema: {$ref: '#/components/schemas/Choice'}}
components:
  schemas:
    A: {type: object, required: [a], properties: {a: {type: integer}}}
    B: {type: object, required: [b], properties: {b: {type: integer}}}
    Choice:
      oneOf:
        - $ref: '#/components/schemas/A'
        - $ref: '#/components/schemas/B'
        - {type: "null"}
"""


@pytest.fixture(scope="module")
def undeclared(generated: Generator) -> Generated:
    """Return the client of a document that does not say what comes."""
    return generated(UNDECLARED)


@BOTH
@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("application/json", b'{"id": "1"}', {"id": "1"}),
        ("application/problem+json", b"[1]", [1]),
        ("text/csv; charset=utf-8", b"a,b", "a,b"),
        ("application/octet-stream", b"PK\x03", b"PK\x03"),
        ("application/pdf", b"{}", b"{}"),
        ("", b"[1]", [1]),
        ("application/json", b"", None),
        ("application/pdf", b"", b""),
    ],
)
def test_what_is_not_declared_is_what_its_media_type_says(
    undeclared: Generated,
    server: Loopback,
    mode: str,
    kind: str,
    body: bytes,
    expected: Value,
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    server.reply(*[Reply(200, body, headers)] * 2)
    found = undeclared.call(
        mode, lambda client: client.a.anything(), base_url=server.url
    )
    assert (found, type(found)) == (expected, type(expected))
    found = undeclared.call(mode, lambda client: client.a.schema(), base_url=server.url)
    assert (found, type(found)) == (expected, type(expected))


@BOTH
def test_what_is_not_declared_can_be_downloaded(
    undeclared: Generated, server: Loopback, mode: str, tmp_path: Path
) -> None:
    download = undeclared.package.download
    for operation in ("none", "anything"):
        path = tmp_path / operation
        server.reply(Reply(200, b"PK", {"Content-Type": "application/zip"}))

        def fetch(
            client: Value, operation: str = operation, path: Path = path
        ) -> Value:
            return download(getattr(client.a, operation), path)()

        assert undeclared.call(mode, fetch, base_url=server.url) == path
        assert path.read_bytes() == b"PK"


@BOTH
@pytest.mark.parametrize("operation", ["nullable", "choice"])
@pytest.mark.parametrize(
    "reply", [Reply(200, b""), Reply(204, b""), Reply(200, b"null")]
)
def test_an_empty_success_is_none_where_null_may_be(
    undeclared: Generated, server: Loopback, mode: str, operation: str, reply: Reply
) -> None:
    server.reply(reply)
    found = undeclared.call(
        mode, lambda client: getattr(client.a, operation)(), base_url=server.url
    )
    assert found is None


def test_a_success_that_fits_nothing_is_read_tolerantly(get: Get) -> None:
    assert get("ranged", Reply(200, b'{"message": "gone"}')).id is None
    assert get("ranged", Reply(200, b"[1]")) == [1]
    found = get("list_new", Reply(200, b'{"items": []}'))
    assert found == {"items": []}


def test_a_success_that_is_no_json_is_an_error_with_its_bytes(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b"<html>", {"Content-Type": "text/html"}))
    with (
        api.client(base_url=server.url) as client,
        pytest.raises(api.package.ResponseBodyError) as caught,
    ):
        client.a.ranged()
    assert caught.value.content == b"<html>"
    assert isinstance(caught.value, api.package.APIError)


@pytest.mark.parametrize(
    ("operation", "accept"),
    [
        ("several", "application/json"),
        ("remove", "application/json"),
        ("text", "text/csv, application/json;q=0.9"),
        ("binary", "application/pdf, application/json;q=0.9"),
        ("star", "*/*"),
        ("file_or_json", "*/*"),
        ("either", "application/vnd.api+json, application/json;q=0.9"),
    ],
)
def test_a_call_says_which_media_types_it_accepts(
    operation: str, accept: str, api: Generated, server: Loopback
) -> None:
    server.reply(Reply(204, b""), Reply(204, b""))
    got = api.sent(lambda client: getattr(client.a, operation)(), server)
    assert got.headers["accept"] == accept


@BOTH
@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "ServerError"),
        (503, "ServerError"),
        (599, "ServerError"),
        (418, "APIStatusError"),
        (301, "APIStatusError"),
    ],
)
def test_each_status_that_is_no_success_is_an_exception_of_its_class(
    mode: str, status: int, name: str, api: Generated, server: Loopback
) -> None:
    body = b'{"message": "No", "code": "c"}'
    server.reply(Reply(status, body, {"X-Request-ID": "01J", "X-More": "m"}))
    with pytest.raises(api.package.APIStatusError) as caught:
        api.call(mode, lambda client: client.a.list_new(), base_url=server.url)
    error = caught.value
    assert type(error) is getattr(api.package, name)
    assert isinstance(error, api.package.APIError)
    assert (error.status_code, error.request_id, error.content) == (status, "01J", body)
    assert error.headers["x-more"] == "m"
    assert str(error) == f"{status} c: No (GET /list, request id 01J)"


@pytest.mark.parametrize(
    ("operation", "status", "body", "kind"),
    [
        ("several", 400, b'{"message": "m"}', "Problem"),
        ("several", 409, b'{"existing": "id"}', "Conflict"),
        ("several", 500, b'{"reason": "r"}', "Other"),
        ("several", 409, b'{"message": "m"}', None),
        ("ranged", 404, b'{"message": "m"}', "Problem"),
        ("ranged", 500, b'{"message": "m"}', "Problem"),
        ("remove", 404, b'{"message": "m"}', "Problem"),
        ("ranged", 404, b'{"message": 5}', "Problem"),
        ("ranged", 404, b'{"message": {"a": 1}}', None),
        ("ranged", 404, b"[]", None),
    ],
)
def test_the_body_of_an_error_is_decoded_where_it_fits_also_for_unlisted_statuses(
    operation: str,
    status: int,
    body: bytes,
    kind: str | None,
    api: Generated,
    server: Loopback,
) -> None:
    error = refusal(api, server, operation, Reply(status, body))
    if kind is None:
        assert isinstance(error.body, dict | list)
    else:
        assert type(error.body) is getattr(api.models, kind)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "404: Not Found (GET /range)"),
        (b"404 page not found", "404: 404 page not found (GET /range)"),
        (b"<html><title>Gone</title></html>", "404: Gone (GET /range)"),
        (b'{"error": "Unauthorized"}', "404: Unauthorized (GET /range)"),
        (b"\xff\xfe", "404: \ufffd\ufffd (GET /range)"),
    ],
)
def test_an_error_says_what_its_body_says_in_whatever_form(
    body: bytes, message: str, api: Generated, server: Loopback
) -> None:
    error = refusal(api, server, "ranged", Reply(404, body))
    assert str(error) == message
    assert error.content == body


@BOTH
@pytest.mark.parametrize("fault", Fault)
def test_a_broken_connection_is_a_connection_error(
    mode: str, fault: Fault, api: Generated, server: Loopback
) -> None:
    server.reply(Reply(fault=fault, body=b'{"id": "x"}'))
    with pytest.raises(
        api.package.APIConnectionError, match=r"^GET /range: "
    ) as caught:
        api.call(mode, lambda client: client.a.ranged(), base_url=server.url)
    assert isinstance(caught.value, api.package.APIError)
    assert not isinstance(caught.value, api.package.APIStatusError)


@BOTH
def test_a_server_that_is_too_slow_is_a_timeout_error(
    mode: str, api: Generated, server: Loopback
) -> None:
    server.reply(Reply(wait=30))
    with pytest.raises(api.package.APITimeoutError, match="GET /range: no response"):
        api.call(
            mode,
            lambda client: client.a.ranged(),
            base_url=server.url,
            timeout=IMPATIENT,
        )
    assert issubclass(api.package.APITimeoutError, api.package.APIConnectionError)


@BOTH
def test_a_server_that_is_not_there_is_a_connection_error(
    mode: str, api: Generated
) -> None:
    with (
        reserve_address() as url,
        pytest.raises(api.package.APIConnectionError, match=r"^GET /range: "),
    ):
        api.call(mode, lambda client: client.a.ranged(), base_url=url)


@BOTH
def test_a_strict_client_raises_where_a_success_is_not_what_was_declared(
    mode: str, api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b'{"id": ["x"]}'))
    with pytest.raises(api.package.ResponseMismatchError, match=r"\$\.id is an array"):
        api.call(
            mode, lambda client: client.a.ranged(), base_url=server.url, strict=True
        )


@BOTH
def test_a_client_that_was_given_an_http_client_uses_it_and_leaves_it_open(
    mode: str, api: Generated, server: Loopback
) -> None:
    headers = {"X-Own": "mine"}

    async def wait() -> bool:
        async with httpx2.AsyncClient(headers=headers) as http:
            async with api.client(
                "async", base_url=server.url, http_client=http
            ) as own:
                await own.a.ranged()
            return http.is_closed

    def block() -> bool:
        with httpx2.Client(headers=headers) as http:
            with api.client(base_url=server.url, http_client=http) as own:
                own.a.ranged()
            return http.is_closed

    is_closed = block() if mode == "sync" else asyncio.run(wait())
    assert not is_closed
    assert server.last.headers["x-own"] == "mine"


@BOTH
def test_many_calls_share_a_connection(
    mode: str, api: Generated, server: Loopback
) -> None:
    def twice(client: Value) -> Value:
        if mode == "sync":
            return [client.a.list_new(), client.a.map_new()]

        async def both() -> list[Value]:
            return [await client.a.list_new(), await client.a.map_new()]

        return both()

    server.reply(Reply(200, b"[]"), Reply(200, b"{}"))
    assert api.call(mode, twice, base_url=server.url) == [[], {}]
    assert len({each.connection for each in server.requests}) == 1
