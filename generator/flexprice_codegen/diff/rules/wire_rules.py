"""The rules of the HTTP contract, composed from their rows.

In: the ids, and the rows with the texts. Out: the rule of each id, which is composed when
it is asked for: a comparison needs a tenth of them. `NEVER_SENT`, the rules that some
edits have where nothing travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flexprice_codegen.diff.rules.contract_rows import CONTRACT_ROWS, ContractRow
from flexprice_codegen.diff.rules.level_exceptions import find_level_exception
from flexprice_codegen.diff.rules.message_parts import LOCATION_TEXTS
from flexprice_codegen.diff.rules.property_rows import PROPERTY_ROWS
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_ids import WIRE_IDS
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_TEXTS, TEXTS_AT, SchemaRow
from flexprice_codegen.diff.rules.sentences import format_sentence
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import (
    NOTHING_TO_DO,
    Effect,
    explain_level,
    explain_never_sent,
    get_level,
    suggest_fix,
)

# A literal table, not "is there such a rule": of a `writeOnly` property in a response
# there is also a rule for becoming optional, which a property inside of it must not get.
NEVER_SENT: Mapping[RuleKey, RuleKey] = {
    RuleKey("request", "property", "enum-value", "removed"): RuleKey("request", "read-only-property", "enum-value", "removed"),
    RuleKey("request", "property", "exclusive-max", "decreased"): RuleKey("request", "read-only-property", "exclusive-max", "decreased"),
    RuleKey("request", "property", "exclusive-min", "increased"): RuleKey("request", "read-only-property", "exclusive-min", "increased"),
    RuleKey("request", "property", "max", "decreased"): RuleKey("request", "read-only-property", "max", "decreased"),
    RuleKey("request", "property", "max-length", "decreased"): RuleKey("request", "read-only-property", "max-length", "decreased"),
    RuleKey("request", "property", "min", "increased"): RuleKey("request", "read-only-property", "min", "increased"),
    RuleKey("response", "property", "enum-value", "added"): RuleKey("response", "write-only-property", "enum-value", "added"),
}  # fmt: skip
"""The rules of a property, and those in their place where it never travels that way."""

# What the rules of an area are about, where no finding says which one; of an event the
# templates say it themselves.
_AREA_SUBJECTS = {
    "paths": "an operation",
    "events": "",
    "parameters": "a parameter",
    "bodies": "the request body",
    "responses": "a response",
    "headers": "a response header",
    "properties": "a property",
    "security": "a security scheme",
    "servers": "a URL",
}
_CONTRACT = {row.key: row for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)}
_NEVER_SENT_RULES = frozenset(NEVER_SENT.values())


def list_wire_rules() -> tuple[Rule, ...]:
    """Return all rules of the HTTP contract, sorted by id."""
    return tuple(sorted(map(get_wire_rule, WIRE_IDS), key=lambda rule: rule.id))


@cache
def get_wire_rule(key: RuleKey) -> Rule:
    """Return the rule of a key, by the most special row that it has.

    Raises:
        KeyError: The key has no text.
    """
    if key in _CONTRACT:
        return _create_contract_rule(_CONTRACT[key])
    row = TEXTS_AT.get(key) or SCHEMA_TEXTS[key.concept, key.change]
    if key in _NEVER_SENT_RULES:
        return _create_never_sent_rule(key, row)
    return _create_schema_rule(key, row)


def _create_contract_rule(row: ContractRow) -> Rule:
    return Rule(
        key=row.key,
        level=row.level,
        area=row.area,
        says=_format_says(row.says, _AREA_SUBJECTS[row.area]),
        template=row.says,
        why=row.why,
        example=row.example,
        fix=row.fix,
        opposite=row.opposite,
    )


def _create_schema_rule(key: RuleKey, row: SchemaRow) -> Rule:
    texts = LOCATION_TEXTS[key.direction, key.location]
    exception = find_level_exception(key)
    level = get_level(row.effect, key.direction)
    why = explain_level(row.effect, key.direction)
    fix = suggest_fix(row.effect, key.direction)
    if exception is not None:
        level = exception.level
        why = exception.reason
        is_harmless = level is Severity.INFO
        fix = exception.fix or (NOTHING_TO_DO if is_harmless else fix)

    return Rule(
        key=key,
        level=level,
        area=texts.area,
        says=_format_says(row.says, texts.description),
        template=row.says,
        why=why,
        example=_format_example(row),
        fix=fix,
        opposite=_find_opposite(key, row),
    )


def _create_never_sent_rule(key: RuleKey, row: SchemaRow) -> Rule:
    texts = LOCATION_TEXTS[key.direction, key.location]
    return Rule(
        key=key,
        level=Severity.INFO,
        area=texts.area,
        says=_format_says(row.says, texts.description),
        template=row.says,
        why=explain_never_sent(key.direction),
        example=_format_example(row),
        fix=NOTHING_TO_DO,
    )


def _find_opposite(key: RuleKey, row: SchemaRow) -> RuleKey:
    """Return the rule for the edit that takes one back."""
    concept, change = row.opposite_pair
    opposite = key._replace(concept=concept, change=change)
    if opposite in WIRE_IDS:
        return opposite

    # Few edits in a header have a rule of their own; else it is told as any parameter.
    if key.location == "header-property":
        return opposite._replace(location="parameter-property")

    # Narrower words, such as `type-specialized`, are used only where they decide a level.
    return opposite._replace(change="changed")


def _format_example(row: SchemaRow) -> str:
    return f"`{row.old}` becomes `{row.new}`"


def _format_says(says: str, it: str) -> str:
    text = " ".join(format_sentence(says, it, owner="an operation").split())
    return f"{text[0].upper()}{text[1:]}."


def is_widening(key: RuleKey) -> bool:
    """Return whether an edit makes a schema take more values than before."""
    if key.concept == "optional" and key.change == "became":
        return True
    row = TEXTS_AT.get(key) or SCHEMA_TEXTS.get(key[2:])
    return row is not None and row.effect is Effect.WIDENS
