"""Documents as other tools and people write them: what is meant is served."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from support.documents import TEXT, document, operation, ref
from support.generated import Generated, Generator, Named
from support.loopback import Loopback, Reply
from support.values import Value

from flexprice_codegen.diagnostics import Level
from flexprice_codegen.surface.model import ModelClass
from flexprice_codegen.surface.python_types import format_type

Names: TypeAlias = Callable[..., Named]


def fields(made: Named, name: str) -> dict[str, str]:
    """Return the types of a class's fields by wire name, as they are written."""
    found = made.classes()[name]
    assert isinstance(found, ModelClass)
    return {each.wire: format_type(each.type) for each in found.fields}


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "Integer"}, "int"),
        ({"type": "datetime"}, "datetime"),
        ({"type": "date"}, "date"),
        ({"type": "file"}, "bytes"),
        ({"type": "float"}, "float"),
        ({"type": "bool"}, "bool"),
        ({"type": "map"}, "dict[str, Any]"),
        ({"type": "any"}, "Any"),
        ({"type": "nonsense"}, "Any"),
        ({"type": ["String", "Null"]}, "str | None"),
        ({"format": "date-time"}, "datetime"),
        ({"items": TEXT}, "list[str]"),
        ({"type": "array"}, "list[Any]"),
        ({"type": "array", "items": None}, "list[Any]"),
        ({"type": "array", "items": []}, "list[Any]"),
        ({"type": "array", "items": [TEXT, {"type": "integer"}]}, "list[Any]"),
        ({"items": [TEXT, TEXT], "additionalItems": False}, "list[str]"),
        ({"prefixItems": [{"type": "number"}], "items": TEXT}, "list[float | str]"),
        ({"prefixItems": [TEXT, TEXT], "items": False}, "list[str]"),
        ({"type": "object", "additionalProperties": None}, "dict[str, Any]"),
        ({"patternProperties": {"^x": TEXT}}, "dict[str, str]"),
        (
            {
                "patternProperties": {"^x": TEXT, "^y": {"type": "integer"}},
                "additionalProperties": False,
            },
            "dict[str, str | int]",
        ),
        ({"type": "object", "unevaluatedProperties": TEXT}, "dict[str, str]"),
        ({"type": "string", "contentEncoding": "base64"}, "bytes"),
        ({"type": "string", "contentMediaType": "image/png"}, "str"),
        ({"type": "string", "maxLength": "10", "minLength": 1.0}, "str"),
        ({"type": "array", "items": TEXT, "uniqueItems": "true"}, "list[str]"),
        ({"type": "string", "enum": None}, "str"),
        ({"enum": ["a", 1, True, None]}, "str | int | bool | None"),
        ({"const": None}, "Any"),
        (True, "Any"),
        (None, "Any"),
    ],
)
def test_a_schema_is_read_as_it_is_meant(
    schema: Value, type_: str, names_of: Names
) -> None:
    thing = {"type": "object", "properties": {"p": schema}, "required": ["p"]}
    made = names_of(document({"/t": {"get": operation(answer=ref("T"))}}, {"T": thing}))
    assert fields(made, "T") == {"p": type_}


@pytest.mark.parametrize(
    ("media", "accept"),
    [
        ("json", "application/json"),
        ("JSON", "application/json"),
        ("application/json, text/json", "application/json"),
        ("application / json", "application/json"),
        ("APPLICATION/JSON; charset=utf-8", "application/json"),
        ("application/*+json; v=1", "application/*+json"),
        ("*/*", "*/*"),
        ("default", "*/*"),
        ("", "*/*"),
    ],
)
def test_a_media_type_that_is_none_is_read_as_the_one_that_is_meant(
    media: str, accept: str, names_of: Names
) -> None:
    content = {"content": {media: {"schema": {"type": "integer"}}}}
    made = names_of(
        document(
            {"/t": {"post": operation(requestBody=content, responses={"200": content})}}
        )
    )
    method = made.method("call")
    assert format_type(method.returns) == "int"
    assert method.responses[0].media == accept
    assert method.body is not None
    assert format_type(method.body.type) == "int"
    assert made.said(Level.WARNING) == []


