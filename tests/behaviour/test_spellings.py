"""Spellings: one contract, written in the ways of OpenAPI 3.0, 3.1 and of overlays."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from support.generated import Generated, Generator, Named
from support.loopback import Loopback, Reply
from support.values import Value

from flexprice_codegen.diagnostics import Level

SPEC = """
openapi: 3.1.0
info: {title: Spellings, version: "1"}
paths:
  /shared/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    post:
      tags: [a]
      operationId: shared
      parameters: [{$ref: '#/components/parameters/Page'}]
      requestBody: {$ref: '#/components/requestBodies/Body'}
      responses:
        "200": {$ref: '#/components/responses/Ok'}
        default: {$ref: '#/components/responses/Bad'}
  /alias:
    $ref: '#/components/pathItems/Alias'
  /split:
    post:
      tags: [a]
      operationId: split
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Shapes'}}}}}
  /ids:
    get:
      tags: [a]
      operationId: ids
      parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}]
      responses: {"204": {description: none}}
  /v1/double:
    get: {tags: [a], operationId: double, responses: {"200": {description: ok}}}
components:
  pathItems:
    Alias: {get: {tags: [a], operationId: alias, responses: {"204": {description: ok}}}}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
    Page: {name: page, in: query, schema: {type: [integer, 'null']}}
  requestBodies:
    Body: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}
  responses:
    Ok: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/All'}}}}
    Bad: {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}
  schemas:
    Bad: {type: object, properties: {error: {type: object, properties: {code: {type: string}}}}}
    All:
      type: object
      required: [null_text, plain_null]
      properties:
        null_text: {type: [string, 'null']}
        plain_null: {type: 'null'}
        both: {type: [string, integer]}
        all_three: {type: [string, integer, 'null']}
        constant: {const: fixed}
        number_constant: {const: 5}
        ref_with_words: {$ref: '#/components/schemas/Leaf', description: Said here.}
        ref_null: {anyOf: [{$ref: '#/components/schemas/Leaf'}, {type: 'null'}]}
        untyped: {properties: {x: {type: integer}}}
        untyped_list: {items: {type: string}}
        untyped_text: {maxLength: 3}
        any_true: true
        amount: {type: string}
        tuple: {type: array, prefixItems: [{type: string}, {type: integer}]}
        not_this: {type: string, not: {const: x}}
        closed: {type: object, additionalProperties: false, properties: {x: {type: integer}}}
        empty_closed: {type: object, additionalProperties: false}
        nested: {allOf: [{allOf: [{$ref: '#/components/schemas/Leaf'}, {type: object, properties: {more: {type: integer}}}]}, {required: [more]}]}
        narrowed: {allOf: [{$ref: '#/components/schemas/Leaf'}, {properties: {leaf: {maxLength: 3}}}]}
        replaced: {allOf: [{$ref: '#/components/schemas/Leaf'}, {type: object, properties: {leaf: {type: integer}}}]}
        choice_in_all: {allOf: [{$ref: '#/components/schemas/Leaf'}, {oneOf: [{$ref: '#/components/schemas/LeftOnly'}, {$ref: '#/components/schemas/RightOnly'}]}]}
        numbers: {oneOf: [{type: integer}, {type: number}]}
        dates: {oneOf: [{type: string, format: date-time}, {type: string}]}
        list_or_one: {oneOf: [{type: string}, {type: array, items: {type: string}}]}
        enum_or_text: {anyOf: [{$ref: '#/components/schemas/Kind'}, {type: string}]}
        inline_options:
          oneOf:
            - {title: Card, type: object, required: [number], properties: {number: {type: string}}}
            - {type: object, required: [iban], properties: {iban: {type: string}}}
        deep: {$ref: '#/components/schemas/All/properties/untyped'}
        animal: {$ref: '#/components/schemas/Animal'}
    Kind: {type: string, enum: [a, b]}
    Leaf: {type: object, properties: {leaf: {type: string}}}
    LeftOnly: {type: object, required: [left], properties: {left: {type: integer}}}
    RightOnly: {type: object, required: [right], properties: {right: {type: integer}}}
    Both: {type: object, required: [x], properties: {x: {type: [string, 'null']}, y: {type: [string, 'null']}}}
    Animal:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/AnimalCat'}}
    AnimalCat: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {lives: {type: integer}}}]}
    Circle: {type: object, required: [id, kind], properties: {id: {type: string, readOnly: true}, kind: {type: string}, r: {type: integer}}}
    Square: {type: object, required: [id, kind], properties: {id: {type: string, readOnly: true}, kind: {type: string}, side: {type: integer}}}
    CircleInput: {type: object, properties: {other: {type: string}}}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator: {propertyName: kind, mapping: {circle: Circle, square: Square}}
    Shapes: {type: array, items: {$ref: '#/components/schemas/Shape'}}
