"""Faults of documents: each costs its own piece, is said, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from support.generated import Generated, Generator, Named
from support.loopback import Loopback, Reply

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, Level

Names: TypeAlias = Callable[..., Named]
SPEC = """
openapi: 3.0.3
info: {title: Faults, version: "1"}
paths:
  /good:
    get: {tags: [a], operationId: good, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Good'}}}}}}
  /dangling:
    get: {tags: [a], operationId: dangling, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Missing'}}}}}}
    post: {tags: [a], operationId: fine, responses: {"204": {description: ok}}}
  /status:
    get: {tags: [a], operationId: status, responses: {"2000": {description: ok}}}
  /place:
    get: {tags: [a], operationId: place, parameters: [{name: x, in: body, schema: {type: string}}], responses: {"204": {description: ok}}}
  /style:
    get: {tags: [a], operationId: style, parameters: [{name: x, in: path, style: deepObject, schema: {type: string}}], responses: {"204": {description: ok}}}
  /nameless:
    get: {tags: [a], operationId: nameless, parameters: [{in: query, schema: {type: string}}], responses: {"204": {description: ok}}}
  /text:
    get: not an operation
  /list:
    get: [1]
  /type:
    get: {tags: [a], operationId: wrongType, parameters: [{name: x, in: query, schema: {type: str}}], responses: {"204": {description: ok}}}
  /loop:
    get: {tags: [a], operationId: loop, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/LoopA'}}}}}}
  /schema:
    get: {tags: [a], operationId: brokenSchema, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Broken'}}}}}}
  /part:
    get: {tags: [a], operationId: brokenPart, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Partly'}}}}}}
  /inline:
    post:
      tags: [a]
      operationId: inlineThenFault
      requestBody: {content: {application/json: {schema: {type: object, properties: {left: {type: string}}}}}}
      responses: {"abc": {description: bad}}
  /media:
    post: {tags: [a], operationId: media, requestBody: {content: {nonsense: {schema: {type: string}}}}, responses: {"204": {description: ok}}}
  /route:
    get: {tags: [a], operationId: route, x-codegen: {route: nowhere}, responses: {"204": {description: ok}}}
  /refs:
    $ref: '#/paths/~1nowhere'
  twice: {get: {tags: [a], operationId: t, responses: {"204": {description: ok}}}}
  /twice: {get: {tags: [a], operationId: t, responses: {"204": {description: ok}}}}
  /empty: {}
  /no-responses: {get: {tags: [a], operationId: noResponses}}
  /{id}: {get: {tags: [a], operationId: undeclared, responses: {"204": {description: ok}}}}
  /webhook-events/bad.event: {post: {responses: {"200": {description: nothing}}}}
  /webhook-events/good.event: {post: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Good'}}}}}}}
  x-more: {ignored: true}
components:
  schemas:
    Good: {type: object, properties: {a: {type: string}}}
    LoopA: {$ref: '#/components/schemas/LoopB'}
    LoopB: {$ref: '#/components/schemas/LoopA'}
    Broken: {type: nonsense}
    Partly: {type: object, properties: {fine: {type: string}, bad: {type: nonsense}, gone: {$ref: '#/nowhere'}}}
    Self: {allOf: [{$ref: '#/components/schemas/Self'}]}
    Text: just text
    WrongProperties: {type: object, properties: [1, 2]}
    WrongRequired: {type: object, required: name, properties: {name: {type: string}}}
    WrongEnum: {type: string, enum: abc}
    EmptyEnum: {type: string, enum: []}
    EmptyChoice: {oneOf: []}
    WrongBound: {type: string, maxLength: long}
"""
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above."""
    return generated(SPEC)


def test_operations_are_methods_events_and_warnings_and_nothing_else(
    api: Generated,
) -> None:
    methods = [each.key for one in api.surface.resources for each in one.methods]
    events = [each.name for each in api.surface.events.rows]
    warnings = [
        each
        for each in api.diagnostics
        if each.level is Level.WARNING
        and each.message.startswith(
            ("skipped GET /", "skipped POST /", "skipped path ")
        )
    ]
    assert sorted(methods) == [
        "GET /good", "GET /loop", "GET /nameless", "GET /no-responses", "GET /part",
        "GET /place", "GET /schema", "GET /status", "GET /style", "GET /twice",
        "GET /type", "GET /{id}", "POST /dangling", "POST /inline", "POST /media",
    ]  # fmt: skip
    assert events == ["good.event"]
    in_document = 23
    assert len(methods) + len(events) + len(warnings) == in_document


def test_each_warning_says_what_is_missing_why_and_where(api: Generated) -> None:
    warnings = [each for each in api.diagnostics if each.level is Level.WARNING]
    expected = {
        "skipped GET /dangling: ": "reference",
        "skipped a response: invalid status code '2000'": "status",
        "skipped a parameter of GET /place: ": "parameter-location",
        "skipped a parameter of GET /nameless: ": "missing-member",
        "schema 'LoopA' accepts any value: ": "reference-cycle",
        "skipped GET /route: ": "route",
        "skipped GET /twice: ": "operation-twice",
        "skipped POST /webhook-events/bad.event: ": "event-without-payload",
    }
    for start, code in expected.items():
        (warning,) = [each for each in warnings if each.message.startswith(start)]
        assert code in warning.code
    for each in warnings:
        assert isinstance(each.location, FileLocation), each.message
        assert each.location.line > 1
        assert each.help


def test_what_is_not_faulty_works_beside_it(api: Generated, server: Loopback) -> None:
    for mode in ("sync", "async"):
        server.reply(Reply(200, b'{"a": "x"}'))
        found = api.call(mode, lambda client: client.a.good(), base_url=server.url)
        assert found == api.models.Good(a="x")


def test_a_schema_that_cannot_be_read_is_read_as_any_value(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b'{"x": [1]}'))
    with api.client(base_url=server.url) as client:
        assert client.a.broken_schema() == {"x": [1]}
    assert "unknown type 'nonsense'; read as any value" in api.said(Level.WARNING)


def test_a_property_that_cannot_be_read_costs_only_itself(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b'{"fine": "x", "bad": 1, "gone": 2}'))
    with api.client(base_url=server.url) as client:
        assert client.a.broken_part() == api.models.Partly(fine="x", bad=1)
    warnings = api.said(Level.WARNING)
    assert any("property 'gone'" in each for each in warnings)


def test_an_operation_that_is_left_out_leaves_no_class_behind(api: Generated) -> None:
    names = {each.name for each in api.surface.models}
    assert names == {"Good", "Partly", "InlineThenFaultBody"}


def test_every_schema_that_is_none_is_named_in_a_warning(api: Generated) -> None:
    warnings = "\n".join(api.said(Level.WARNING))
    for name in ("LoopA", "Text", "WrongProperties", "WrongBound"):
        assert f"'{name}'" in warnings


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.0.3\npaths: {}",
        "openapi: 3.0.3\ninfo: text\npaths: {}",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: text",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: [1]",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: text",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\nsecurity: text",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ntags: text",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\nservers: text",
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}",
        "just text",
        "- a list",
        "",
        "openapi: 3.0.3\n  bad: indent",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:",
    ],
)
def test_a_document_whose_frame_is_broken_is_refused_with_a_place(
    text: str, names_of: Names
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        names_of(text)
    for each in caught.value.diagnostics:
        assert isinstance(each.location, FileLocation)
        assert each.message
        assert each.help


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}",
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}",
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {}}",
        "openapi: 3.0.3\ninfo: {title: T, version: 1.10}\npaths: {}",
    ],
)
def test_a_document_without_operations_gives_a_client_without_methods(
    text: str, generated: Generator
) -> None:
    made = generated(text)
    assert made.surface.resources == ()
    assert made.client(base_url="http://localhost")


