"""From types of the wire to types of Python.

In: a `Type`, the definitions, the names of classes, and the direction it travels. Out:
a `PyType`. Aliases are written out; only records, enumerations and choices have names.

Formats: `date-time` → datetime, `date` → date, `time` → time, `decimal` → Decimal,
`byte` → bytes; every other string stays `str` (OpenAPI format registry).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from flexprice_codegen.api.model import Alias, Definition
from flexprice_codegen.api.types import (
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
    Text,
    Type,
)
from flexprice_codegen.surface.model import Use
from flexprice_codegen.surface.python import (
    ANY,
    NONE,
    ClassNamed,
    Listed,
    LiteralOf,
    Mapped,
    Plain,
    PyType,
    either,
)

_TEXT_FORMATS = {
    "date-time": Plain("datetime"),
    "date": Plain("date"),
    "time": Plain("time"),
    "decimal": Plain("Decimal"),
    "byte": Plain("bytes"),
}
STR = Plain("str")


@dataclass(frozen=True, slots=True)
class Annotator:
    """Turns types into annotations; `sent_names` holds the classes of split keys."""

    definitions: Mapping[str, Definition]
    names: Mapping[str, str]
    sent_names: Mapping[str, str]

    def annotate(
        self, type_: Type, use: Use, seen: frozenset[str] = frozenset()
    ) -> PyType:
        """Give the Python type of a value that is sent, received, or both."""
        match type_:
            case Text():
                return _TEXT_FORMATS.get(type_.format, STR)
            case Number():
                return _number(type_)
            case Flag():
                return Plain("bool")
            case Blob():
                return Plain("FileContent" if use == "sent" else "bytes")
            case Anything():
                return ANY
            case ListOf():
                return Listed(self.annotate(type_.item, use, seen))
            case MapOf():
                return Mapped(self.annotate(type_.value, use, seen))
            case Choice():
                return either(
                    *(self.annotate(each, use, seen) for each in type_.options)
                )
            case Nullable():
                return either(self.annotate(type_.inner, use, seen), NONE)
            case Literals():
                return _literals(type_)
            case Named():
                return self._named(type_.key, use, seen)
            case _:
                assert_never(type_)

    def _named(self, key: str, use: Use, seen: frozenset[str]) -> PyType:
        definition = self.definitions.get(key)
        if key in self.names:
            names = self.sent_names if use == "sent" else self.names
            named = ClassNamed(names.get(key, self.names[key]))
            is_nullable = isinstance(definition, Alias) and isinstance(
                definition.type, Nullable
            )
            return either(named, NONE) if is_nullable else named
        if not isinstance(definition, Alias) or key in seen:
            return ANY  # an alias of itself: JSON of any depth
        return self.annotate(definition.type, use, seen | {key})


_BEYOND = 2**63
"""From here on type checkers do not take a number as a literal."""


def needs_class(definition: Definition) -> bool:
    """Tell whether a definition gets a class: all but aliases of plain types."""
    if not isinstance(definition, Alias):
        return True
    inner = definition.type
    if isinstance(inner, Nullable):
        inner = inner.inner
    return isinstance(inner, Choice) and not all(
        isinstance(each, Text | Number | Flag | Literals | Anything)
        for each in inner.options
    )


def _number(type_: Number) -> PyType:
    if type_.format == "decimal":
        return Plain("Decimal")
    return Plain("int" if type_.integer else "float")


def _literals(type_: Literals) -> PyType:
    first = type_.values[0]
    if len(type_.values) == 1 and (
        isinstance(first, str | bool)
        or (isinstance(first, int) and -_BEYOND <= first < _BEYOND)
    ):
        return LiteralOf((first,))
    kinds = dict.fromkeys(type(value).__name__ for value in type_.values)
    return either(*(Plain("None" if kind == "NoneType" else kind) for kind in kinds))