def test_what_a_base_with_a_discriminator_brings_are_its_heirs(
    generated: Generator, server: Loopback
) -> None:
    made = generated(
        document(
            {
                "/pets": {
                    "get": operation(answer={"type": "array", "items": ref("Pet")})
                }
            },
            {
                "Pet": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": TEXT},
                    "discriminator": {
                        "propertyName": "kind",
                        "mapping": {"dog": "#/components/schemas/Dog"},
                    },
                },
                "Dog": {
                    "allOf": [
                        ref("Pet"),
                        {"properties": {"barks": {"type": "boolean"}}},
                    ]
                },
                "Cat": {
                    "allOf": [ref("Pet")],
                    "properties": {"lives": {"type": "integer"}},
                },
                "Manx": {"allOf": [ref("Cat"), {"properties": {"tail": TEXT}}]},
            },
        )
    )
    server.reply(
        Reply(
            200,
            b'[{"kind": "dog", "barks": true}, {"kind": "Cat", "lives": 9},'
            b' {"kind": "Manx", "lives": 8, "tail": "no"}, {"kind": "fish"}]',
        )
    )
    models = made.models
    with made.client(base_url=server.url) as client:
        assert client.things.call() == [
            models.Dog(kind="dog", barks=True),
            models.Cat(kind="Cat", lives=9),
            models.Manx(kind="Manx", lives=8, tail="no"),
            models.Pet(kind="fish"),
        ]


def test_a_base_may_list_the_heirs_that_are_composed_of_it(
    generated: Generator, server: Loopback
) -> None:
    base = {
        "type": "object",
        "properties": {"kind": TEXT},
        "oneOf": [ref("Dog"), ref("Cat")],
        "discriminator": {"propertyName": "kind"},
    }
    made = generated(
        document(
            {"/pets": {"get": operation(answer=ref("Pet"))}},
            {
                "Pet": base,
                "Dog": {"allOf": [ref("Pet"), {"properties": {"name": TEXT}}]},
                "Cat": {"allOf": [ref("Pet"), {"properties": {"name": TEXT}}]},
            },
        )
    )
    server.reply(Reply(200, b'{"kind": "Cat", "name": "Tom"}'))
    with made.client(base_url=server.url) as client:
        found = client.things.call()
    assert (type(found).__name__, found.name) == ("PetCat", "Tom")


def test_a_choice_that_offers_itself_is_the_rest_of_it(
    generated: Generator,
) -> None:
    made = generated(
        document(
            {"/t": {"get": operation(answer=ref("A"))}},
            {
                "A": {"oneOf": [ref("B"), {"type": "array", "items": TEXT}]},
                "B": {"anyOf": [ref("A"), ref("Leaf")]},
                "Leaf": {"type": "object", "properties": {"x": TEXT}},
            },
        )
    )
    written = made.text("models/_a.py")
    assert "A: TypeAlias = list[str] | models.Leaf" in written


def test_a_fixed_query_in_a_path_is_sent(
    generated: Generator, server: Loopback
) -> None:
    made = generated(
        document(
            {
                "/do?action=list&v={v}&page={page}": {
                    "get": operation(
                        parameters=[{"name": "page", "in": "query", "schema": TEXT}]
                    )
                },
                "/do?action=drop": {"get": operation(operationId="drop")},
            }
        )
    )
    assert made.sent(
        lambda client: client.things.call(v="1&2", page="3"), server
    ).target == ("/do?action=list&v=1%262&page=3")
    assert (
        made.sent(lambda client: client.things.drop(), server).target
        == "/do?action=drop"
    )


def test_members_beside_a_reference_to_a_path_are_read_too(names_of: Names) -> None:
    made = names_of(
        document(
            {
                "/a": {"get": operation()},
                "/b": {"$ref": "#/paths/~1a", "put": operation(operationId="put")},
                "/c": {"POST": operation(operationId="post")},
            }
        )
    )
    assert set(made.methods()) == {"GET /a", "GET /b", "PUT /b", "POST /c"}
    assert made.said(Level.NOTE)[0] == "method 'POST' is read as 'post'"


