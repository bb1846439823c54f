"""The default of a field that can have one value only."""

from __future__ import annotations

import pytest
from support.documents import INTEGER, TEXT, Json, document, read_api, record, ref

from flexprice_codegen.api.model import ObjectSchema, Property
from flexprice_codegen.api.types import Literals, Nullable
from flexprice_codegen.surface.constants import ConstantFinder, EnumMembers
from flexprice_codegen.surface.discriminators import (
    NO_DISCRIMINATORS,
    Discriminators,
)

SCHEMAS: Json = {
    "Kind": {"type": "string", "enum": ["a"]},
    "Kinds": {"type": "string", "enum": ["a", "b"]},
    "Preset": {"type": "string", "const": "a", "default": "a"},
}
MEMBERS: EnumMembers = {
    "Kind": {"a": "Kind.A"},
    "Kinds": {"a": "Kinds.A", "b": "Kinds.B"},
    "Preset": {"a": "Preset.A"},
}
OWNER = "Owner"


def finder(
    schema: Json,
    found: Discriminators = NO_DISCRIMINATORS,
    *,
    required: bool = False,
) -> tuple[ConstantFinder, Property]:
    """Return a finder, and the property `k` of a class."""
    owner = record(["k"] if required else [], k=schema)
    schemas = read_api(document(schemas=SCHEMAS | {OWNER: owner})).schemas
    made = schemas[OWNER]
    assert isinstance(made, ObjectSchema)
    return ConstantFinder(schemas, found, MEMBERS), made.properties[0]


def given(*values: str | int) -> Discriminators:
    """Return discriminators that give values to the property."""
    return Discriminators({}, {(OWNER, "k"): values}, frozenset())


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"const": "a"}, '"a"'),
        ({"const": 1}, "1"),
        ({"const": 1.5}, "1.5"),
        ({"const": False}, "False"),
        ({"type": ["string", "null"], "enum": ["a", None]}, '"a"'),
        (ref("Kind"), "Kind.A"),
        (ref("Kinds"), ""),
        (TEXT, ""),
    ],
)
def test_a_required_constant_is_its_default(schema: Json, code: str) -> None:
    constants, each = finder(schema, required=True)
    assert constants.find_default(OWNER, each) == code


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"const": "a"}, ""),
        ({"const": "a", "default": "a"}, '"a"'),
        ({"const": "a", "default": "b"}, ""),
        ({"const": True, "default": 1}, ""),
        ({"const": 1, "default": 1.0}, "1"),
        (ref("Preset"), "Preset.A"),
        ({"allOf": [ref("Kind")], "default": "a"}, "Kind.A"),
    ],
)
def test_an_optional_one_is_sent_only_if_the_document_says_so(
    schema: Json, code: str
) -> None:
    constants, each = finder(schema)
    assert constants.find_default(OWNER, each) == code
    selecting = Discriminators({}, {}, frozenset({(OWNER, "k")}))
    constants, each = finder(schema, selecting)
    assert constants.find_default(OWNER, each) != ""


@pytest.mark.parametrize(
    ("schema", "values", "expected"),
    [
        (TEXT, ("a",), Literals(values=("a",))),
        (TEXT, ("a", "b"), Literals(values=("a", "b"))),
        ({}, ("a",), Literals(values=("a",))),
        (INTEGER, (1,), Literals(values=(1,))),
        ({"type": ["string", "null"]}, ("a",), Nullable(inner=Literals(values=("a",)))),
    ],
)
def test_a_discriminator_gives_a_string_its_values(
    schema: Json, values: tuple[str | int, ...], expected: object
) -> None:
    constants, each = finder(schema, given(*values), required=True)
    narrowed = constants.add_values(OWNER, each)
    assert narrowed.type == expected
    assert (constants.find_default(OWNER, narrowed) == "") == (len(values) > 1)


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        (TEXT, ()),
        (INTEGER, ("a",)),
        ({"type": "string", "format": "uuid"}, ("a",)),
        ({"type": "number"}, (1,)),
        (ref("Kinds"), ("a",)),
    ],
)
def test_other_types_stay_what_they_are(
    schema: Json, values: tuple[str | int, ...]
) -> None:
    constants, each = finder(schema, given(*values))
    assert constants.add_values(OWNER, each) == each


def test_a_discriminator_chooses_among_the_members_of_an_enum() -> None:
    constants, each = finder(ref("Kinds"), given("b", "c"), required=True)
    assert constants.find_default(OWNER, each) == "Kinds.B"
    constants, each = finder(ref("Kinds"), given("a", "b"), required=True)
    assert constants.find_default(OWNER, each) == ""
