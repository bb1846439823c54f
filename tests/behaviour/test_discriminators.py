"""Discriminators: declared or found, and what they mean for the variants' classes."""

from __future__ import annotations

import json

import pytest
from support.bodies import read_body, write_body
from support.generated import Generated, Generator
from support.values import Value

from flexprice_codegen.diagnostics import Level

SPEC = """
openapi: 3.1.0
info: {title: Zoo, version: "1"}
servers: [{url: http://zoo.test}]
paths:
  /pets: {post: {operationId: addPet, tags: [x], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'200': {description: Ok., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /news: {get: {operationId: getNews, tags: [x], responses: {'200': {description: Ok., content: {application/json: {schema: {$ref: '#/components/schemas/News'}}}}}}}
  /sizes: {post: {operationId: size, tags: [x], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Size'}}}}, responses: {'204': {description: Ok.}}}}
  /tools: {post: {operationId: tool, tags: [x], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Tool'}}}}, responses: {'204': {description: Ok.}}}}
  /keeper: {patch: {operationId: updateKeeper, tags: [x], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}, responses: {'204': {description: Ok.}}}}
  /answers: {post: {operationId: answer, tags: [x], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}, responses: {'204': {description: Ok.}}}}
components:
  schemas:
    Pet:
      oneOf:
        - {$ref: '#/components/schemas/Cow'}
        - {$ref: '#/components/schemas/Dog'}
        - {$ref: '#/components/schemas/Hen'}
        - {$ref: '#/components/schemas/Cats'}
        - {$ref: '#/components/schemas/Worm'}
      discriminator:
        propertyName: kind
        mapping: {cow: '#/components/schemas/Cow', dog: '#/components/schemas/Dog', puppy: '#/components/schemas/Dog', lion: '#/components/schemas/Lion', hen: Hen}
    Cow: {type: object, required: [kind], properties: {kind: {type: string}, n: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, n: {type: integer}}}
    Hen: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}, n: {type: integer}}}
    Cats: {oneOf: [{$ref: '#/components/schemas/Lion'}, {$ref: '#/components/schemas/Lynx'}]}
    Lion: {type: object, properties: {kind: {type: [string, 'null']}, n: {type: integer}}}
    Lynx: {type: object, required: [kind], properties: {kind: {const: lynx}, n: {type: integer}}}
    Worm: {type: object, required: [kind], properties: {kind: {description: Any.}, n: {type: integer}}}
    Kind: {type: string, enum: [cow, dog, hen, lynx]}
    Size:
      oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}]
      discriminator: {propertyName: size, mapping: {1: Small, '2': Large, '007': Large}}
    Small: {type: object, required: [size], properties: {size: {type: integer}}}
    Large: {type: object, required: [size], properties: {size: {type: integer, enum: [2, 3]}}}
    Tool:
      oneOf: [{$ref: '#/components/schemas/Saw'}, {$ref: '#/components/schemas/Other'}, {type: string}]
      discriminator: {propertyName: kind, mapping: {saw: Saw}, defaultMapping: Other}
    Saw: {type: object, properties: {kind: {type: string}, teeth: {type: integer}}}
    Other: {type: object, properties: {kind: {type: string}, teeth: {type: integer}}}
    News: {oneOf: [{$ref: '#/components/schemas/Gone'}, {$ref: '#/components/schemas/Born'}]}
    Gone: {type: object, properties: {status: {type: string, enum: [archived]}, name: {type: string}}}
    Born: {type: object, properties: {status: {type: string, enum: [new, young]}, name: {type: string}}}
    Answer:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {call: '#/components/schemas/Call', mail: Mail, lost: '#/components/schemas/Nowhere'}}
    Call: {type: object, required: [kind], properties: {kind: {type: string}, number: {type: string}}}
    Mail: {type: object, properties: {kind: {type: string}, address: {type: string}}}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document."""
    return generated(SPEC)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Cow", 'Literal["cow"] = "cow"'),
        ("Dog", 'Literal["dog", "puppy"]'),
        ("Hen", "Kind | UnsetType = Kind.HEN"),
        ("Lion", 'Literal["lion"] | None | UnsetType = "lion"'),
        ("Lynx", 'Literal["lynx"] = "lynx"'),
        ("Worm", 'Literal["Worm"] = "Worm"'),
        ("Answer", "str"),
        ("Call", 'Literal["call"] = "call"'),
        ("Mail", 'Literal["mail"] | UnsetType = "mail"'),
    ],
)
def test_a_mapping_gives_the_property_its_type_and_its_default(
    name: str, hint: str, api: Generated
) -> None:
    lines = api.text(f"models/_{name.lower()}.py").splitlines()
    assert f"    kind: {hint}" in lines


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("cow", "Cow"),
        ("dog", "Dog"),
        ("puppy", "Dog"),
        ("hen", "Hen"),
        ("lion", "Lion"),
        ("lynx", "Lynx"),
        ("Worm", "Worm"),
    ],
)
def test_a_value_selects_its_variant_also_one_in_a_union_of_the_union(
    kind: str, name: str, api: Generated
) -> None:
    body = {"kind": kind, "n": 1}
    found, report = read_body(api, json.dumps(body), api.models.Pet)
    assert (type(found), report) == (getattr(api.models, name), [])
    assert write_body(api, found) == body


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"kind": "call", "number": "1"}', "Call"),
        ('{"kind": "mail", "address": "a@b"}', "Mail"),
        ('{"kind": "fax"}', "Answer"),
    ],
)
def test_a_mapping_leads_to_schemas_that_are_not_composed_of_its_owner(
    text: str, name: str, api: Generated
) -> None:
    found, report = read_body(api, text, api.models.AnswerVariant)
    assert (type(found), report) == (getattr(api.models, name), [])
    assert write_body(api, found) == json.loads(text)
    assert any("'lost'" in each for each in api.said(Level.WARNING))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"kind": "saw", "teeth": 1}', "Saw"),
        ('{"kind": "axe", "teeth": 1, "more": 2}', "Other"),
        ('{"kind": 5, "teeth": 1}', "Other"),
        ('{"teeth": 1}', "Other"),
        ('"saw"', "str"),
    ],
)
def test_a_default_mapping_takes_all_other_values(
    text: str, name: str, api: Generated
) -> None:
    found, report = read_body(api, text, api.models.Tool)
    assert (type(found).__name__, report) == (name, [])
    assert "    kind: str | UnsetType = UNSET\n" in api.text("models/_other.py")


