"""The rules about mere names: operation ids, tags and names of schemas.

In: nothing. Out: `NAME_RULES`, and each by its key. Nothing of them is seen on the wire.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diff.rules.rule import Rule
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Severity, Side


def _create_rule(
    key: RuleKey, says: str, why: str, example: str, opposite: RuleKey
) -> Rule:
    return Rule(
        key=key,
        level=Severity.INFO,
        side=Side.SOURCE,
        area="names",
        says=says,
        why=why,
        example=example,
        fix="See the findings about methods and classes, if there are any.",
        opposite=opposite,
    )


# A name does nothing by itself: what it does to Python is told by the rules about Python.
_METHOD = "The wire stays the same; the method of the client may get another name."
_GROUP = "The wire stays the same; the method may move to another part of the client."
NAME_RULES = (
    _create_rule(
        RuleKey("none", "operation", "operation-id", "added"),
        "An operation has an `operationId` now.",
        _METHOD,
        "`operationId: listCustomers` is added",
        RuleKey("none", "operation", "operation-id", "removed"),
    ),
    _create_rule(
        RuleKey("none", "operation", "operation-id", "removed"),
        "An operation has lost its `operationId`, or has another one.",
        _METHOD,
        "`operationId: listCustomers` becomes `operationId: queryCustomers`",
        RuleKey("none", "operation", "operation-id", "added"),
    ),
    _create_rule(
        RuleKey("none", "operation", "tag", "added"),
        "An operation has a further tag.",
        _GROUP,
        "`tags: [customers]` becomes `tags: [customers, billing]`",
        RuleKey("none", "operation", "tag", "removed"),
    ),
    _create_rule(
        RuleKey("none", "operation", "tag", "removed"),
        "An operation has lost a tag.",
        _GROUP,
        "`tags: [customers, billing]` becomes `tags: [customers]`",
        RuleKey("none", "operation", "tag", "added"),
    ),
    _create_rule(
        RuleKey("none", "component-schema", "itself", "removed"),
        "A schema was removed from the components.",
        "Where it was used, that is told there; by itself its name is not on the wire.",
        "`components.schemas` loses `Customer`",
        RuleKey("none", "class", "itself", "added"),
    ),
)
NAME_RULES_BY_KEY: Mapping[RuleKey, Rule] = {rule.key: rule for rule in NAME_RULES}
