"""The types of the wire: a closed union of frozen values.

In: nothing. Out: `Type`, what a schema of the document says, and nothing of Python.
`Named` is the only edge to a definition, so it is the only place where a cycle passes.
Every node keeps, in `kept`, the keywords that clients do not need but that are part of
the contract (`not`, `if`, `patternProperties`, …), as pairs of keyword and canonical JSON.

Source: OpenAPI 3.0.3 §4.7.24 (Schema Object), JSON Schema 2020-12 (validation).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from flexprice_codegen.api.json_values import canonical_json, is_same_json
from flexprice_codegen.diagnostics import Origin

Scalar: TypeAlias = str | int | float | bool | None
KeptKeywords: TypeAlias = tuple[tuple[str, str], ...]
Applicators: TypeAlias = "tuple[tuple[str, Type], ...]"
"""What kept keywords say of parts of a value: pairs of a place below the schema, such as
`then` or `prefixItems/0`, and a type. What they name stands apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    """A string; `format` as the document writes it, lengths in characters.

    `content` is what the string is in turn, where it is JSON (`contentSchema`).
    """

    format: str = ""
    pattern: str = ""
    min_length: int | None = None
    max_length: int | None = None
    content: Type | None = None
    kept: KeptKeywords = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number; `integer` where no fraction is allowed."""

    integer: bool = False
    format: str = ""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    kept: KeptKeywords = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean:
    """True or false."""

    kept: KeptKeywords = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """Bytes that travel as they are: a file, or a part of a multipart body."""

    max_length: int | None = None
    kept: KeptKeywords = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyValue:
    """Any JSON value."""

    kept: KeptKeywords = ()
    required: tuple[str, ...] = ()
    """The members that it must have if it is an object."""
    applied: Applicators = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """An array; lengths in elements."""

    item: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    kept: KeptKeywords = ()
    applied: Applicators = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """An object with free keys; sizes in members."""

    value: Type
    closed: bool = False
    """Whether there must be no members at all."""
    min_properties: int | None = None
    max_properties: int | None = None
    kept: KeptKeywords = ()
    applied: Applicators = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """What tells the options of a choice apart: a property and its values.

    `mapping` holds pairs of a value and the key of the definition that it stands for.
    """

    property: str
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """One of several types; `exclusive` for `oneOf`, not for `anyOf`."""

    variants: tuple[Type, ...]
    discriminator: Discriminator | None = None
    exclusive: bool = True
    kept: KeptKeywords = ()
    listed: bool = False
    """Whether the document lists types (`type: [string, integer]`), not schemas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nullable:
    """A type, or null."""

    inner: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Literals:
    """Exactly these scalars: a `const`, or an `enum` that mixes types."""

    values: tuple[Scalar, ...]
    are_flags: tuple[bool, ...] = field(init=False)
    """Which values are Booleans: to Python, 1 equals True and 0 equals False."""
    kept: KeptKeywords = ()
    constant: bool = False
    """Whether the document says it by `const`."""

    def __post_init__(self) -> None:
        are_flags = tuple(isinstance(each, bool) for each in self.values)
        object.__setattr__(self, "are_flags", are_flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The definition with this key."""

    key: str


Type: TypeAlias = (
    String
    | Number
    | Boolean
    | Bytes
    | AnyValue
    | Array
    | Map
    | Union
    | Nullable
    | Literals
    | Reference
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Default:
    """A default value; its being there differs from a default of null.

    Two are equal if their values are the same to JSON, however deep: 0 is no `false`.
    """

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Default) and is_same_json(self.value, other.value)

    def __hash__(self) -> int:
        return hash(canonical_json(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeMetadata:
    """What a document says about a node beside its contract."""

    origin: Origin
    title: str = ""
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    name: str = ""
    """The name that the document asks for (`x-codegen`, `x-speakeasy-name-override`)."""
    sunset: str = ""
    """The day from which it may be gone (`x-sunset`), as the document writes it."""
    stability: str = ""
    """How finished it is (`x-stability-level`), as the document writes it."""
    nullable: bool = False
    """Whether a schema admits null by its own words."""
