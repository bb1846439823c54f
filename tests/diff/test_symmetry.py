"""Rules come in pairs: there and back, sent and received. A gap needs a reason."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from flexprice_codegen.diff.finding import Severity
from flexprice_codegen.diff.rules.level_exceptions import LEVEL_EXCEPTIONS
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS
from flexprice_codegen.diff.rules.variance import Effect, is_breaking
from flexprice_codegen.diff.rules.wire_rules import WIRE_RULES, WIRE_RULES_BY_ID

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
    for rule in WIRE_RULES:
        known = rule.mirror in WIRE_RULES_BY_ID
        assert known or (not rule.mirror and matches(rule.id, WITHOUT_WAY_BACK)), rule


def test_what_is_said_of_a_request_body_is_said_of_a_response_body() -> None:
    """All keywords are compared both ways; patterns alone are weighed by the sender."""
    for row in SCHEMA_ROWS:
        for spot in ("body", "property"):
            sent = f"request-{spot}-{row.concept}" in WIRE_RULES_BY_ID
            received = f"response-{spot}-{row.concept}" in WIRE_RULES_BY_ID
            is_weighed = row.concept in {
                "pattern-generalized",
                "type-specialized",
                "enum-value-removed",
            }
            assert sent == received or is_weighed, row.concept


def test_an_effect_and_its_opposite() -> None:
    rows = {each.concept: each for each in SCHEMA_ROWS}
    opposite = {
        Effect.NARROWS: Effect.WIDENS,
        Effect.WIDENS: Effect.NARROWS,
        Effect.CHANGES: Effect.CHANGES,
        Effect.NOTHING: Effect.NOTHING,
    }
    weighed = {
        "x-extensible-enum-value-added",
        "x-extensible-enum-value-removed",
        "pattern-generalized",
    }
    for row in SCHEMA_ROWS:
        is_opposite = rows[row.mirror].effect is opposite[row.effect]
        is_sorted_out = row.prefixes == ("request-parameter-property",)
        assert is_opposite or is_sorted_out or row.concept in weighed, row


def test_what_breaks_the_sender_does_not_break_the_reader() -> None:
    for effect in (Effect.NARROWS, Effect.WIDENS):
        assert is_breaking(effect, "request") != is_breaking(effect, "response")


def test_each_rule_speaks_in_sentences() -> None:
    for rule in WIRE_RULES:
        for text in (rule.says, rule.why, rule.fix):
            assert text[0].isupper(), rule
            assert text.endswith((".", ".)")), rule
            assert "  " not in text, rule
        assert "{" not in rule.says, rule
        assert rule.example, rule
        is_grave = rule.level is Severity.ERROR
        assert not is_grave or rule.fix != "Nothing has to be done.", rule


def test_each_exception_is_about_a_rule_and_changes_it() -> None:
    for special in LEVEL_EXCEPTIONS:
        rules = [rule for rule in WIRE_RULES if fnmatchcase(rule.id, special.pattern)]
        assert rules, special
        assert any(rule.why == special.reason for rule in rules), special