def test_methods_of_openapi_3_2_are_sent(
    generated: Generator, server: Loopback
) -> None:
    made = generated(
        document(
            {
                "/t": {
                    "query": operation(
                        requestBody={"content": {"application/json": {"schema": TEXT}}}
                    ),
                    "additionalOperations": {
                        "LINK": operation(operationId="link"),
                        "NO METHOD": operation(operationId="no"),
                    },
                }
            },
            openapi="3.2.0",
        )
    )
    assert made.sent(lambda client: client.things.call("x"), server).method == "QUERY"
    assert made.sent(lambda client: client.things.link(), server).method == "LINK"
    assert "skipped an operation: invalid method 'NO METHOD'" in made.said(
        Level.WARNING
    )


def test_a_whole_query_is_written_member_by_member(
    generated: Generator, server: Loopback
) -> None:
    form = {"type": "object", "properties": {"q": TEXT, "n": {"type": "integer"}}}
    whole = {
        "name": "search",
        "in": "querystring",
        "content": {"application/x-www-form-urlencoded": {"schema": form}},
    }
    made = generated(document({"/t": {"get": operation(parameters=[whole])}}))
    kind = made.models.CallSearch
    sent = made.sent(
        lambda client: client.things.call(search=kind(q="a b", n=2)), server
    )
    assert sent.query == "q=a%20b&n=2"


@pytest.mark.parametrize(
    ("parameter", "query"),
    [
        ({"schema": TEXT, "required": "false"}, "p=v"),
        ({"schema": TEXT, "style": "simple"}, "p=v"),
        ({"schema": TEXT, "explode": "true"}, "p=v"),
        ({"type": "string"}, "p=v"),
        ({}, "p=v"),
        ({"content": {"text/plain": {"schema": TEXT}}}, "p=v"),
        ({"content": {"json": {"schema": TEXT}}}, "p=%22v%22"),
    ],
)
def test_a_parameter_is_sent_as_it_is_meant(
    parameter: dict[str, Value], query: str, generated: Generator, server: Loopback
) -> None:
    given = {"name": "p", "in": "query", **parameter}
    made = generated(document({"/t": {"get": operation(parameters=[given])}}))
    assert made.sent(lambda client: client.things.call(p="v"), server).query == query
    assert made.said(Level.WARNING) == []


def test_a_parameter_that_nobody_can_send_costs_only_itself(names_of: Names) -> None:
    given = [
        {"name": "x y", "in": "header", "schema": TEXT},
        {"name": "b", "in": "body", "schema": TEXT},
        {"name": "Authorization", "in": "header", "schema": TEXT},
        {"name": "ok", "in": "query", "schema": TEXT},
    ]
    paths = {"/t": {"get": operation(answer=TEXT, parameters=given)}}
    made = names_of(document(paths))
    assert [each.wire for each in made.method("call").arguments] == ["ok"]
    assert len(made.said(Level.WARNING)) == 2
    assert made.said(Level.NOTE) == [
        "ignored header parameter Authorization of GET /t: the client sets this header"
    ]


@pytest.mark.parametrize(
    ("responses", "returns"),
    [
        ([], "None"),
        (None, "None"),
        ({"200 OK": {"content": {"json": {"schema": TEXT}}}}, "str"),
        ({"2xx": {"content": {"json": {"schema": TEXT}}}}, "str"),
        ({"DEFAULT": {"content": {"json": {"schema": TEXT}}}}, "str"),
        ({"200": None, "x-more": 1}, "None"),
    ],
)
def test_responses_are_read_as_they_are_meant(
    responses: Value, returns: str, names_of: Names
) -> None:
    made = names_of(document({"/t": {"get": operation(responses=responses)}}))
    assert format_type(made.method("call").returns) == returns


