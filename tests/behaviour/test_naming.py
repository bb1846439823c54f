"""Names: of clients, namespaces, methods and classes, and that they stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from support.documents import document, record
from support.generated import Generator, Named

from flexprice_codegen.diagnostics import Level
from flexprice_codegen.surface.model import AssignedName, EnumClass, ModelClass

Document: TypeAlias = dict[str, Any]
Names: TypeAlias = Callable[..., Named]
ANSWER: Document = {"200": {"description": "ok"}}


def titled(title: str, **parts: Any) -> Document:  # noqa: ANN401 - JSON
    """Return a document of this title."""
    return document(info={"title": title, "version": "1"}, **parts)


def call(**parts: Any) -> Document:  # noqa: ANN401 - JSON
    """Make an operation."""
    return {"responses": ANSWER, **parts}


def thing(**parts: Any) -> Document:  # noqa: ANN401 - JSON
    """Return an object schema with one property, and other keywords."""
    return {**record(x="string"), **parts}


@pytest.mark.parametrize(
    ("title", "client", "prefix"),
    [
        ("Flexprice API", "Flexprice", "FLEXPRICE"),
        ("Billing Service", "Billing", "BILLING"),
        ("my-shop REST API", "MyShop", "MY_SHOP"),
        ("API", "APIClient", "API_CLIENT"),
        ("", "APIClient", "API_CLIENT"),
        ("Client", "ClientClient", "CLIENT_CLIENT"),
        ("3D Print", "Client3DPrint", "CLIENT3_D_PRINT"),
        ("HTTPServer", "HTTPServer", "HTTP_SERVER"),
        ("API Error", "APIErrorClient", "API_ERROR_CLIENT"),
        ("Sync Client", "SyncClientClient", "SYNC_CLIENT_CLIENT"),
        ("Lazy", "LazyClient", "LAZY_CLIENT"),
        ("Scheme", "SchemeClient", "SCHEME_CLIENT"),
        ("Timeout", "TimeoutClient", "TIMEOUT_CLIENT"),
        ("None", "None_", "NONE"),
        ('"; import os #', "ImportOs", "IMPORT_OS"),
    ],
)
def test_the_client_is_named_after_the_title(
    title: str, client: str, prefix: str, names_of: Names
) -> None:
    surface = names_of(titled(title)).surface
    assert (surface.client, surface.variable_prefix) == (client, prefix)


@pytest.mark.parametrize(
    ("path", "operation", "name"),
    [
        ("/a", {"operationId": "createCustomer", "tags": ["Customers"]}, "customers.create_customer"),
        ("/a", {"operationId": "get-by.ID", "tags": ["API Keys"]}, "api_keys.get_by_id"),
        ("/usage-records/search", {}, "usage_records.post_usage_records_search"),
        ("/{id}/notes/{n}", {}, "notes.post_id_notes_n"),
        ("/{id}", {}, "root.post_id"),
        ("/v1/things", {"tags": []}, "things.post_v1_things"),
        ("/a", {"tags": ["Ünï côdé"]}, "ünï_côdé.post_a"),
        ("/a", {"tags": ["!!!", "b"]}, "a.post_a"),
        ("/a", {"tags": ["class"], "operationId": "import"}, "class_.import_"),
        ("/a", {"tags": ["close"], "operationId": "list"}, "close_resource.list"),
        ("/a", {"tags": ["a"], "operationId": "x", "x-codegen": {"name": "asked"}}, "a.asked"),
        ("/a", {"tags": ["with_options"], "operationId": "models"}, "with_options_resource.models_"),
        ("/a", {"tags": ["2fa"], "operationId": "2fa"}, "resource_2fa.call_2fa"),
        ("/a", {"tags": ["a", "b"], "operationId": "f"}, "a.f"),
    ],
)  # fmt: skip
def test_methods_and_namespaces_are_named_after_the_operation(
    path: str, operation: Document, name: str, names_of: Names
) -> None:
    made = names_of(document(paths={path: {"post": call(**operation)}}))
    assert list(made.methods().values()) == [name]


def test_methods_of_one_name_in_one_namespace_are_told_apart_and_it_is_said(
    names_of: Names,
) -> None:
    paths = {
        "/a": {"get": call(tags=["t"], operationId="read")},
        "/b": {"get": call(tags=["t"], operationId="read")},
        "/c": {"get": call(tags=["u"], operationId="read")},
    }
    made = names_of(document(paths=paths))
    assert made.methods() == {
        "GET /a": "t.read",
        "GET /b": "t.get_b",
        "GET /c": "u.read",
    }
    assert made.said(Level.NOTE)[0] == (
        "named the operation 'GET /b' get_b: read is already used"
    )


def test_tags_that_differ_in_case_are_told_apart(names_of: Names) -> None:
    paths = {
        "/a": {"get": call(tags=["Users"], operationId="a")},
        "/b": {"get": call(tags=["users"], operationId="b")},
    }
    found = names_of(document(paths=paths)).methods()
    assert set(found.values()) == {"users_resource.a", "users.b"}


@pytest.mark.parametrize(
    ("key", "parts", "name"),
    [
        ("Customer", {}, "Customer"),
        ("customer_dto", {}, "CustomerDto"),
        ("dto.CustomerResponse", {}, "CustomerResponse"),
        ("a.b.C", {}, "C"),
        ("types.ListResponse-dto_WalletResponse", {}, "ListResponseDtoWalletResponse"),
        ("dto.X", {"x-speakeasy-name-override": "Asked"}, "Asked"),
        ("dto.X", {"x-codegen": {"name": "Wanted"}, "x-speakeasy-name-override": "Asked"}, "Wanted"),
        ("None", {}, "None_"),
        ("Any", {}, "Any2"),
        ("3D", {}, "Model3D"),
        ("$", {}, "Model"),
        ("日本", {}, "日本"),
        ("list", {}, "List"),
        ("Enum", {}, "Enum2"),
        ("lazy", {}, "Lazy"),
    ],
)  # fmt: skip
def test_classes_are_named_after_their_schemas(
    key: str, parts: Document, name: str, names_of: Names
) -> None:
    made = names_of(document(schemas={key: thing(**parts)}))
    assert list(made.classes()) == [name]


def test_a_dotted_name_is_short_only_where_no_other_wants_it_and_that_is_said(
    names_of: Names,
) -> None:
    keys = ("Customer", "webhookDto.Customer", "a.Filter", "b.Filter", "c.Only")
    schemas = {key: thing() for key in keys}
    made = names_of(document(schemas=schemas))
    assert {each.key: name for name, each in made.classes().items()} == {
        "Customer": "Customer",
        "webhookDto.Customer": "WebhookDtoCustomer",
        "a.Filter": "AFilter",
        "b.Filter": "BFilter",
        "c.Only": "Only",
    }
    assert {each for each in made.said(Level.NOTE) if "is already used" in each} == {
        "named the schema 'webhookDto.Customer' WebhookDtoCustomer: Customer is already used",
        "named the schema 'a.Filter' AFilter: Filter is already used",
        "named the schema 'b.Filter' BFilter: Filter is already used",
    }


def test_the_order_of_a_document_decides_no_name(names_of: Names) -> None:
    keys = ("Customer", "webhookDto.Customer", "customer", "a.Filter", "b.Filter")
    paths = {
        f"/{letter}": {"get": call(tags=["t"], operationId="read")} for letter in "abc"
    }
    one = names_of(document(schemas={k: thing() for k in keys}, paths=paths))
    backward = {k: thing() for k in reversed(keys)}
    two = names_of(document(schemas=backward, paths=dict(reversed(paths.items()))))
    assert one.surface.names == two.surface.names


def test_inline_schemas_of_operations_are_named_after_the_method(
    names_of: Names,
) -> None:
    content = {"application/json": {"schema": thing()}}
    paths = {
        "/a": {
            "post": call(
                operationId="makeThing",
                parameters=[
                    {
                        "name": "order",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["a", "b"]},
                    }
                ],
                requestBody={"content": content},
                responses={
                    "201": {"description": "ok", "content": content},
                    "404": {"description": "no", "content": content},
                    "default": {"description": "no"},
                },
            )
        }
    }
    found = names_of(document(paths=paths)).classes()
    assert set(found) == {
        "MakeThingBody",
        "MakeThingOrder",
        "MakeThingResponse",
        "MakeThingResponse404",
    }


def grown(base: Document, paths: Document, schemas: Document) -> Document:
    """Return a document with more in it, all of it before what was there."""
    return {
        **base,
        "paths": {**paths, **base["paths"]},
        "components": {"schemas": {**schemas, **base["components"]["schemas"]}},
    }


def test_a_document_that_grows_renames_nothing(names_of: Names) -> None:
    enum = {
        "type": "string",
        "enum": ["a", "b"],
        "x-enum-varnames": ["KindA", "KindB"],
    }
    order = {"type": "string", "enum": ["asc", "desc"]}
    holder = {"type": "object", "properties": {"order": order}}
    base = document(
        paths={"/b": {"get": call(tags=["Users"], operationId="read")}},
        schemas={
            "dto.Customer": thing(),
            "Kind": enum,
            "Holder": holder,
            "B": holder,
        },
    )
    before = names_of(base)
    wider = {**enum, "enum": ["c", "a", "b"]}
    wider["x-enum-varnames"] = ["OtherC", "KindA", "KindB"]
    growth = grown(
        base,
        {
            "/a": {"get": call(tags=["Users"], operationId="read")},
            "/c": {"get": call(tags=["users"], operationId="x")},
        },
        {
            "Customer": thing(),
            "a.Customer": thing(),
            "Order": thing(),
            "A": holder,
        },
    )
    growth["components"]["schemas"]["Kind"] = wider
    after = names_of(growth, before.surface.names)
    kept = {(each.kind, each.key): each.name for each in after.surface.names}
    for each in before.surface.names:
        assert kept[each.kind, each.key] == each.name
    kind = after.classes()["Kind"]
    assert isinstance(kind, EnumClass)
    assert [each.name for each in kind.members] == ["OTHER_C", "A", "B"]
    without = {(e.kind, e.key): e.name for e in names_of(growth).surface.names}
    assert any(
        without[each.kind, each.key] != each.name for each in before.surface.names
    ), "without memory the growth would have renamed something"


def test_the_lock_is_what_remembers(generated: Generator) -> None:
    base = titled("Memory", schemas={"dto.Customer": thing()})
    first = generated(base, package="memory_client")
    assert [each.name for each in first.surface.models] == ["Customer"]
    growth = grown(base, {}, {"Customer": thing()})
    second = generated(growth, package="memory_client")
    found = {each.key: each.name for each in second.surface.models}
    assert found == {"dto.Customer": "Customer", "Customer": "Customer2"}


def test_names_that_generated_modules_use_themselves_do_no_harm(
    generated: Generator,
) -> None:
    names = (
        "Operation", "Resource", "AsyncResource", "TYPE_CHECKING", "UNSET", "models",
        "Decimal", "datetime", "Final", "ClassVar", "dataclass", "field", "one_of",
        "OpenStrEnum", "annotations", "TypeAlias", "Event", "EventType", "Union",
        "Optional", "BaseModel", "dict", "object", "type", "property", "Customers",
        "Warm", "BaseEnum", "StrEnum", "Field", "Date", "Time", "UUID", "Literal",
    )  # fmt: skip
    schemas: Document = {
        key: {
            "type": "object",
            "properties": {
                "name": {"type": "string", "enum": ["a", "b"]},
                "at": {"type": "string", "format": "date-time"},
                "price": {"type": "string", "format": "decimal"},
                "next": {"$ref": f"#/components/schemas/{names[number - 1]}"},
                "only": {"type": "string", "enum": ["x"]},
            },
            "required": ["only"],
            "additionalProperties": {"type": "string"},
        }
        for number, key in enumerate(names)
    }
    content = {
        key: {
            "description": "ok",
            "content": {
                "application/json": {"schema": {"$ref": f"#/components/schemas/{key}"}}
            },
        }
        for key in names
    }
    paths = {
        f"/{key}": {
            "get": call(
                tags=[key],
                operationId=key,
                parameters=[
                    {
                        "name": "at",
                        "in": "query",
                        "schema": {"type": "string", "format": "date-time"},
                    }
                ],
                responses={"200": content[key]},
            )
        }
        for key in names
    }
    made = generated(titled("Hostile names", paths=paths, schemas=schemas))
    for each in made.surface.models:
        assert getattr(made.models, each.name).__name__ == each.name
    for mode in ("sync", "async"):
        client = made.client(mode, base_url="http://localhost")
        for resource in made.surface.resources:
            found = getattr(client, resource.name)
            assert callable(getattr(found, resource.methods[0].name))


def parameter(name: str, location: str) -> Document:
    """Make a parameter."""
    return {"name": name, "in": location, "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("before", "newcomer"),
    [
        ([("id", "query")], ("id", "header")),
        ([("id", "header")], ("id", "query")),
        ([("X-Id", "header")], ("x_id", "query")),
        ([("a-b", "query")], ("a_b", "query")),
        ([("id", "query"), ("id", "cookie")], ("id", "header")),
    ],
)
def test_a_keyword_that_comes_later_renames_none(
    names_of: Names, before: list[tuple[str, str]], newcomer: tuple[str, str]
) -> None:
    def keywords(
        parameters: list[tuple[str, str]], *names: tuple[AssignedName, ...]
    ) -> Document:
        listed = [parameter(*each) for each in parameters]
        paths = {"/x": {"get": call(operationId="get_x", parameters=listed)}}
        made = names_of(document(paths=paths), *names)
        arguments = made.method("get_x").arguments
        return {
            "names": made.surface.names,
            "found": {(each.wire, each.location): each.name for each in arguments},
        }

    first = keywords(before)
    after = keywords([newcomer, *before], first["names"])["found"]
    assert {each: after[each] for each in before} == first["found"]
    assert len(set(after.values())) == len(before) + 1


def test_an_operation_that_gets_a_body_keeps_its_keywords(names_of: Names) -> None:
    content = {"content": {"application/json": {"schema": {"type": "string"}}}}
    one = call(operationId="f", parameters=[parameter("body", "query")])
    before = names_of(document(paths={"/x": {"post": one}}))
    other = one | {"requestBody": content}
    after = names_of(document(paths={"/x": {"post": other}}), before.surface.names)
    (first,), (second,) = (each.method("f").arguments for each in (before, after))
    assert first.name == second.name == "body_"


@pytest.mark.parametrize(
    ("before", "newcomer"),
    [("a-b", "a_b"), ("class", "class_"), ("a.b", "a-b"), (None, "extra")],
)
def test_a_field_that_comes_later_renames_none(
    names_of: Names, before: str | None, newcomer: str
) -> None:
    """Nor the member `extra`, which holds what has no field."""
    text = {"type": "string"}
    old = {"x": text} if before is None else {before: text}
    extra = {"additionalProperties": text} if before is None else {}
    path = {"/x": {"get": call(responses=answering("Thing"))}}

    def fields(properties: Document, *names: tuple[AssignedName, ...]) -> Document:
        thing = {"type": "object", "properties": properties, **extra}
        made = names_of(document(paths=path, schemas={"Thing": thing}), *names)
        (found,) = made.surface.models
        assert isinstance(found, ModelClass)
        return {
            "names": made.surface.names,
            "found": {each.wire: each.name for each in found.fields},
        }

    first = fields(old)
    after = fields({newcomer: text, **old}, first["names"])["found"]
    assert {each: after[each] for each in first["found"]} == first["found"]
    assert len(set(after.values())) == len(after)


def answering(schema: str) -> Document:
    """Make responses that bring a schema."""
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"200": {"description": "", "content": {"application/json": content}}}


def test_a_server_that_comes_later_renames_none(names_of: Names) -> None:
    def server(number: int) -> Document:
        return {"url": f"https://{number}.example", "description": ""}

    first = names_of(document(servers=[server(1), server(2)])).surface
    spec = document(servers=[server(3), server(1), server(2)])
    after = {
        each.url: each.name for each in names_of(spec, first.names).surface.servers
    }
    assert {each.url: after[each.url] for each in first.servers} == {
        each.url: each.name for each in first.servers
    }


def test_an_untitled_option_that_comes_later_renames_none(names_of: Names) -> None:
    """They are known by their number, so also by their shape."""

    def option(name: str) -> Document:
        return {"type": "object", "properties": {name: {"type": "string"}}}

    def classes(*options: str, names: tuple[AssignedName, ...] = ()) -> Document:
        schema = {"Pet": {"oneOf": [option(each) for each in options]}}
        path = {"/x": {"get": call(responses=answering("Pet"))}}
        made = names_of(document(paths=path, schemas=schema), names)
        return {
            "names": made.surface.names,
            "found": {
                each.fields[0].wire: each.name
                for each in made.surface.models
                if isinstance(each, ModelClass)
            },
        }

    first = classes("purrs", "barks")
    after = classes("sings", "purrs", "barks", names=first["names"])["found"]
    assert {each: after[each] for each in ("purrs", "barks")} == first["found"]
