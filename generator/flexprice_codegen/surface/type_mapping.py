"""From types of the document to types of Python.

In: a `Type`, the schemas, the names of classes, and the direction. Out: a `PyType`.
Aliases are resolved; only objects, enums, and unions have names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import assert_never

from flexprice_codegen.api.model import AliasSchema, NamedSchema
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
    Scalar,
    String,
    Type,
    Union,
)
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.model import Use
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    BOOL_TYPE,
    BYTES_TYPE,
    FILE_TYPE,
    FLOAT_TYPE,
    INT_TYPE,
    NONE_TYPE,
    STR_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    join_types,
)
from flexprice_codegen.surface.scalar_types import NUMBER_FORMATS, STRING_FORMATS


@frozen_value
class TypeMapper:
    """A mapping from types to Python types; `sent_names` has the request classes.

    `shared` has the schema whose class each inline schema has, `string_formats` the
    types of strings by format.

    Only a multipart body carries files. `file_keys` are the schemas within one, and
    `sends_files` says whether the types to map are in one.
    """

    schemas: Mapping[str, NamedSchema]
    names: Mapping[str, str]
    sent_names: Mapping[str, str]
    shared: Mapping[str, str] = field(default_factory=dict)
    file_keys: frozenset[str] = frozenset()
    string_formats: Mapping[str, str] = field(default_factory=STRING_FORMATS.copy)
    sends_files: bool = False
    _mapped: dict[tuple[int, Use, bool], tuple[Type, PyType]] = field(
        default_factory=dict
    )
    _optional: dict[tuple[int, int], tuple[PyType, PyType]] = field(
        default_factory=dict
    )

    def iter_classes(self) -> Iterator[tuple[NamedSchema, str]]:
        """Yield each schema that a class is made of, with the name of the class."""
        for key, name in self.names.items():
            if self.shared.get(key, key) == key:
                yield self.schemas[key], name

    def enter_schema(self, key: str) -> TypeMapper:
        """Return the mapper for the types of a schema."""
        sends_files = key in self.file_keys
        if sends_files == self.sends_files:
            return self
        return replace(self, sends_files=sends_files)

    def map_type(
        self, type_: Type, use: Use, seen: frozenset[str] = frozenset()
    ) -> PyType:
        """Return the Python type of a value.

        Args:
            type_: The type in the document.
            use: The direction: `sent`, `received`, or `both`.
            seen: The keys of aliases that are being resolved.
        """
        if seen:
            return self._map_parts(type_, use, seen)
        # By identity: the fields of a document share few types, which are long to compare.
        key = (id(type_), use, self.sends_files)
        found = self._mapped.get(key)
        if found is None:
            # The type is kept, so that no other one gets its identity.
            found = self._mapped[key] = (type_, self._map_parts(type_, use, seen))
        return found[1]

    def add_absent(self, type_: PyType, absent: PyType) -> PyType:
        """Return the type of a field that may have no value.

        Args:
            type_: The type of a value.
            absent: The type of a missing value: `None` or `UnsetType`.
        """
        key = (id(type_), id(absent))
        found = self._optional.get(key)
        if found is None:
            found = self._optional[key] = (type_, join_types(type_, absent))
        return found[1]

    def _map_parts(self, type_: Type, use: Use, seen: frozenset[str]) -> PyType:
        match type_:
            case String():
                return self._map_string(type_)
            case Number():
                return _map_number(type_)
            case Boolean():
                return BOOL_TYPE
            case Bytes():
                return self._map_bytes(type_, use)
            case AnyValue():
                return ANY_TYPE
            case Array():
                return ListType(self.map_type(type_.item, use, seen))
            case Map():
                return DictType(self.map_type(type_.value, use, seen))
            case Union():
                return join_types(
                    *(self.map_type(each, use, seen) for each in type_.variants)
                )
            case Nullable():
                return join_types(self.map_type(type_.inner, use, seen), NONE_TYPE)
            case Literals():
                return _map_literals(type_)
            case Reference():
                return self._map_reference(type_.key, use, seen)
            case _:
                assert_never(type_)

    def _map_string(self, type_: String) -> PyType:
        name = self.string_formats.get(type_.format)
        return STR_TYPE if name is None else PlainType(name)

    def _map_bytes(self, type_: Bytes, use: Use) -> PyType:
        if self.sends_files and use != "received":
            return FILE_TYPE if use == "sent" else BYTES_TYPE
        # JSON Schema 2020-12 validation §8.3: without an encoding, it is the content.
        return STR_TYPE if type_.by_media_type else BYTES_TYPE

    def find_sent_form(self, type_: Type, use: Use) -> str:
        """Return what the Python type of a value does not say about how it is sent.

        A decimal is a string or a number in JSON, a `datetime` is a `date` for Python,
        and a file is not what JSON carries.

        Returns:
            `number`, `date`, `bytes` or `text` if the value has parts of this form only, else nothing,
            also for a value that is never sent.
        """
        if use == "received":
            return ""

        forms = set(self._iter_sent_forms(type_, frozenset()))
        return forms.pop() if len(forms) == 1 else ""

    def _iter_sent_forms(self, type_: Type, seen: frozenset[str]) -> Iterator[str]:
        """Yield the form of each part that has several; empty for the usual one."""
        match type_:
            case String() | Number() | Bytes() | AnyValue():
                yield from self._iter_scalar_forms(type_)
            case Array():
                yield from self._iter_sent_forms(type_.item, seen)
            case Map():
                yield from self._iter_sent_forms(type_.value, seen)
            case Nullable():
                yield from self._iter_sent_forms(type_.inner, seen)
            case Union():
                for each in type_.variants:
                    yield from self._iter_sent_forms(each, seen)
            case Reference():
                target = self.schemas.get(type_.key)
                # A class writes its own fields.
                if isinstance(target, AliasSchema) and type_.key not in seen:
                    yield from self._iter_sent_forms(target.type, seen | {type_.key})
            case Boolean() | Literals():
                return
            case _:
                assert_never(type_)

    def _iter_scalar_forms(
        self, type_: String | Number | Bytes | AnyValue
    ) -> Iterator[str]:
        match type_:
            case Bytes() if not self.sends_files:
                yield "text" if type_.by_media_type else "bytes"
            case String(format="decimal" | "date-time") | AnyValue() | Bytes():
                yield ""
            case String(format="date"):
                yield "date"
            case Number(format="decimal"):
                yield "number"
            case String() | Number():
                return
            case _:
                assert_never(type_)

    def _map_reference(self, key: str, use: Use, seen: frozenset[str]) -> PyType:
        """Return the class of a schema, or the type of an alias."""
        definition = self.schemas.get(key)
        if key in self.names:
            names = self.sent_names if use == "sent" else self.names
            named = ModelType(names.get(key, self.names[key]))
            is_nullable = isinstance(definition, AliasSchema) and isinstance(
                definition.type, Nullable
            )
            return join_types(named, NONE_TYPE) if is_nullable else named

        if not isinstance(definition, AliasSchema) or key in seen:
            return ANY_TYPE  # an alias of itself: JSON of any depth
        return self.map_type(definition.type, use, seen | {key})


_BEYOND = 2**63
"""The lowest integer that type checkers do not accept in `Literal`."""


def needs_class(definition: NamedSchema) -> bool:
    """Return whether a schema gets a class: all except aliases of plain types."""
    if not isinstance(definition, AliasSchema):
        return True

    inner = definition.type
    if isinstance(inner, Nullable):
        inner = inner.inner

    return isinstance(inner, Union) and not all(
        isinstance(each, String | Number | Boolean | Literals | AnyValue)
        for each in inner.variants
    )


def _map_number(type_: Number) -> PyType:
    """Return the type of a number by its format."""
    if type_.format in NUMBER_FORMATS:
        return PlainType(NUMBER_FORMATS[type_.format])
    return INT_TYPE if type_.integer else FLOAT_TYPE


def _map_literals(type_: Literals) -> PyType:
    """Return a literal type for one value or for strings, else the types of values."""
    if len(type_.values) == 1 and _fits_literal(type_.values[0]):
        return LiteralType(type_.values)
    if all(isinstance(each, str) for each in type_.values):
        return LiteralType(type_.values)

    kinds = dict.fromkeys(type(value).__name__ for value in type_.values)
    return join_types(
        *(PlainType("None" if kind == "NoneType" else kind) for kind in kinds)
    )


def _fits_literal(value: Scalar) -> bool:
    """Return whether `Literal` allows a value: no floats (PEP 586)."""
    if isinstance(value, int):
        return -_BEYOND <= value < _BEYOND
    return isinstance(value, str)