def test_schemas_call_each_other_by_anchor_id_and_enclosing_definitions(
    names_of: Names,
) -> None:
    schemas = {
        "Whole": {
            "type": "object",
            "$defs": {"Part": {"type": "integer"}},
            "properties": {
                "anchor": {"$ref": "#tip"},
                "id": {"$ref": "https://foreign.test/leaf"},
                "below": {"$ref": "https://foreign.test/leaf#/properties/x"},
                "own": {"$ref": "#/$defs/Part"},
                "self": {"$dynamicRef": "#whole"},
            },
            "$dynamicAnchor": "whole",
        },
        "Tip": {"$anchor": "tip", "type": "boolean"},
        "Leaf": {
            "$id": "https://foreign.test/leaf",
            "type": "object",
            "properties": {"x": {"type": "number"}},
        },
    }
    made = names_of(document({"/t": {"get": operation(answer=ref("Whole"))}}, schemas))
    assert fields(made, "Whole") == {
        "anchor": "bool | None",
        "id": "Leaf | None",
        "below": "float | None",
        "own": "int | None",
        "self": "Whole | None",
    }
    assert made.said(Level.WARNING) == []


def test_what_an_object_has_only_sometimes_is_optional(names_of: Names) -> None:
    schema = {
        "type": "object",
        "properties": {"kind": TEXT},
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"properties": {"a": TEXT}, "required": ["a"]},
        "else": {"properties": {"b": TEXT}},
        "dependentSchemas": {"kind": {"properties": {"c": {"type": "integer"}}}},
    }
    made = names_of(
        document({"/t": {"get": operation(answer=ref("T"))}}, {"T": schema})
    )
    assert fields(made, "T") == {
        "kind": "str | None",
        "a": "str | None",
        "b": "str | None",
        "c": "int | None",
    }


def test_a_key_that_is_almost_one_of_openapi_is_named(names_of: Names) -> None:
    schema = {"type": "object", "requird": ["a"], "properties": {"requird": TEXT}}
    made = names_of(
        document(
            {"/t": {"get": operation(answer=ref("T"), sumary="x")}},
            {"T": {**schema, "example": {"requird": 1}, "x-requird": 1}},
        )
    )
    assert made.said(Level.WARNING) == [
        "ignored 'sumary': unknown key of an operation",
        "ignored 'requird': unknown key of a schema",
    ]


def test_a_scheme_that_no_client_can_use_is_said_once(names_of: Names) -> None:
    made = names_of(
        document(
            {"/t": {"get": operation(security=[{"Digest": []}])}},
            components={
                "securitySchemes": {"Digest": {"type": "http", "scheme": "digest"}}
            },
            security=[{"Digest": []}],
        )
    )
    assert len(made.said(Level.WARNING)) == 1
    assert made.method("call").security == ()


def test_other_media_types_of_an_answer_are_told(names_of: Names) -> None:
    content = {
        "text/csv": {"schema": TEXT},
        "application/json": {"schema": {"type": "integer"}},
    }
    made = names_of(
        document({"/t": {"get": operation(responses={"200": {"content": content}})}})
    )
    assert format_type(made.method("call").returns) == "int"
    assert made.said(Level.NOTE) == [
        "the client requests application/json; the document also declares text/csv"
    ]


def made_of(title: str, generated: Generator) -> Generated:
    """Make the client of an API with this title."""
    return generated(
        document({"/t": {"get": operation()}}, info={"title": title, "version": "1"})
    )


@pytest.mark.parametrize("title", ["Async", "Retry", "API error", "日本", "123", ""])
def test_no_title_takes_a_name_that_the_client_needs(
    title: str, generated: Generator, server: Loopback
) -> None:
    made = made_of(title, generated)
    server.reply(Reply(200, b""))
    with made.client(base_url=server.url) as client:
        assert client.things.call() is None