@pytest.mark.parametrize(
    ("path", "note"),
    [
        ("/a?action=x", ""),
        ("/a#one", ""),
        (
            "/{id}",
            "path parameter {id} is not declared; read as a string",
        ),
        ("a", "path 'a' does not start with a slash; read as '/a'"),
    ],
)
def test_an_unusual_path_is_an_operation_all_the_same_and_is_said(
    path: str, note: str, names_of: Names
) -> None:
    made = names_of(f"""
openapi: 3.0.3
info: {{title: T, version: "1"}}
servers: [{{url: 'https://x.example.com'}}]
paths:
  '{path}': {{get: {{tags: [t], operationId: read, responses: {{"204": {{description: ok}}}}}}}}
""")
    assert list(made.methods().values()) == ["t.read"]
    assert made.method("read").route == "/" + path.lstrip("/").split("#")[0]
    assert made.said(Level.NOTE) == ([note] if note else [])


HOSTILE = (
    '"""',
    "'''",
    "\\",
    "\\N{BULLET}",
    "x\n\nimport os",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "#:: Class",
    "\u202eevil",
    "\x00",
    "\ud800",
    '"',
    "a" * 300,
    "é" * 50,
    "\r\n",
    "${x}",
    "%s",
    "{x}",
)


def test_no_text_of_a_document_becomes_code(
    generated: Generator, server: Loopback
) -> None:
    paths: dict[str, object] = {}
    schemas: dict[str, object] = {}
    for number, text in enumerate(HOSTILE):
        clean = text.replace("\ud800", "\ufffd").replace("{x}", "x")
        schemas[f"S{number}"] = {
            "type": "object",
            "description": clean,
            "properties": {
                clean or "x": {"type": "string", "description": clean},
                "kind": {
                    "type": "string",
                    "enum": [clean, f"{clean}2"],
                    "description": clean,
                    "x-enum-descriptions": [clean, clean],
                },
                "one": {"type": "string", "enum": [clean]},
                "size": {"type": "string", "default": clean, "pattern": clean},
            },
        }
        paths[
            f"/p{number}/{clean.replace('/', '').replace('{', '').replace('}', '')}"
        ] = {
            "post": {
                "tags": [f"t{number}"],
                "operationId": f"o{number}{clean}",
                "summary": clean,
                "description": clean,
                "parameters": [
                    {
                        "name": clean or "x",
                        "in": "query",
                        "description": clean,
                        "schema": {"type": "string", "default": clean},
                    }
                ],
                "requestBody": {
                    "description": clean,
                    "content": {
                        "application/json": {
                            "schema": {"$ref": f"#/components/schemas/S{number}"}
                        }
                    },
                },
                "responses": {"204": {"description": clean}},
            }
        }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Hostile", "version": '"; 1', "description": '"""'},
        "servers": [{"url": 'https://x.example/"\n', "description": '"'}],
        "tags": [
            {"name": f"t{n}", "description": each.replace("\ud800", "")}
            for n, each in enumerate(HOSTILE)
        ],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    made = generated(document)
    methods = [
        (resource, each)
        for resource in made.surface.resources
        for each in resource.methods
    ]
    refused = made.said(Level.WARNING)
    assert all("a character that is not allowed in a URL" in each for each in refused)
    assert len(methods) + len(refused) == len(HOSTILE)
    assert len(methods) >= len(HOSTILE) - 4
    for resource, method in methods:
        with made.client(base_url=server.url) as client:
            server.reply(Reply(204, b""))
            keyword = {method.arguments[0].name: "v"}
            assert (
                getattr(getattr(client, resource.name), method.name)(**keyword) is None
            )
    for each in made.surface.models:
        assert getattr(made.models, each.name)
