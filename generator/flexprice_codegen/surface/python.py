"""The types that Python sees: a closed union of frozen values, and how they are written.

In: nothing. Out: `PyType` and its text in an annotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from flexprice_codegen.api.types import Scalar

NEEDS_IMPORT = {
    "Any": "typing",
    "Decimal": "decimal",
    "datetime": "datetime",
    "date": "datetime",
    "time": "datetime",
    "UnsetType": "msgspec",
}
"""Plain types that are no builtins, with the module that they come from."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A type with a name of its own: `str`, `datetime`, `Any`, `FileContent`."""

    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """`list[item]`."""

    item: PyType


@dataclass(frozen=True, slots=True)
class Mapped:
    """`dict[str, value]`."""

    value: PyType


@dataclass(frozen=True, slots=True)
class ClassNamed:
    """A class of the client's models."""

    name: str


@dataclass(frozen=True, slots=True)
class LiteralOf:
    """`Literal[…]` of one string, whole number or boolean."""

    values: tuple[Scalar]
    kind: str = field(init=False)
    """The name of its type: to Python 1 equals True, and 0 equals False."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", type(self.values[0]).__name__)


@dataclass(frozen=True, slots=True)
class Either:
    """`a | b`; None is the plain type `None` at the end."""

    options: tuple[PyType, ...]


PyType: TypeAlias = Plain | Listed | Mapped | ClassNamed | LiteralOf | Either

ANY = Plain("Any")
NONE = Plain("None")
UNSET_TYPE = Plain("UnsetType")


def either(*options: PyType) -> PyType:
    """Join types with `|`: each once, None last, nothing beside Any."""
    if len(options) == 1:
        return options[0]
    flat: dict[PyType, None] = {}
    for option in options:
        flat.update(dict.fromkeys(each_of(option)))
    if ANY in flat:
        return ANY
    if len(flat) > 1 and any(isinstance(each, LiteralOf) for each in flat):
        flat = dict.fromkeys(widened(each) for each in flat)
    for last in (NONE, UNSET_TYPE):
        if last in flat:
            del flat[last]
            flat[last] = None
    return next(iter(flat)) if len(flat) == 1 else Either(tuple(flat))


def each_of(type_: PyType) -> tuple[PyType, ...]:
    """Give the options of a type that is one of several, else the type itself."""
    return type_.options if isinstance(type_, Either) else (type_,)


def as_argument(type_: PyType) -> PyType:
    """Give the type for an argument: `float` takes whole numbers as well (PEP 484)."""
    options = each_of(type_)
    if Plain("float") not in options:
        return type_
    return either(*(each for each in options if each != Plain("int")))


def widened(type_: PyType) -> PyType:
    """Give the type of a literal that stands beside other types."""
    if not isinstance(type_, LiteralOf):
        return type_
    return Plain(type_.kind)


def text(type_: PyType, qualifier: str = "") -> str:
    """Write the type as an annotation; `qualifier` stands before model classes."""
    match type_:
        case Plain():
            return type_.name
        case Listed():
            return f"list[{text(type_.item, qualifier)}]"
        case Mapped():
            return f"dict[str, {text(type_.value, qualifier)}]"
        case ClassNamed():
            return qualifier + type_.name
        case LiteralOf():
            return f"Literal[{literal(type_.values[0])}]"
        case Either():
            return " | ".join(text(each, qualifier) for each in type_.options)
        case _:
            assert_never(type_)


def literal(value: object) -> str:
    """Write a scalar as Python does, strings in the quotes that black prefers."""
    if not isinstance(value, str):
        return repr(value)
    escaped = "".join(
        (
            character
            if character.isprintable()
            else character.encode("unicode_escape").decode()
        )
        for character in value.replace("\\", "\\\\")
    )
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    if escaped.count('"') > escaped.count("'"):
        return "'" + escaped.replace("'", "\\'") + "'"
    return '"' + escaped.replace('"', '\\"') + '"'


def classes_in(type_: PyType) -> Iterator[str]:
    """Give the names of the model classes in a type, in reading order."""
    match type_:
        case Plain() | LiteralOf():
            return
        case Listed():
            yield from classes_in(type_.item)
        case Mapped():
            yield from classes_in(type_.value)
        case ClassNamed():
            yield type_.name
        case Either():
            for each in type_.options:
                yield from classes_in(each)
        case _:
            assert_never(type_)


def plain_names(type_: PyType) -> Iterator[str]:
    """Give the names in a type that are no model classes, `list` and `dict` too."""
    match type_:
        case Plain():
            yield type_.name
        case LiteralOf():
            yield "Literal"
        case Listed():
            yield "list"
            yield from plain_names(type_.item)
        case Mapped():
            yield from ("dict", "str")
            yield from plain_names(type_.value)
        case ClassNamed():
            return
        case Either():
            for each in type_.options:
                yield from plain_names(each)
        case _:
            assert_never(type_)
