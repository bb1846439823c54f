"""One edit is told once: what the wire says of it, and what Python feels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.comparing import KEYS
from support.findings import a_finding

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.directions import join_directions
from flexprice_codegen.diff.grouping.sides import get_parts_on_side, join_sides
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO

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
    assert found.message == "wire"
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


SCHEMA = "/components/schemas/Customer"
EMAIL = f"{SCHEMA}/properties/email"
KIND = f"{SCHEMA}/properties/kind"
TYPE_CHANGED = RuleKey("response", "property", "type", "changed")
FIELD_CHANGED = RuleKey("none", "field", "type", "changed")
NULLABLE = RuleKey("response", "property", "nullable", "became")
VALUE_REMOVED = RuleKey("request", "property", "enum-value", "removed")
MEMBER_REMOVED = RuleKey("none", "enum-member", "itself", "removed")


def build(
    key: RuleKey,
    old: str | None = EMAIL,
    new: str | None = EMAIL,
    **more: Any,  # noqa: ANN401 - any field
) -> Finding:
    """Return a finding at a pointer of each document; None where it is in one only."""
    side = Side.SOURCE if key.direction == "none" else Side.WIRE
    finding: dict[str, Any] = {
        "key": key,
        "level": Severity.WARNING,
        "sides": frozenset({side}),
        "path": str(old),
        "message": f"{side.value} changed",
        "old": None if old is None else Origin("", old),
        "new": None if new is None else Origin("", new),
    }
    return Finding(**(finding | more))


def build_at(
    key: RuleKey,
    pointer: str,
    **more: Any,  # noqa: ANN401 - any field
) -> Finding:
    """Return a finding at one pointer of both documents."""
    return build(key, pointer, pointer, **more)


def list_pairs(wire: list[Finding], source: list[Finding]) -> list[tuple[int, int]]:
    """Return the numbers of the findings of the wire and of Python that were joined."""
    pairs = []
    for finding in join_sides(wire, source):
        parts = finding.parts
        pairs += [
            (wire.index(parts[0]), source.index(part))
            for part in parts[1:]
            if part in source
        ]
    return pairs


def test_findings_at_one_node_about_one_thing_are_joined() -> None:
    wire = build(TYPE_CHANGED, level=Severity.INFO, why="w.", fix="f.")
    source = build(FIELD_CHANGED, level=Severity.ERROR, why="w.", fix="g.", python="P")
    (joined,) = join_sides([wire], [source])
    assert joined.sides == frozenset(Side)
    assert joined.level is Severity.ERROR
    assert joined.python == "P"
    assert joined.message == "wire changed"
    assert (joined.why, joined.fix) == ("In Python: w.", "In Python: g.")
    assert joined.parts == (wire, source)


def test_equally_severe_findings_both_give_reasons() -> None:
    wire = build(TYPE_CHANGED, level=Severity.ERROR, why="w.", fix="f.")
    source = build(FIELD_CHANGED, level=Severity.ERROR, why="v.", fix="g.")
    (joined,) = join_sides([wire], [source])
    assert joined.why == "w. In Python: v."
    assert joined.fix == "f. In Python: g."


def test_one_edit_of_both_directions_is_one_finding_on_one_side() -> None:
    sent = build(TYPE_CHANGED._replace(direction="request"), level=Severity.ERROR)
    received = build(TYPE_CHANGED, level=Severity.INFO)
    joined = join_directions([sent, received])
    (found,) = join_sides(joined, [build(FIELD_CHANGED)])
    (on_wire,) = get_parts_on_side(found, Side.WIRE)
    assert on_wire.key.direction == "request"
    assert on_wire.parts == (sent, received)


def test_what_breaks_nobody_says_nothing_where_something_breaks() -> None:
    wire = build(TYPE_CHANGED, level=Severity.INFO, why="Fine.", fix=NOTHING_TO_DO)
    source = build(FIELD_CHANGED, level=Severity.ERROR, why="w.", fix="g.")
    (joined,) = join_sides([wire], [source])
    assert (joined.why, joined.fix) == ("In Python: w.", "In Python: g.")
    harmless = build(FIELD_CHANGED, level=Severity.INFO, why="w.", fix=NOTHING_TO_DO)
    (joined,) = join_sides([wire], [harmless])
    assert (joined.why, joined.fix) == ("Fine. In Python: w.", NOTHING_TO_DO)


@pytest.mark.parametrize("key", [NULLABLE, VALUE_REMOVED._replace(change="added")])
def test_another_thing_at_the_same_node_is_another_edit(key: RuleKey) -> None:
    source = build(FIELD_CHANGED._replace(concept="default"))
    wire = build(key)
    assert join_sides([wire], [source]) == (wire, source)


def test_a_keyword_of_a_property_is_about_the_property() -> None:
    wire = build_at(TYPE_CHANGED, f"{EMAIL}/items/type")
    assert list_pairs([wire], [build(FIELD_CHANGED)]) == [(0, 0)]


def test_a_property_is_not_about_the_object_that_has_it() -> None:
    """What is above it is another node, with findings of its own."""
    wire = build(TYPE_CHANGED)
    for above in (f"{SCHEMA}/properties", SCHEMA, "/components"):
        assert list_pairs([wire], [build_at(FIELD_CHANGED, above)]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(EMAIL, KIND), (KIND, EMAIL)],
)
def test_a_node_of_one_version_only_is_no_pair(old: str, new: str) -> None:
    wire = build(TYPE_CHANGED)
    assert list_pairs([wire], [build(FIELD_CHANGED, old, new)]) == []


def test_a_value_of_an_enum_is_told_once_if_the_enum_moved() -> None:
    """It can get a schema of its own: then its node is the same in one version only."""
    wire = build_at(VALUE_REMOVED, KIND, detail='"cat"')
    moved = "/components/schemas/Kind"
    source = build(MEMBER_REMOVED, KIND, moved, before="'cat'")
    assert list_pairs([wire], [source]) == [(0, 0)]


def test_each_value_of_an_enum_is_an_edit() -> None:
    wire = [build_at(VALUE_REMOVED, KIND, detail=f'"{name}"') for name in ("X", "XX")]
    source = [
        build_at(MEMBER_REMOVED, KIND, before="'XX'"),
        build_at(MEMBER_REMOVED, KIND, before="'X'"),
        build_at(MEMBER_REMOVED, KIND, before="'cow'"),
    ]
    assert list_pairs(wire, source) == [(0, 1), (1, 0)]


def test_the_nearest_speaks_then_the_gravest_then_the_first_by_id() -> None:
    source = build(FIELD_CHANGED)
    far = build_at(TYPE_CHANGED, f"{EMAIL}/items", level=Severity.ERROR)
    near = build(TYPE_CHANGED, level=Severity.INFO)
    grave = build(TYPE_CHANGED, level=Severity.WARNING)
    assert list_pairs([far, near], [source]) == [(1, 0)]
    assert list_pairs([near, grave, far], [source]) == [(1, 0)]

    request = TYPE_CHANGED._replace(direction="request")
    assert list_pairs([build(TYPE_CHANGED), build(request)], [source]) == [(1, 0)]


def test_what_is_gone_has_a_node_in_one_version() -> None:
    """A location in a file is none."""
    wire = RuleKey("response", "optional-property", "itself", "removed")
    source = RuleKey("none", "field", "itself", "removed")
    assert list_pairs([build(wire, new=None)], [build(source, new=None)]) == [(0, 0)]
    at = FileLocation("api.yaml", 1, 1)
    nowhere = replace(build(source, None, None), old=at)
    assert list_pairs([build(wire, old=None, new=None)], [nowhere]) == []


def test_a_side_has_the_parts_that_are_felt_there() -> None:
    wire = build(TYPE_CHANGED)
    source = build(FIELD_CHANGED)
    (joined,) = join_sides([wire], [source])
    assert get_parts_on_side(joined, Side.WIRE) == (wire,)
    assert get_parts_on_side(joined, Side.SOURCE) == (source,)
    assert get_parts_on_side(wire, Side.WIRE) == (wire,)
    assert get_parts_on_side(wire, Side.SOURCE) == ()
