"""The rules about classes, fields, enum members and events in Python.

In: nothing. Out: `MODEL_RULES`, rows of the catalogue.
"""

from __future__ import annotations

from functools import partial

from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO

_class = partial(Rule, side=Side.SOURCE, area="classes")
_field = partial(Rule, side=Side.SOURCE, area="fields")
_member = partial(Rule, side=Side.SOURCE, area="enum members")
_event = partial(Rule, side=Side.SOURCE, area="events")

CLASS_RULES = (
    _class(
        key=RuleKey("none", "class", "itself", "removed"),
        level=Severity.ERROR,
        says="A class in `models` was removed.",
        template="{it} {was} removed",
        why="Imports of the class fail.",
        example="The schema `Address` is removed from `components/schemas`.",
        fix="Remove the code that uses it, or use its replacement.",
        opposite=RuleKey("none", "class", "itself", "added"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "added"),
        level=Severity.INFO,
        says="A class was added to `models`.",
        template="{it} {was} added",
        why="Existing code does not use it.",
        example="The schema `Address` is added and used by a property.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "class", "itself", "removed"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "renamed"),
        level=Severity.ERROR,
        says="A class in `models` was renamed.",
        template="{it} {was} renamed",
        why="Imports of the old name fail.",
        example="The schema `Address` becomes `PostalAddress`, its properties stay.",
        fix="Use the new name.",
        opposite=RuleKey("none", "class", "itself", "renamed"),
    ),
    _class(
        key=RuleKey("none", "class", "kind", "changed"),
        level=Severity.ERROR,
        says="A class in `models` changed its kind.",
        template="{it} changed kind",
        why="Dataclasses, enums, and unions are created and read in different ways.",
        example="The schema `Status` was an enum of strings and is now an object.",
        fix="Rewrite the code that creates or reads its values.",
        opposite=RuleKey("none", "class", "kind", "changed"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "split"),
        level=Severity.ERROR,
        says="Requests now have a class of their own.",
        template="{it} {was} split",
        why="Calls require the new class; the old one is only for responses.",
        example="A required property of a schema that is used both ways became "
        "`readOnly`.",
        fix="Create values of the new class for requests.",
        opposite=RuleKey("none", "class", "itself", "joined"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "joined"),
        level=Severity.ERROR,
        says="Request and response now share one class.",
        template="{it} {was} merged into another class",
        why="The class for requests was removed.",
        example="The last required `readOnly` property of a schema is removed.",
        fix="Use the remaining class.",
        opposite=RuleKey("none", "class", "itself", "split"),
    ),
    _class(
        key=RuleKey("none", "class", "use", "changed"),
        level=Severity.WARNING,
        says="A class is now used in both requests and responses.",
        template="{it} {is} now used in both directions",
        why=(
            "An unset optional field is `UNSET` in a class for requests, and `None` "
            "in a class only for responses."
        ),
        example="A schema of responses is used in a request body as well.",
        fix="Check comparisons of its fields with `None` and `UNSET`.",
        opposite=RuleKey("none", "class", "use", "changed"),
    ),
    _class(
        key=RuleKey("none", "schema", "type", "changed"),
        level=Severity.ERROR,
        says="A schema without a class changed type.",
        template="{it} changed type",
        why="Every type hint that uses it changed.",
        example="The schema `Amount` was a string and is now a number.",
        fix="Handle the new type where you create or read such a value.",
        opposite=RuleKey("none", "schema", "type", "changed"),
    ),
    _class(
        key=RuleKey("none", "union-option", "itself", "added"),
        level=Severity.WARNING,
        says="A union has a new variant.",
        template="{it} {was} added to a union",
        why="Code that branches on the variant can receive an unknown one.",
        example="`oneOf` of `Payment` gets `BankTransfer`.",
        fix="Handle the new variant, or add a default branch.",
        opposite=RuleKey("none", "union-option", "itself", "removed"),
    ),
    _class(
        key=RuleKey("none", "union-option", "itself", "removed"),
        level=Severity.ERROR,
        says="A union lost a variant.",
        template="{it} {was} removed from a union",
        why="Type checkers reject code that passes it.",
        example="`oneOf` of `Payment` loses `Cheque`.",
        fix="Remove its branch, and send another variant.",
        opposite=RuleKey("none", "union-option", "itself", "added"),
    ),
)

