"""One edit is one finding, with all operations and events that it reaches."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import Json, answering, asking, document, ref


def node(type_: str) -> Json:
    """Return a schema that names itself."""
    return {
        "type": "object",
        "properties": {
            "value": {"type": type_},
            "next": ref("Node"),
            "all": {"type": "array", "items": ref("Node")},
        },
    }


def shop(type_: str) -> Json:
    return document(
        {
            f"/{n}": {
                "get": answering(ref("Node")),
                "post": asking(ref("Node")),
            }
            for n in range(20)
        },
        webhooks={"changed": {"post": asking({"type": "array", "items": ref("Node")})}},
        schemas={"Node": node(type_)},
    )


def test_an_edit_in_a_cycle_is_told_once_in_each_direction() -> None:
    found = compare_wire(shop("integer"), shop("number"))
    told = {(each.rule, each.path): each for each in found}
    assert len(told) == len(found) == 2
    path = "components/schemas/Node/properties/value"
    received = told["response-property-type-generalized", path]
    assert len(received.affected.operations) == 20
    assert received.affected.events == ("changed",)
    sent = told["request-property-type-generalized", path]
    assert sent.affected.operations == tuple(sorted(f"POST /{n}" for n in range(20)))
    assert sent.affected.events == ()


def test_an_edit_of_a_shared_response_is_told_once() -> None:
    def of(*headers: str) -> Json:
        shared = {
            "description": "",
            "headers": {name: {"schema": {}} for name in headers},
        }
        answer = {"responses": {"404": {"$ref": "#/components/responses/Gone"}}}
        return document(
            {"/a": {"get": answer}, "/b": {"get": answer}},
            components={"responses": {"Gone": shared}},
        )

    (found,) = compare_wire(of(), of("X-A"))
    assert found.path == "components/responses/Gone header X-A"
    assert found.affected.operations == ("GET /a", "GET /b")


def test_the_fingerprint_does_not_depend_on_layout() -> None:
    def of(inner: Json, **schemas: Json) -> Json:
        whole = {"type": "object", "properties": {"a": inner}}
        return document(
            {"/a": {"get": answering(ref("Whole"))}},
            schemas={"Whole": whole, **schemas},
        )

    inline = compare_wire(of({"type": "string"}), of({"type": "integer"}))
    named = compare_wire(
        of(ref("Text"), Text={"type": "string"}),
        of(ref("Count"), Count={"type": "integer"}),
    )
    assert [each.fingerprint for each in inline] == [each.fingerprint for each in named]


def family(**properties: Json) -> Json:
    """Return a document in which two schemas are composed of a third."""
    base: Json = {"type": "object", "properties": properties}
    schemas: Json = {"Base": base}
    for name in ("Cat", "Dog"):
        own = {"type": "object", "properties": {"own": {"type": "string"}}}
        schemas[name] = {"allOf": [ref("Base"), own]}
    return document(
        {f"/{name}": {"get": answering(ref(name))} for name in ("Cat", "Dog")},
        schemas=schemas,
    )


def test_an_edit_of_what_schemas_are_composed_of_is_told_once() -> None:
    text, number, inner = {"type": "string"}, {"type": "integer"}, {"type": "object"}
    for old, new in (
        (family(a=text), family(a=number)),
        (family(a=text, b=text), family(a=text)),
        (family(a=text), family(a=text, b=text)),
        (
            family(a={**inner, "properties": {"b": text}}),
            family(a={**inner, "properties": {"b": number}}),
        ),
    ):
        (found,) = compare_wire(old, new)
        assert found.path.startswith("components/schemas/Base/properties/")
        assert found.affected.operations == ("GET /Cat", "GET /Dog")


def test_another_schema_in_a_place_is_told_there() -> None:
    def of(schema: Json) -> Json:
        cat = {"type": "object", "properties": {"a": {"type": "string"}}}
        return document({"/a": {"get": answering(schema)}}, schemas={"Cat": cat})

    free: Json = {"type": "object", "additionalProperties": {"type": "string"}}
    found = compare_wire(of(free), of(ref("Cat")))
    assert {each.path for each in found} == {
        "GET /a 200 response",
        "GET /a 200 response/properties/a",
    }


def test_a_schema_that_is_no_component_may_be_referred_to() -> None:
    def of(type_: str) -> Json:
        whole = {"type": "object", "properties": {"a": {"type": type_}}}
        paths = {"/a": {"get": answering(whole)}}
        pointer = "#/paths/~1a/get/responses/200/content/application~1json/schema"
        for path in ("/b", "/c"):
            paths[path] = {"get": answering({"$ref": pointer})}
        return document(paths)

    (found,) = compare_wire(of("string"), of("integer"))
    assert found.path == "GET /a 200 response/properties/a"
    assert found.affected.operations == ("GET /a", "GET /b", "GET /c")
