"""JSON values against types.

In: a value, a type, and the place that declares it. Out: a `Verdict`. A union is judged
by the variant that its discriminator selects, or that the value differs least from.
Limits, patterns and lengths are not judged: traffic never proves them.
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
from flexprice_codegen.conform.differences import (
    DOCUMENT,
    Difference,
    Verdict,
    VerdictDraft,
)
from flexprice_codegen.conform.scalar_forms import (
    fits_format,
    is_integer_text,
    is_number_text,
)
from flexprice_codegen.diagnostics import Origin

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
        found = VerdictDraft()
        self._judge_part(value, type_, at, found)
        return found.finish()

    def _judge_part(
        self, value: object, type_: Type, at: Origin, found: VerdictDraft
    ) -> None:
        """Judge a value that has a place of its own."""
        found.places.append(at)
        self._judge_type(value, type_, at, found)

    def _judge_type(
        self, value: object, type_: Type, at: Origin, found: VerdictDraft
    ) -> None:
        match type_:
            case Nullable(inner=inner):
                if value is not None:
                    self._judge_type(value, inner, at, found)
            case Reference(key=key):
                self._judge_reference(value, key, at, found)
            case AnyValue():
                return
            case Union():
                self._judge_union(value, type_, at, found)
            case Literals():
                _judge_listed(value, type_.values, at, found)
            case _ if value is None:
                _add_difference(found, "null-unexpected", at)
            case Array() | Map():
                self._judge_container(value, type_, at, found)
            case String() | Number() | Boolean() | Bytes():
                _judge_scalar(value, type_, at, found)
            case _:
                assert_never(type_)

    def _judge_reference(
        self, value: object, key: str, at: Origin, found: VerdictDraft
    ) -> None:
        schema = self._schemas.get(key)
        match schema:
            case None:
                return
            case AliasSchema():
                # Null is a matter of the place that refers here, anything else of the
                # definition.
                place = at if value is None else schema.about.origin
                self._judge_type(value, schema.type, place, found)
            case _ if value is None:
                _add_difference(found, "null-unexpected", at)
            case EnumSchema():
                values = [each.value for each in schema.values]
                place = schema.about.origin
                found.places.append(place)
                _judge_listed(value, values, place, found)
            case ObjectSchema():
                self._judge_object(value, schema, at, found)
            case _:
                assert_never(schema)

    def _judge_object(
        self, value: object, schema: ObjectSchema, at: Origin, found: VerdictDraft
    ) -> None:
        if not isinstance(value, dict):
            _add_type_difference(found, value, at)
            return

        owner = schema.about.origin
        found.places.append(owner)
        for each in schema.properties:
            place = each.about.origin
            if each.wire in value:
                self._judge_part(value[each.wire], each.type, place, found)
            elif each.required and not self._is_other_way(each):
                _add_difference(found, "required-missing", owner, each.wire)
                found.places.append(place)

        known = {each.wire for each in schema.properties}
        for name, member in value.items():
            if name not in known:
                self._judge_additional(name, member, schema, found)

    def _is_other_way(self, each: Property) -> bool:
        """Return whether a property is only in messages of the other direction."""
        return each.read_only if self._is_sent else each.write_only

    def _judge_additional(
        self, name: str, member: object, schema: ObjectSchema, found: VerdictDraft
    ) -> None:
        owner = schema.about.origin
        if schema.extra is not None:
            # The name is a value of the traffic, so the place does not contain it.
            place = owner.get_child("additionalProperties")
            self._judge_part(member, schema.extra, place, found)
            return

        difference = Difference("property-undeclared", owner, name, member)
        found.differences.append(difference)

    def _judge_union(
        self, value: object, type_: Union, at: Origin, found: VerdictDraft
    ) -> None:
        selected = _select_variant(value, type_.discriminator)
        if selected is not None:
            self._judge_reference(value, selected, at, found)
            return
        if value is None and not any(map(self._accepts_null, type_.variants)):
            _add_difference(found, "null-unexpected", at)
            return

        drafts = [VerdictDraft() for _ in type_.variants]
        for draft, each in zip(drafts, type_.variants, strict=True):
            self._judge_type(value, each, at, draft)
        if drafts:
            found.add(min(drafts, key=_rank_draft))

    def _accepts_null(self, type_: Type) -> bool:
        draft = VerdictDraft()
        self._judge_type(None, type_, DOCUMENT, draft)
        return not draft.differences

    def _judge_container(
        self, value: object, type_: Array | Map, at: Origin, found: VerdictDraft
    ) -> None:
        if isinstance(type_, Array):
            if not isinstance(value, list):
                _add_type_difference(found, value, at)
                return
            place = at.get_child("items")
            for each in value:
                self._judge_part(each, type_.item, place, found)
            return

        if not isinstance(value, dict):
            _add_type_difference(found, value, at)
            return
        place = at.get_child("additionalProperties")
        for each in value.values():
            self._judge_part(each, type_.value, place, found)


def _select_variant(value: object, discriminator: Discriminator | None) -> str | None:
    """Return the key of the schema that the discriminator selects, if it selects one."""
    if discriminator is None or not isinstance(value, dict):
        return None

    tag = value.get(discriminator.property)
    found = next((key for each, key in discriminator.mapping if each == tag), None)
    return found or discriminator.default or None


def _rank_draft(draft: VerdictDraft) -> tuple[int, int]:
    # A variant of another type is worse than one with many small differences.
    serious = sum(
        each.rule in ("type-other", "required-missing") for each in draft.differences
    )
    return serious, len(draft.differences)


def _judge_listed(
    value: object, values: Sequence[object], at: Origin, found: VerdictDraft
) -> None:
    if _is_listed(value, values):
        return
    if value is None:
        _add_difference(found, "null-unexpected", at)
    elif value in ("", MASKED):
        # Servers write "" for a value that is not set; clients read it so.
        return
    elif get_kind(value) not in {get_kind(each) for each in values}:
        _add_type_difference(found, value, at)
    else:
        found.differences.append(Difference("enum-value-unknown", at, value=value))


def _is_listed(value: object, values: Sequence[object]) -> bool:
    # Most values and lists are strings, which are equal to no other JSON.
    if isinstance(value, str):
        return value in values
    plain = _to_plain(value)
    return any(is_same_json(plain, each) for each in values)


def _to_plain(value: object) -> object:
    """Return a value whose numbers are those of the document's own values."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, dict)):
        return json.loads(json.dumps(value, default=float))

    return value