"""
OVERLAY = """
overlay: 1.0.0
info: {title: Corrections, version: "1"}
actions:
  - {target: $.components.schemas.All.properties.amount, update: {format: decimal}}
  - {target: "$.paths['/ids'].get.parameters[0]", update: {explode: true}}
  - {target: "$.paths['/v1/double'].get", update: {x-codegen: {route: /double, name: single}}}
  - {target: $.components.schemas.Both, update: {x-codegen: {name: Pair}}}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above, corrected by the overlay."""
    return generated(SPEC, overlay=OVERLAY)


@pytest.fixture
def read(api: Generated, server: Loopback) -> Callable[[str], Value]:
    """Return what has the server answer a member, and reads it strictly."""

    def member(text: str) -> Value:
        answer = {"null_text": None, "plain_null": None, **json.loads(f"{{{text}}}")}
        server.reply(Reply(200, json.dumps(answer).encode()))
        with api.client(base_url=server.url, strict=True) as client:
            found = client.a.shared(api.models.Pair(x=None), id="1")
        return getattr(found, next(iter(json.loads(f"{{{text}}}"))))

    return member


def test_references_to_parts_of_every_kind_are_followed(
    api: Generated, server: Loopback
) -> None:
    body = api.models.Pair(x=None, y="b")
    for mode in ("sync", "async"):
        server.reply(Reply(400, b'{"error": {"code": "c"}}'))
        with pytest.raises(api.package.BadRequestError) as caught:
            api.call(
                mode,
                lambda client: client.a.shared(body, id="i", page=2),
                base_url=server.url,
            )
        assert server.last.target == "/shared/i?page=2"
        assert server.last.body == b'{"x":null,"y":"b"}'
        assert caught.value.body == api.models.Bad(error=api.models.BadError(code="c"))
    # A string that is an integer as well.
    (contradiction,) = api.said(Level.WARNING)
    assert contradiction.startswith("no value can match both `type` here")


def test_a_path_may_be_a_reference(api: Generated, server: Loopback) -> None:
    server.reply(Reply(204, b""))
    with api.client(base_url=server.url) as client:
        client.a.alias()
    assert server.last.target == "/alias"


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ('"null_text": null', None),
        ('"null_text": "a"', "a"),
        ('"both": 5', 5),
        ('"both": "5"', "5"),
        ('"all_three": null', None),
        ('"all_three": 7', 7),
        ('"constant": "fixed"', "fixed"),
        ('"number_constant": 5', 5),
        ('"untyped_list": ["a"]', ["a"]),
        ('"untyped_text": "abc"', "abc"),
        ('"any_true": [1, null]', [1, None]),
        ('"tuple": ["a", 1]', ["a", 1]),
        ('"not_this": "y"', "y"),
        ('"empty_closed": {}', {}),
        ('"numbers": 1', 1),
        ('"numbers": 1.5', 1.5),
        ('"list_or_one": "a"', "a"),
        ('"list_or_one": ["a"]', ["a"]),
    ],
)
def test_plain_values_decode_to_what_they_are(
    member: str, expected: Value, read: Callable[[str], Value]
) -> None:
    found = read(member)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("member", "name", "values"),
    [
        ('"ref_with_words": {"leaf": "a"}', "Leaf", {"leaf": "a"}),
        ('"ref_null": {"leaf": "a"}', "Leaf", {"leaf": "a"}),
        ('"untyped": {"x": 1}', "AllUntyped", {"x": 1}),
        ('"closed": {"x": 1}', "AllClosed", {"x": 1}),
        ('"nested": {"leaf": "a", "more": 1}', "AllNested", {"leaf": "a", "more": 1}),
        ('"narrowed": {"leaf": "a"}', "AllNarrowed", {"leaf": "a"}),
        ('"replaced": {"leaf": 5}', "AllReplaced", {"leaf": 5}),
        (
            '"choice_in_all": {"leaf": "a", "right": 1}',
            "AllChoiceInAllRightOnly",
            {"leaf": "a", "right": 1},
        ),
        ('"inline_options": {"number": "4"}', "AllInlineOptionsCard", {"number": "4"}),
        ('"inline_options": {"iban": "D"}', "AllInlineOptionsIban", {"iban": "D"}),
    ],
)
def test_objects_decode_to_their_class(
    member: str,
    name: str,
    values: dict[str, Value],
    api: Generated,
    read: Callable[[str], Value],
) -> None:
    assert read(member) == getattr(api.models, name)(**values)


def test_a_choice_takes_the_narrowest_kind_that_fits(
    api: Generated, read: Callable[[str], Value]
) -> None:
    assert read('"dates": "2026-01-31T12:00:00Z"').year == 2026
    assert read('"dates": "soon"') == "soon"
    assert read('"enum_or_text": "a"') is api.models.Kind.A
    found = read('"enum_or_text": "other"')
    assert found == "other"


def test_what_all_of_requires_is_required(api: Generated) -> None:
    fields = {each.name: each for each in dataclasses.fields(api.models.AllNested)}
    assert fields["more"].default is dataclasses.MISSING
    assert fields["leaf"].default is None


def test_a_reference_into_a_schema_is_a_class_too(
    api: Generated, read: Callable[[str], Value]
) -> None:
    found = read('"deep": {"x": 1}')
    assert type(found).__name__ == "Untyped"
    assert found.x == 1
    assert api.models.Untyped is type(found)


def test_words_beside_a_reference_are_the_fields_own(api: Generated) -> None:
    text = api.text("models/_all.py")
    assert '    ref_with_words: Leaf | None = None\n    """Said here."""\n' in text
    assert "    null_text: str | None\n" in text
    assert "    plain_null: Any\n" in text


def test_a_choice_of_split_classes_is_split_as_well(
    api: Generated, server: Loopback
) -> None:
    models = api.models
    names = {each.key: each.name for each in api.surface.models}
    assert names["CircleInput"] == "CircleInput"
    sending = next(
        each.name
        for each in api.surface.models
        if each.key == "Circle" and each.name != "Circle"
    )
    assert sending == "CircleInput2"
    body = getattr(models, sending)(kind="circle", r=1)
    server.reply(
        Reply(200, b'[{"id":"1","kind":"circle","r":1},{"id":"2","kind":"square"}]')
    )
    with api.client(base_url=server.url, strict=True) as client:
        found = client.a.split(body)
    assert json.loads(server.last.body) == {"kind": "circle", "r": 1}
    assert [type(each).__name__ for each in found] == ["Circle", "Square"]
    method = api.module("resources.a").A.split
    body_type = inspect.signature(method).parameters["body"].annotation
    assert body_type == "models.ShapeInput"


def test_an_overlay_corrects_formats_styles_routes_and_names(
    api: Generated, server: Loopback, read: Callable[[str], Value]
) -> None:
    assert read('"amount": "1.10"') == Decimal("1.10")
    server.reply(Reply(204, b""), Reply(204, b""))
    with api.client(base_url=server.url) as client:
        client.a.ids(ids=["a", "b"])
        assert server.last.query == "ids=a&ids=b"
        client.a.single()
        assert server.last.target == "/double"


def test_a_discriminator_of_a_base_class_does_not_lose_it(
    api: Generated, read: Callable[[str], Value]
) -> None:
    found = read('"animal": {"kind": "dog"}')
    assert found == api.models.Animal(kind="dog")


@pytest.mark.parametrize(
    "content",
    [
        "{type: object, properties: {a: {type: string, nullable: true}}}",
        "{type: object, properties: {a: {type: [string, 'null']}}}",
        "{type: object, properties: {a: {anyOf: [{type: string}, {type: 'null'}]}}}",
        "{type: object, properties: {a: {oneOf: [{type: 'null'}, {type: string}]}}}",
        "{properties: {a: {allOf: [{type: string}], nullable: true}}}",
    ],
)
def test_the_spellings_of_null_mean_the_same(
    content: str, names_of: Callable[..., Named]
) -> None:
    spec = f"""
openapi: 3.1.0
info: {{title: T, version: "1"}}
paths:
  /a: {{post: {{operationId: a, requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{"204": {{description: ok}}}}}}}}
components: {{schemas: {{A: {content}}}}}
"""
    made = names_of(spec)
    (field,) = made.classes()["A"].fields  # type: ignore[union-attr]  # is a class
    assert [each.name for each in field.type.variants] == [  # type: ignore[union-attr]  # the same
        "str",
        "None",
        "UnsetType",
    ]