# Callers create the classes of requests and read those of responses, so `FieldComparison`
# overrides the level of some rules by the direction.
FIELD_RULES = (
    _field(
        key=RuleKey("none", "field", "itself", "removed"),
        level=Severity.ERROR,
        says="A field was removed.",
        template="{it} {was} removed",
        why="Reading it raises `AttributeError`, and passing it raises `TypeError`.",
        example="The property `email` is removed from the schema `Customer`.",
        fix="Remove the code that uses it.",
        opposite=RuleKey("none", "field", "itself", "added"),
    ),
    _field(
        key=RuleKey("none", "field", "itself", "added"),
        level=Severity.INFO,
        says="A field was added to a class.",
        template="{it} {was} added",
        why="It is optional, and existing code does not read it.",
        example="The optional property `timezone` is added to the schema `Customer`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "field", "itself", "removed"),
    ),
    _field(
        key=RuleKey("none", "required-field", "itself", "added"),
        level=Severity.ERROR,
        says="A required field was added to a class for requests.",
        template="{it} {was} added and {is} required",
        why="Creating an instance without it raises `TypeError`.",
        example="The required property `name` is added to `CreateCustomerRequest`.",
        fix="Pass the field wherever you create an instance.",
        opposite=RuleKey("none", "field", "itself", "removed"),
    ),
    _field(
        key=RuleKey("none", "field", "itself", "renamed"),
        level=Severity.ERROR,
        says="A field was renamed in Python; its JSON name is unchanged.",
        template="{it} {was} renamed",
        why="Code uses the old name.",
        example="A new property takes the name that the field had.",
        fix="Use the new name.",
        opposite=RuleKey("none", "field", "itself", "renamed"),
    ),
    _field(
        key=RuleKey("none", "field", "required", "became"),
        level=Severity.ERROR,
        says="A field is now a required argument of its class.",
        template="{it} {is} now a required argument",
        why="Creating an instance without it raises `TypeError`.",
        example="`name` is added to `required` of `CreateCustomerRequest`.",
        fix="Pass the field wherever you create an instance.",
        opposite=RuleKey("none", "field", "optional", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "optional", "became"),
        level=Severity.INFO,
        says="A field is now an optional argument of its class.",
        template="{it} {is} now an optional argument",
        why="Passing it still works.",
        example="`name` is removed from `required` of `CreateCustomerRequest`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "field", "required", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "nullable", "became"),
        level=Severity.WARNING,
        says="A field can now be None.",
        template="{it} can now be None",
        why="Code that uses the value without a check fails on None.",
        example="`email` is removed from `required` of a schema of responses.",
        fix="Check for None before you use the value.",
        opposite=RuleKey("none", "field", "nullable", "became-not"),
    ),
    _field(
        key=RuleKey("none", "field", "nullable", "became-not"),
        level=Severity.INFO,
        says="A field can no longer be None.",
        template="{it} can no longer be None",
        why=(
            "A check for None is harmless in a response. In a request it is an "
            "error: the class rejects None."
        ),
        example="`email` is added to `required` of a schema of responses.",
        fix="Remove the check if you like, and do not send None.",
        opposite=RuleKey("none", "field", "nullable", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "changed"),
        level=Severity.ERROR,
        says="A field changed type.",
        template="{it} changed type",
        why="Code that creates or reads the value expects the old type.",
        example="`amount` was a number and is now a string.",
        fix="Handle the new type.",
        opposite=RuleKey("none", "field", "type", "changed"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "widened"),
        level=Severity.WARNING,
        says="A field accepts more types.",
        template="{it} {accepts} more types",
        why=(
            "Code that reads the field can receive a type that it does not handle. "
            "In a class only for requests this breaks nothing."
        ),
        example="`amount` was a number and is now a number or a string.",
        fix="Handle the other types where you read the field.",
        opposite=RuleKey("none", "field", "type", "narrowed"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "narrowed"),
        level=Severity.ERROR,
        says="A field accepts fewer types.",
        template="{it} {accepts} fewer types",
        why=(
            "Type checkers and the server reject the removed types. In a class only "
            "for responses this breaks nothing."
        ),
        example="`amount` was a number or a string and is now a number.",
        fix="Pass one of the remaining types.",
        opposite=RuleKey("none", "field", "type", "widened"),
    ),
    _field(
        key=RuleKey("none", "field", "default", "changed"),
        level=Severity.INFO,
        says="The server's default for a field changed.",
        template="{it} changed default",
        why="Requests that omit it now behave differently.",
        example="The default of `limit` was 20 and is now 50.",
        fix="Pass the field if your code relies on the old default.",
        opposite=RuleKey("none", "field", "default", "changed"),
    ),
)

