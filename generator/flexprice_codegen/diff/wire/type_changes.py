"""Kinds of types, and what a change from one to another means.

In: two types without names and null. Out: what it is to go from one to the other, if
anything.

Source: OpenAPI 3.0.3 §4.4 (formats), RFC 8259 §6 (what a number is).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from flexprice_codegen.api.json_values import normalize_numbers
from flexprice_codegen.api.model import EnumSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Bytes,
    Literals,
    Map,
    Number,
    Scalar,
    String,
    Type,
    Union,
)
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire.edits import SchemaContext

ResolvedType: TypeAlias = Type | ObjectSchema | EnumSchema
ANY_TYPE = AnyValue()
_NOTHING = frozenset({("not", "{}"), ("enum", "[]")})
_SCALARS = frozenset({"string", "number", "integer", "boolean"})
_ENCODINGS = ("contentEncoding", "contentMediaType")
_WIDER_FORMATS = frozenset(
    {
        ("float", "double"),
        ("int32", "int64"),
        ("int32", "bigint"),
        ("int64", "bigint"),
    }
)
"""Formats and those that have their values and more."""
_LONGER_FORMATS = frozenset({("date", "date-time"), ("time", "date-time")})
"""Formats and those that say more: no text is one of both (RFC 3339 §5.6)."""


def get_json_type(body: ResolvedType) -> str:
    """Return the JSON type of a body; `any`, `choice`, `nothing` and `null` as well."""
    if is_only_null(body):
        return "null"
    if accepts_nothing(body):
        return "nothing"
    match body:
        case String() | Bytes():
            return "string"
        case Number():
            return "integer" if body.integer else "number"
        case Boolean():
            return "boolean"
        case Array():
            return "array"
        case Map() | ObjectSchema():
            return "object"
        case Union():
            return "choice"
        case EnumSchema():
            return _get_values_type(tuple(member.value for member in body.values))
        case Literals():
            return _get_values_type(body.values)
        case _:
            return "any"


def is_only_null(body: ResolvedType) -> bool:
    """Return whether null is the only value."""
    return isinstance(body, AnyValue) and body.only_null


def accepts_nothing(body: ResolvedType) -> bool:
    """Return whether no value but null fits: it is `false`, or its `enum` is empty."""
    if is_only_null(body):
        return True
    kept = getattr(body, "kept", ())
    return bool(kept) and not _NOTHING.isdisjoint(kept)


def _get_values_type(values: tuple[Scalar, ...]) -> str:
    types = {get_value_type(value) for value in values}
    if types == {"integer", "number"}:
        return "number"
    return types.pop() if len(types) == 1 else "choice"


def get_value_type(value: Scalar) -> str:
    """Name the JSON type of a value; a number without a fraction is an integer."""
    match normalize_numbers(value):
        case bool():
            return "boolean"
        case str():
            return "string"
        case int():
            return "integer"
        case _:
            return "number"


def get_base_type(body: ResolvedType) -> ResolvedType:
    """Return what a list of values narrows, as far as it is known."""
    match body:
        case EnumSchema():
            if body.base is not None:
                return body.base
            return String() if get_json_type(body) == "string" else Number(integer=True)
        case Literals():
            return _create_scalar_type(get_json_type(body))
        case _:
            return body


def _create_scalar_type(name: str) -> ResolvedType:
    match name:
        case "string":
            return String()
        case "integer" | "number":
            return Number(integer=name == "integer")
        case "boolean":
            return Boolean()
        case _:
            return ANY_TYPE


def get_format(body: ResolvedType) -> str:
    """Return the format of a type, as the document writes it."""
    base = get_base_type(body)
    match base:
        case String() | Number():
            return base.format
        case Bytes():
            return "binary"
        case _:
            return ""


def format_type(body: ResolvedType) -> str:
    """Return a type as short text: `string (date-time)`."""
    form = get_format(body)
    return f"{get_json_type(body)} ({form})" if form else get_json_type(body)


def format_types(variants: Iterable[ResolvedType]) -> str:
    """Return the types of a choice as short text."""
    return ", ".join(map(format_type, variants))


def has_new_encoding(old: ResolvedType, new: ResolvedType) -> bool:
    """Return whether a text is encoded in another way, which explains its format."""
    if get_json_type(old) != "string" or get_json_type(new) != "string":
        return False
    before = dict(getattr(old, "kept", ()))
    after = dict(getattr(new, "kept", ()))
    return any(before.get(name) != after.get(name) for name in _ENCODINGS)


def classify_change(
    old: ResolvedType, new: ResolvedType, context: SchemaContext
) -> Change | None:
    """Return what happened to a type or its format, None if nothing did.

    A request may take more than before, and a response bring less: such a change is
    `generalized` or `specialized`. What is the same once it is sent is `compatible`.
    """
    before = get_json_type(old)
    after = get_json_type(new)
    if before == after == "nothing" or _are_octets(old, new, context):
        return None
    if before == after:
        return _classify_format_change(get_format(old), get_format(new), context)
    if context.part == "parameter-property":
        return _classify_inner_change(before, after)
    if _is_wider(before, after):
        return "generalized"
    if _is_wider(after, before):
        return get_narrowed_change(context)
    return _classify_text_change(old, new, context)


def _are_octets(old: ResolvedType, new: ResolvedType, context: SchemaContext) -> bool:
    """Return whether both are any octets: outside JSON, a schema that says nothing is.

    Source: OpenAPI 3.1.0 §4.8.14.1 (binary), §4.8.14.4 (`multipart`).
    """
    if not context.text_only or isinstance(old, Bytes) == isinstance(new, Bytes):
        return False
    return ANY_TYPE in (old, new)


def _classify_text_change(
    old: ResolvedType, new: ResolvedType, context: SchemaContext
) -> Change:
    """Return what happened to a type that became another, which may look the same as text."""
    if is_any_text_of(old, new, context):
        if context.direction == "response":
            return "generalized"
        # The rules have `compatible` for bodies; a parameter is `generalized`.
        return "generalized" if context.part == "parameter" else "compatible"
    # Who reads any text reads a number that is written as one.
    is_read = context.direction == "response" and _is_any_text(old)
    return "compatible" if is_read and _is_text_of(new, old, context) else "changed"


def is_any_text_of(
    old: ResolvedType, new: ResolvedType, context: SchemaContext
) -> bool:
    """Return whether a scalar became a text without a format, where all is sent as text.

    What else that text must keep (a pattern, a length) is to be compared.
    """
    return _is_text_of(old, new, context) and not get_format(new)


def _is_text_of(
    value: ResolvedType, text: ResolvedType, context: SchemaContext
) -> bool:
    """Return whether two scalars of two types are one type of them as text is."""
    kinds = get_json_type(value), get_json_type(text)
    return (
        context.text_only and kinds[1] == "string" and kinds[0] in _SCALARS - {"string"}
    )


def _is_any_text(body: ResolvedType) -> bool:
    """Return whether a type takes every text."""
    return body == String()


def classify_text_choice(
    old: Sequence[ResolvedType], new: Sequence[ResolvedType], context: SchemaContext
) -> Change | None:
    """Return what happened to a choice of texts, None if it is not decided by that.

    Where all is sent as text, a choice that takes any text takes every scalar.

    Args:
        old: The older variants.
        new: The newer ones.
        context: The message that contains them.
    """
    is_request = context.direction == "request"
    # A value in a parameter may travel as JSON.
    is_text = context.text_only and context.part != "parameter-property"
    if not is_text or not any(
        _is_any_text(each) for each in (new if is_request else old)
    ):
        return None
    if not all(get_json_type(each) in _SCALARS for each in (*old, *new)):
        return None
    return "generalized" if is_request else "specialized"


def _classify_inner_change(before: str, after: str) -> Change:
    """Return what happened to a value in a parameter, which may travel as text or as JSON.

    As text a number may become a string; as JSON it may not.
    """
    if _is_wider(before, after):
        return "generalized"
    return "changed" if after == "string" else "specialized"


def _is_wider(old: str, new: str) -> bool:
    if old == "null":
        # What is said of null is compared apart from the type.
        return new != "nothing"
    return new == "any" or old == "nothing" or (old == "integer" and new == "number")


def _classify_format_change(
    old: str, new: str, context: SchemaContext
) -> Change | None:
    if old == new:
        return None
    is_longer = (old, new) in _LONGER_FORMATS and context.direction == "response"
    if not new or is_longer or (old, new) in _WIDER_FORMATS:
        return "generalized"
    if not old or (new, old) in _WIDER_FORMATS:
        return get_narrowed_change(context)
    is_inside = context.part == "parameter-property"
    return "specialized" if is_inside else "changed"


def get_narrowed_change(context: SchemaContext) -> Change:
    """Return what it is called that a type takes fewer values.

    Who sends them has to change what he sends, so that there it has no milder name; the
    rules of a value in a parameter have both names.
    """
    if context.direction == "response" or context.part == "parameter-property":
        return "specialized"
    return "changed"
