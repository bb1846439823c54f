"""Values stay small, whatever code builds in loops."""

from __future__ import annotations

from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    CollectionValue,
    LibraryValue,
    ModelValue,
    RowValue,
    ValueSet,
    limit_values,
)

CUSTOMER: ValueSet = frozenset({ModelValue("Customer")})


def test_what_is_deep_can_be_anything() -> None:
    nested = CUSTOMER
    for _ in range(4):
        nested = frozenset({CollectionValue(nested)})
    assert limit_values(nested) == nested
    for _ in range(4):
        nested = frozenset({CollectionValue(nested)})
    assert limit_values(nested | CUSTOMER) == CUSTOMER | UNKNOWN


def test_of_many_values_only_plain_ones_stay() -> None:
    rows = frozenset(
        RowValue((frozenset({LibraryValue(str(number))}),)) for number in range(50)
    )
    assert limit_values(rows | CUSTOMER) == CUSTOMER | UNKNOWN
    assert limit_values(OTHER) == OTHER
