"""Names of enum members of clients whose lock files have no rows for them."""

from __future__ import annotations

from flexprice_codegen.api.model import EnumValue
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.former_members import name_former_members

ABOUT = NodeMetadata(origin=Origin("", "/components/schemas/Kind"))


def test_only_the_name_that_was_read_then_counts() -> None:
    values = [
        EnumValue(value="a", names=("KindA",), former_name="KindA", about=ABOUT),
        EnumValue(value="b", names=("KindB",), about=ABOUT),
        EnumValue(value="B", about=ABOUT),
    ]
    found = name_former_members(values, "Kind")
    assert found == {"a": ("A",), "b": ("B",), "B": ("B_2",)}