def test_an_option_that_takes_anything_does_not_win_over_one_that_knows_it(
    generated: Generator, server: Loopback
) -> None:
    integer = {"type": "integer"}
    options = {
        "Loose": {
            "type": "object",
            "properties": {"z": TEXT},
            "additionalProperties": True,
        },
        "Free": {"type": "object", "additionalProperties": integer},
        "Known": {"type": "object", "properties": {"a": integer, "b": integer}},
    }
    choice = {"anyOf": [ref(name) for name in options]}
    made = generated(document({"/t": {"get": operation(answer=choice)}}, options))
    server.reply(
        *(Reply(200, each) for each in (b'{"a": 1}', b'{"z": "z", "q": 1}', b"{}"))
    )
    with made.client(base_url=server.url) as client:
        assert client.things.call() == made.models.Known(a=1)
        assert type(client.things.call()).__name__ == "Loose"
        # An empty object fits all of them, and one declares the most.
        assert type(client.things.call()).__name__ == "Known"


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ({"jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema"}, ""),
        ({"jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base"}, ""),
        (
            {"jsonSchemaDialect": "urn:draft-07"},
            "schema dialect 'urn:draft-07' is read as JSON Schema 2020-12",
        ),
    ],
)
def test_another_dialect_of_json_schema_is_named(
    extra: dict[str, Value], note: str, names_of: Names
) -> None:
    made = names_of(document({"/t": {"get": operation(answer=TEXT)}}, **extra))
    assert made.said(Level.NOTE) == ([note] if note else [])


def test_paths_that_differ_by_the_name_of_a_parameter_are_two_operations(
    generated: Generator, server: Loopback
) -> None:
    made = generated(
        document(
            {
                "/t/{id}": {"get": operation(operationId="")},
                "/t/{name}": {"get": operation(operationId="")},
                "/t/{id}/": {"get": operation(operationId="")},
            }
        )
    )
    methods = {each.key: each.name for each in made.surface.resources[0].methods}
    assert len(set(methods.values())) == 3
    for key, name in methods.items():
        argument = "name" if "name" in key else "id"

        def call(client: Value, name: str = name, argument: str = argument) -> Value:
            return getattr(client.things, name)(**{argument: "7"})

        expected = key.removeprefix("GET ").replace(f"{{{argument}}}", "7")
        assert made.sent(call, server).target == expected


def test_files_whose_names_differ_by_case_only_do_not_meet(
    generated: Generator,
) -> None:
    names = (
        "Foo",
        "foo",
        "FOO",
        "fOO",
        "con",
        "CON",
        "a/b",
        "a b",
        "é",
        "É",
        "x" * 300,
    )
    schemas = {
        name: {"type": "object", "properties": {f"p{n}": TEXT}}
        for n, name in enumerate(names)
    }
    listed = [
        {"$ref": f"#/components/schemas/{name.replace('/', '~1')}"} for name in names
    ]
    paths = {f"/{n}": {"get": operation(answer=each)} for n, each in enumerate(listed)}
    for n, item in enumerate(paths.values()):
        item["get"] |= {"tags": [("T", "t", "T/", "t.")[n % 4]], "operationId": f"o{n}"}
    made = generated(document(paths, schemas))
    files = [
        each.relative_to(made.folder).as_posix() for each in made.folder.rglob("*.py")
    ]
    assert len({each.lower() for each in files}) == len(files)
    assert max(len(each.rpartition("/")[2]) for each in files) <= 130
    assert sum(len(each.methods) for each in made.surface.resources) == len(names)


def test_numbers_beyond_64_bits_are_kept(
    generated: Generator, server: Loopback
) -> None:
    huge = 2**80
    schema = {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "default": huge, "maximum": huge},
            "e": {"type": "integer", "enum": [1, huge]},
        },
    }
    made = generated(
        document({"/t": {"get": operation(answer=ref("N"))}}, {"N": schema})
    )
    server.reply(Reply(200, b'{"n": %d, "e": %d}' % (huge, huge)))
    with made.client(base_url=server.url) as client:
        found = client.things.call()
    assert (int(found.n), int(found.e)) == (huge, huge)
