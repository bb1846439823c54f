# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Classes with members whose names Python cannot have, such as `+1` and `@type`.

In: the names of a class's fields on the wire. Out: functions that read JSON as such
classes. msgspec renames no fields of dataclasses, but those of its own classes. So it
reads each class as a twin, which then becomes an instance of the class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import cache, partial
from types import UnionType
from typing import Any, Union, get_args, get_origin

from msgspec import Struct, UnsetType, convert, defstruct
from msgspec import field as twin_field
from msgspec.json import Decoder
from msgspec.structs import asdict

from .shapes import (
    Hint,
    Marker,
    collect_parts,
    get_field_hints,
    is_class,
    is_constant,
    read_union,
)


class WireNames(dict[str, str]):
    """The wire names of the fields that have another name in Python."""

    def make_readers(
        self, hint: Hint
    ) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
        """Return what reads JSON as a hint says, and what reads a plain value so.

        Raises:
            TypeError: msgspec cannot express the hint.
            ValueError: it does not rename to such a name, as to one with a quote.
        """
        twin = _replace_classes(hint)
        for kind in filter(_is_renamed, collect_parts(hint)):
            found = get_field_hints(kind)
            _make_twin(kind).__annotations__ |= {
                name: _replace_classes(each) for name, each in found.items()
            }
        decode = Decoder(twin, dec_hook=read_union).decode
        finish = _find_finish(hint)
        return (
            lambda raw: finish(decode(raw)),
            lambda plain: finish(convert(plain, twin, dec_hook=read_union)),
        )


@cache
def _is_renamed(hint: Hint) -> bool:
    """Return whether a hint is a class that has, or holds a class that has, such names."""
    return is_class(hint) and any(
        hasattr(each, "__wire__") for each in collect_parts(hint)
    )


@cache
def _make_twin(kind: type) -> type[Struct]:
    """Return the twin of a class; what its fields hold is noted later.

    A class may hold itself.
    """
    found = get_field_hints(kind)
    holders = [
        name
        for name, each in found.items()
        if any(map(_is_renamed, collect_parts(each)))
    ]
    return defstruct(
        kind.__name__,
        [(each.name, Any, *_list_default(each)) for each in fields(kind)],
        namespace={"__twin_of__": kind, "__holders__": holders},
        rename=getattr(kind, "__wire__", None),
        kw_only=True,
        gc=False,  # it lives for a moment
    )


def _list_default(field: Field[Any]) -> list[Any]:
    if field.default_factory is not MISSING:
        return [twin_field(default_factory=field.default_factory)]
    return [] if field.default is MISSING else [field.default]


def _replace_classes(hint: Hint) -> Hint:
    """Return a hint with the twins of its classes; a union reads its own options."""
    if is_class(hint):
        return _make_twin(hint) if _is_renamed(hint) else hint
    parts = get_args(hint)
    if not parts or isinstance(hint, Marker) or is_constant(hint):
        return hint
    replaced = [_replace_classes(each) for each in parts]
    origin: Any = get_origin(hint)
    whole: Any = Union if origin is UnionType else origin
    return whole[tuple(replaced)]


def _find_finish(hint: Hint) -> Callable[[Any], Any]:
    """Return what makes instances of classes of their twins.

    msgspec does it, unless there may be members that are UNSET, which it does not know.
    """
    if UnsetType in collect_parts(hint):
        return lambda value: _find_maker(value.__class__)(value)
    return partial(convert, type=hint, from_attributes=True, dec_hook=_keep_union)


def _keep_union(_: Hint, value: Any) -> Any:
    return value


@cache
def _find_maker(kind: Hint) -> Callable[[Any], Any]:
    """Return what makes, of values of a type, instances of classes of their twins."""
    if kind is list:
        return lambda value: [_find_maker(each.__class__)(each) for each in value]
    if kind is dict:
        return lambda value: {k: _find_maker(e.__class__)(e) for k, e in value.items()}
    if not issubclass(kind, Struct):
        return lambda value: value
    twin: Any = kind

    def make(value: Struct) -> Any:
        values = asdict(value)
        for name in twin.__holders__:
            part = values[name]
            values[name] = _find_maker(part.__class__)(part)
        return twin.__twin_of__(**values)

    return make