def test_a_mapping_selects_by_integers_where_the_property_is_one(
    api: Generated,
) -> None:
    models = api.models
    assert "    size: Literal[1] = 1\n" in api.text("models/_small.py")
    assert read_body(api, '{"size": 1}', models.Size) == (models.Small(), [])
    large = models.Large(size=models.LargeSize(3))
    assert read_body(api, '{"size": 3}', models.Size) == (large, [])
    assert write_body(api, models.Large()) == {"size": 2}


@pytest.mark.parametrize("status", ["archived", "new", "young", "never heard of"])
def test_a_discriminator_that_was_found_is_open(status: str, api: Generated) -> None:
    text = json.dumps({"status": status, "name": "n", "more": 1})
    found, report = read_body(api, text, api.models.News)
    assert report == []
    assert (found.status, found.name) == (status, "n")
    if status != "never heard of":
        wanted = api.models.Gone if status == "archived" else api.models.Born
        assert type(found) is wanted


def test_what_only_responses_select_is_not_sent_by_itself(api: Generated) -> None:
    assert write_body(api, api.models.Gone(name="n")) == {"name": "n"}


@pytest.mark.parametrize("name", ["Gone", "Cow", "Dog"])
def test_a_class_without_its_property_is_still_read(name: str, api: Generated) -> None:
    found, report = read_body(api, "{}", getattr(api.models, name))
    assert type(found) is getattr(api.models, name)
    assert report == []


def test_another_value_is_kept_outside_of_the_union(api: Generated) -> None:
    found, report = read_body(api, '{"kind": "ox"}', api.models.Cow)
    assert (found.kind, report) == ("ox", [])


def test_an_enum_of_the_base_keeps_its_class(api: Generated) -> None:
    found: Value = read_body(api, '{"kind": "hen"}', api.models.Hen)[0]
    assert found.kind is api.models.Kind.HEN
    assert write_body(api, api.models.Hen()) == {"kind": "hen"}
