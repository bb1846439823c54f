"""Sorts of types, and what a change from one to another means.

In: two types without names and null. Out: the kind of edit that it is to go from one to
the other, if any.

Source: OpenAPI 3.0.3 §4.4 (formats), RFC 8259 (what a number is).
"""

from __future__ import annotations

from typing import TypeAlias

from generator.api.json_values import normalize_numbers
from generator.api.model import Enumeration, Record
from generator.api.types import (
    Anything,
    Blob,
    Choice,
    Flag,
    ListOf,
    Literals,
    MapOf,
    Named,
    Nullable,
    Number,
    Scalar,
    Text,
    Type,
)
from generator.diff.rules.message_parts import MessagePart
from generator.diff.wire.edits import SchemaContext

ResolvedType: TypeAlias = Type | Record | Enumeration
ANY_TYPE = Anything()
_ENCODINGS = ("contentEncoding", "contentMediaType")
_WIDER_FORMATS = frozenset(
    {
        ("float", "double"),
        ("int32", "int64"),
        ("int32", "bigint"),
        ("int64", "bigint"),
        ("date", "date-time"),
        ("time", "date-time"),
    }
)


def get_json_type(body: ResolvedType) -> str:
    """Name the JSON type of a body; `any` and `choice` beside them."""
    match body:
        case Text() | Blob():
            return "string"
        case Number():
            return "integer" if body.integer else "number"
        case Flag():
            return "boolean"
        case ListOf():
            return "array"
        case MapOf() | Record():
            return "object"
        case Choice():
            return "choice"
        case Enumeration():
            return _get_values_type(tuple(each.value for each in body.members))
        case Literals():
            return _get_values_type(body.values)
        case _:
            return "any"


def _get_values_type(values: tuple[Scalar, ...]) -> str:
    kinds = {_get_value_type(each) for each in values}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "any"


def _get_value_type(value: Scalar) -> str:
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
    """Give what a list of values narrows, as far as it is known."""
    match body:
        case Enumeration():
            if body.base is not None:
                return body.base
            return Text() if get_json_type(body) == "string" else Number(integer=True)
        case Literals():
            return _create_scalar_type(get_json_type(body))
        case _:
            return body


def _create_scalar_type(name: str) -> ResolvedType:
    match name:
        case "string":
            return Text()
        case "integer" | "number":
            return Number(integer=name == "integer")
        case "boolean":
            return Flag()
        case _:
            return ANY_TYPE


def get_format(body: ResolvedType) -> str:
    """Give the format of a type, as the document writes it."""
    plain = get_base_type(body)
    match plain:
        case Text() | Number():
            return plain.format
        case Blob():
            return "binary"
        case _:
            return ""


def format_type(body: ResolvedType) -> str:
    """Write a type shortly: `string (date-time)`."""
    form = get_format(body)
    return f"{get_json_type(body)} ({form})" if form else get_json_type(body)


def has_new_encoding(old: ResolvedType, new: ResolvedType) -> bool:
    """Tell whether a text is encoded in another way, which explains its format."""
    if get_json_type(old) != "string" or get_json_type(new) != "string":
        return False
    before, after = dict(getattr(old, "kept", ())), dict(getattr(new, "kept", ()))
    return any(before.get(name) != after.get(name) for name in _ENCODINGS)


def classify_change(
    old: ResolvedType, new: ResolvedType, context: SchemaContext
) -> str:
    """Name the change of type or format: nothing, or the end of a rule's id."""
    before, after = get_json_type(old), get_json_type(new)
    if (
        context.is_exploded
        and isinstance(new, ListOf)
        and get_item_json_type(new) == before
    ):
        return "type-generalized"
    if before == after:
        return _classify_format_change(get_format(old), get_format(new), context)
    if context.part is MessagePart.PARAMETER_PROPERTY:
        return _classify_inner_change(before, after)
    if _is_widening(before, after, context):
        return (
            "type-compatible" if _is_sent_alike(after, context) else "type-generalized"
        )
    if _is_widening(after, before, context):
        if context.direction == "response" and _is_sent_alike(before, context):
            return "type-compatible"
        return get_narrowed_change(context)
    return "type-changed"


def _classify_inner_change(before: str, after: str) -> str:
    """Name the change of a value in a parameter, which may travel as text or as JSON.

    As text a number may become a string; as JSON it may not.
    """
    if _is_wider(before, after):
        return "type-generalized"
    return "type-changed" if after == "string" else "type-specialized"


def get_item_json_type(body: ListOf) -> str:
    """Name the type of the items of a list; nothing where a name stands for it."""
    item = body.item.inner if isinstance(body.item, Nullable) else body.item
    return "" if isinstance(item, Named) else get_json_type(item)


def _is_sent_alike(wider: str, context: SchemaContext) -> bool:
    """Tell whether a body looks the same when sent, because it is text anyhow."""
    is_parameter = context.part is MessagePart.PARAMETER
    return context.text_only and wider == "string" and not is_parameter


def _is_widening(old: str, new: str, context: SchemaContext) -> bool:
    return _is_wider(old, new) or (context.text_only and new == "string")


def _is_wider(old: str, new: str) -> bool:
    return new == "any" or (old == "integer" and new == "number")


def _classify_format_change(old: str, new: str, context: SchemaContext) -> str:
    if old == new:
        return ""
    if not new or (old, new) in _WIDER_FORMATS:
        return "type-generalized"
    if not old or (new, old) in _WIDER_FORMATS:
        return get_narrowed_change(context)
    is_inside = context.part is MessagePart.PARAMETER_PROPERTY
    return "type-specialized" if is_inside else "type-changed"


def get_narrowed_change(context: SchemaContext) -> str:
    """A type that takes fewer values: a change for who sends them."""
    if (
        context.direction == "response"
        or context.part is MessagePart.PARAMETER_PROPERTY
    ):
        return "type-specialized"
    return "type-changed"
