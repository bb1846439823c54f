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
        says="A class of `models` is gone.",
        why="Code that imports it, or names it in an annotation, fails.",
        example="The schema `Address` is removed from `components/schemas`.",
        fix="Take its uses out, or use the class that came in its place.",
        opposite=RuleKey("none", "class", "itself", "added"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "added"),
        level=Severity.INFO,
        says="`models` has a new class.",
        why="Nothing that exists is touched.",
        example="The schema `Address` is added and used by a property.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "class", "itself", "removed"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "renamed"),
        level=Severity.ERROR,
        says="A class of `models` has another name and the same content.",
        why="Code names the class by its old name.",
        example="The schema `Address` becomes `PostalAddress`, its properties stay.",
        fix="Use the new name.",
        opposite=RuleKey("none", "class", "itself", "renamed"),
    ),
    _class(
        key=RuleKey("none", "class", "kind", "changed"),
        level=Severity.ERROR,
        says="A class of `models` became a class of another kind.",
        why="A dataclass, an enum and a union are made and read in different ways.",
        example="The schema `Status` was an enum of strings and is an object now.",
        fix="Rewrite the code that makes or reads its values.",
        opposite=RuleKey("none", "class", "kind", "changed"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "split"),
        level=Severity.ERROR,
        says="What is sent has a class of its own now.",
        why="Calls take the new class; the old one is only what comes back.",
        example="A required property of a schema that is used both ways became "
        "`readOnly`.",
        fix="Make values of the new class for calls.",
        opposite=RuleKey("none", "class", "itself", "joined"),
    ),
    _class(
        key=RuleKey("none", "class", "itself", "joined"),
        level=Severity.ERROR,
        says="What is sent and what comes back are one class now.",
        why="The class that was only sent is gone.",
        example="The last required `readOnly` property of a schema is removed.",
        fix="Use the class that is left.",
        opposite=RuleKey("none", "class", "itself", "split"),
    ),
    _class(
        key=RuleKey("none", "class", "use", "changed"),
        level=Severity.WARNING,
        says="A class is sent, or comes back, and did not before.",
        why="What stands for an optional field that is not given is `UNSET` in a class "
        "that is sent, and `None` in one that only comes back.",
        example="A schema of responses is used in a request body as well.",
        fix="Check comparisons of its fields with `None` and `UNSET`.",
        opposite=RuleKey("none", "class", "use", "changed"),
    ),
    _class(
        key=RuleKey("none", "schema", "type", "changed"),
        level=Severity.ERROR,
        says="A schema without a class of its own stands for another type.",
        why="Every annotation that it stands in has changed.",
        example="The schema `Amount` was a string and is a number now.",
        fix="Handle the new type wherever such a value is made or read.",
        opposite=RuleKey("none", "schema", "type", "changed"),
    ),
    _class(
        key=RuleKey("none", "union-option", "itself", "added"),
        level=Severity.WARNING,
        says="A union has one more class.",
        why="Code that goes through the classes of a value meets one that it does not "
        "know.",
        example="`oneOf` of `Payment` gets `BankTransfer`.",
        fix="Handle the new class, or have a branch for the rest.",
        opposite=RuleKey("none", "union-option", "itself", "removed"),
    ),
    _class(
        key=RuleKey("none", "union-option", "itself", "removed"),
        level=Severity.ERROR,
        says="A union has lost a class.",
        why="A call that passes it is an error in a type checker.",
        example="`oneOf` of `Payment` loses `Cheque`.",
        fix="Take the branch for it out, and send something else.",
        opposite=RuleKey("none", "union-option", "itself", "added"),
    ),
)

