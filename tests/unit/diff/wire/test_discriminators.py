"""Edits of discriminators: each value by itself, and the default."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, answering, document, record, ref


def union(mapping: Json, default: str = "") -> Json:
    """Return a document that returns a union with a discriminator."""
    discriminator: Json = {"propertyName": "kind", "mapping": mapping}
    if default:
        discriminator["defaultMapping"] = default
    schema = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": discriminator}
    schemas = {"Cat": record(kind="string"), "Dog": record(["kind"], kind="string")}
    return document({"/x": {"post": answering(schema)}}, schemas)


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
    old: Json, new: Json, rule: str, detail: str
) -> None:
    found = compare_wire(old, new)
    assert [(each.rule, each.detail) for each in found] == [
        (f"response-body-discriminator-mapping-{rule}", detail)
    ]
