"""Constants and discriminators: what selects a variant, and what is sent by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from msgspec import UNSET
from support.bodies import read_body, write_body
from support.constants import (
    NEVER_NULL,
    NULLABLE,
    Schema,
    Spellings,
    document,
)
from support.generated import Generated, Generator
from support.values import Value

PRESENCES = ("required", "default", "selects", "optional")
VALUES: tuple[Value, ...] = ("on", 3, True)
CASES = tuple(
    (f"C{number}", spell, presence, value)
    for number, (spell, presence, value) in enumerate(
        product((*NEVER_NULL, *NULLABLE), PRESENCES, VALUES)
    )
)


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return a client with a class for each case; `UC1` is a union with class `C1`."""
    spellings = Spellings()
    schemas: dict[str, Schema] = {}
    for name, spell, presence, value in CASES:
        constant = spell(spellings, [value])
        if presence == "default":
            constant = {"allOf": [constant], "default": value}
        other = {str: "off", int: 4, bool: False}[type(value)]
        schemas[name] = _object(constant, is_required=presence == "required")
        schemas[f"O{name}"] = _object({"const": other}, is_required=False)
        if presence == "selects":
            references = [
                {"$ref": f"#/components/schemas/{each}"} for each in (name, f"O{name}")
            ]
            schemas[f"U{name}"] = {"anyOf": references}
    sent = [
        f"U{name}" if presence == "selects" else name for name, _, presence, _ in CASES
    ]
    return generated(document(schemas | spellings.components, sent))


def _object(constant: Schema, *, is_required: bool) -> Schema:
    return {
        "type": "object",
        "required": ["kind"] if is_required else [],
        "properties": {"kind": constant, "x": {"type": "string"}},
    }


@pytest.mark.parametrize(
    ("name", "presence", "value"),
    [(name, presence, value) for name, _, presence, value in CASES],
    ids=[f"{s.__name__}-{presence}-{value}" for _, s, presence, value in CASES],
)
def test_a_constant_is_sent_by_itself_where_nothing_else_can_be_meant(
    name: str, presence: str, value: Value, api: Generated
) -> None:
    made = getattr(api.models, name)()
    sent = write_body(api, made)
    assert sent == ({} if presence == "optional" else {"kind": value})
    assert [type(each) for each in sent.values()] in ([], [type(value)])
    assert write_body(api, getattr(api.models, name)(kind=UNSET)) == {}


def test_the_type_of_a_constant_is_its_value_or_its_enum(api: Generated) -> None:
    for name, spell, presence, value in CASES:
        text = api.text(f"models/_{name.lower()}.py")
        hint = next(line for line in text.splitlines() if line.startswith("    kind: "))
        is_named = "named" in spell.__name__ or "annotated" in spell.__name__
        # Of Booleans there are no enum classes.
        is_literal = not is_named or value is True
        assert ("Literal[" in hint) == is_literal, (hint, spell)
        assert (" | None" in hint) == (spell in NULLABLE), (hint, spell)
        assert (" | UnsetType" in hint) == (presence != "required"), (hint, spell)


POOLS: tuple[list[Value], ...] = (
    ["a", "b", "c", "d", "e", "f g", "\u00e9"],
    [0, 1, 2, 3, 10**9],
    [False, True],
)


def draw_variants(chance: Random) -> list[list[Value]]:
    """Return the values that each variant of a union lists, all of one type."""
    pool = chance.choice(POOLS)
    count = chance.randint(2, min(4, len(pool)))
    shuffled = chance.sample(pool, len(pool))
    return [shuffled[number::count] for number in range(count)]


def draw_document(
    chance: Random, unions: dict[str, list[list[Value]]]
) -> dict[str, Value]:
    """Return a document of unions, whose variants are spelled in any way."""
    spellings = Spellings()
    schemas: dict[str, Schema] = {}
    for name, variants in unions.items():
        references = []
        for number, values in enumerate(variants):
            spell = chance.choice(NEVER_NULL + NULLABLE)
            constant = spell(spellings, values)
            is_required = chance.choice([True, False])
            schemas[f"{name}V{number}"] = _object(constant, is_required=is_required)
            references.append({"$ref": f"#/components/schemas/{name}V{number}"})
        schemas[name] = {chance.choice(["oneOf", "anyOf"]): references}
    return document(schemas | spellings.components, unions)


@pytest.mark.parametrize("seed", range(4))
def test_every_variant_comes_back_as_its_class(seed: int, generated: Generator) -> None:
    chance = Random(seed)  # noqa: S311 - no secret depends on it
    unions = {f"U{number}": draw_variants(chance) for number in range(20)}
    api = generated(draw_document(chance, unions))
    plan = api.module("runtime.shapes").get_plan
    for name, number, value in _iter_instances(unions):
        wanted = getattr(api.models, f"{name}V{number}")
        union = getattr(api.models, name)
        body = {"kind": value, "x": "y"}
        found, report = read_body(api, json.dumps(body), union)
        assert (type(found), report) == (wanted, [])
        assert write_body(api, found) == body
        # msgspec reads it alone: the discriminator was found.
        assert plan(union).decode(json.dumps(body)) == found


def _iter_instances(
    unions: dict[str, list[list[Value]]],
) -> Iterator[tuple[str, int, Value]]:
    for name, variants in unions.items():
        for number, values in enumerate(variants):
            for value in values:
                yield name, number, value