# A class that is sent is made by callers, one that comes back is read: `FieldComparison` gives
# some of these another level by that.
FIELD_RULES = (
    _field(
        key=RuleKey("none", "field", "itself", "removed"),
        level=Severity.ERROR,
        says="A field is gone.",
        why="Code that reads it fails with `AttributeError`, code that sets it with "
        "`TypeError`.",
        example="The property `email` is removed from the schema `Customer`.",
        fix="Take its uses out.",
        opposite=RuleKey("none", "field", "itself", "added"),
    ),
    _field(
        key=RuleKey("none", "field", "itself", "added"),
        level=Severity.INFO,
        says="A class has a new field.",
        why="It need not be given, and nobody reads it yet.",
        example="The optional property `timezone` is added to the schema `Customer`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "field", "itself", "removed"),
    ),
    _field(
        key=RuleKey("none", "required-field", "itself", "added"),
        level=Severity.ERROR,
        says="A class that is sent has a new field that must be given.",
        why="Making a value of the class without it raises `TypeError`.",
        example="The required property `name` is added to `CreateCustomerRequest`.",
        fix="Give the field wherever the class is made.",
        opposite=RuleKey("none", "field", "itself", "removed"),
    ),
    _field(
        key=RuleKey("none", "field", "itself", "renamed"),
        level=Severity.ERROR,
        says="A field has another name in Python; its name on the wire is the same.",
        why="Code uses the old name.",
        example="A new property takes the name that the field had.",
        fix="Use the new name.",
        opposite=RuleKey("none", "field", "itself", "renamed"),
    ),
    _field(
        key=RuleKey("none", "field", "required", "became"),
        level=Severity.ERROR,
        says="A field of a class that is sent must be given now.",
        why="Making a value of the class without it raises `TypeError`.",
        example="`name` is added to `required` of `CreateCustomerRequest`.",
        fix="Give the field wherever the class is made.",
        opposite=RuleKey("none", "field", "optional", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "optional", "became"),
        level=Severity.INFO,
        says="A field of a class that is sent may be left out now.",
        why="Giving it still works.",
        example="`name` is taken out of `required` of `CreateCustomerRequest`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "field", "required", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "nullable", "became"),
        level=Severity.WARNING,
        says="A field can be None where it could not.",
        why="Code that uses the value without looking fails on None.",
        example="`email` is taken out of `required` of a schema of responses.",
        fix="Check for None before the value is used.",
        opposite=RuleKey("none", "field", "nullable", "became-not"),
    ),
    _field(
        key=RuleKey("none", "field", "nullable", "became-not"),
        level=Severity.INFO,
        says="A field cannot be None any more.",
        why="A check for None is of no use now, and does no harm. In a class that is "
        "sent it is an error: None may not be given.",
        example="`email` is added to `required` of a schema of responses.",
        fix="Take the check out if you like; do not send None.",
        opposite=RuleKey("none", "field", "nullable", "became"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "changed"),
        level=Severity.ERROR,
        says="A field has another type.",
        why="Code that makes or reads the value expects the old type.",
        example="`amount` was a number and is a string now.",
        fix="Handle the new type.",
        opposite=RuleKey("none", "field", "type", "changed"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "widened"),
        level=Severity.WARNING,
        says="A field takes more types than before.",
        why="Code that reads it may meet a type that it does not handle. In a class "
        "that is only sent it is no more than news.",
        example="`amount` was a number and is a number or a string now.",
        fix="Handle the other types where the field is read.",
        opposite=RuleKey("none", "field", "type", "narrowed"),
    ),
    _field(
        key=RuleKey("none", "field", "type", "narrowed"),
        level=Severity.ERROR,
        says="A field takes fewer types than before.",
        why="Code that gives one of the others is refused by a type checker, and by the "
        "server. In a class that only comes back it is no more than news.",
        example="`amount` was a number or a string and is a number now.",
        fix="Give one of the types that are left.",
        opposite=RuleKey("none", "field", "type", "widened"),
    ),
    _field(
        key=RuleKey("none", "field", "default", "changed"),
        level=Severity.INFO,
        says="The server's default of a field is another one.",
        why="A request that leaves the field out means something else.",
        example="The default of `limit` was 20 and is 50 now.",
        fix="Give the field if the old default was relied on.",
        opposite=RuleKey("none", "field", "default", "changed"),
    ),
)

# Enums are open: an unknown value is kept as one, so that a new one breaks no reading.
ENUM_RULES = (
    _member(
        key=RuleKey("none", "enum-member", "itself", "removed"),
        level=Severity.ERROR,
        says="A member of an enum is gone.",
        why="Code that names it fails with `AttributeError`.",
        example="`archived` is removed from the enum `Status`.",
        fix="Take its uses out; the class still accepts any value: "
        '`Status("archived")`.',
        opposite=RuleKey("none", "enum-member", "itself", "added"),
    ),
    _member(
        key=RuleKey("none", "enum-member", "itself", "added"),
        level=Severity.INFO,
        says="An enum has a new member.",
        why="Enums of the client are open: such a value was read before, too.",
        example="`archived` is added to the enum `Status`.",
        fix="Have a branch for values that are not known.",
        opposite=RuleKey("none", "enum-member", "itself", "removed"),
    ),
    _member(
        key=RuleKey("none", "enum-member", "itself", "renamed"),
        level=Severity.ERROR,
        says="A member of an enum has another name and the same value.",
        why="Code uses the old name.",
        example="`x-enum-varnames` of the enum `Status` is changed.",
        fix="Use the new name.",
        opposite=RuleKey("none", "enum-member", "itself", "renamed"),
    ),
    _member(
        key=RuleKey("none", "enum", "base", "changed"),
        level=Severity.ERROR,
        says="The values of an enum have another type.",
        why="Members are strings or whole numbers, and are compared as such.",
        example="The enum `Priority` was of integers and is of strings now.",
        fix="Compare with members, not with their values.",
        opposite=RuleKey("none", "enum", "base", "changed"),
    ),
)

EVENT_RULES = (
    _event(
        key=RuleKey("none", "event-constant", "itself", "removed"),
        level=Severity.ERROR,
        says="The constant of a webhook event is gone.",
        why="Code that registers a handler for it fails when it is imported.",
        example="The event `customer.created` is no longer documented.",
        fix="Take the handler out, or register it under the name of the event.",
        opposite=RuleKey("none", "event-constant", "itself", "added"),
    ),
    _event(
        key=RuleKey("none", "event-constant", "itself", "added"),
        level=Severity.WARNING,
        says="There is a new webhook event.",
        why="A server may have sent it all along: `on_unknown` got it till now, and does not "
        "get it any more.",
        example="The event `customer.merged` is documented.",
        fix="If `on_unknown` handles it, register that handler for the event itself.",
        opposite=RuleKey("none", "event-constant", "itself", "removed"),
    ),
    _event(
        key=RuleKey("none", "event-constant", "itself", "renamed"),
        level=Severity.ERROR,
        says="The constant of a webhook event has another name.",
        why="Code uses the old name.",
        example="A new event takes the name that the constant had.",
        fix="Use the new name.",
        opposite=RuleKey("none", "event-constant", "itself", "renamed"),
    ),
    _event(
        key=RuleKey("none", "event", "payload", "changed"),
        level=Severity.ERROR,
        says="A webhook event brings a payload of another class.",
        why="A handler is written for the old class.",
        example="`customer.created` brought a `Customer` and brings a `CustomerEvent`.",
        fix="Change the annotation of its handlers, and what they read.",
        opposite=RuleKey("none", "event", "payload", "changed"),
    ),
)

MODEL_RULES: tuple[Rule, ...] = (
    *CLASS_RULES,
    *FIELD_RULES,
    *ENUM_RULES,
    *EVENT_RULES,
)
