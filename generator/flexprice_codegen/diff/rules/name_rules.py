"""The rules about mere names: operation ids, tags and names of schemas.

In: nothing. Out: `NAME_RULES`. Nothing of them is seen on the wire.
"""

from __future__ import annotations

from flexprice_codegen.diff.finding import Finding, Severity, Side
from flexprice_codegen.diff.rules.rule import Rule


def _create_rule(id_: str, says: str, why: str, example: str, mirror: str) -> Rule:
    return Rule(
        id=id_,
        level=Severity.INFO,
        side=Side.SOURCE,
        area="names",
        says=says,
        why=why,
        example=example,
        fix="See the findings about methods and classes, if there are any.",
        mirror=mirror,
    )


_METHOD = "The wire stays the same; the method of the client may get another name."
_GROUP = "The wire stays the same; the method may move to another part of the client."
NAME_RULES = (
    _create_rule(
        "api-operation-id-added",
        "An operation has an `operationId` now.",
        _METHOD,
        "`operationId: listCustomers` is added",
        "api-operation-id-removed",
    ),
    _create_rule(
        "api-operation-id-removed",
        "An operation has lost its `operationId`, or has another one.",
        _METHOD,
        "`operationId: listCustomers` becomes `operationId: queryCustomers`",
        "api-operation-id-added",
    ),
    _create_rule(
        "api-tag-added",
        "An operation has a further tag.",
        _GROUP,
        "`tags: [customers]` becomes `tags: [customers, billing]`",
        "api-tag-removed",
    ),
    _create_rule(
        "api-tag-removed",
        "An operation has lost a tag.",
        _GROUP,
        "`tags: [customers, billing]` becomes `tags: [customers]`",
        "api-tag-added",
    ),
    _create_rule(
        "api-schema-removed",
        "A schema was removed from the components.",
        "Where it was used, that is told there; by itself its name is not on the wire.",
        "`components.schemas` loses `Customer`",
        "class-added",
    ),
)
NAME_RULES_BY_ID = {rule.id: rule for rule in NAME_RULES}


def is_name_change(found: Finding) -> bool:
    """Tell whether a finding is about a label and nothing else."""
    return found.rule in NAME_RULES_BY_ID
