"""Edits of discriminators: each value by itself, and the default."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, document, operation, record, ref
from support.values import Value


def union(mapping: dict[str, str], default: str = "") -> dict[str, Value]:
    """Return a document that returns a union with a discriminator."""
    discriminator: dict[str, Value] = {"propertyName": "kind", "mapping": mapping}
    if default:
        discriminator["defaultMapping"] = default
    schema = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": discriminator}
    pet = {"type": "object", "properties": {"kind": {"type": "string"}}}
    schemas = {"Cat": pet, "Dog": {**pet, "required": ["kind"]}}
    return document({"/x": {"get": operation(answer=schema)}}, schemas)


@pytest.mark.parametrize(
    ("old", "new", "rule", "detail"),
    [
        (union({"c": "Cat"}), union({"c": "Cat", "d": "Dog"}), "added", "d"),
        (union({"c": "Cat", "d": "Dog"}), union({"c": "Cat"}), "deleted", "d"),
        (union({"c": "Cat"}), union({"c": "Dog"}), "changed", "c"),
        (union({}), union({}, "Cat"), "added", "defaultMapping"),
        (union({}, "Cat"), union({}), "deleted", "defaultMapping"),
        (union({}, "Cat"), union({}, "Dog"), "changed", "defaultMapping"),
    ],
)
def test_a_value_and_the_default_are_one_finding_each(
    old: Value, new: Value, rule: str, detail: str
) -> None:
    found = compare_wire(old, new)
    assert [(each.rule, each.detail) for each in found] == [
        (f"response-body-discriminator-mapping-{rule}", detail)
    ]
    assert compare_wire(new, new) == ()


def test_the_value_of_an_option_that_came_is_told_with_the_option() -> None:
    def of(*names: str) -> dict[str, Value]:
        discriminator: dict[str, Value] = {
            "propertyName": "kind",
            "mapping": {name.lower(): name for name in names},
        }
        schema = {
            "oneOf": [ref(name) for name in names],
            "discriminator": discriminator,
        }
        pet = {"type": "object", "properties": {"kind": {"type": "string"}}}
        schemas = {name: {**pet, "required": ["kind"], "title": name} for name in names}
        return document({"/x": {"get": operation(answer=schema)}}, schemas)

    assert [
        each.rule for each in compare_wire(of("Cat", "Dog"), of("Cat", "Dog", "Eel"))
    ] == ["response-body-one-of-added"]


def test_the_values_stand_in_the_text() -> None:
    (found,) = compare_wire(union({"c": "Cat"}), union({"c": "Cat", "d": "Dog"}))
    assert found.message.endswith(": d (Dog)")
    assert found.level.value == "error"


def test_the_value_of_a_schema_that_extends_another_is_told_with_it() -> None:
    def family(*names: str) -> Json:
        mapping = {name.lower(): f"#/components/schemas/{name}" for name in names}
        base = record(["kind"], kind="string") | {
            "discriminator": {"propertyName": "kind", "mapping": mapping}
        }
        heirs = {
            name: {"allOf": [ref("Pet"), record(**{name: "string"})]} for name in names
        }
        return document(
            {"/x": {"get": operation(answer=ref("Pet"))}}, {"Pet": base, **heirs}
        )

    def list_rules(old: Json, new: Json) -> list[str]:
        return [each.rule for each in compare_wire(old, new)]

    one, both = family("Cat"), family("Cat", "Dog")
    assert list_rules(one, both) == ["response-body-any-of-added"]
    assert list_rules(both, one) == ["response-body-any-of-removed"]
