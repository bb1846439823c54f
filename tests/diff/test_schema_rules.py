"""Each rule about a schema fires on its own example, at its own spot, and nowhere else.

The rows of the catalogue make the cases: an operation per row, with the row's schema
before and after the edit.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from support.small_documents import findings, with_schemas

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.message_parts import RULE_PREFIXES
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS, SchemaRow
from flexprice_codegen.diff.rules.wire_rules import (
    NEVER_SENT,
    RULE_ID_ALIASES,
    WIRE_RULES_BY_ID,
)

pytestmark = pytest.mark.slow

TEXTS = [prefix.text for prefix in RULE_PREFIXES if not prefix.only]
XML = "application/xml"


def rows_at(prefix: str) -> dict[str, SchemaRow]:
    return {
        row.concept: row
        for row in SCHEMA_ROWS
        if row.applies_to(prefix) and row.concept != "type-compatible"
    }


def rule(prefix: str, concept: str) -> str:
    return RULE_ID_ALIASES.get(f"{prefix}-{concept}", f"{prefix}-{concept}")


def by_path(found: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    grouped = defaultdict(list)
    for each in found:
        (operation,) = each.affected.operations
        grouped[operation.removeprefix("POST /")].append(each)
    return grouped


def compare(
    prefix: str,
    rows: dict[str, SchemaRow],
    tmp_path: Path,
    media: str = "application/json",
) -> dict[str, list[Finding]]:
    old = {name: yaml.safe_load(row.old) for name, row in rows.items()}
    new = {name: yaml.safe_load(row.new) for name, row in rows.items()}
    before, after = with_schemas(prefix, old, media), with_schemas(prefix, new, media)
    assert findings(before, before, tmp_path) == ()
    return by_path(findings(before, after, tmp_path))


@pytest.mark.parametrize("prefix", TEXTS)
def test_each_rule_fires_alone_on_its_example(prefix: str, tmp_path: Path) -> None:
    rows = rows_at(prefix)
    found = compare(prefix, rows, tmp_path)
    told = {name: [each.rule for each in found[name]] for name in rows}
    assert told == {name: [rule(prefix, name)] for name in rows}
    for name in rows:
        (each,) = found[name]
        assert each.level is WIRE_RULES_BY_ID[each.rule].level
        assert each.message
        assert each.why
        assert each.fix


@pytest.mark.parametrize("prefix", TEXTS)
def test_the_opposite_edit_fires_the_mirror(prefix: str, tmp_path: Path) -> None:
    rows = rows_at(prefix)
    turned = {
        name: SchemaRow(name, row.effect, row.says, row.new, row.old)
        for name, row in rows.items()
    }
    found = compare(prefix, turned, tmp_path)
    for name in rows:
        mirror = WIRE_RULES_BY_ID[rule(prefix, name)].mirror
        assert [each.rule for each in found[name]] == [mirror], name


@pytest.mark.parametrize(
    "prefix", ["request-body", "response-property", "response-header"]
)
def test_in_text_a_number_looks_like_a_string(prefix: str, tmp_path: Path) -> None:
    rows = {row.concept: row for row in SCHEMA_ROWS if row.concept == "type-compatible"}
    found = compare(prefix, rows, tmp_path, XML)
    assert [each.rule for each in found["type-compatible"]] == [
        f"{prefix}-type-compatible"
    ]


@pytest.mark.parametrize(
    ("way", "keyword"), [("request", "readOnly"), ("response", "writeOnly")]
)
def test_what_never_travels_that_way_breaks_nobody(
    way: str, keyword: str, tmp_path: Path
) -> None:
    rows = rows_at(f"{way}-property")
    old, new = (
        with_schemas(
            f"{way}-property",
            {
                name: {**yaml.safe_load(getattr(row, side)), keyword: True}
                for name, row in rows.items()
            },
        )
        for side in ("old", "new")
    )
    found = findings(old, new, tmp_path)
    assert {each.level.value for each in found} == {"info"}
    prefix, _, concepts = NEVER_SENT[way]
    own = {f"{prefix}-{concept}" for concept in concepts}
    assert own <= {each.rule for each in found}


def test_a_value_in_a_header_has_some_rules_of_its_own(tmp_path: Path) -> None:
    prefix = "request-header-property"
    rows = {row.concept: row for row in SCHEMA_ROWS if row.concept == "became-enum"}
    found = compare(prefix, rows, tmp_path)
    assert [each.rule for each in found["became-enum"]] == [f"{prefix}-became-enum"]
