"""The catalogue: all rules of the HTTP contract, composed from their rows.

In: the rows. Out: `WIRE_RULES`, sorted by id, and `BY_ID`.
"""

from __future__ import annotations

from flexprice_codegen.diff.finding import Severity
from flexprice_codegen.diff.rules.contract_rows import CONTRACT_ROWS, ContractRow
from flexprice_codegen.diff.rules.level_exceptions import find_level_exception
from flexprice_codegen.diff.rules.message_parts import RULE_PREFIXES, RulePrefix
from flexprice_codegen.diff.rules.property_rows import PROPERTY_ROWS
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS, SchemaRow
from flexprice_codegen.diff.rules.variance import explain_level, get_level, suggest_fix

NEVER_SENT = {
    "request": (
        "request-read-only-property",
        "It is `readOnly`: callers do not send it.",
        (
            "enum-value-removed",
            "exclusive-max-decreased",
            "exclusive-min-increased",
            "max-decreased",
            "max-length-decreased",
            "min-increased",
        ),
    ),
    "response": (
        "response-write-only-property",
        "It is `writeOnly`: callers do not get it.",
        ("enum-value-added",),
    ),
}
"""Edits of what never travels that way, which have rules of their own."""

RULE_ID_ALIASES = {
    "response-body-enum-value-removed": "response-mediatype-enum-value-removed"
}


def _has_rule(prefix: RulePrefix, row: SchemaRow) -> bool:
    """Tell whether an edit has a rule of its own at a spot."""
    return row.applies_to(prefix.text) and (
        not prefix.only or row.concept in prefix.only
    )


def _create_schema_rule(prefix: RulePrefix, row: SchemaRow) -> Rule:
    id_ = f"{prefix.text}-{row.concept}"
    special = find_level_exception(id_)
    level = (
        get_level(row.effect, prefix.direction) if special is None else special.level
    )
    return Rule(
        id=RULE_ID_ALIASES.get(id_, id_),
        level=level,
        direction=prefix.direction,
        area=prefix.area,
        says=_format_sentence(row.says, prefix.description),
        why=(
            explain_level(row.effect, prefix.direction)
            if special is None
            else special.reason
        ),
        example=_format_example(row),
        fix=(special.fix if special else "")
        or suggest_fix(row.effect, prefix.direction),
        mirror=_find_opposite(prefix, row),
    )


def _find_opposite(prefix: RulePrefix, row: SchemaRow) -> str:
    if any(
        _has_rule(prefix, each) for each in SCHEMA_ROWS if each.concept == row.mirror
    ):
        id_ = f"{prefix.text}-{row.mirror}"
    elif prefix.only:
        id_ = f"request-parameter-property-{row.mirror}"
    else:
        id_ = f"{prefix.text}-{_INSTEAD[row.mirror]}"
    return RULE_ID_ALIASES.get(id_, id_)


_INSTEAD = {
    "type-specialized": "type-changed",
    "pattern-generalized": "pattern-changed",
}
"""What an edit is called where it has no rule of its own."""


def _format_example(row: SchemaRow) -> str:
    return f"`{row.old}` becomes `{row.new}`"


def _format_sentence(says: str, it: str) -> str:
    text = " ".join(says.format(it=it).split())
    return f"{text[0].upper()}{text[1:]}."


_GENERAL = {
    "paths": "an operation",
    "events": "",
    "parameters": "a parameter",
    "bodies": "the body of a request",
    "responses": "a response",
    "headers": "a header of a response",
    "properties": "a property",
    "security": "a security scheme",
    "servers": "a URL",
}


def _create_contract_rule(row: ContractRow) -> Rule:
    return Rule(
        id=row.id,
        level=row.level,
        direction=row.direction,
        area=row.area,
        says=_format_sentence(row.says, _GENERAL[row.area]),
        why=row.why,
        example=row.example,
        fix=row.fix,
        mirror=row.mirror,
    )


def _create_never_sent_rules(way: str) -> tuple[Rule, ...]:
    prefix, why, concepts = NEVER_SENT[way]
    rows = {row.concept: row for row in SCHEMA_ROWS}
    return tuple(
        Rule(
            id=f"{prefix}-{concept}",
            level=Severity.INFO,
            direction="request" if way == "request" else "response",
            area="properties",
            says=_format_sentence(
                rows[concept].says, "a property that is not used this way"
            ),
            why=why,
            example=_format_example(rows[concept]),
            fix="Nothing has to be done.",
        )
        for concept in concepts
    )


RULE_SENTENCES = {row.id: row.says for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)} | {
    RULE_ID_ALIASES.get(
        f"{prefix.text}-{row.concept}", f"{prefix.text}-{row.concept}"
    ): row.says
    for prefix in RULE_PREFIXES
    for row in SCHEMA_ROWS
    if _has_rule(prefix, row)
}
"""The sentence of each rule, with its `{it}`."""

WIRE_RULES: tuple[Rule, ...] = tuple(
    sorted(
        {
            rule.id: rule
            for rule in (
                *(
                    _create_schema_rule(prefix, row)
                    for prefix in RULE_PREFIXES
                    for row in SCHEMA_ROWS
                    if _has_rule(prefix, row)
                ),
                *(
                    _create_contract_rule(row)
                    for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)
                ),
                *_create_never_sent_rules("request"),
                *_create_never_sent_rules("response"),
            )
        }.values(),
        key=lambda rule: rule.id,
    )
)
WIRE_RULES_BY_ID = {rule.id: rule for rule in WIRE_RULES}
