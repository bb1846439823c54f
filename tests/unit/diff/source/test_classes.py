"""Classes of two versions of a client, and the members of enums."""

from __future__ import annotations

import pytest
from support.comparing import compare, list_in_python
from support.customers import (
    Row,
    check_is_told_once,
    enum,
    received,
)
from support.documents import Json, document, operation, record, ref
from support.values import Value

ENUMS: list[Row] = [
    ("member removed", received(s=enum("on", "off", "idle")), received(s=enum("on", "idle")),
     ("models.CustomerS.OFF", "enum-member-removed", "error")),
    ("member added", received(s=enum("on", "idle")), received(s=enum("on", "off", "idle")),
     ("models.CustomerS.OFF", "enum-member-added", "info")),
    ("member renamed", received(s=enum("on", "off", names=("Yes", "No"))),
     received(s=enum("on", "off", names=("Yes", "Never"))),
     ("models.CustomerS.NO", "enum-member-renamed", "error")),
    ("strings become an enum, received", received(s="string"), received(s=enum("a", "b")),
     ("models.Customer.s", "field-type-narrowed", "info")),
    ("an enum becomes strings, received", received(s=enum("a", "b")), received(s="string"),
     ("models.Customer.s", "field-type-widened", "warning")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ENUMS]
)
def test_an_edit_is_told_once(
    old: Json, new: Json, expected: tuple[str, str, str]
) -> None:
    check_is_told_once(old, new, expected)


def test_a_schema_that_needs_a_class_for_what_is_sent_is_one_finding() -> None:
    def of(*, read_only: bool) -> dict[str, Value]:
        id_ = {"type": "string", "readOnly": read_only}
        return document(
            {"/a": {"post": operation(body="A", answer="A")}},
            {"A": record(required=["id", "a"], id=id_, a="string")},
        )

    plain, split = of(read_only=False), of(read_only=True)
    assert list_in_python(compare(plain, split)) == [
        ("models.A", "class-split", "error")
    ]
    assert list_in_python(compare(split, plain)) == [
        ("models.AInput", "class-joined", "error")
    ]


def test_a_union_tells_its_options() -> None:
    def of(*names: str) -> dict[str, Value]:
        options = [ref(each) for each in names]
        schemas = {each: record(**{each.lower(): "string"}) for each in ("A", "B", "C")}
        return document(
            {"/a": {"get": operation(answer="U")}},
            {**schemas, "U": {"oneOf": options}},
        )

    found = list_in_python(compare(of("A", "B"), of("B", "C")))
    assert found == [
        ("models.U | A", "union-option-removed", "error"),
        ("models.U | C", "union-option-added", "warning"),
    ]


def test_a_variant_that_is_only_sent_breaks_nobody() -> None:
    """Callers choose what they send, and never read it."""

    def choosing(*names: str, sent: bool) -> Json:
        choice: Json = {"oneOf": [ref(name) for name in names]}
        schemas = {name: record([name], **{name: "string"}) for name in names}
        called = (
            {"post": operation(body=choice)}
            if sent
            else {"get": operation(answer=choice)}
        )
        return document({"/a": called}, schemas)

    def find_levels(*, sent: bool) -> list[str]:
        old, new = choosing("A", "B", sent=sent), choosing("A", "B", "C", sent=sent)
        found = list_in_python(compare(old, new))
        return [level for _, rule, level in found if rule == "union-option-added"]

    assert find_levels(sent=True) == ["info"]
    assert find_levels(sent=False) == ["warning"]
