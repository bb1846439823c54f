"""The types of generated Python code: a closed union of frozen values, and their text.

In: nothing. Out: `PyType` and its text in a type hint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field
from functools import lru_cache
from typing import TypeAlias, assert_never

from flexprice_codegen.api.types import Scalar
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.scalar_types import SCALAR_MODULES

NEEDS_IMPORT = {"Any": "typing", "UnsetType": "msgspec", **SCALAR_MODULES}
"""The modules of plain types that are not builtins."""


@frozen_value
class PlainType:
    """A type with its own name: `str`, `datetime`, `Any`, `FileContent`."""

    name: str


@frozen_value
class ListType:
    """`list[item]`."""

    item: PyType


@frozen_value
class DictType:
    """`dict[str, value]`."""

    value: PyType


@frozen_value
class ModelType:
    """A class of the models of the client."""

    name: str


@frozen_value
class LiteralType:
    """`Literal[…]` of strings, of integers, or of a Boolean."""

    values: tuple[Scalar, ...]
    kind: str = field(init=False)
    """The name of its type, so that 1 and True, which are equal in Python, differ."""

    def __post_init__(self) -> None:
        # `object.__setattr__`, because type checkers take the class as frozen.
        object.__setattr__(self, "kind", type(self.values[0]).__name__)


@frozen_value
class UnionType:
    """`a | b`; None is the plain type `None` at the end."""

    variants: tuple[PyType, ...]


PyType: TypeAlias = (
    PlainType | ListType | DictType | ModelType | LiteralType | UnionType
)

ANY_TYPE = PlainType("Any")
NONE_TYPE = PlainType("None")
UNSET_TYPE = PlainType("UnsetType")
STR_TYPE = PlainType("str")
INT_TYPE = PlainType("int")
FLOAT_TYPE = PlainType("float")
BOOL_TYPE = PlainType("bool")
BYTES_TYPE = PlainType("bytes")
FILE_TYPE = PlainType("FileContent")
STREAM_TYPE = PlainType("Stream")
MEDIA_CONTENT_TYPE = PlainType("MediaContent")


# A document has few different unions, and most of its fields are one.
@lru_cache(maxsize=10_000)
def join_types(*options: PyType) -> PyType:
    """Return the union of types: each once, None last, and `Any` alone.

    Literals are widened to their types if there are other variants than `None` and
    `UnsetType`.
    """
    if len(options) == 1:
        return options[0]

    flat: dict[PyType, None] = {}
    for option in options:
        flat.update(dict.fromkeys(get_variants(option)))

    if ANY_TYPE in flat:
        return ANY_TYPE
    values = [each for each in flat if each not in (NONE_TYPE, UNSET_TYPE)]
    # msgspec cannot tell a literal from other types of the same JSON type.
    if len(values) > 1:
        flat = dict.fromkeys(widen_literal(each) for each in flat)

    for last in (NONE_TYPE, UNSET_TYPE):
        if last in flat:
            del flat[last]
            flat[last] = None

    return next(iter(flat)) if len(flat) == 1 else UnionType(tuple(flat))


def get_variants(type_: PyType) -> tuple[PyType, ...]:
    """Return the variants of a union, or the type itself."""
    return type_.variants if isinstance(type_, UnionType) else (type_,)


def widen_for_argument(type_: PyType) -> PyType:
    """Return the type for an argument: `float` includes `int` (PEP 484)."""
    options = get_variants(type_)
    if FLOAT_TYPE not in options:
        return type_
    return join_types(*(each for each in options if each != INT_TYPE))


def widen_literal(type_: PyType) -> PyType:
    """Return the type of a literal, or the type itself."""
    if not isinstance(type_, LiteralType):
        return type_
    return PlainType(type_.kind)


def drop_qualifiers(type_: PyType, names: Collection[str]) -> PyType:
    """Return a type in whose text some classes have no qualifier.

    Args:
        type_: The type.
        names: The names of these classes.
    """
    match type_:
        case ModelType():
            return PlainType(type_.name) if type_.name in names else type_
        case ListType():
            return ListType(drop_qualifiers(type_.item, names))
        case DictType():
            return DictType(drop_qualifiers(type_.value, names))
        case UnionType():
            return UnionType(
                tuple(drop_qualifiers(each, names) for each in type_.variants)
            )
        case PlainType() | LiteralType():
            return type_
        case _:
            assert_never(type_)


def format_type(type_: PyType, qualifier: str = "", list_name: str = "list") -> str:
    """Return the text of a type in a type hint.

    Args:
        type_: The type.
        qualifier: The prefix of model classes, such as `models.`.
        list_name: The name of lists, which a class with a member `list` hides.
    """

    def format_part(part: PyType) -> str:
        return format_type(part, qualifier, list_name)

    match type_:
        case PlainType():
            return type_.name
        case ListType():
            return f"{list_name}[{format_part(type_.item)}]"
        case DictType():
            return f"dict[str, {format_part(type_.value)}]"
        case ModelType():
            return qualifier + type_.name
        case LiteralType():
            return f"Literal[{', '.join(map(format_literal, type_.values))}]"
        case UnionType():
            return " | ".join(map(format_part, type_.variants))
        case _:
            assert_never(type_)


def format_literal(value: object) -> str:
    """Return a scalar in Python, strings in the quotes that black prefers."""
    if not isinstance(value, str):
        return repr(value)
    # Invisible characters, such as bidirectional controls, must not hide in code.
    escaped = "".join(
        (
            character
            if character.isprintable()
            else character.encode("unicode_escape").decode()
        )
        for character in value.replace("\\", "\\\\")
    )

    # black uses double quotes unless they need more escapes than single ones.
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    if escaped.count('"') > escaped.count("'"):
        return "'" + escaped.replace("'", "\\'") + "'"
    return '"' + escaped.replace('"', '\\"') + '"'


def skip_repeated_types(types: Iterable[PyType]) -> Iterable[PyType]:
    """Return types, each object once: most fields of a class share a few of them."""
    return {id(each): each for each in types}.values()


# Tuples instead of generators, and the most frequent types first: each field of a
# document is asked for its names several times.
def list_model_names(type_: PyType) -> tuple[str, ...]:
    """Return the names of the model classes in a type, in reading order."""
    match type_:
        case PlainType() | LiteralType():
            return ()
        case ModelType():
            return (type_.name,)
        case UnionType():
            names: list[str] = []
            for each in type_.variants:
                names += list_model_names(each)
            return tuple(names)
        case ListType():
            return list_model_names(type_.item)
        case DictType():
            return list_model_names(type_.value)
        case _:
            assert_never(type_)


def list_plain_names(type_: PyType) -> tuple[str, ...]:
    """Return the names in a type that are not model classes, such as `list`."""
    match type_:
        case PlainType():
            return (type_.name,)
        case ModelType():
            return ()
        case UnionType():
            names: list[str] = []
            for each in type_.variants:
                names += list_plain_names(each)
            return tuple(names)
        case LiteralType():
            return ("Literal",)
        case ListType():
            return ("list", *list_plain_names(type_.item))
        case DictType():
            return ("dict", "str", *list_plain_names(type_.value))
        case _:
            assert_never(type_)
