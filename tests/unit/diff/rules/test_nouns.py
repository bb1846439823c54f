"""What rules call the things that they are about."""

from __future__ import annotations

from flexprice_codegen.diff.rules.catalogue import RULES
from flexprice_codegen.diff.rules.nouns import get_noun
from flexprice_codegen.diff.rules.sentences import format_sentence


def test_each_rule_has_a_sentence_about_one_and_about_many() -> None:
    for rule in RULES:
        noun = get_noun(rule.key)
        one = format_sentence(rule.template, f"1 {noun.one}")
        many = format_sentence(rule.template, f"2 {noun.many}", many=True)
        assert "{" not in one + many
        assert noun.many in many


def test_a_property_has_its_direction() -> None:
    by_id = {rule.id: rule.key for rule in RULES}
    assert get_noun(by_id["request-property-removed"]).many == "request properties"
    assert get_noun(by_id["method-removed"]).one == "method"
