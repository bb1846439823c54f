"""Every rule that there is, on the wire and in Python.

In: the rules of each side. Out: `RULES`, sorted by side, area and id, and each by its ID
and by its key.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.name_rules import NAME_RULES
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.rules_by_key import SOURCE_RULES
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.rules.wire_rules import list_wire_rules

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*list_wire_rules(), *SOURCE_RULES, *NAME_RULES),
        key=lambda rule: (rule.side is Side.SOURCE, rule.area, rule.id),
    )
)
RULES_BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
RULES_BY_KEY: Mapping[RuleKey, Rule] = {rule.key: rule for rule in RULES}
