"""Shapes: what is equal whatever it is called, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flexprice_codegen.api.build import build
from flexprice_codegen.api.shape import Shapes, shapes
from flexprice_codegen.diagnostics import Sink
from flexprice_codegen.spec.document import load

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


def shapes_of(folder: Path, path: str = "/pets", **schemas: object) -> Shapes:
    """Give the shapes of a document with an operation that answers the first schema."""
    answer = {"$ref": f"#/components/schemas/{next(iter(schemas))}"}
    ok = {"description": "", "content": {"application/json": {"schema": answer}}}
    operation = {"operationId": path, "responses": {"200": ok}}
    spec = {
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "paths": {path: {"get": operation}},
        "components": {"schemas": schemas},
    }
    file = folder / "spec.json"
    file.write_text(json.dumps(spec))
    return shapes(build(load([str(file)], [], sink=Sink()), Sink()))


def renamed(schema: dict[str, object], **names: str) -> dict[str, object]:
    """Write a schema with other names in its references, and other prose."""
    text = json.dumps(schema).replace("An animal", "A beast")
    for old, new in names.items():
        text = text.replace(f"schemas/{old}", f"schemas/{new}")
    made: dict[str, object] = json.loads(text)
    return made


def test_names_and_prose_take_no_part(tmp_path: Path) -> None:
    one = shapes_of(tmp_path, Pet=PET, Owner=OWNER)
    other = shapes_of(
        tmp_path, "/beasts", Beast=renamed(PET, Owner="Keeper"), Keeper=OWNER
    )
    assert one.definitions["Pet"] == other.definitions["Beast"]
    assert one.definitions["Owner"] == other.definitions["Keeper"]
    assert one.operations["GET /pets"] == other.operations["GET /beasts"]


def test_a_change_further_in_leaves_the_outer_shape(tmp_path: Path) -> None:
    one = shapes_of(tmp_path, Pet=PET, Owner=OWNER)
    changed = {"type": "object", "properties": {"age": {"type": "number"}}}
    other = shapes_of(tmp_path, Pet=PET, Owner=changed)
    assert one.definitions["Pet"].outer == other.definitions["Pet"].outer
    assert one.definitions["Pet"].whole != other.definitions["Pet"].whole
    assert one.definitions["Owner"].outer != other.definitions["Owner"].outer
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
def test_every_part_of_the_contract_counts(other: object, tmp_path: Path) -> None:
    one = shapes_of(tmp_path, Owner=OWNER).definitions["Owner"]
    assert one != shapes_of(tmp_path, Owner=other).definitions["Owner"]


def test_circles_have_shapes(tmp_path: Path) -> None:
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

    one = shapes_of(
        tmp_path, "/pets", **ring("A", "B", "C", kind="integer")
    ).definitions
    same = shapes_of(
        tmp_path, "/pets", **ring("Z", "Y", "X", kind="integer")
    ).definitions
    assert [*one.values()] == [same["Z"], same["Y"], same["X"]]
    assert len(set(one.values())) == len(one)
    other = shapes_of(
        tmp_path, "/pets", **ring("A", "B", "C", kind="boolean")
    ).definitions
    assert not {each.whole for each in one.values()} & {
        each.whole for each in other.values()
    }


def test_a_long_chain_and_a_large_circle_are_no_burden(tmp_path: Path) -> None:
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
    found = shapes_of(tmp_path, "/pets", **chain).definitions
    assert len({each.whole for each in found.values()}) == 1
