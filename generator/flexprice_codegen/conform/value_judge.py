"""JSON values against types.

In: a value, a type, and the place that declares it. Out: a `Verdict`. A union is compared
by the variant that its discriminator selects, or that the value differs least from.
Limits, patterns and lengths are not checked: traffic never proves them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from flexprice_codegen.api.json_values import is_same_json
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
    Property,
)
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Bytes,
    Discriminator,
    Literals,
    Map,
    Nullable,
    Number,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.conform.differences import Difference, Verdict, join_verdicts
from flexprice_codegen.conform.scalar_forms import (
    fits_format,
    is_integer_text,
    is_number_text,
)
from flexprice_codegen.diagnostics import Origin

_NOTHING = Verdict()
MASKED = "…"
"""What the recorder of a client writes for a secret."""


def get_kind(value: object) -> str:
    """Return the JSON type of a value; `integer` for a number without a fraction."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float() | Decimal():
            return "integer" if value == value.__trunc__() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


class ValueJudge:
    """Judges values by the schemas of an API.

    `is_sent` judges requests: read-only properties are not required there, and
    write-only ones are not in responses.
    """

    def __init__(
        self, schemas: Mapping[str, NamedSchema], *, is_sent: bool = False
    ) -> None:
        self._schemas = schemas
        self._is_sent = is_sent

    def judge(self, value: object, type_: Type, at: Origin) -> Verdict:
        """Return how a value differs from a type that is declared at a place."""
        found = self._judge_type(value, type_, at)
        return join_verdicts(Verdict(places=(at,)), found)

    def _judge_type(self, value: object, type_: Type, at: Origin) -> Verdict:
        match type_:
            case Nullable(inner=inner):
                return _NOTHING if value is None else self._judge_type(value, inner, at)
            case Reference(key=key):
                return self._judge_reference(value, key, at)
            case AnyValue():
                return _NOTHING
            case Union():
                return self._judge_union(value, type_, at)
            case Literals():
                return _judge_literals(value, type_, at)
            case _ if value is None:
                return _differ("null-unexpected", at)
            case Array() | Map():
                return self._judge_container(value, type_, at)
            case String():
                return _judge_string(value, type_, at)
            case Number():
                return _judge_number(value, type_, at)
            case Boolean():
                return _judge_kind(value, at, bool)
            case Bytes():
                return _judge_kind(value, at, str)
            case _:
                assert_never(type_)

    def _judge_reference(self, value: object, key: str, at: Origin) -> Verdict:
        schema = self._schemas.get(key)
        match schema:
            case None:
                return _NOTHING
            case AliasSchema():
                # Null is a matter of the place that refers here, anything else of the
                # definition.
                place = at if value is None else schema.about.origin
                return self._judge_type(value, schema.type, place)
            case _ if value is None:
                return _differ("null-unexpected", at)
            case EnumSchema():
                values = [each.value for each in schema.values]
                place = schema.about.origin
                found = _judge_listed(value, values, place)
                return join_verdicts(Verdict(places=(place,)), found)
            case ObjectSchema():
                return self._judge_object(value, schema, at)
            case _:
                assert_never(schema)

    def _judge_object(self, value: object, schema: ObjectSchema, at: Origin) -> Verdict:
        if not isinstance(value, dict):
            return _differ_in_type(value, at)

        owner = schema.about.origin
        found = [Verdict(places=(owner,))]
        for each in schema.properties:
            place = each.about.origin
            if each.wire in value:
                found.append(self.judge(value[each.wire], each.type, place))
            elif each.required and not self._is_other_way(each):
                missing = Difference("required-missing", owner, each.wire)
                found.append(Verdict((missing,), (place,)))

        known = {each.wire for each in schema.properties}
        found += (
            self._judge_additional(name, member, schema)
            for name, member in value.items()
            if name not in known
        )
        return join_verdicts(*found)

    def _is_other_way(self, each: Property) -> bool:
        """Return whether a property is only in messages of the other direction."""
        return each.read_only if self._is_sent else each.write_only

    def _judge_additional(
        self, name: str, member: object, schema: ObjectSchema
    ) -> Verdict:
        owner = schema.about.origin
        if schema.extra is not None:
            # The name is a value of the traffic, so the place does not contain it.
            place = owner.get_child("additionalProperties")
            return self.judge(member, schema.extra, place)

        return Verdict((Difference("property-undeclared", owner, name, member),))

    def _judge_union(self, value: object, type_: Union, at: Origin) -> Verdict:
        selected = _select_variant(value, type_.discriminator)
        if selected is not None:
            return self._judge_reference(value, selected, at)
        if value is None and not any(map(self._accepts_null, type_.variants)):
            return _differ("null-unexpected", at)

        verdicts = [self._judge_type(value, each, at) for each in type_.variants]
        return min(verdicts, key=_rank_verdict, default=_NOTHING)

    def _accepts_null(self, type_: Type) -> bool:
        return not self._judge_type(None, type_, Origin("", "")).differences

    def _judge_container(
        self, value: object, type_: Array | Map, at: Origin
    ) -> Verdict:
        if isinstance(type_, Array):
            if not isinstance(value, list):
                return _differ_in_type(value, at)
            place = at.get_child("items")
            return join_verdicts(
                *(self.judge(each, type_.item, place) for each in value)
            )

        if not isinstance(value, dict):
            return _differ_in_type(value, at)
        place = at.get_child("additionalProperties")
        return join_verdicts(
            *(self.judge(each, type_.value, place) for each in value.values())
        )


