"""One edit is one finding, with all operations and events that it reaches."""

from __future__ import annotations

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import Json, content, document, read_api, ref

from flexprice_codegen.api.matching import match_apis
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.name_changes import attach_name_changes
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.wire.api_names import find_name_changes

OK: Json = {"200": {"description": "ok"}}


def answering(schema: Json) -> Json:
    return {"responses": {"200": {"description": "", "content": content(schema)}}}


def asking(schema: Json) -> Json:
    return {"requestBody": {"content": content(schema)}, "responses": OK}


def node(type_: str) -> Json:
    """Give a schema that names itself."""
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


def test_a_reference_and_what_it_means_are_the_same() -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    composed: Json = {"allOf": [ref("Cat"), {"description": "A cat."}]}
    documents = [
        document({"/a": {"post": asking(schema)}}, schemas={"Cat": cat})
        for schema in (ref("Cat"), cat, composed)
    ]
    for old in documents:
        for new in documents:
            assert compare_wire(old, new) == ()


def test_two_spellings_of_null_are_the_same() -> None:
    spelled: list[Json] = [
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"oneOf": [{"type": "null"}, {"type": "string"}]},
    ]
    documents = [document({"/a": {"post": asking(each)}}) for each in spelled]
    for old in documents:
        for new in documents:
            assert compare_wire(old, new) == ()


def renamed(prefix: str) -> Json:
    schemas: Json = {
        f"{prefix}Customer": {
            "type": "object",
            "properties": {"plan": ref(f"{prefix}Plan")},
        },
        f"{prefix}Plan": {
            "type": "object",
            "properties": {"owner": ref(f"{prefix}Customer")},
        },
        f"{prefix}Color": {"type": "string", "enum": ["red", "blue"]},
        f"{prefix}Paint": {"type": "string", "enum": ["blue", "red"]},
    }
    whole = {
        "type": "object",
        "properties": {
            name: ref(name_) for name, name_ in zip("abcd", schemas, strict=True)
        },
    }
    return document({"/a": {"get": answering(whole)}}, schemas=schemas)


def test_schemas_of_another_name_are_found_again() -> None:
    old, new = renamed("dto."), renamed("")
    assert compare_wire(old, new) == ()
    before, after = read_api(old), read_api(new)
    found = match_apis(before, after).schemas
    names = ("Customer", "Plan", "Color", "Paint")
    assert {f"dto.{name}": name for name in names}.items() <= found.items()
    assert find_name_changes(before, after) == ()


def test_what_is_gone_is_not_found_again() -> None:
    old, new = renamed("dto."), document({"/a": {"get": answering({})}})
    before, after = read_api(old), read_api(new)
    assert not [
        key for key in match_apis(before, after).schemas if key.startswith("dto.")
    ]
    assert [each.rule for each in find_name_changes(before, after)] == [
        "api-schema-removed"
    ] * 4


def test_names_are_told_apart_from_the_wire() -> None:
    def of(**facts: object) -> Json:
        return document({"/a": {"get": {"responses": OK, **facts}}})

    old = of(operationId="listAll", tags=["a", "b"])
    new = of(operationId="list", tags=["b", "c"])
    assert compare_wire(old, new) == ()
    found = find_name_changes(read_api(old), read_api(new))
    assert [(each.rule, each.before, each.after) for each in found] == [
        ("api-operation-id-removed", "listAll", "list"),
        ("api-tag-removed", "a", ""),
        ("api-tag-added", "", "c"),
    ]
    (added,) = find_name_changes(read_api(of()), read_api(of(operationId="x")))
    assert added.rule == "api-operation-id-added"


def test_a_label_is_joined_to_what_it_does_to_python() -> None:
    def of(name: str) -> Json:
        return document({"/a": {"get": {"responses": OK, "operationId": name}}})

    labels = find_name_changes(read_api(of("listAll")), read_api(of("list")))
    renamed = Finding(
        key=RuleKey("none", "method", "itself", "renamed"),
        level=Severity.ERROR,
        sides=frozenset({Side.SOURCE}),
        path="GET /a",
        message="`list_all` is called `list` now",
        affected=AffectedParts(operations=("GET /a",)),
    )
    (joined,) = attach_name_changes([renamed], labels)
    assert [each.rule for each in joined.parts] == [
        "method-renamed",
        "api-operation-id-removed",
    ]
    assert attach_name_changes([], labels) == labels


