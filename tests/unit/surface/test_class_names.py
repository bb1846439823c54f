"""Names of classes whose names in the document are none in Python."""

from __future__ import annotations

from typing import Any

from support.surfaces import NamedClient, build_client

REFERENCE = {"$ref": "#/components/schemas/2fa"}


def build(tag: str, *properties: str, hint: str = "") -> NamedClient:
    """Build a client whose one schema has enums for properties, with equal values."""
    enum: dict[str, Any] = {"type": "string", "enum": ["a", "b"]}
    if hint:
        enum["x-codegen"] = {"name": hint}
    schema = {"type": "object", "properties": dict.fromkeys(properties, enum)}
    operation = {
        "operationId": "getThing",
        "tags": [tag],
        "responses": {
            "200": {
                "description": "It.",
                "content": {"application/json": {"schema": REFERENCE}},
            }
        },
    }
    return build_client({"/things": {"get": operation}}, {"2fa": schema})


def test_a_class_does_not_begin_with_a_digit() -> None:
    classes = build("Things", "1st").list_classes()
    assert classes == ["Model2FaField1St", "Model2fa"]
    assert build("Things", "a", hint="3d").list_classes() == ["Model2fa", "Model3d"]


def test_a_shared_enum_is_named_after_the_property() -> None:
    client = build_client(
        {"/things": {"get": answer("Cat")}, "/others": {"get": answer("Dog")}},
        {name: kinds("1st") for name in ("Cat", "Dog")},
    )
    assert client.list_classes() == ["Cat", "Dog", "Model1st"]


def kinds(name: str) -> dict[str, Any]:
    """Return an object with one enum."""
    enum = {"type": "string", "enum": ["a", "b"]}
    return {"type": "object", "properties": {name: enum}}


def answer(schema: str) -> dict[str, Any]:
    """Return an operation that answers with a schema."""
    content = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    }
    return {"responses": {"200": {"description": "It.", "content": content}}}


def test_so_does_no_class_of_a_resource() -> None:
    (resource,) = build("2fa").surface.resources
    assert resource.class_name == "Resource2fa"
    (resource,) = build("Async jobs").surface.resources
    assert resource.class_name == "AsyncJobsResource"
