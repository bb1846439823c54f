"""Edits of discriminators: each value by itself, and the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.small_documents import findings, with_schemas

from flexprice_codegen.runtime.shapes import Value


def union(mapping: dict[str, str], default: str = "") -> dict[str, Value]:
    """Give a document that returns a union with a discriminator."""
    discriminator: dict[str, Value] = {"propertyName": "kind", "mapping": mapping}
    if default:
        discriminator["defaultMapping"] = default
    names = ["Cat", "Dog"]
    schema = {
        "oneOf": [{"$ref": f"#/components/schemas/{each}"} for each in names],
        "discriminator": discriminator,
    }
    made = with_schemas(("response", "body"), {"x": schema})
    pet = {"type": "object", "properties": {"kind": {"type": "string"}}}
    schemas = {"Cat": pet, "Dog": {**pet, "required": ["kind"]}}
    return {**made, "components": {"schemas": schemas}}


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
    old: Value, new: Value, rule: str, detail: str, tmp_path: Path
) -> None:
    found = findings(old, new, tmp_path)
    assert [(each.rule, each.detail) for each in found] == [
        (f"response-body-discriminator-mapping-{rule}", detail)
    ]
    assert findings(new, new, tmp_path) == ()
