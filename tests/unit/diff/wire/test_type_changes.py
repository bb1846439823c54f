"""Another type: what it explains, and what it does not hide."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import Json, asking, document


def test_a_wider_type_does_not_hide_a_narrower_bound() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old, new = of(type="integer", minimum=1), of(type="number", minimum=5)
    assert {each.rule for each in compare_wire(old, new)} == {
        "request-body-type-generalized",
        "request-body-min-increased",
    }


def test_another_type_explains_its_format_and_its_bounds() -> None:
    def of(**schema: object) -> Json:
        return document({"/a": {"post": asking(schema)}})

    old = of(type="integer", minimum=1, format="int32")
    new = of(type="string", maxLength=5, format="date")
    (found,) = compare_wire(old, new)
    assert found.rule == "request-body-type-changed"
