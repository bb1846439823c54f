"""Every rule that there is, on the wire and in Python.

In: the rules of each side. Out: `RULES`, sorted by side, area and id, and `RULES_BY_ID`.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diff.rules.call_rules import CALL_RULES
from generator.diff.rules.model_rules import MODEL_RULES
from generator.diff.rules.name_rules import NAME_RULES
from generator.diff.rules.rule import Rule
from generator.diff.rules.severity import Side
from generator.diff.rules.wire_rules import WIRE_RULES

SOURCE_RULES: tuple[Rule, ...] = (*CALL_RULES, *MODEL_RULES)
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*WIRE_RULES, *SOURCE_RULES, *NAME_RULES),
        key=lambda rule: (rule.side is Side.SOURCE, rule.area, rule.id),
    )
)
RULES_BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
