"""The catalogue: all rules of the HTTP contract, composed from their rows.

In: the rows. Out: `WIRE_RULES`, sorted by id, and `BY_ID`.
"""

from __future__ import annotations

from generator.diff.finding import Severity
from generator.diff.rules.contract_rows import CONTRACT_ROWS, ContractRow
from generator.diff.rules.level_exceptions import exception
from generator.diff.rules.message_parts import PREFIXES, Prefix
from generator.diff.rules.property_rows import PROPERTY_ROWS
from generator.diff.rules.rule import Rule
from generator.diff.rules.schema_rows import SCHEMA_ROWS, Row
from generator.diff.rules.variance import reason, remedy, severity

IDLE = {
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

ALIASES = {"response-body-enum-value-removed": "response-mediatype-enum-value-removed"}


def _has(prefix: Prefix, row: Row) -> bool:
    """Tell whether an edit has a rule of its own at a spot."""
    return row.is_at(prefix.text) and (not prefix.only or row.concept in prefix.only)


def _of_schema(prefix: Prefix, row: Row) -> Rule:
    id_ = f"{prefix.text}-{row.concept}"
    special = exception(id_)
    level = severity(row.effect, prefix.way) if special is None else special.level
    return Rule(
        id=ALIASES.get(id_, id_),
        level=level,
        direction=prefix.way,
        area=prefix.area,
        says=_sentence(row.says, prefix.words),
        why=reason(row.effect, prefix.way) if special is None else special.reason,
        example=_example(row),
        fix=(special.fix if special else "") or remedy(row.effect, prefix.way),
        mirror=_mirror(prefix, row),
    )


def _mirror(prefix: Prefix, row: Row) -> str:
    if any(_has(prefix, each) for each in SCHEMA_ROWS if each.concept == row.mirror):
        id_ = f"{prefix.text}-{row.mirror}"
    elif prefix.only:
        id_ = f"request-parameter-property-{row.mirror}"
    else:
        id_ = f"{prefix.text}-{_INSTEAD[row.mirror]}"
    return ALIASES.get(id_, id_)


_INSTEAD = {
    "type-specialized": "type-changed",
    "pattern-generalized": "pattern-changed",
}
"""What an edit is called where it has no rule of its own."""


def _example(row: Row) -> str:
    return f"`{row.old}` becomes `{row.new}`"


def _sentence(says: str, it: str) -> str:
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


def _of_contract(row: ContractRow) -> Rule:
    return Rule(
        id=row.id,
        level=row.level,
        direction=row.direction,
        area=row.area,
        says=_sentence(row.says, _GENERAL[row.area]),
        why=row.why,
        example=row.example,
        fix=row.fix,
        mirror=row.mirror,
    )


def _idle(way: str) -> tuple[Rule, ...]:
    prefix, why, concepts = IDLE[way]
    rows = {row.concept: row for row in SCHEMA_ROWS}
    return tuple(
        Rule(
            id=f"{prefix}-{concept}",
            level=Severity.INFO,
            direction="request" if way == "request" else "response",
            area="properties",
            says=_sentence(rows[concept].says, "a property that is not used this way"),
            why=why,
            example=_example(rows[concept]),
            fix="Nothing has to be done.",
        )
        for concept in concepts
    )


SAYS = {row.id: row.says for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)} | {
    ALIASES.get(
        f"{prefix.text}-{row.concept}", f"{prefix.text}-{row.concept}"
    ): row.says
    for prefix in PREFIXES
    for row in SCHEMA_ROWS
    if _has(prefix, row)
}
"""The sentence of each rule, with its `{it}`."""

WIRE_RULES: tuple[Rule, ...] = tuple(
    sorted(
        {
            rule.id: rule
            for rule in (
                *(
                    _of_schema(prefix, row)
                    for prefix in PREFIXES
                    for row in SCHEMA_ROWS
                    if _has(prefix, row)
                ),
                *(_of_contract(row) for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)),
                *_idle("request"),
                *_idle("response"),
            )
        }.values(),
        key=lambda rule: rule.id,
    )
)
BY_ID = {rule.id: rule for rule in WIRE_RULES}
