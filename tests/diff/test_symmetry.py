"""Rules come in pairs: there and back, sent and received. A gap needs a reason."""

from __future__ import annotations

import re

from flexprice_codegen.diff.rules.level_exceptions import LEVEL_EXCEPTIONS
from flexprice_codegen.diff.rules.rule_ids import WIRE_IDS
from flexprice_codegen.diff.rules.rule_key import Location, RuleKey
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS, SCHEMA_TEXTS
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO, Effect, is_breaking
from flexprice_codegen.diff.rules.wire_rules import list_wire_rules

WITHOUT_WAY_BACK = {
    "*-sunset-*": "a sunset is judged when it is set; there is nothing to take back",
    "sunset-deleted": "a sunset that is set again is a deprecation with its day",
    "api-invalid-stability-level": "a level that is mended is a level that changes",
    "api-*-removed-*": "an operation that comes back is a new one",
    "*-changed": "the edit is its own way back",
    "request-read-only-property-*": "the way back is told as of any other property",
    "response-write-only-property-enum-value-added": "the same",
}


def matches(id_: str, patterns: dict[str, str]) -> bool:
    return any(re.fullmatch(pattern.replace("*", ".*"), id_) for pattern in patterns)


def test_each_rule_has_a_way_back_or_a_reason() -> None:
    for rule in list_wire_rules():
        known = rule.opposite in WIRE_IDS
        assert known or (
            rule.opposite is None and matches(rule.id, WITHOUT_WAY_BACK)
        ), rule


def test_what_is_said_of_a_request_body_is_said_of_a_response_body() -> None:
    """All keywords are compared both ways; patterns alone are weighed by the sender."""
    locations: tuple[Location, ...] = ("body", "property")
    weighed = {("pattern", "generalized"), ("type", "specialized")}
    for row in SCHEMA_ROWS:
        for location in locations:
            sent = RuleKey("request", location, *row.pair) in WIRE_IDS
            received = RuleKey("response", location, *row.pair) in WIRE_IDS
            assert sent == received or row.pair in weighed, row.pair


def test_an_effect_and_its_opposite() -> None:
    opposite = {
        Effect.NARROWS: Effect.WIDENS,
        Effect.WIDENS: Effect.NARROWS,
        Effect.CHANGES: Effect.CHANGES,
        Effect.NOTHING: Effect.NOTHING,
    }
    weighed = {
        ("x-extensible-enum-value", "added"),
        ("x-extensible-enum-value", "removed"),
        ("pattern", "generalized"),
    }
    for row in SCHEMA_ROWS:
        there_and_back = SCHEMA_TEXTS[row.opposite_pair].effect is opposite[row.effect]
        assert there_and_back or row.pair in weighed, row


def test_what_breaks_the_sender_does_not_break_the_reader() -> None:
    for effect in (Effect.NARROWS, Effect.WIDENS):
        assert is_breaking(effect, "request") != is_breaking(effect, "response")


def test_each_rule_speaks_in_sentences() -> None:
    for rule in list_wire_rules():
        for text in (rule.says, rule.why, rule.fix):
            assert text[0].isupper(), rule
            assert text.endswith((".", ".)")), rule
            assert "  " not in text, rule
        assert "{" not in rule.says, rule
        assert rule.example, rule
        is_grave = rule.level is Severity.ERROR
        assert not is_grave or rule.fix != NOTHING_TO_DO, rule


def test_each_exception_is_about_a_rule_and_changes_it() -> None:
    for special in LEVEL_EXCEPTIONS:
        rules = [rule for rule in list_wire_rules() if special.matches(rule.key)]
        assert rules, special
        assert any(rule.why == special.reason for rule in rules), special
