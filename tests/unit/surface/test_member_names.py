"""Names of enum members: the prefix that all have in common."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.model import EnumValue
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.member_names import (
    build_member_names,
    find_common_prefix,
)

ABOUT = NodeMetadata(origin=Origin("", "/components/schemas/Kind"))


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
    values = [
        EnumValue(value=name, names=(name,) if name else (), about=ABOUT)
        for name in names
    ]
    assert find_common_prefix(values, "Kind") == prefix


def test_each_name_of_a_value_counts() -> None:
    value = EnumValue(value="a", names=("KindA", "Other"), about=ABOUT)
    assert find_common_prefix([value], "Kind") == ""
    assert build_member_names(value, "Kind") == ("A", "OTHER")


def test_a_value_without_names_is_its_own_name() -> None:
    assert build_member_names(EnumValue(value=1, about=ABOUT), "") == ("VALUE_1",)
