"""Sorts of types, and what a change from one to another means.

In: two types without names and null. Out: the kind of edit that it is to go from one to
the other, if any.

Source: OpenAPI 3.0.3 §4.4 (formats), RFC 8259 (what a number is).
"""

from __future__ import annotations

from typing import TypeAlias

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
from generator.diff.rules.message_parts import Spot
from generator.diff.wire.edits import Context

Body: TypeAlias = Type | Record | Enumeration
ANYTHING = Anything()
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


def kind(body: Body) -> str:
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
            return _kind_of(tuple(each.value for each in body.members))
        case Literals():
            return _kind_of(body.values)
        case _:
            return "any"


def _kind_of(values: tuple[Scalar, ...]) -> str:
    kinds = {
        (
            "boolean"
            if isinstance(value, bool)
            else (
                "string"
                if isinstance(value, str)
                else "integer" if isinstance(value, int) else "number"
            )
        )
        for value in values
    }
    return kinds.pop() if len(kinds) == 1 else "any"


def base(body: Body) -> Body:
    """Give what a list of values narrows, as far as it is known."""
    match body:
        case Enumeration():
            if body.base is not None:
                return body.base
            return Text() if kind(body) == "string" else Number(integer=True)
        case Literals():
            return _plain(kind(body))
        case _:
            return body


def _plain(name: str) -> Body:
    match name:
        case "string":
            return Text()
        case "integer" | "number":
            return Number(integer=name == "integer")
        case "boolean":
            return Flag()
        case _:
            return ANYTHING


def format_of(body: Body) -> str:
    """Give the format of a type, as the document writes it."""
    plain = base(body)
    match plain:
        case Text() | Number():
            return plain.format
        case Blob():
            return "binary"
        case _:
            return ""


def written(body: Body) -> str:
    """Write a type shortly: `string (date-time)`."""
    form = format_of(body)
    return f"{kind(body)} ({form})" if form else kind(body)


def is_encoded_anew(old: Body, new: Body) -> bool:
    """Tell whether a text is encoded in another way, which explains its format."""
    if kind(old) != "string" or kind(new) != "string":
        return False
    before, after = dict(getattr(old, "kept", ())), dict(getattr(new, "kept", ()))
    return any(before.get(name) != after.get(name) for name in _ENCODINGS)


def change(old: Body, new: Body, context: Context) -> str:
    """Name the change of type or format: nothing, or the end of a rule's id."""
    before, after = kind(old), kind(new)
    if context.repeats and isinstance(new, ListOf) and kind_of_item(new) == before:
        return "type-generalized"
    if before == after:
        return _format_change(format_of(old), format_of(new), context)
    if context.spot is Spot.PARAMETER_PROPERTY:
        return _change_inside(before, after)
    if _widens(before, after, context):
        return "type-compatible" if _looks_alike(after, context) else "type-generalized"
    if _widens(after, before, context):
        if context.way == "response" and _looks_alike(before, context):
            return "type-compatible"
        return specialized(context)
    return "type-changed"


def _change_inside(before: str, after: str) -> str:
    """Name the change of a value in a parameter, which may travel as text or as JSON.

    As text a number may become a string; as JSON it may not.
    """
    if _is_wider(before, after):
        return "type-generalized"
    return "type-changed" if after == "string" else "type-specialized"


def kind_of_item(body: ListOf) -> str:
    """Name the type of the items of a list; nothing where a name stands for it."""
    item = body.item.inner if isinstance(body.item, Nullable) else body.item
    return "" if isinstance(item, Named) else kind(item)


def _looks_alike(wider: str, context: Context) -> bool:
    """Tell whether a body looks the same when sent, because it is text anyhow."""
    is_parameter = context.spot is Spot.PARAMETER
    return context.loose and wider == "string" and not is_parameter


def _widens(old: str, new: str, context: Context) -> bool:
    return _is_wider(old, new) or (context.loose and new == "string")


def _is_wider(old: str, new: str) -> bool:
    return new == "any" or (old == "integer" and new == "number")


def _format_change(old: str, new: str, context: Context) -> str:
    if old == new:
        return ""
    if not new or (old, new) in _WIDER_FORMATS:
        return "type-generalized"
    if not old or (new, old) in _WIDER_FORMATS:
        return specialized(context)
    is_inside = context.spot is Spot.PARAMETER_PROPERTY
    return "type-specialized" if is_inside else "type-changed"


def specialized(context: Context) -> str:
    """A type that takes fewer values: a change for who sends them."""
    if context.way == "response" or context.spot is Spot.PARAMETER_PROPERTY:
        return "type-specialized"
    return "type-changed"
