"""Each rule about a schema fires on its own example, at its own spot, and nowhere else.

The rows of the catalogue make the cases: an operation per row, with the row's schema
before and after the edit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
import yaml
from support.comparing import compare_wire
from support.schema_places import Place, document_at

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.message_parts import MessageDirection
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_TEXTS, TEXTS_AT, SchemaRow
from flexprice_codegen.diff.rules.wire_rules import NEVER_SENT, get_wire_rule

pytestmark = pytest.mark.slow

PLACES: list[Place] = [
    ("request", "body"),
    ("request", "property"),
    ("request", "parameter"),
    ("request", "parameter-property"),
    ("response", "body"),
    ("response", "property"),
    ("response", "header"),
]
XML = "application/xml"


def rows_at(place: Place) -> dict[str, SchemaRow]:
    """Return the rows that have a rule at a place, by the names of their operations."""
    return {
        "-".join(pair): TEXTS_AT.get(RuleKey(*place, *pair), row)
        for pair, row in SCHEMA_TEXTS.items()
        if RuleKey(*place, *pair) in RULE_IDS
        and row.change != "compatible"
        and row.concept != "xml"
    }


def key_of(place: Place, row: SchemaRow) -> RuleKey:
    return RuleKey(*place, *row.pair)


def by_path(found: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    grouped = defaultdict(list)
    for each in found:
        (operation,) = each.affected.operations
        grouped[operation.removeprefix("POST /")].append(each)
    return grouped


def compare(
    place: Place,
    rows: dict[str, SchemaRow],
    media: str = "application/json",
) -> dict[str, list[Finding]]:
    old = {name: yaml.safe_load(row.old) for name, row in rows.items()}
    new = {name: yaml.safe_load(row.new) for name, row in rows.items()}
    before, after = document_at(place, old, media), document_at(place, new, media)
    assert compare_wire(before, before) == ()
    return by_path(compare_wire(before, after))


@pytest.mark.parametrize("place", PLACES)
def test_each_rule_fires_alone_on_its_example(place: Place) -> None:
    rows = rows_at(place)
    found = compare(place, rows)
    told = {name: [each.key for each in found[name]] for name in rows}
    assert told == {name: [key_of(place, row)] for name, row in rows.items()}
    for name in rows:
        (each,) = found[name]
        assert each.level is get_wire_rule(each.key).level
        assert each.message
        assert each.why
        assert each.fix


@pytest.mark.parametrize("place", PLACES)
def test_the_opposite_edit_fires_the_mirror(place: Place) -> None:
    rows = rows_at(place)
    turned = {
        name: replace(row, old=row.new, new=row.old) for name, row in rows.items()
    }
    found = compare(place, turned)
    for name, row in rows.items():
        opposite = get_wire_rule(key_of(place, row)).opposite
        assert [each.key for each in found[name]] == [opposite], name


@pytest.mark.parametrize(
    "place",
    [
        ("request", "body"),
        ("request", "property"),
        ("response", "body"),
        ("response", "property"),
        ("response", "header"),
    ],
)
def test_in_text_a_number_looks_like_a_string(place: Place) -> None:
    key = RuleKey(*place, "type", "compatible")
    row = TEXTS_AT.get(key, SCHEMA_TEXTS["type", "compatible"])
    found = compare(place, {"text": row}, XML)
    assert [each.key for each in found["text"]] == [key_of(place, row)]


@pytest.mark.parametrize(
    "place", [each for each in PLACES if each[1] in {"body", "property"}]
)
def test_in_xml_an_element_has_a_name(place: Place) -> None:
    row = SCHEMA_TEXTS["xml", "changed"]
    found = compare(place, {"name": row}, XML)
    assert [each.key for each in found["name"]] == [key_of(place, row)]
    assert compare(place, {"name": row}) == {}


@pytest.mark.parametrize(
    ("direction", "keyword"), [("request", "readOnly"), ("response", "writeOnly")]
)
def test_what_never_travels_that_way_breaks_nobody(
    direction: MessageDirection, keyword: str
) -> None:
    place: Place = (direction, "property")
    rows = rows_at(place)
    old, new = (
        document_at(
            place,
            {
                name: {**yaml.safe_load(getattr(row, side)), keyword: True}
                for name, row in rows.items()
            },
        )
        for side in ("old", "new")
    )
    found = compare_wire(old, new)
    assert {each.level.value for each in found} == {"info"}
    own = {key for key in NEVER_SENT.values() if key.direction == direction}
    assert own <= {each.key for each in found}


def test_a_value_in_a_header_has_some_rules_of_its_own() -> None:
    row = SCHEMA_TEXTS["enum", "became"]
    found = compare(("request", "header-property"), {"enum": row})
    assert [each.rule for each in found["enum"]] == [
        "request-header-property-became-enum"
    ]


def test_the_rules_of_what_never_travels_are_those_of_a_property() -> None:
    for key, own in NEVER_SENT.items():
        assert key.location == "property"
        assert own == key._replace(location=own.location)
        assert RULES_BY_ID[RULE_IDS[own]].template == get_wire_rule(key).template
