"""What a value can hold within its parts."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Map,
    Nullable,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.surface.nesting import can_be_list, can_nest, must_nest

LIST = Array(item=String())


@pytest.mark.parametrize(
    ("type_", "can", "must"),
    [
        (String(), False, False),
        (LIST, False, False),
        (Array(item=LIST), True, True),
        (Array(item=AnyValue()), True, False),
        (AnyValue(), False, False),
        (Map(value=String()), False, False),
        (Map(value=Nullable(inner=LIST)), True, True),
        (Union(variants=(String(), Array(item=LIST))), True, True),
        (Reference(key="unknown"), False, False),
    ],
)
def test_parts_of_parts(type_: Type, *, can: bool, must: bool) -> None:
    assert (can_nest({}, type_), must_nest({}, type_)) == (can, must)


def test_a_list_may_be_one_of_several() -> None:
    assert can_be_list({}, Union(variants=(String(), LIST)))
    assert not can_be_list({}, Map(value=LIST))
