"""The rules about mere names: operation ids, tags and names of schemas.

In: nothing. Out: `NAME_RULES`, and each by its key. Nothing of them is seen on the wire.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side


def _create_rule(
    key: RuleKey, says: str, template: str, why: str, example: str, opposite: RuleKey
) -> Rule:
    return Rule(
        key=key,
        level=Severity.INFO,
        side=Side.SOURCE,
        area="names",
        says=says,
        template=template,
        why=why,
        example=example,
        fix="Check the findings about methods and classes, if there are any.",
        opposite=opposite,
    )


# A name alone breaks nothing: rules about Python report its effect on Python.
_METHOD = "The wire is unchanged. The method of the client can get another name."
_GROUP = "The wire is unchanged. The method can move to another resource of the client."
NAME_RULES = (
    _create_rule(
        RuleKey("none", "operation", "operation-id", "added"),
        "An operation now has an `operationId`.",
        "{it} now {has} an `operationId`",
        _METHOD,
        "`operationId: listCustomers` is added",
        RuleKey("none", "operation", "operation-id", "removed"),
    ),
    _create_rule(
        RuleKey("none", "operation", "operation-id", "removed"),
        "An operation lost or changed its `operationId`.",
        "{it} lost or changed the `operationId`",
        _METHOD,
        "`operationId: listCustomers` becomes `operationId: queryCustomers`",
        RuleKey("none", "operation", "operation-id", "added"),
    ),
    _create_rule(
        RuleKey("none", "operation", "tag", "added"),
        "An operation has a new tag.",
        "{it} {has} a new tag",
        _GROUP,
        "`tags: [customers]` becomes `tags: [customers, billing]`",
        RuleKey("none", "operation", "tag", "removed"),
    ),
    _create_rule(
        RuleKey("none", "operation", "tag", "removed"),
        "An operation lost a tag.",
        "{it} lost a tag",
        _GROUP,
        "`tags: [customers, billing]` becomes `tags: [customers]`",
        RuleKey("none", "operation", "tag", "added"),
    ),
    _create_rule(
        RuleKey("none", "component-schema", "itself", "removed"),
        "A schema was removed from the components.",
        "{it} {was} removed",
        "Its uses have findings of their own. The name of a schema is not part of the wire.",
        "`components.schemas` loses `Customer`",
        RuleKey("none", "class", "itself", "added"),
    ),
)
NAME_RULES_BY_KEY: Mapping[RuleKey, Rule] = {rule.key: rule for rule in NAME_RULES}