def _judge_scalar(
    value: object,
    type_: String | Number | Boolean | Bytes,
    at: Origin,
    found: VerdictDraft,
) -> None:
    match type_:
        case String():
            _judge_string(value, type_, at, found)
        case Number():
            _judge_number(value, type_, at, found)
        case Boolean():
            _judge_kind(value, at, bool, found)
        case Bytes():
            _judge_kind(value, at, str, found)
        case _:
            assert_never(type_)


def _judge_string(
    value: object, type_: String, at: Origin, found: VerdictDraft
) -> None:
    if not isinstance(value, str):
        _add_type_difference(found, value, at)
    elif not fits_format(value, type_.format):
        found.differences.append(Difference("format-other", at, value=value))
    elif not type_.format:
        found.texts.append((at, value))


def _judge_number(
    value: object, type_: Number, at: Origin, found: VerdictDraft
) -> None:
    if isinstance(value, str) and is_number_text(value):
        is_integer = type_.integer and is_integer_text(value)
        kind = "an integer" if is_integer else "a number"
        _add_difference(found, "number-in-quotes", at, kind)
        return

    kind = get_kind(value)
    if kind != "integer" and (kind != "number" or type_.integer):
        _add_type_difference(found, value, at)


def _judge_kind(
    value: object, at: Origin, expected: Callable[..., object], found: VerdictDraft
) -> None:
    if type(value) is not expected:
        _add_type_difference(found, value, at)


def _add_type_difference(found: VerdictDraft, value: object, at: Origin) -> None:
    found.differences.append(Difference("type-other", at, get_kind(value), value))


def _add_difference(
    found: VerdictDraft, rule: str, at: Origin, detail: str = ""
) -> None:
    found.differences.append(Difference(rule, at, detail))
