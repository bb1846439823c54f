"""Classes of two versions that are one, whatever they are called."""

from __future__ import annotations

from support.comparing import compare, get_names, list_in_python
from support.documents import document, operation, record, ref
from support.values import Value

from flexprice_codegen.diff.rules.severity import Severity, Side


def test_a_renamed_schema_is_one_finding_that_gives_the_new_name() -> None:
    def of(name: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name), "post": operation("b", body=name)}},
            {name: record(street="string", city="string")},
        )

    (found,) = compare(of("Address"), of("PostalAddress")).findings
    assert (found.rule, found.before, found.after) == (
        "class-renamed", "models.Address", "models.PostalAddress",
    )  # fmt: skip
    assert found.sides == {Side.SOURCE}


def test_a_prefix_of_a_schema_that_python_does_not_see_is_no_difference() -> None:
    def of(name: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name)}}, {name: record(a="string")}
        )

    assert compare(of("dto.Address"), of("Address")).findings == ()


def test_a_class_that_is_replaced_is_gone() -> None:
    def of(name: str, **fields: Value) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name)}}, {name: record(**fields)}
        )

    found = list_in_python(
        compare(of("A", a="string"), of("B", b="string", c="string"))
    )
    assert found == [
        ("client.things.call", "return-type-changed", "error"),
        ("models.A", "class-removed", "error"),
    ]


def test_an_old_name_that_a_lock_keeps_still_works() -> None:
    def of(name: str) -> dict[str, Value]:
        found = operation(f"get{name}", answer=name)
        return document(
            {f"/{name}": {"get": found}}, {name: record(a="string", b="string")}
        )

    old, new = of("Address"), of("Place")
    without = {each.rule: each.level for each in compare(old, new).findings}
    assert without["class-renamed"] is Severity.ERROR
    with_lock = compare(old, new, names=get_names(old))
    renamed = {each.rule: each.level for each in with_lock.findings}
    assert renamed["class-renamed"] is Severity.INFO


def test_a_default_that_is_a_member_of_a_renamed_enum_is_the_same() -> None:
    def of(name: str, kind: str) -> dict[str, Value]:
        schemas = {
            name: record(["kind"], kind=ref(kind), size="string"),
            kind: {"type": "string", "enum": ["a"]},
            "Other": record(["x"], x="string"),
        }
        return document({"/a": {"get": operation(answer="Other")}}, schemas)

    found = list_in_python(compare(of("Thing", "Kind"), of("Item", "Sort")))
    assert ("models.Thing", "class-renamed", "error") in found
    assert ("models.Kind", "class-renamed", "error") in found
