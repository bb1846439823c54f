"""One edit is one finding, with all operations and events that it reaches."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.small_documents import Json, api, document, findings

from flexprice_codegen.api.matching import match_apis
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.name_changes import attach_name_changes
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.wire.api_names import find_name_changes

OK: Json = {"200": {"description": "ok"}}


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


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
            "next": reference("Node"),
            "all": {"type": "array", "items": reference("Node")},
        },
    }


def shop(type_: str) -> Json:
    return document(
        {
            f"/{n}": {
                "get": answering(reference("Node")),
                "post": asking(reference("Node")),
            }
            for n in range(20)
        },
        webhooks={
            "changed": {"post": asking({"type": "array", "items": reference("Node")})}
        },
        components={"schemas": {"Node": node(type_)}},
    )


def test_an_edit_in_a_cycle_is_told_once_in_each_direction(tmp_path: Path) -> None:
    found = findings(shop("integer"), shop("number"), tmp_path)
    told = {(each.rule, each.path): each for each in found}
    assert len(told) == len(found) == 2
    path = "components/schemas/Node/properties/value"
    received = told["response-property-type-generalized", path]
    assert len(received.affected.operations) == 20
    assert received.affected.events == ("changed",)
    sent = told["request-property-type-generalized", path]
    assert sent.affected.operations == tuple(sorted(f"POST /{n}" for n in range(20)))
    assert sent.affected.events == ()


def test_an_edit_of_a_shared_response_is_told_once(tmp_path: Path) -> None:
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

    (found,) = findings(of(), of("X-A"), tmp_path)
    assert found.path == "components/responses/Gone header X-A"
    assert found.affected.operations == ("GET /a", "GET /b")


def test_the_fingerprint_does_not_depend_on_layout(tmp_path: Path) -> None:
    def of(inner: Json, **schemas: Json) -> Json:
        whole = {"type": "object", "properties": {"a": inner}}
        return document(
            {"/a": {"get": answering(reference("Whole"))}},
            components={"schemas": {"Whole": whole, **schemas}},
        )

    inline = findings(of({"type": "string"}), of({"type": "integer"}), tmp_path)
    named = findings(
        of(reference("Text"), Text={"type": "string"}),
        of(reference("Count"), Count={"type": "integer"}),
        tmp_path,
    )
    assert [each.fingerprint for each in inline] == [each.fingerprint for each in named]


def test_a_reference_and_what_it_means_are_the_same(tmp_path: Path) -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    composed: Json = {"allOf": [reference("Cat"), {"description": "A cat."}]}
    components = {"schemas": {"Cat": cat}}
    documents = [
        document({"/a": {"post": asking(schema)}}, components=components)
        for schema in (reference("Cat"), cat, composed)
    ]
    for old in documents:
        for new in documents:
            assert findings(old, new, tmp_path) == ()


def test_two_spellings_of_null_are_the_same(tmp_path: Path) -> None:
    spelled: list[Json] = [
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"oneOf": [{"type": "null"}, {"type": "string"}]},
    ]
    documents = [document({"/a": {"post": asking(each)}}) for each in spelled]
    for old in documents:
        for new in documents:
            assert findings(old, new, tmp_path) == ()


def renamed(prefix: str) -> Json:
    schemas: Json = {
        f"{prefix}Customer": {
            "type": "object",
            "properties": {"plan": reference(f"{prefix}Plan")},
        },
        f"{prefix}Plan": {
            "type": "object",
            "properties": {"owner": reference(f"{prefix}Customer")},
        },
        f"{prefix}Color": {"type": "string", "enum": ["red", "blue"]},
        f"{prefix}Paint": {"type": "string", "enum": ["blue", "red"]},
    }
    whole = {
        "type": "object",
        "properties": {
            name: reference(name_) for name, name_ in zip("abcd", schemas, strict=True)
        },
    }
    return document({"/a": {"get": answering(whole)}}, components={"schemas": schemas})


def test_schemas_of_another_name_are_found_again(tmp_path: Path) -> None:
    old, new = renamed("dto."), renamed("")
    assert findings(old, new, tmp_path) == ()
    before, after = api(old, tmp_path), api(new, tmp_path)
    found = match_apis(before, after).schemas
    names = ("Customer", "Plan", "Color", "Paint")
    assert {f"dto.{name}": name for name in names}.items() <= found.items()
    assert find_name_changes(before, after) == ()


def test_what_is_gone_is_not_found_again(tmp_path: Path) -> None:
    old, new = renamed("dto."), document({"/a": {"get": answering({})}}, components={})
    before, after = api(old, tmp_path), api(new, tmp_path)
    assert not [
        key for key in match_apis(before, after).schemas if key.startswith("dto.")
    ]
    assert [each.rule for each in find_name_changes(before, after)] == [
        "api-schema-removed"
    ] * 4


def test_names_are_told_apart_from_the_wire(tmp_path: Path) -> None:
    def of(**facts: object) -> Json:
        return document({"/a": {"get": {"responses": OK, **facts}}})

    old = of(operationId="listAll", tags=["a", "b"])
    new = of(operationId="list", tags=["b", "c"])
    assert findings(old, new, tmp_path) == ()
    found = find_name_changes(api(old, tmp_path), api(new, tmp_path))
    assert [(each.rule, each.before, each.after) for each in found] == [
        ("api-operation-id-removed", "listAll", "list"),
        ("api-tag-removed", "a", ""),
        ("api-tag-added", "", "c"),
    ]
    (added,) = find_name_changes(
        api(of(), tmp_path), api(of(operationId="x"), tmp_path)
    )
    assert added.rule == "api-operation-id-added"


def test_a_label_is_joined_to_what_it_does_to_python(tmp_path: Path) -> None:
    def of(name: str) -> Json:
        return document({"/a": {"get": {"responses": OK, "operationId": name}}})

    labels = find_name_changes(api(of("listAll"), tmp_path), api(of("list"), tmp_path))
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


def test_a_wider_type_does_not_hide_a_narrower_bound(tmp_path: Path) -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old, new = of(type="integer", minimum=1), of(type="number", minimum=5)
    assert {each.rule for each in findings(old, new, tmp_path)} == {
        "request-body-type-generalized",
        "request-body-min-increased",
    }


def test_another_type_explains_its_format_and_its_bounds(tmp_path: Path) -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old = of(type="integer", minimum=1, format="int32")
    new = of(type="string", maxLength=5, format="date")
    (found,) = findings(old, new, tmp_path)
    assert found.rule == "request-body-type-changed"


def applying(keyword: str, schema: Json, **schemas: Json) -> Json:
    """Give a document in which a list applies a schema to its items by a keyword."""
    whole = {"type": "array", "items": {}, keyword: schema}
    return document({"/a": {"post": asking(whole)}}, components={"schemas": schemas})


@pytest.mark.parametrize("keyword", ["contains", "unevaluatedItems", "not", "if"])
def test_what_a_condition_refers_to_is_followed(keyword: str, tmp_path: Path) -> None:
    cat: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    named = applying(keyword, reference("Cat"), Cat=cat)
    assert findings(named, applying(keyword, cat), tmp_path) == ()
    assert findings(named, applying(keyword, reference("Tom"), Tom=cat), tmp_path) == ()
    other: Json = {"type": "object", "properties": {"a": {"type": "integer"}}}
    (found,) = findings(named, applying(keyword, reference("Cat"), Cat=other), tmp_path)
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
        schemas[name] = {"allOf": [reference("Base"), own]}
    return document(
        {f"/{name}": {"get": answering(reference(name))} for name in ("Cat", "Dog")},
        components={"schemas": schemas},
    )


def test_an_edit_of_what_schemas_are_composed_of_is_told_once(tmp_path: Path) -> None:
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
        (found,) = findings(old, new, tmp_path)
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
    old: str, new: str, rule: str, tmp_path: Path
) -> None:
    first, second = (
        document({"/a": {"post": asking(yaml.safe_load(each))}}) for each in (old, new)
    )
    assert findings(first, first, tmp_path) == ()
    assert [each.rule for each in findings(first, second, tmp_path)] == [rule]


def test_another_schema_in_a_place_is_told_there(tmp_path: Path) -> None:
    def of(schema: Json) -> Json:
        cat = {"type": "object", "properties": {"a": {"type": "string"}}}
        return document(
            {"/a": {"get": answering(schema)}}, components={"schemas": {"Cat": cat}}
        )

    free: Json = {"type": "object", "additionalProperties": {"type": "string"}}
    found = findings(of(free), of(reference("Cat")), tmp_path)
    assert {each.path for each in found} == {
        "GET /a 200 response",
        "GET /a 200 response/properties/a",
    }


def test_a_schema_that_is_no_component_may_be_referred_to(tmp_path: Path) -> None:
    def of(type_: str) -> Json:
        whole = {"type": "object", "properties": {"a": {"type": type_}}}
        paths = {"/a": {"get": answering(whole)}}
        pointer = "#/paths/~1a/get/responses/200/content/application~1json/schema"
        for path in ("/b", "/c"):
            paths[path] = {"get": answering({"$ref": pointer})}
        return document(paths)

    (found,) = findings(of("string"), of("integer"), tmp_path)
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
def test_strange_keywords_stop_nothing(strange: str, tmp_path: Path) -> None:
    schema, plain = yaml.safe_load(strange), {"type": "object", "minProperties": 1}
    old, new = (document({"/a": {"post": asking(each)}}) for each in (schema, plain))
    assert findings(old, old, tmp_path) == ()
    assert findings(old, new, tmp_path)
    assert findings(new, old, tmp_path)
