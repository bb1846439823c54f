"""The rule of a key."""

from __future__ import annotations

import pytest

from flexprice_codegen.diff.rules.catalogue import RULES
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.rules_by_key import get_rule


def test_each_rule_is_found_by_its_key() -> None:
    assert [get_rule(rule.key) for rule in RULES] == list(RULES)


def test_a_key_without_a_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        get_rule(RuleKey("request", "server", "paging", "added"))
