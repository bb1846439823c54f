"""JSON values against types.

In: a value, a type, and the place that declares it. Out: a `Verdict`. A union is compared
by the variant that its discriminator selects, or that the value differs least from.
Limits, patterns and lengths are not checked: traffic never proves them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
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
    VerdictBuilder,
)
from flexprice_codegen.conform.scalar_forms import (
    fits_format,
    is_integer_text,
    is_number_text,
)
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

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


@frozen_value
class _PropertyIndex:
    """The properties of an object schema by name, and those that must be there."""

    properties: Mapping[str, Property]
    required: tuple[Property, ...]


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
        self._indexes: dict[str, _PropertyIndex] = {}

    def judge(self, value: object, type_: Type, at: Origin) -> Verdict:
        """Return how a value differs from a type that is declared at a place."""
        found = VerdictBuilder()
        self._judge_at_place(value, type_, at, found)
        return found.build()

    def _judge_at_place(
        self, value: object, type_: Type, at: Origin, found: VerdictBuilder
    ) -> None:
        found.places.append(at)
        self._judge_type(value, type_, at, found)

    def _judge_type(
        self, value: object, type_: Type, at: Origin, found: VerdictBuilder
    ) -> None:
        match type_:
            case Nullable(inner=inner):
                if value is not None:
                    self._judge_type(value, inner, at, found)
            case Reference(key=key):
                self._judge_reference(value, key, at, found)
            case AnyValue():
                pass
            case Union():
                self._judge_union(value, type_, at, found)
            case Literals():
                _judge_listed(value, type_.values, at, found)
            case _ if value is None:
                found.add("null-unexpected", at)
            case Array() | Map():
                self._judge_container(value, type_, at, found)
            case _:
                _judge_scalar(value, type_, at, found)

    def _judge_reference(
        self, value: object, key: str, at: Origin, found: VerdictBuilder
    ) -> None:
        schema = self._schemas.get(key)
        match schema:
            case None:
                pass
            case AliasSchema():
                # Null is a matter of the place that refers here, anything else of the
                # definition.
                place = at if value is None else schema.about.origin
                self._judge_type(value, schema.type, place, found)
            case _ if value is None:
                found.add("null-unexpected", at)
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
        self, value: object, schema: ObjectSchema, at: Origin, found: VerdictBuilder
    ) -> None:
        if not isinstance(value, dict):
            _differ_in_type(value, at, found)
            return

        owner = schema.about.origin
        found.places.append(owner)
        index = self._get_index(schema)
        for name, member in value.items():
            declared = index.properties.get(name)
            if declared is None:
                self._judge_additional(name, member, schema, found)
            else:
                self._judge_at_place(
                    member, declared.type, declared.about.origin, found
                )

        for each in index.required:
            if each.wire not in value:
                found.places.append(each.about.origin)
                found.add("required-missing", owner, each.wire)

    def _get_index(self, schema: ObjectSchema) -> _PropertyIndex:
        """Return the properties of a schema by name, which is built once."""
        index = self._indexes.get(schema.key)
        if index is None:
            index = _PropertyIndex(
                {each.wire: each for each in schema.properties},
                tuple(each for each in schema.properties if self._is_required(each)),
            )
            self._indexes[schema.key] = index

        return index

    def _is_required(self, each: Property) -> bool:
        """Return whether messages of this direction must have a property."""
        is_other_way = each.read_only if self._is_sent else each.write_only
        return each.required and not is_other_way

    def _judge_additional(
        self, name: str, member: object, schema: ObjectSchema, found: VerdictBuilder
    ) -> None:
        owner = schema.about.origin
        if schema.extra is not None:
            # The name is a value of the traffic, so the place does not contain it.
            place = owner.get_child("additionalProperties")
            self._judge_at_place(member, schema.extra, place, found)
        else:
            difference = Difference("property-undeclared", owner, name, member)
            found.differences.append(difference)

    def _judge_union(
        self, value: object, type_: Union, at: Origin, found: VerdictBuilder
    ) -> None:
        selected = _select_variant(value, type_)
        if selected is not None:
            self._judge_reference(value, selected, at, found)
            return
        if _has_unknown_tag(value, type_.discriminator):
            # Its own finding: each variant would differ in what another one has.
            difference = Difference("tag-unknown", at, value=value)
            found.differences.append(difference)
            return
        if value is None and not any(map(self._accepts_null, type_.variants)):
            found.add("null-unexpected", at)
            return

        tried = [VerdictBuilder() for _ in type_.variants]
        for variant, trial in zip(type_.variants, tried, strict=True):
            self._judge_type(value, variant, at, trial)
        if tried:
            found.extend(min(tried, key=_rank_verdict))

    def _accepts_null(self, type_: Type) -> bool:
        trial = VerdictBuilder()
        self._judge_type(None, type_, DOCUMENT, trial)
        return not trial.differences

    def _judge_container(
        self, value: object, type_: Array | Map, at: Origin, found: VerdictBuilder
    ) -> None:
        members: Iterable[object]
        if isinstance(type_, Array) and isinstance(value, list):
            inner = type_.item
            members = value
            key = "items"
        elif isinstance(type_, Map) and isinstance(value, dict):
            inner = type_.value
            members = value.values()
            key = "additionalProperties"
        else:
            _differ_in_type(value, at, found)
            return

        place = at.get_child(key)
        for each in members:
            self._judge_at_place(each, inner, place, found)


def _select_variant(value: object, union: Union) -> str | None:
    """Return the key of the schema that the discriminator selects, if it selects one.

    The name of a schema that no mapping names, such as a base, is its implicit value
    (OpenAPI 3.1.1 §4.8.25).
    """
    discriminator = union.discriminator
    if discriminator is None or not isinstance(value, dict):
        return None

    tag = value.get(discriminator.property)
    mapped = {key for _, key in discriminator.mapping}
    own = [
        (each.key, each.key)
        for each in union.variants
        if isinstance(each, Reference) and each.key not in mapped
    ]
    named = (key for each, key in (*discriminator.mapping, *own) if each == tag)
    return next(named, None) or discriminator.default or None


def _has_unknown_tag(value: object, discriminator: Discriminator | None) -> bool:
    if discriminator is None or not isinstance(value, dict):
        return False

    tag = value.get(discriminator.property)
    return isinstance(tag, str) and tag not in ("", MASKED)


def _rank_verdict(found: VerdictBuilder) -> tuple[int, int]:
    # A variant of another type is worse than one with many small differences.
    serious = sum(
        each.rule in ("type-other", "required-missing") for each in found.differences
    )
    return serious, len(found.differences)


def _judge_listed(
    value: object, values: Sequence[object], at: Origin, found: VerdictBuilder
) -> None:
    if _is_listed(value, values):
        return
    if value is None:
        found.add("null-unexpected", at)
    elif value in ("", MASKED):
        # Servers write "" for a value that is not set; clients read it so.
        return
    elif get_kind(value) not in {get_kind(each) for each in values}:
        _differ_in_type(value, at, found)
    else:
        found.differences.append(Difference("enum-value-unknown", at, value=value))


def _is_listed(value: object, values: Sequence[object]) -> bool:
    if isinstance(value, str):
        # Equality of strings is that of JSON, which numbers and Booleans need help for.
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
    found: VerdictBuilder,
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
    value: object, type_: String, at: Origin, found: VerdictBuilder
) -> None:
    if not isinstance(value, str):
        _differ_in_type(value, at, found)
    elif not type_.format:
        found.texts.append((at, value))
    elif not fits_format(value, type_.format):
        found.differences.append(Difference("format-other", at, value=value))


def _judge_number(
    value: object, type_: Number, at: Origin, found: VerdictBuilder
) -> None:
    if isinstance(value, str) and is_number_text(value):
        is_integer = type_.integer and is_integer_text(value)
        found.add("number-in-quotes", at, "an integer" if is_integer else "a number")
        return

    kind = get_kind(value)
    if kind != "integer" and (kind != "number" or type_.integer):
        _differ_in_type(value, at, found)


def _judge_kind(
    value: object, at: Origin, expected: type[object], found: VerdictBuilder
) -> None:
    if type(value) is not expected:
        _differ_in_type(value, at, found)


def _differ_in_type(value: object, at: Origin, found: VerdictBuilder) -> None:
    found.differences.append(Difference("type-other", at, get_kind(value), value))
