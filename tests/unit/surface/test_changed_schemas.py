"""Schemas that are renamed and changed at once: recognized by place and content."""

from __future__ import annotations

from typing import Any

from support.documents import operation, record, ref
from support.surfaces import NamedClient, build_client

ENUM = {"type": "string", "enum": ["a", "b", "c"]}


def build(
    schemas: dict[str, Any], before: NamedClient | None = None, **paths: str
) -> NamedClient:
    """Build a client whose operations return these schemas."""
    found = {
        f"/{path}": {"get": operation(path, answer=name)}
        for path, name in (paths or {"a": next(iter(schemas))}).items()
    }
    return build_client(found, schemas, before)


def list_aliases(
    old: dict[str, Any], new: dict[str, Any], **paths: tuple[str, str]
) -> list[tuple[str, str]]:
    """Return the aliases that the names of an older version leave in a newer one."""
    before = build(old, None, **{path: each[0] for path, each in paths.items()})
    after = build(new, before, **{path: each[1] for path, each in paths.items()})
    return after.list_aliases()


def test_a_class_that_gets_a_field_with_its_name_leaves_an_alias() -> None:
    coupon = record(id="string", code="string")
    fresh = record(id="string", code="string", fresh="string")
    assert list_aliases({"Coupon": coupon}, {"CouponResponse": fresh}) == [
        ("models.Coupon", "models.CouponResponse")
    ]


def test_so_does_an_enum_and_what_is_in_a_renamed_class() -> None:
    more = {"type": "string", "enum": ["a", "b", "d"]}
    found = list_aliases(
        {"Coupon": record(kind=ref("Kind"), a="string"), "Kind": ENUM},
        {"Voucher": record(kind=ref("Sort"), a="string"), "Sort": more},
    )
    assert found == [
        ("models.Coupon", "models.Voucher"),
        ("models.Kind", "models.Sort"),
    ]


def test_a_class_in_another_place_is_another_one() -> None:
    old, new = record(a="string"), record(a="string", b="string")
    found = list_aliases({"A": old}, {"B": new}, a=("A", "A"), b=("A", "B"))
    assert found == [("models.A", "models.B")]
    before = build({"A": old}, None, a="A")
    assert build({"B": new}, before, b="B").list_aliases() == []


def test_a_class_with_other_content_is_another_one() -> None:
    other = record(x="string", y="string")
    assert (
        list_aliases({"A": record(a="string", x="string", z="string")}, {"B": other})
        == []
    )


def test_two_candidates_are_none() -> None:
    old, new = record(a="string"), record(a="string", b="string")
    found = list_aliases({"A": old}, {"B": new, "C": new}, a=("A", "B"), b=("A", "C"))
    assert found == []


def test_an_inline_schema_that_becomes_a_component_leaves_an_alias() -> None:
    found = list_aliases(
        {"Coupon": record(kind=ENUM, a="string")},
        {"Coupon": record(kind=ref("Sort"), a="string"), "Sort": ENUM},
    )
    assert found == [("models.CouponKind", "models.Sort")]


def test_a_class_whose_schemas_were_replaced_is_recognized_by_its_own_content() -> None:
    def name(coupon: str, part: str, **fields: str) -> dict[str, Any]:
        schemas = {coupon: record(a="string", part=ref(part)), part: record(**fields)}
        return {**schemas, "Root": record(b="string")}

    old = name("Coupon", "Old", x="string")
    new = name("Voucher", "New", y="string")
    before = build(old, None, coupons="Coupon", root="Root")
    after = build(new, before, vouchers="Voucher", root="Root")
    assert after.list_aliases() == [("models.Coupon", "models.Voucher")]
