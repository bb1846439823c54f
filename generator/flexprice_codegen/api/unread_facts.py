"""Facts of a schema that no client reads: only `diff` compares them.

In: types. Out: the same without such facts. Two types that differ only in them are two
contracts, but one type in Python. So types are compared without them where a class must
not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Boolean,
    Bytes,
    Literals,
    Map,
    Nullable,
    Number,
    Reference,
    String,
    Type,
    Union,
)


def drop_unread_facts(type_: Type) -> Type:
    """Return a type without the facts that no client reads."""
    match type_:
        case Number() | Boolean() | Bytes() | Reference():
            return type_
        case String():
            content = type_.content
            if content is None:
                return type_
            return replace(type_, content=drop_unread_facts(content))
        case AnyValue():
            return replace(type_, required=(), applied=(), only_null=False)
        case Array():
            return replace(type_, item=drop_unread_facts(type_.item), applied=())
        case Map():
            value = drop_unread_facts(type_.value)
            return replace(type_, value=value, closed=False, applied=())
        case Union():
            options = tuple(drop_unread_facts(each) for each in type_.variants)
            return replace(type_, variants=options, listed=False)
        case Nullable():
            inner = drop_unread_facts(type_.inner)
            return replace(type_, inner=inner, unlisted=False)
        case Literals():
            return replace(type_, constant=False)
        case _:
            assert_never(type_)


def is_read_alike(one: Type, other: Type) -> bool:
    """Return whether a client reads values of two types in the same way."""
    return one == other or drop_unread_facts(one) == drop_unread_facts(other)


def is_anything(type_: Type) -> bool:
    """Return whether a type accepts any value, as far as a client reads it."""
    return isinstance(type_, AnyValue) and not type_.kept


def unify_read_alike(types: Iterable[Type]) -> tuple[Type, ...]:
    """Return the types in order, each way of reading them once."""
    found: dict[Type, Type] = {}
    for each in types:
        found.setdefault(drop_unread_facts(each), each)
    return tuple(found.values())
