"""A rule has one key and one id, both written down once; nobody glues or parses ids."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from support.package_code import list_nodes

from flexprice_codegen.diff.rules.catalogue import RULES, RULES_BY_ID
from flexprice_codegen.diff.rules.contract_rows import CONTRACT_ROWS
from flexprice_codegen.diff.rules.ids.python import PYTHON
from flexprice_codegen.diff.rules.property_rows import PROPERTY_ROWS
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS, WIRE_IDS
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleDirection,
    RuleKey,
    get_general_location,
    is_about_optional,
    is_about_required,
)
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_TEXTS, TEXTS_AT
from flexprice_codegen.report.rule_pages import format_rules_page

ROOT = Path(__file__).parents[4]
MODULES = sorted((ROOT / "generator").rglob("*.py"))
TABLES = sorted((ROOT / "generator/flexprice_codegen/diff/rules/ids").glob("[a-z]*.py"))
READERS = [
    path
    for path in MODULES
    if path.relative_to(ROOT / "generator").parts[1] in {"diff", "report"}
]
ID_ATTRIBUTES = {"rule", "mirror", "id"}
"""By which a finding and a rule give their ids, and the opposite's."""


def rows_of(table: Path) -> list[tuple[ast.expr | None, ast.expr]]:
    """Return keys and values of the dictionary that a module of ids holds."""
    (made,) = (
        node
        for node in ast.walk(ast.parse(table.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
    )
    return list(zip(made.keys, made.values, strict=True))


def test_the_tables_are_literal_and_no_row_hides_another() -> None:
    ids = []
    for table in TABLES:
        for key, value in rows_of(table):
            assert isinstance(key, ast.Call), table
            assert all(isinstance(word, ast.Constant) for word in key.args), table
            assert isinstance(value, ast.Constant), table
            ids.append(value.value)
    assert [id_ for id_, number in Counter(ids).items() if number > 1] == []
    assert len(ids) == len(RULE_IDS) == len(set(RULE_IDS.values()))


def test_every_id_has_a_rule_and_every_text_has_an_id() -> None:
    assert {rule.key for rule in RULES} == RULE_IDS.keys()
    assert len(RULES) == len(RULE_IDS)
    assert {row.key for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)} <= WIRE_IDS.keys()
    assert TEXTS_AT.keys() <= WIRE_IDS.keys()
    assert SCHEMA_TEXTS.keys() <= {key[2:] for key in WIRE_IDS}


def test_the_page_has_a_row_for_each_kind_of_change() -> None:
    """Rules that differ only in location and direction share a row."""
    page = format_rules_page(RULES)
    ids = re.findall(r"\| `([a-z0-9-]+)` \|$", page, re.MULTILINE)
    assert set(ids) <= set(RULE_IDS.values())
    assert len(ids) == len(set(ids))

    shown = {RULES_BY_ID[each].key for each in ids}
    assert {(key.concept, key.change) for key in shown} == {
        (key.concept, key.change) for key in RULE_IDS
    }
    wholes = {key for key in RULE_IDS if key.concept == "itself"}
    assert {(key.location, key.change) for key in wholes} == {
        (key.location, key.change) for key in shown & wholes
    }


def test_every_word_of_the_vocabularies_is_used_and_no_other() -> None:
    vocabularies = (RuleDirection, Location, Concept, Change)
    for used, vocabulary in zip(zip(*RULE_IDS, strict=True), vocabularies, strict=True):
        assert set(used) == set(get_args(vocabulary))


def test_what_is_required_or_optional_is_a_word_of_its_location() -> None:
    """The functions of a key agree with what the words of its location say."""
    for location in get_args(Location):
        key = RuleKey("none", location, "itself", "added")
        first, _, rest = location.partition("-")
        assert is_about_required(key) == (first == "required"), location
        assert is_about_optional(key) == (first == "optional"), location
        general = get_general_location(location)
        is_plain = first not in {"required", "optional"}
        assert general == (location if is_plain else rest) or (
            general == "optional-path-item-parameter" and "path-item" in location
        )


IRREGULAR = {
    "api-deprecated-sunset-parse",
    "api-invalid-stability-level",
    "api-path-removed-without-deprecation",
    "api-path-sunset-parse",
    "api-removed-without-deprecation",
    "argument-required-added",
    "endpoint-added",
    "endpoint-deprecated",
    "endpoint-deprecated-with-sunset",
    "endpoint-reactivated",
    "field-became-non-nullable",
    "field-required-added",
    "method-required-body-added",
    "new-optional-request-default-parameter-to-existing-path",
    "new-request-path-parameter",
    "new-required-request-default-parameter-to-existing-path",
    "optional-response-header-removed",
    "request-body-added-optional",
    "request-body-added-required",
    "request-parameter-sunset-deleted",
    "request-parameter-sunset-parse",
    "required-response-header-removed",
    "response-media-type-added",
    "response-media-type-name-changed",
    "response-media-type-name-generalized",
    "response-media-type-name-specialized",
    "response-media-type-removed",
    "response-mediatype-enum-value-removed",
    "sunset-deleted",
}
"""Ids of oasdiff's vocabulary that its own pattern does not make."""
BEGINNINGS = {
    "operation": "api",
    "path": "api-path",
    "security": "api-security",
    "global-security": "api-global-security",
    "security-scheme": "api-security-component",
    "component-schema": "api-schema",
    "callback": "callback",
    "callback-body": "callback-body",
}


def spell(key: RuleKey) -> str:
    """Spell the id of a key as nearly all of them are spelled."""
    direction, location, concept, change = key
    if direction == "request" and concept == "itself" and change.startswith("added"):
        required, _, thing = location.partition("-")
        return f"new-{required}-request-{thing}{change.removeprefix('added')}"
    general = location if direction == "none" else f"{direction}-{location}"
    start = BEGINNINGS.get(location, general)
    match change:
        case "became" | "became-not" | "became-with-default":
            end = "-with-default" if change == "became-with-default" else ""
            word = "became-not" if change == "became-not" else "became"
            return f"{start}-{word}-{concept}{end}"
        case "wrapped-in" | "unwrapped-from":
            return f"{start}-{change}-{concept}"
        case "removed" if concept == "discriminator-mapping":
            return f"{start}-{concept}-deleted"
        case _ if concept == "itself":
            return f"{start}-{change}"
        case _:
            return f"{start}-{concept}-{change}"


def test_the_next_row_is_spelled_as_its_neighbors() -> None:
    assert {id_ for key, id_ in RULE_IDS.items() if spell(key) != id_} == IRREGULAR


def test_a_python_rule_and_a_wire_rule_share_no_key() -> None:
    python = RULE_IDS.keys() - WIRE_IDS.keys()
    assert python == set(PYTHON)
    wire_locations = {key.location for key in WIRE_IDS}
    assert wire_locations & {key.location for key in python} == {"operation"}


def test_an_id_is_written_once_so_that_a_search_finds_its_row() -> None:
    ids = set(RULE_IDS.values())
    for path in set(MODULES) - set(TABLES):
        for node in list_nodes(path):
            if isinstance(node, ast.Constant) and node.value in ids:
                pytest.fail(f"{path}:{node.lineno} writes {node.value!r} again")


def misused_ids(code: str) -> Iterator[int]:
    """Yield the lines that take an id apart, or decide something by it.

    An id may be shown, sorted by, looked up and given to a pattern of the user.
    """
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(value=ast.Attribute(attr=attribute), attr=method):
                if attribute in ID_ATTRIBUTES and hasattr(str, method):
                    yield node.lineno
            case ast.Subscript(value=ast.Attribute(attr=attribute)):
                if attribute in ID_ATTRIBUTES:
                    yield node.lineno
            case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
                continue
            case ast.Compare(left=left, comparators=others):
                # An operation has an id as well, which is compared.
                for side in (left, *others):
                    if isinstance(side, ast.Attribute) and side.attr in {
                        "rule",
                        "mirror",
                    }:
                        yield node.lineno
            case ast.Match(subject=ast.Attribute(attr="rule" | "mirror")):
                yield node.lineno
            case ast.Call(func=ast.Name(id="fnmatch" | "fnmatchcase")):
                yield node.lineno


def test_nobody_parses_an_id() -> None:
    assert len(READERS) > 50
    for path in READERS:
        lines = list(misused_ids(path.read_text(encoding="utf-8")))
        assert lines == [], path


@pytest.mark.parametrize(
    "code",
    [
        "each.rule.endswith('-added')",
        "finding.rule.split('-')",
        "rule.id.removeprefix('request-')",
        "finding.rule[3:]",
        "finding.rule == 'class-added'",
        "finding.rule in names",
        "fnmatchcase(rule, pattern)",
    ],
)
def test_what_parsing_an_id_looks_like(code: str) -> None:
    assert list(misused_ids(code)) == [1]