def test_a_wider_type_does_not_hide_a_narrower_bound() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old, new = of(type="integer", minimum=1), of(type="number", minimum=5)
    assert {each.rule for each in compare_wire(old, new)} == {
        "request-body-type-generalized",
        "request-body-min-increased",
    }


def test_another_type_explains_its_format_and_its_bounds() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old = of(type="integer", minimum=1, format="int32")
    new = of(type="string", maxLength=5, format="date")
    (found,) = compare_wire(old, new)
    assert found.rule == "request-body-type-changed"


def applying(keyword: str, schema: Json, **schemas: Json) -> Json:
    """Give a document in which a list applies a schema to its items by a keyword."""
    whole = {"type": "array", "items": {}, keyword: schema}
    return document({"/a": {"post": asking(whole)}}, schemas=schemas)


@pytest.mark.parametrize("keyword", ["contains", "unevaluatedItems", "not", "if"])
def test_what_a_condition_refers_to_is_followed(keyword: str) -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    named = applying(keyword, ref("Cat"), Cat=cat)
    assert compare_wire(named, applying(keyword, cat)) == ()
    assert compare_wire(named, applying(keyword, ref("Tom"), Tom=cat)) == ()
    other: Json = {"type": "object", "properties": {"a": {"type": "integer"}}}
    (found,) = compare_wire(named, applying(keyword, ref("Cat"), Cat=other))
    if keyword in {"not", "if"}:
        assert found.rule == f"request-body-{keyword}-changed"
    else:
        assert found.rule == "request-property-type-changed"
        assert found.path == "components/schemas/Cat/properties/a"
    assert found.affected.operations == ("POST /a",)


def family(**properties: Json) -> Json:
    """Give a document in which two schemas are composed of a third."""
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


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: string}], items: {type: boolean}}",
            "request-property-type-changed",
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: boolean}], items: {type: integer}}",
            "request-property-type-changed",
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: string}, {type: boolean}], items: {type: integer}}",
            "request-body-prefix-items-added",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}, additionalProperties: {type: integer}}",
            "{type: object, patternProperties: {^x: {type: string}}, additionalProperties: {type: boolean}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}}",
            "{type: object, patternProperties: {^x: {type: integer}}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, patternProperties: {^x: {type: string}}}",
            "{type: object, patternProperties: {^x: {type: string}, ^y: {type: string}}}",
            "request-body-pattern-property-added",
        ),
        (
            "{type: object, properties: {a: {}}, then: {properties: {b: {type: string}}}}",
            "{type: object, properties: {a: {}}, then: {properties: {b: {type: integer}}}}",
            "request-property-type-changed",
        ),
        (
            "{type: object, properties: {a: {}}, dependentSchemas: {a: {required: [b]}}}",
            "{type: object, properties: {a: {}}, dependentSchemas: {a: {required: [b, c]}}}",
            "request-property-became-required",
        ),
        (
            "{type: object, required: [a]}",
            "{type: object, required: [a, b]}",
            "request-property-became-required",
        ),
        (
            "{enum: [a, b], maxLength: 5}",
            "{enum: [a, b], maxLength: 3}",
            "request-body-max-length-decreased",
        ),
    ],
)
def test_what_clients_read_as_one_is_compared_by_itself(
    old: str, new: str, rule: str
) -> None:
    first, second = (
        document({"/a": {"post": asking(yaml.safe_load(each))}}) for each in (old, new)
    )
    assert compare_wire(first, first) == ()
    assert [each.rule for each in compare_wire(first, second)] == [rule]


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


@pytest.mark.parametrize(
    "strange",
    [
        "{type: object, required: true}",
        "{type: array, required: [1, null, a]}",
        "{type: object, patternProperties: 7}",
        "{type: object, dependentRequired: [a], minContains: x}",
        "{type: array, prefixItems: {a: b}, contains: 3}",
        "{not: 5, if: [], then: null}",
        "{type: string, contentSchema: 1, x-extensible-enum: 4}",
        "{type: object, discriminator: 3, properties: {a: {}}}",
    ],
)
def test_strange_keywords_stop_nothing(strange: str) -> None:
    schema, plain = yaml.safe_load(strange), {"type": "object", "minProperties": 1}
    old, new = (document({"/a": {"post": asking(each)}}) for each in (schema, plain))
    assert compare_wire(old, old) == ()
    assert compare_wire(old, new)
    assert compare_wire(new, old)
