"""The rule of a key, without the rules of all others.

In: the key of a finding. Out: its rule. `diff.rules.catalogue` has all of them, which
takes longer to build than a small document to read.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.call_rules import CALL_RULES
from flexprice_codegen.diff.rules.model_rules import MODEL_RULES
from flexprice_codegen.diff.rules.name_rules import NAME_RULES
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.wire_rules import get_wire_rule

SOURCE_RULES: tuple[Rule, ...] = (*CALL_RULES, *MODEL_RULES)
_PYTHON_RULES: Mapping[RuleKey, Rule] = {
    rule.key: rule for rule in (*SOURCE_RULES, *NAME_RULES)
}


def get_rule(key: RuleKey) -> Rule:
    """Return the rule of a key.

    Raises:
        KeyError: No rule has this key.
    """
    return _PYTHON_RULES.get(key) or get_wire_rule(key)