# Enums are open: a client keeps an unknown value, so a new value does not break reading.
ENUM_RULES = (
    _member(
        key=RuleKey("none", "enum-member", "itself", "removed"),
        level=Severity.ERROR,
        says="An enum member was removed.",
        template="{it} {was} removed",
        why="Code that uses it fails with `AttributeError`.",
        example="`archived` is removed from the enum `Status`.",
        fix=(
            "Remove the code that uses it. The class still accepts any value: "
            '`Status("archived")`.'
        ),
        opposite=RuleKey("none", "enum-member", "itself", "added"),
    ),
    _member(
        key=RuleKey("none", "enum-member", "itself", "added"),
        level=Severity.INFO,
        says="An enum member was added.",
        template="{it} {was} added",
        why="Generated enums are open, so existing code already reads the value.",
        example="`archived` is added to the enum `Status`.",
        fix="Add a default branch for unknown values.",
        opposite=RuleKey("none", "enum-member", "itself", "removed"),
    ),
    _member(
        key=RuleKey("none", "enum-member", "itself", "renamed"),
        level=Severity.ERROR,
        says="An enum member was renamed; its value is unchanged.",
        template="{it} {was} renamed",
        why="Code that uses the old name fails with `AttributeError`.",
        example="`x-enum-varnames` of the enum `Status` is changed.",
        fix="Use the new name.",
        opposite=RuleKey("none", "enum-member", "itself", "renamed"),
    ),
    _member(
        key=RuleKey("none", "enum", "base", "changed"),
        level=Severity.ERROR,
        says="The values of an enum changed type.",
        template="{it} changed the type of its values",
        why="Members are compared as strings or as integers.",
        example="The enum `Priority` had integers and now has strings.",
        fix="Compare with members, not with their values.",
        opposite=RuleKey("none", "enum", "base", "changed"),
    ),
)

EVENT_RULES = (
    _event(
        key=RuleKey("none", "event-constant", "itself", "removed"),
        level=Severity.ERROR,
        says="The constant of a webhook event was removed.",
        template="{it} {was} removed",
        why="Code that registers a handler for it fails on import.",
        example="The event `customer.created` is no longer documented.",
        fix="Remove the handler, or register it by the name of the event.",
        opposite=RuleKey("none", "event-constant", "itself", "added"),
    ),
    _event(
        key=RuleKey("none", "event-constant", "itself", "added"),
        level=Severity.WARNING,
        says="A webhook event was added.",
        template="`on_unknown` no longer gets {it}",
        why=(
            "The server may have sent it before: `on_unknown` received it, and no "
            "longer does."
        ),
        example="The event `customer.merged` is documented.",
        fix="If `on_unknown` handles it, register that handler for the event.",
        opposite=RuleKey("none", "event-constant", "itself", "removed"),
    ),
    _event(
        key=RuleKey("none", "event-constant", "itself", "renamed"),
        level=Severity.ERROR,
        says="The constant of a webhook event was renamed.",
        template="{it} {was} renamed",
        why="Code that uses the old name fails with `AttributeError`.",
        example="A new event takes the name that the constant had.",
        fix="Use the new name.",
        opposite=RuleKey("none", "event-constant", "itself", "renamed"),
    ),
    _event(
        key=RuleKey("none", "event", "payload", "changed"),
        level=Severity.ERROR,
        says="A webhook event changed the class of its payload.",
        template="{it} changed payload",
        why="Handlers expect the old class.",
        example="`customer.created` had the payload `Customer` and now has `CustomerEvent`.",
        fix="Change the type hint of its handlers, and what they read.",
        opposite=RuleKey("none", "event", "payload", "changed"),
    ),
)

MODEL_RULES: tuple[Rule, ...] = (
    *CLASS_RULES,
    *FIELD_RULES,
    *ENUM_RULES,
    *EVENT_RULES,
)
