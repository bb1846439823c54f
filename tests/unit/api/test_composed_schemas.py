"""Composed schemas: every part holds, and no member of a part is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import AliasSchema, Api, EnumSchema, ObjectSchema
from flexprice_codegen.api.types import (
    Array,
    Literals,
    Nullable,
    Number,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import DiagnosticSink, Level
from flexprice_codegen.spec.document import load_document

Json: TypeAlias = object
Schemas: TypeAlias = dict[str, Json]
TEXT = {"type": "string"}


class Read:
    """What a document with these schemas says."""

    def __init__(self, folder: Path, schemas: Schemas, version: str = "3.1.0") -> None:
        path = folder / "spec.json"
        info = {"title": "A", "version": "1"}
        components = {"schemas": schemas}
        document = {"openapi": version, "info": info, "components": components}
        path.write_text(json.dumps({**document, "paths": {}}))
        sink = DiagnosticSink()
        self.api: Api = build_api(load_document([str(path)], sink=sink), sink)
        self.diagnostics = sink.diagnostics

    def codes(self, level: Level) -> list[str]:
        """Return the codes of the diagnostics of a level."""
        return [each.code for each in self.diagnostics if each.level is level]

    def record(self, key: str) -> ObjectSchema:
        """Return the definition of an object."""
        found = self.api.schemas[key]
        assert isinstance(found, ObjectSchema), found
        return found

    def type_of(self, key: str) -> Type:
        """Return the type that a key is an alias of."""
        found = self.api.schemas[key]
        assert isinstance(found, AliasSchema), found
        return found.type

    def fields(self, key: str) -> dict[str, bool]:
        """Return the properties of an object, and whether each is required."""
        return {each.wire: each.required for each in self.record(key).properties}

    def property_of(self, key: str, name: str) -> Type:
        """Return the type of a property."""
        found = {each.wire: each.type for each in self.record(key).properties}
        return found[name]

    def variants(self, key: str) -> list[str]:
        """Return the keys of the variants of a union."""
        type_ = self.type_of(key)
        assert isinstance(type_, Union), type_
        return [each.key for each in type_.variants if isinstance(each, Reference)]


def ref(name: str, **siblings: Json) -> dict[str, Json]:
    return {"$ref": f"#/components/schemas/{name}", **siblings}


def record(*required: str, **properties: Json) -> dict[str, Json]:
    found: dict[str, Json] = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


LEAVES: Schemas = {
    name: record(name.lower(), **{name.lower(): {"type": "integer"}})
    for name in ("A", "B", "C", "D")
}


def test_a_property_of_several_parts_has_the_members_of_all(tmp_path: Path) -> None:
    made = Read(
        tmp_path,
        {
            "Base": record("id", id=TEXT, attributes=record("at", at=TEXT)),
            "X": {
                "allOf": [ref("Base"), record(attributes=record("title", title=TEXT))]
            },
        },
    )
    assert made.fields("X") == {"id": True, "attributes": False}
    assert made.fields("X > attributes") == {"at": True, "title": True}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"type": "number"}, {"type": "integer", "minimum": 1}, Number(integer=True, minimum=1)),
        ({**TEXT, "maxLength": 5}, {"maxLength": 10}, String(max_length=5)),
        ({**TEXT, "enum": ["a", "b"]}, {**TEXT, "enum": ["b", "c"]}, Literals(values=("b",))),
        (TEXT, {"const": "b"}, Literals(values=("b",), constant=True)),
        ({"type": "integer", "multipleOf": 2}, {"multipleOf": 3}, Number(integer=True, multiple_of=6)),
        ({"type": "array", "items": {"minLength": 1}}, {"items": TEXT}, Array(item=String(min_length=1))),
        ({"type": ["string", "null"]}, {**TEXT, "maxLength": 5}, String(max_length=5)),
        (
            {"type": ["string", "null"]},
            {"type": ["string", "null"], "maxLength": 5},
            Nullable(inner=String(max_length=5)),
        ),
    ],
)  # fmt: skip
def test_a_property_is_the_intersection_of_its_schemas(
    tmp_path: Path, first: Json, second: Json, expected: Type
) -> None:
    parts = [record(p=first), record(p=second)]
    for listed in (parts, parts[::-1]):
        made = Read(tmp_path, {"X": {"allOf": listed}})
        assert made.property_of("X", "p") == expected
        assert not made.diagnostics


def test_a_contradiction_is_a_warning_with_both_places(tmp_path: Path) -> None:
    made = Read(
        tmp_path, {"X": {"allOf": [record(p=TEXT), record(p={"type": "integer"})]}}
    )
    (said,) = made.diagnostics
    assert said.code == "schema-contradiction"
    assert said.level is Level.WARNING
    assert said.location is not None
    assert "spec.json:1:" in said.message
    assert made.property_of("X", "p") == Number(integer=True)


def test_keywords_next_to_a_reference_hold(tmp_path: Path) -> None:
    siblings = {
        "needs": ref("Base", required=["name"]),
        "more": ref("Base", properties={"extra": TEXT}),
        "fixed": ref("Text", const="x"),
        "some": ref("Text", enum=["x", "y"]),
        "short": ref("Text", maxLength=3),
        "same": ref("Base", type="object", description="A base."),
        "wide": ref("Base", required=["id"], nullable=True),
        "sized": ref("Kind", maxLength=3),
    }
    made = Read(
        tmp_path,
        {
            "X": record(**siblings),
            "Base": record("id", id=TEXT, name=TEXT),
            "Text": TEXT,
            "Kind": {**TEXT, "enum": ["a", "bc"]},
        },
    )
    assert made.fields("X > needs") == {"id": True, "name": True}
    assert made.fields("X > more") == {"id": True, "name": False, "extra": False}
    assert made.property_of("X", "fixed") == Literals(values=("x",), constant=True)
    some = made.api.schemas["X > some"]
    assert isinstance(some, EnumSchema)
    assert [each.value for each in some.values] == ["x", "y"]
    assert made.property_of("X", "short") == String(max_length=3)
    # What the schema itself says makes no class of its own.
    assert made.property_of("X", "same") == Reference(key="Base")
    assert made.property_of("X", "wide") == Nullable(inner=Reference(key="Base"))
    assert made.property_of("X", "sized") == Reference(key="Kind")


def test_keywords_next_to_a_reference_are_ignored_in_3_0(tmp_path: Path) -> None:
    siblings = {
        "more": ref("Base", properties={"extra": TEXT}),
        "same": ref("Base", type="object", description="A base."),
    }
    schemas: Schemas = {"X": record(**siblings), "Base": record(id=TEXT)}
    made = Read(tmp_path, schemas, "3.0.3")
    assert made.property_of("X", "more") == Reference(key="Base")
    assert made.codes(Level.NOTE) == ["ref-siblings"]
    assert not made.codes(Level.WARNING)


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"oneOf": [ref("A"), ref("B")]}, {"oneOf": [ref("C"), ref("D")]}]},
        {"oneOf": [ref("A"), ref("B")], "anyOf": [ref("C"), ref("D")]},
        {"allOf": [ref("AB"), ref("CD")]},
        {"allOf": [ref("AB")], "oneOf": [ref("C"), ref("D")]},
    ],
)
def test_two_choices_are_a_choice_of_both(tmp_path: Path, schema: Json) -> None:
    choices = {
        "AB": {"oneOf": [ref("A"), ref("B")]},
        "CD": {"oneOf": [ref("C"), ref("D")]},
    }
    made = Read(tmp_path, {**LEAVES, **choices, "X": schema})
    fields = [set(made.fields(key)) for key in made.variants("X")]
    assert fields == [{"a", "c"}, {"a", "d"}, {"b", "c"}, {"b", "d"}]


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [ref("AB"), ref("C")], "properties": {"s": TEXT}},
        {"allOf": [ref("ABC"), {"properties": {"s": TEXT}}]},
        {"allOf": [{"properties": {"s": TEXT}}, ref("ABC")]},
    ],
)
def test_members_next_to_a_choice_are_those_of_each_variant(
    tmp_path: Path, schema: Json
) -> None:
    choices = {
        "AB": {"oneOf": [ref("A"), ref("B")]},
        "ABC": {"oneOf": [ref("AB"), ref("C")]},
    }
    made = Read(tmp_path, {**LEAVES, **choices, "X": schema})
    fields = [set(made.fields(key)) for key in made.variants("X")]
    assert fields == [{"s", "a"}, {"s", "b"}, {"s", "c"}]


def test_variants_that_contradict_what_is_next_to_them_are_no_variants(
    tmp_path: Path,
) -> None:
    def tagged(tag: str, **properties: Json) -> dict[str, Json]:
        return record("kind", kind={"const": tag}, **properties)

    made = Read(
        tmp_path,
        {
            "Any": {"oneOf": [tagged("a", x=TEXT), tagged("b", y=TEXT)]},
            "B": {"allOf": [ref("Any"), record("kind", kind={"enum": ["b"]})]},
            "Number": {"type": "integer", "oneOf": [{"const": 1}, {"const": 2}]},
            "Two": {"allOf": [ref("Number")], "enum": [2]},
        },
    )
    assert made.type_of("B") == Reference(key="B > |2")
    assert set(made.fields("B > |2")) == {"kind", "y"}
    two = made.api.schemas["Two"]
    assert isinstance(two, EnumSchema)
    assert [each.value for each in two.values] == [2]
    assert not made.diagnostics


def test_a_variant_of_another_type_than_that_next_to_it_is_ignored(
    tmp_path: Path,
) -> None:
    variants = [ref("A"), {"type": "array", "items": TEXT}, TEXT]
    choice = {"type": "object", "oneOf": variants}
    number = {"type": "number", "oneOf": [TEXT, {"type": "boolean"}]}
    made = Read(tmp_path, {**LEAVES, "X": record(p=choice, q=number)})
    assert made.property_of("X", "p") == Reference(key="A")
    assert isinstance(made.property_of("X", "q"), Union)
    assert made.codes(Level.NOTE) == ["impossible-variant", "impossible-variant"]


def test_constraints_next_to_a_choice_change_no_variant(tmp_path: Path) -> None:
    choice = {"type": "object", "oneOf": [ref("A"), ref("B")], "minProperties": 1}
    made = Read(tmp_path, {**LEAVES, "X": choice})
    assert made.variants("X") == ["A", "B"]
    type_ = made.type_of("X")
    assert isinstance(type_, Union)
    assert type_.kept == (("minProperties", "1"),)


def test_a_choice_among_constraints_is_one_class(tmp_path: Path) -> None:
    needs = [{"required": ["a"]}, {"required": ["b"]}]
    whole = {**record(a=TEXT, b=TEXT), "anyOf": needs}
    made = Read(tmp_path, {"X": whole, "Y": {"allOf": [ref("X"), record(c=TEXT)]}})
    assert set(made.fields("X")) == {"a", "b"}
    assert set(made.fields("Y")) == {"a", "b", "c"}
    assert dict(made.record("X").kept).keys() == {"anyOf"}
    assert dict(made.record("Y").kept).keys() == {"anyOf"}


@pytest.mark.parametrize(
    "null",
    [
        {"type": "null"},
        {"type": ["null"]},
        {"type": None},
        {"nullable": True},
        {"nullable": True, "description": "Or nothing."},
        {"enum": [None]},
        {"const": None},
        {"enum": [None], "type": "null"},
        ref("NullEnum"),
    ],
)
def test_null_is_a_variant_in_every_spelling(tmp_path: Path, null: Json) -> None:
    for keyword in ("oneOf", "anyOf"):
        for listed in ([ref("A"), null], [null, ref("A")]):
            schemas = {"X": record(p={keyword: listed}), "NullEnum": {"enum": [None]}}
            made = Read(tmp_path, {**LEAVES, **schemas})
            assert made.property_of("X", "p") == Nullable(inner=Reference(key="A"))


def test_titled_constants_are_an_enum_with_names(tmp_path: Path) -> None:
    constants = [
        {"const": 1, "title": "LOW", "description": "Not much."},
        {"const": 2, "title": "HIGH"},
    ]
    made = Read(tmp_path, {"X": {"type": "integer", "oneOf": constants}})
    found = made.api.schemas["X"]
    assert isinstance(found, EnumSchema)
    values = [(each.value, each.names, each.about.description) for each in found.values]
    assert values == [(1, ("LOW",), "Not much."), (2, ("HIGH",), "")]


def test_recursive_schemas_make_a_recursive_composition(tmp_path: Path) -> None:
    one = record(next=ref("A"), a=TEXT)
    other = record(next=ref("B"), b=TEXT)
    both = {"allOf": [ref("A"), ref("B")]}
    made = Read(tmp_path, {"A": one, "B": other, "X": both})
    assert set(made.fields("X")) == {"next", "a", "b"}
    assert made.property_of("X", "next") == Reference(key="X")
    assert not made.diagnostics


def test_a_recursive_composition_of_arrays_has_a_name(tmp_path: Path) -> None:
    made = Read(
        tmp_path,
        {
            "A": {"type": "array", "items": ref("A")},
            "B": {"type": "array", "items": ref("B"), "maxItems": 2},
            "X": record(p={"allOf": [ref("A"), ref("B")]}),
        },
    )
    assert made.property_of("X", "p") == Reference(key="X > p")
    assert made.type_of("X > p") == Array(item=Reference(key="X > p"), max_items=2)


def test_compositions_that_double_are_read_once(tmp_path: Path) -> None:
    schemas: Schemas = {}
    for name in ("A", "B"):
        for number in range(40):
            below = ref(f"{name}{number + 1}")
            schemas[f"{name}{number}"] = record(left=below, right=below)
        schemas[f"{name}40"] = record(**{name.lower(): TEXT})
    made = Read(tmp_path, {**schemas, "X": {"allOf": [ref("A0"), ref("B0")]}})
    assert len(made.api.schemas) == 2 * 41 + 1 + 40
    assert not made.diagnostics


def test_too_many_combinations_are_one_class_with_all_members(tmp_path: Path) -> None:
    choices = [
        {"oneOf": [record(f"l{n}", **{f"l{n}": TEXT}), record(f"r{n}", **{f"r{n}": TEXT})]}
        for n in range(30)
    ]  # fmt: skip
    made = Read(tmp_path, {"X": {"allOf": [record("id", id=TEXT), *choices]}})
    fields = made.fields("X")
    assert len(fields) == 61
    assert [name for name, is_required in fields.items() if is_required] == ["id"]
    assert made.codes(Level.NOTE) == ["too-many-variants"]


def test_many_variants_are_no_product(tmp_path: Path) -> None:
    listed = [record(**{f"p{n}": TEXT}) for n in range(100)]
    made = Read(tmp_path, {"X": {**record(id=TEXT), "oneOf": listed}})
    assert len(made.variants("X")) == 100
    assert not made.diagnostics


@pytest.mark.parametrize("beside", [{}, record(s=TEXT)])
def test_variants_of_one_title_are_two_classes(tmp_path: Path, beside: Schemas) -> None:
    variants = [
        {"title": "Same", **record(a=TEXT)},
        {"title": "Same", **record(b=TEXT)},
    ]
    made = Read(tmp_path, {"X": {**beside, "oneOf": variants}})
    assert made.variants("X") == ["X > |Same", "X > |Same 2"]
    assert "a" in made.fields("X > |Same")
    assert "b" in made.fields("X > |Same 2")


def test_a_choice_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    made = Read(
        tmp_path,
        {
            **LEAVES,
            "U": {"oneOf": [ref("A"), ref("V")]},
            "V": {"oneOf": [ref("B"), ref("U")]},
            "X": {"allOf": [ref("U"), record(s=TEXT)]},
        },
    )
    fields = [set(made.fields(key)) for key in made.variants("X")]
    assert {"s", "a"} in fields
    assert {"s", "b"} in fields


def test_a_base_that_lists_its_derived_schemas_is_no_choice_of_them(
    tmp_path: Path,
) -> None:
    base = {**record("kind", kind=TEXT), "oneOf": [ref("Cat"), ref("Dog")]}
    made = Read(
        tmp_path,
        {
            "Pet": base,
            "Cat": {"allOf": [ref("Pet"), record(lives={"type": "integer"})]},
            "Dog": {"allOf": [ref("Pet"), record(barks={"type": "boolean"})]},
        },
    )
    assert set(made.fields("Cat")) == {"kind", "lives"}
    assert set(made.fields("Dog")) == {"kind", "barks"}


KIND = {**TEXT, "enum": ["a", "b", "c"]}
EQUAL: list[tuple[Json, Json]] = [
    ({"allOf": [record("a", a=TEXT)]}, record("a", a=TEXT)),
    (
        {"allOf": [ref("A"), record(x=TEXT)]},
        {"allOf": [LEAVES["A"], record(x=TEXT)]},
    ),
    (ref("A", required=["x"]), {"allOf": [ref("A"), {"required": ["x"]}]}),
    ({"anyOf": [{**TEXT, "enum": ["a", "b"]}, {**TEXT, "const": "c"}]}, KIND),
    ({"oneOf": [{"const": "a"}, {"const": "b"}, {"const": "c"}]}, KIND),
    ({"allOf": [{**TEXT, "maxLength": 5}, {"maxLength": 9}]}, {**TEXT, "maxLength": 5}),
    ({"allOf": [{"anyOf": [TEXT, {"type": "integer"}]}, TEXT]}, TEXT),
    ({"allOf": [TEXT, {"pattern": "^a"}]}, {**TEXT, "pattern": "^a"}),
    ({"allOf": [{"enum": ["a", "b", "c", "d"]}, KIND]}, KIND),
    (
        {"allOf": [{"type": "array", "items": TEXT}, {"maxItems": 3}]},
        {"type": "array", "items": TEXT, "maxItems": 3},
    ),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_schemas_are_equal_values(tmp_path: Path, one: Json, other: Json) -> None:
    left = Read(tmp_path, {**LEAVES, "X": one}).api.schemas["X"]
    right = Read(tmp_path, {**LEAVES, "X": other}).api.schemas["X"]
    assert left == right


def test_what_a_part_says_of_a_place_is_kept(tmp_path: Path) -> None:
    said = {"description": "Said.", "readOnly": True, "default": "d"}
    first = record(p={**TEXT, **said}, q=TEXT)
    second = record(p={"maxLength": 3}, q=said)
    made = Read(tmp_path, {"X": {"allOf": [first, second]}})
    for each in made.record("X").properties:
        assert each.about.description == "Said."
        assert each.read_only
        assert each.default is not None


def test_a_part_that_accepts_nothing_is_kept(tmp_path: Path) -> None:
    made = Read(tmp_path, {"X": {"allOf": [record(a=TEXT), False]}})
    assert set(made.fields("X")) == {"a"}
    assert made.record("X").kept == (("not", "{}"),)