def _select_variant(value: object, discriminator: Discriminator | None) -> str | None:
    """Return the key of the schema that the discriminator selects, if it selects one."""
    if discriminator is None or not isinstance(value, dict):
        return None

    tag = value.get(discriminator.property)
    found = next((key for each, key in discriminator.mapping if each == tag), None)
    return found or discriminator.default or None


def _rank_verdict(verdict: Verdict) -> tuple[int, int]:
    # A variant of another type is worse than one with many small differences.
    serious = sum(
        each.rule in ("type-other", "required-missing") for each in verdict.differences
    )
    return serious, len(verdict.differences)


def _judge_literals(value: object, type_: Literals, at: Origin) -> Verdict:
    return _judge_listed(value, list(type_.values), at)


def _judge_listed(value: object, values: Sequence[object], at: Origin) -> Verdict:
    plain = _to_plain(value)
    if any(is_same_json(plain, each) for each in values):
        return _NOTHING
    if value is None:
        return _differ("null-unexpected", at)
    if value in ("", MASKED):
        # Servers write "" for a value that is not set; clients read it so.
        return _NOTHING
    if get_kind(value) not in {get_kind(each) for each in values}:
        return _differ_in_type(value, at)

    return Verdict((Difference("enum-value-unknown", at, value=value),))


def _to_plain(value: object) -> object:
    """Return a value whose numbers are those of the document's own values."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, dict)):
        return json.loads(json.dumps(value, default=float))

    return value


def _judge_string(value: object, type_: String, at: Origin) -> Verdict:
    if not isinstance(value, str):
        return _differ_in_type(value, at)
    if not fits_format(value, type_.format):
        return Verdict((Difference("format-other", at, value=value),))

    return _NOTHING if type_.format else Verdict(texts=((at, value),))


def _judge_number(value: object, type_: Number, at: Origin) -> Verdict:
    if isinstance(value, str) and is_number_text(value):
        is_integer = type_.integer and is_integer_text(value)
        kind = "an integer" if is_integer else "a number"
        return _differ("number-in-quotes", at, kind)

    kind = get_kind(value)
    if kind == "integer" or (kind == "number" and not type_.integer):
        return _NOTHING

    return _differ_in_type(value, at)


def _judge_kind(value: object, at: Origin, expected: Callable[..., object]) -> Verdict:
    if type(value) is expected:
        return _NOTHING

    return _differ_in_type(value, at)


def _differ_in_type(value: object, at: Origin) -> Verdict:
    return Verdict((Difference("type-other", at, get_kind(value), value),))


def _differ(rule: str, at: Origin, detail: str = "") -> Verdict:
    return Verdict((Difference(rule, at, detail),))
