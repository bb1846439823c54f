"""Shapes: what is equal whatever it is called, and what is not."""

from __future__ import annotations

import json

import pytest
from support.documents import document, operation, read_api

from flexprice_codegen.api.canonical import CanonicalForm, write_definition
from flexprice_codegen.api.model import NamedSchema
from flexprice_codegen.api.shape import (
    Shape,
    Shapes,
    compute_shapes,
    compute_whole_shapes,
)

PET: dict[str, object] = {
    "type": "object",
    "description": "An animal.",
    "properties": {
        "name": {"type": "string"},
        "owner": {"$ref": "#/components/schemas/Owner"},
    },
}
OWNER: dict[str, object] = {
    "type": "object",
    "properties": {"age": {"type": "integer"}},
}


def shapes_of(path: str = "/pets", **schemas: object) -> Shapes:
    """Return the shapes of a document whose operation answers the first schema."""
    answering = operation(path, answer=next(iter(schemas)))
    return compute_shapes(read_api(document({path: {"get": answering}}, schemas)))


def renamed(schema: dict[str, object], **names: str) -> dict[str, object]:
    """Write a schema with other names in its references, and other prose."""
    text = json.dumps(schema).replace("An animal", "A beast")
    for old, new in names.items():
        text = text.replace(f"schemas/{old}", f"schemas/{new}")
    made: dict[str, object] = json.loads(text)
    return made


def test_the_digests_in_lock_files_are_these() -> None:
    """To change one costs users the aliases of what their next document renames.

    A change that is meant is a new format, beside which the former is still written.
    """
    spec = """
openapi: 3.1.0
info: {title: Zoo, version: "1"}
paths:
  /pets/{id}:
    put:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: dry, in: query, schema: {type: boolean, default: false}}
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
      responses:
        "200":
          description: ok
          headers: {ETag: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      additionalProperties: {type: integer, minimum: 0, exclusiveMaximum: 9.5}
      properties:
        name: {type: string, minLength: 1, pattern: "^[a-z]", description: Its name.}
        kind: {type: string, enum: [cat, dog], default: cat}
        tags: {type: [array, "null"], items: {type: string}, uniqueItems: true}
        more: {type: object, not: {required: [x]}}
        next: {$ref: "#/components/schemas/Pet"}
        toy:
          oneOf:
            - $ref: "#/components/schemas/Ball"
            - $ref: "#/components/schemas/Bone"
          discriminator: {propertyName: is, mapping: {ball: Ball, bone: Bone}}
    Ball: {type: object, properties: {is: {const: ball}, size: {enum: [1, true, a]}}}
    Bone: {type: object, properties: {is: {const: bone}}, additionalProperties: false}
"""
    found = compute_shapes(read_api(spec))
    assert found.schemas["Pet"] == Shape("860b65dda4", "c8001217a3")
    assert found.schemas["Pet > toy"] == Shape("8a04a429a6", "898bf371f8")
    assert found.operations["PUT /pets/{id}"] == Shape("a115f1b781", "d530b4a981")


def test_names_and_prose_take_no_part() -> None:
    one = shapes_of(Pet=PET, Owner=OWNER)
    other = shapes_of("/beasts", Beast=renamed(PET, Owner="Keeper"), Keeper=OWNER)
    assert one.schemas["Pet"] == other.schemas["Beast"]
    assert one.schemas["Owner"] == other.schemas["Keeper"]
    assert one.operations["GET /pets"] == other.operations["GET /beasts"]


def test_a_change_further_in_leaves_the_outer_shape() -> None:
    one = shapes_of(Pet=PET, Owner=OWNER)
    changed = {"type": "object", "properties": {"age": {"type": "number"}}}
    other = shapes_of(Pet=PET, Owner=changed)
    assert one.schemas["Pet"].outer == other.schemas["Pet"].outer
    assert one.schemas["Pet"].whole != other.schemas["Pet"].whole
    assert one.schemas["Owner"].outer != other.schemas["Owner"].outer
    one_call, other_call = one.operations["GET /pets"], other.operations["GET /pets"]
    assert one_call.outer == other_call.outer
    assert one_call.whole != other_call.whole


@pytest.mark.parametrize(
    "other",
    [
        {**OWNER, "required": ["age"]},
        {"type": "object", "properties": {"years": {"type": "integer"}}},
        {"type": "object", "properties": {"age": {"type": ["integer", "null"]}}},
        {"type": "object", "properties": {"age": {"type": "integer", "minimum": 1}}},
        {**OWNER, "additionalProperties": {"type": "string"}},
    ],
)
def test_every_part_of_the_contract_counts(other: object) -> None:
    one = shapes_of(Owner=OWNER).schemas["Owner"]
    assert one != shapes_of(Owner=other).schemas["Owner"]


def test_circles_have_shapes() -> None:
    def ring(*names: str, kind: str = "string") -> dict[str, object]:
        return {
            name: {
                "type": "object",
                "properties": {
                    "next": {"$ref": f"#/components/schemas/{following}"},
                    "kind": {"type": "string" if number else kind},
                },
            }
            for number, (name, following) in enumerate(
                zip(names, (*names[1:], names[0]), strict=True)
            )
        }

    one = shapes_of("/pets", **ring("A", "B", "C", kind="integer")).schemas
    same = shapes_of("/pets", **ring("Z", "Y", "X", kind="integer")).schemas
    assert [*one.values()] == [same["Z"], same["Y"], same["X"]]
    assert len(set(one.values())) == len(one)
    other = shapes_of("/pets", **ring("A", "B", "C", kind="boolean")).schemas
    assert not {each.whole for each in one.values()} & {
        each.whole for each in other.values()
    }


def test_a_long_chain_and_a_large_circle_are_no_burden() -> None:
    size = 2_000
    chain = {
        f"L{number}": {
            "type": "object",
            "properties": {
                "n": {"$ref": f"#/components/schemas/L{(number + 1) % size}"}
            },
        }
        for number in range(size)
    }
    found = shapes_of("/pets", **chain).schemas
    assert len({each.whole for each in found.values()}) == 1


def test_the_whole_shapes_of_some_are_those_among_all() -> None:
    """Also inside of circles, and where what is named is named twice or not there."""

    def refer(*names: str) -> dict[str, object]:
        return {
            "type": "object",
            "properties": {n: {"$ref": f"#/components/schemas/{n}"} for n in names},
        }

    schemas = {
        "A": refer("B", "D"),
        "B": refer("C"),
        "C": refer("B", "C", "D"),
        "D": OWNER,
        "E": refer("A", "F"),
        "F": refer("E"),
    }
    api = read_api(document(schemas=schemas))
    all_ = {key: each.whole for key, each in compute_shapes(api).schemas.items()}
    assert compute_whole_shapes(api, all_) == all_
    for key, shape in all_.items():
        assert compute_whole_shapes(api, [key]) == {key: shape}


def test_only_what_is_asked_for_and_what_it_names_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []

    def write(definition: NamedSchema) -> CanonicalForm:
        written.append(definition.key)
        return write_definition(definition)

    schemas = {
        f"S{number}": {
            "type": "object",
            "properties": {"n": {"$ref": f"#/components/schemas/S{number + 1}"}},
        }
        for number in range(50)
    }
    api = read_api(document(schemas={**schemas, "S50": OWNER}))
    monkeypatch.setattr("flexprice_codegen.api.shape.write_definition", write)
    compute_whole_shapes(api, ["S48", "S49"])
    assert sorted(written) == ["S48", "S49", "S50"]
