"""One edit is told once: what the wire says of it, and what Python feels."""

from __future__ import annotations

from dataclasses import replace

from support.comparing import KEYS
from support.findings import a_finding

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.sides import get_parts_on_side, join_sides
from flexprice_codegen.diff.rules.severity import Severity, Side

PROPERTY = Origin("", "/components/schemas/A/properties/x")


def wire(
    rule: str = "response-property-type-changed", at: Origin = PROPERTY
) -> Finding:
    return a_finding(rule=rule, old=at, new=at, message="wire", level=Severity.WARNING)


def source(rule: str = "field-type-changed", at: Origin = PROPERTY) -> Finding:
    made = a_finding(rule=rule, old=at, new=at, message="python", python="models.A.x")
    return replace(made, sides=frozenset({Side.SOURCE}))


def test_two_findings_about_one_node_and_one_topic_are_one() -> None:
    (found,) = join_sides([wire()], [source()])
    assert found.sides == set(Side)
    assert found.level is Severity.ERROR
    assert found.python == "models.A.x"
    assert found.message == "wire. In Python: python"
    assert [part.message for part in get_parts_on_side(found, Side.SOURCE)] == [
        "python"
    ]
    assert [part.message for part in get_parts_on_side(found, Side.WIRE)] == ["wire"]


def test_a_keyword_below_the_node_is_the_same_edit() -> None:
    below = wire(at=PROPERTY.get_child("type"))
    assert len(join_sides([below], [source()])) == 1
    assert (
        len(join_sides([wire()], [source(at=Origin("", "/components/schemas/A"))])) == 2
    )


def test_another_topic_or_another_place_is_another_edit() -> None:
    assert len(join_sides([wire("response-property-became-nullable")], [source()])) == 2
    elsewhere = Origin("", "/components/schemas/B/properties/x")
    assert len(join_sides([wire(at=elsewhere)], [source()])) == 2


def test_what_is_on_one_side_only_has_no_parts_on_the_other() -> None:
    assert get_parts_on_side(wire(), Side.SOURCE) == ()
    assert get_parts_on_side(wire(), Side.WIRE) == (wire(),)
    assert KEYS["field-type-changed"] != KEYS["response-property-type-changed"]
