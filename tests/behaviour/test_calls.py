"""Calls: what a method takes, and what its request looks like on the wire."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Self, get_type_hints
from unittest.mock import create_autospec

import pytest
from support.documents import read_stored
from support.generated import Generated, Generator
from support.loopback import Loopback, Received, Reply
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
SPEC = read_stored("calls")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


Send = Callable[[Callable[[Value], Value]], Received]


@pytest.fixture
def send(api: Generated, server: Loopback) -> Send:
    """Return the function that calls in both modes; both send the same request."""

    def sent(use: Callable[[Value], Value]) -> Received:
        return api.sent(use, server)

    return sent


def test_the_body_is_positional_and_every_parameter_a_typed_keyword(
    api: Generated,
) -> None:
    for kind in ("Things", "AsyncThings"):
        method = getattr(api.module("resources.things"), kind).create_thing
        body, dry_run = list(inspect.signature(method).parameters.values())[1:]
        assert (body.name, body.annotation) == ("body", "models.Thing")
        assert body.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        assert body.default is inspect.Parameter.empty
        assert dry_run.kind is inspect.Parameter.KEYWORD_ONLY
        assert dry_run.annotation == "bool | UnsetType"
        assert inspect.signature(method).return_annotation == "models.Thing"


def test_a_call_returns_the_declared_success_type(
    api: Generated, server: Loopback
) -> None:
    for mode in ("sync", "async"):
        server.reply(Reply(201, b'{"name": "a", "price": "1.10", "size": 4}'))
        found = api.call(
            mode,
            lambda client: client.things.create_thing(api.models.Thing(name="a")),
            base_url=server.url,
        )
        assert found == api.models.Thing(name="a", price=Decimal("1.10"), size=4)
        assert (server.last.method, server.last.target) == ("POST", "/things")


def test_the_docstring_holds_summary_description_parameters_and_errors(
    api: Generated,
) -> None:
    doc = inspect.getdoc(api.module("resources.things").Things.create_thing)
    assert doc == (
        "Make a thing.\n\nMake a thing that lasts.\n\n"
        "Args:\n    body: What to make.\n"
        "    dry_run: Only look. The server's default is false.\n\n"
        "Raises:\n    NotFoundError: There is no such shelf."
    )


def test_what_is_not_given_is_not_sent_and_a_default_is_never_sent(
    api: Generated, send: Send
) -> None:
    thing = api.models.Thing(name="a")
    got = send(lambda client: client.things.create_thing(thing))
    assert (got.query, got.body) == ("", b'{"name":"a"}')
    got = send(lambda client: client.styles.queries())
    assert (got.query, got.body) == ("", b"")
    assert "content-type" not in got.headers


def test_a_given_false_is_sent(api: Generated, send: Send) -> None:
    thing = api.models.Thing(name="a")
    got = send(lambda client: client.things.create_thing(thing, dry_run=False))
    assert got.query == "dry_run=false"


def test_an_optional_body_may_be_left_out(api: Generated, send: Send) -> None:
    got = send(lambda client: client.things.patch_thing())
    assert (got.method, got.body) == ("PATCH", b"")
    assert "content-type" not in got.headers
    got = send(lambda client: client.things.patch_thing(api.models.Thing(name="a")))
    assert got.headers["content-type"] == "application/merge-patch+json"
    assert got.body == b'{"name":"a"}'


def test_a_parameter_of_the_operation_replaces_that_of_its_path(api: Generated) -> None:
    method = api.module("resources.things").Things.get_part
    found = {
        name: each.annotation
        for name, each in inspect.signature(method).parameters.items()
    }
    assert found == {
        "self": inspect.Parameter.empty,
        "id": "str",
        "part": "int",
        "limit": "int | UnsetType",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("a/b", "a%2Fb"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("%2F", "%252F"),
        ("é", "%C3%A9"),
        ("...", "..."),
        ("a;b=c", "a%3Bb%3Dc"),
    ],
)
def test_path_parameters_are_percent_encoded(value: str, text: str, send: Send) -> None:
    got = send(lambda client: client.things.get_part(id=value, part=1))
    assert got.target == f"/things/{text}/parts/1"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_path_parameter_that_would_lead_elsewhere_is_refused(
    value: str, api: Generated, server: Loopback
) -> None:
    for mode in ("sync", "async"):
        with pytest.raises(ValueError, match=r"^id: expected a value other"):
            api.call(
                mode,
                lambda client: client.things.get_part(id=value, part=1),
                base_url=server.url,
            )
    assert server.requests == []


def test_path_styles_are_written_as_the_standard_says(send: Send) -> None:
    got = send(
        lambda client: client.styles.paths(
            simple="a,b",
            listed=["x", "y"],
            label=["r", "g"],
            matrix=[1, 2],
            pairs={"a": 1, "b": 2},
        )
    )
    assert got.path == "/styles/a%2Cb/x,y/.r.g/;matrix=1;matrix=2/a=1,b=2"


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"exploded": ["a", "b c"]}, "exploded=a&exploded=b%20c"),
        ({"exploded": []}, ""),
        ({"joined": ["a", "b,c"]}, "joined=a,b%2Cc"),
        ({"spaces": ["a", "b"]}, "spaces=a%20b"),
        ({"pipes": ["a", "b"]}, "pipes=a%7Cb"),
        ({"deep": {"color": "red", "size": 1}}, "deep%5Bcolor%5D=red&deep%5Bsize%5D=1"),
        ({"members": {"color": "red", "size": 1}}, "color=red&size=1"),
        ({"flat": {"color": "red", "size": 1}}, "flat=color,red,size,1"),
        ({"as_json": {"size": 1}}, "as_json=%7B%22size%22%3A1%7D"),
        ({"reserved": "a/b:c&d"}, "reserved=a/b:c%26d"),
        ({"flag": True}, "flag=true"),
        ({"price": Decimal("1.10")}, "price=1.10"),
        ({"day": date(2026, 1, 31)}, "day=2026-01-31"),
        (
            {"at": datetime(2026, 1, 31, 12, tzinfo=UTC)},
            "at=2026-01-31T12%3A00%3A00Z",
        ),
        ({"filter_name": "x"}, "filter%5Bname%5D=x"),
        ({"maybe": None}, ""),
        ({"exploded": ["+"], "flag": False}, "exploded=%2B&flag=false"),
    ],
)
def test_query_styles_are_written_as_the_standard_says(
    given: dict[str, Value], query: str, send: Send
) -> None:
    assert send(lambda client: client.styles.queries(**given)).query == query


def test_a_query_takes_members_of_enums_and_dataclasses(
    api: Generated, send: Send
) -> None:
    color, some = api.models.Color.LIGHT_BLUE, api.models.Filter(size=2)
    got = send(lambda client: client.styles.queries(color=color, members=some))
    assert sorted(got.query.split("&")) == ["color=light%20blue", "size=2"]


def test_headers_and_cookies_are_written_as_the_standard_says(send: Send) -> None:
    got = send(
        lambda client: client.styles.headers(
            x_one="a b", x_many=[1, 2], x_pairs={"k": "v"}, theme="dark", flags=["a"]
        )
    )
    assert got.headers["x-one"] == "a b"
    assert got.headers["x-many"] == "1,2"
    assert got.headers["x-pairs"] == "k=v"
    assert got.headers["cookie"] == "theme=dark; flags=a"


def test_headers_that_the_standard_gives_no_meaning_are_no_keywords(
    api: Generated,
) -> None:
    method = api.module("resources.styles").Styles.headers
    names = inspect.signature(method).parameters
    assert list(names) == ["self", "x_one", "x_many", "x_pairs", "theme", "flags"]


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\n", "é"])
def test_a_header_that_would_break_the_request_is_refused(
    value: str, api: Generated, server: Loopback
) -> None:
    with pytest.raises(ValueError, match=r"^X-One: "):
        api.call(
            "sync",
            lambda client: client.styles.headers(x_one=value),
            base_url=server.url,
        )
    assert server.requests == []


def test_keywords_are_python_names_and_each_reaches_its_own_place(send: Send) -> None:
    got = send(
        lambda client: client.styles.keywords(
            id="1",
            id_query="2",
            id_header="3",
            class_="4",
            from_date="5",
            self_="6",
            models_="7",
            list_=["8"],
            date=date(2026, 1, 1),
            datetime=datetime(2026, 1, 1, tzinfo=UTC),
            top=9,
            minus=10,
            body_="11",
            operation="12",
            unset="13",
            query="14",
        )
    )
    assert got.path == "/names/1"
    assert got.headers["id"] == "3"
    assert got.query == (
        "id=2&class=4&from-date=5&self=6&models=7&list=8&date=2026-01-01"
        "&datetime=2026-01-01T00%3A00%3A00Z&%24top=9&-=10&body=11&operation=12"
        "&UNSET=13&query=14"
    )


async def old_call(client: Value) -> None:
    """Await the call here, so that here is where it is made."""
    await client.things.old_call()


@BOTH
def test_a_deprecated_operation_warns_its_caller(
    mode: str, api: Generated, server: Loopback
) -> None:
    use = old_call if mode == "async" else lambda client: client.things.old_call()
    with pytest.warns(DeprecationWarning, match="GET /old is deprecated") as seen:
        api.call(mode, use, base_url=server.url)
    assert [each.filename for each in seen] == [__file__]
    doc = inspect.getdoc(api.module("resources.things").Things.old_call) or ""
    assert "Deprecated." in doc
    assert "id: Use another. Deprecated." in doc


@pytest.mark.parametrize(("name", "method"), [("peek", "HEAD"), ("ask", "OPTIONS")])
def test_the_rarer_methods_are_operations_too(
    name: str, method: str, api: Generated, server: Loopback
) -> None:
    for mode in ("sync", "async"):
        server.reply(Reply(204))
        found = api.call(
            mode, lambda client: getattr(client.things, name)(), base_url=server.url
        )
        assert (found, server.last.method) == (None, method)


def test_the_errors_that_most_methods_have_are_said_once(generated: Generator) -> None:
    usual = {"400": {"description": "Bad request"}, "500": {"description": "error"}}
    paths: dict[str, Value] = {
        f"/{number}": {
            "get": {
                "operationId": f"get{number}",
                "tags": ["a"],
                "responses": {"204": {"description": "ok"}, **usual},
            }
        }
        for number in range(12)
    }
    paths["/0"]["get"]["responses"]["404"] = {"description": "Not found"}
    paths["/1"]["get"]["responses"]["409"] = {"description": "It is there already"}
    info = {"title": "Many", "version": "1"}
    made = generated({"openapi": "3.0.3", "info": info, "paths": paths})
    methods = made.module("resources.a").A
    assert methods.get0.__doc__.rstrip().endswith("Raises NotFoundError.")
    assert "ConflictError: It is there already.\n" in methods.get1.__doc__
    assert "BadRequestError" not in methods.get1.__doc__
    assert methods.get2.__doc__ == "GET /2."
    assert "Calls may raise BadRequestError, ServerError;" in made.package.Many.__doc__


def test_a_text_that_only_repeats_names_is_left_out(generated: Generator) -> None:
    parameters = [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in (("user_id", "The ID of the user"), ("day", "In UTC."))
    ]
    get = {
        "operationId": "getUser",
        "tags": ["a"],
        "parameters": parameters,
        "responses": {"204": {"description": "ok"}},
    }
    info = {"title": "Said", "version": "1"}
    paths = {"/a": {"get": get}}
    made = generated({"openapi": "3.0.3", "info": info, "paths": paths})
    found = made.module("resources.a").A.get_user.__doc__
    assert "day: In UTC." in found
    assert "user_id" not in found


@BOTH
def test_tools_see_the_types_and_signatures_of_clients_and_resources(
    api: Generated, mode: str
) -> None:
    prefix = "Async" if mode == "async" else ""
    client: Value = getattr(api.package, f"{prefix}{api.surface.client}")
    assert get_type_hints(client)
    assert get_type_hints(client.__init__)["base_url"] == str | None
    settings = inspect.signature(client).parameters
    assert settings["timeout"].annotation
    assert settings["max_response_size"].default == 256 * 1024 * 1024
    assert get_type_hints(client.with_options)["return"] is Self
    assert list(inspect.signature(client.request).parameters)[1:4] == [
        "method",
        "path",
        "body",
    ]

    mock = create_autospec(client, instance=True)
    for resource in api.surface.resources:
        module = api.module(f"resources.{resource.module}")
        kind: Value = getattr(module, f"{prefix}{resource.class_name}")
        for method in resource.methods:
            found = getattr(kind, method.name)
            names = ["return", *inspect.signature(found).parameters]
            assert set(get_type_hints(found)) == {*names} - {"self"}
            with pytest.raises(TypeError):
                getattr(create_autospec(kind), method.name)(nonsense=1)
    with pytest.raises(AttributeError):
        _ = mock.nonsense
