"""Enum classes: the names of members, without what all have in common."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import EnumSchema, EnumValue
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.enums import build_enum_class, find_common_prefix

ORIGIN = Origin("", "/components/schemas/Kind")


def values(*rows: tuple[str | int, str]) -> tuple[EnumValue, ...]:
    return tuple(
        EnumValue(value=value, about=NodeMetadata(origin=ORIGIN, name=name))
        for value, name in rows
    )


def members(*rows: tuple[str | int, str], prefix: str | None = None) -> list[str]:
    definition = EnumSchema(
        key="Kind", values=values(*rows), about=NodeMetadata(origin=ORIGIN)
    )
    made = build_enum_class(definition, "Kind", "_kind", prefix)
    return [each.name for each in made.members]


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["OrderStatusOpen", "OrderStatusShut"], "Order_Status"),
        (["StatusOpen", "Other"], ""),
        (["Line1", "Line2"], ""),
        (["Kind1a", "KindB"], ""),
        (["KindOpen"], "Kind"),
        (["Open"], ""),
        (["Open", ""], ""),
    ],
)
def test_a_prefix_is_shared_by_all_and_leaves_names(
    names: list[str], prefix: str
) -> None:
    found = find_common_prefix(values(*((each, each) for each in names)), "Kind")
    assert found == prefix


def test_a_member_is_called_by_its_name_or_else_by_its_value() -> None:
    assert members(("o", "KindOpen"), ("s", "KindShut")) == ["OPEN", "SHUT"]
    assert members(("in-progress", ""), ("<", "")) == ["IN_PROGRESS", "LESS"]


def test_a_prefix_of_an_earlier_run_stays() -> None:
    assert members(("o", "KindOpen"), ("x", "Other"), prefix="Kind") == [
        "OPEN",
        "OTHER",
    ]
    assert members(("o", "KindOpen"), ("s", "KindShut"), prefix="") == [
        "KIND_OPEN",
        "KIND_SHUT",
    ]


def test_names_that_clash_are_numbered() -> None:
    assert members(("a b", ""), ("a-b", "")) == ["A_B", "A_B_2"]
