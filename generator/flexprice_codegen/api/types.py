"""Types: a closed union of frozen values for schemas.

In: nothing. Out: `Type`, the content of a schema, without any facts of Python.
`Reference` is the only edge to a definition, so every cycle goes through one. Every
type has, in `kept`, the keywords that clients do not need but that are part of the
contract (`not`, `if`, `patternProperties`, …), as pairs of keyword and canonical JSON.

Source: OpenAPI 3.0.3 §4.7.24 (Schema Object), JSON Schema 2020-12 (validation).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from flexprice_codegen.api.json_values import canonical_json, is_same_json
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

Scalar: TypeAlias = str | int | float | bool | None
KeptKeywords: TypeAlias = tuple[tuple[str, str], ...]
Applicators: TypeAlias = "tuple[tuple[str, Type], ...]"
"""Applied schemas: pairs of a path below the schema and a type.

Paths are such as `then` or `prefixItems/0`. The definitions that the types name are in
`Api.diff_only_schemas`.
"""


@frozen_value(kw_only=True)
class String:
    """A string; `format` as the document writes it, lengths in characters.

    `content` is the type of the JSON inside the string (`contentSchema`).
    """

    format: str = ""
    pattern: str = ""
    further_patterns: tuple[str, ...] = ()
    """Patterns that a string must match as well, if several schemas declare one."""
    min_length: int | None = None
    max_length: int | None = None
    content: Type | None = None
    kept: KeptKeywords = ()


@frozen_value(kw_only=True)
class Number:
    """A number; `integer` if no fraction is allowed."""

    integer: bool = False
    format: str = ""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    kept: KeptKeywords = ()


@frozen_value(kw_only=True)
class Boolean:
    """A Boolean."""

    kept: KeptKeywords = ()


@frozen_value(kw_only=True)
class Bytes:
    """Bytes without an encoding: a file, or a part of a multipart body.

    If only `contentMediaType` says so, a string in JSON is the content itself.
    """

    max_length: int | None = None
    by_media_type: bool = False
    kept: KeptKeywords = ()


@frozen_value(kw_only=True)
class AnyValue:
    """Any JSON value."""

    kept: KeptKeywords = ()
    required: tuple[str, ...] = ()
    """The properties that it must have if it is an object."""
    applied: Applicators = ()
    only_null: bool = False
    """Whether null is the only value; a client reads it as any value."""


@frozen_value(kw_only=True)
class Array:
    """An array; lengths in elements."""

    item: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    kept: KeptKeywords = ()
    applied: Applicators = ()


@frozen_value(kw_only=True)
class Map:
    """An object with arbitrary keys; sizes in properties."""

    value: Type
    closed: bool = False
    """Whether no property is allowed at all."""
    min_properties: int | None = None
    max_properties: int | None = None
    kept: KeptKeywords = ()
    applied: Applicators = ()


@frozen_value(kw_only=True)
class Discriminator:
    """A property whose value selects a variant of a union.

    `mapping` holds pairs of a value and the key of the definition that it selects.
    `default` is the key of the definition for any other value, and for none.
    """

    property: str
    mapping: tuple[tuple[str, str], ...] = ()
    default: str = ""


@frozen_value(kw_only=True)
class Union:
    """One of several types; `exclusive` for `oneOf`, not for `anyOf`."""

    variants: tuple[Type, ...]
    discriminator: Discriminator | None = None
    exclusive: bool = True
    kept: KeptKeywords = ()
    listed: bool = False
    """Whether the document lists types (`type: [string, integer]`), not schemas."""


@frozen_value(kw_only=True)
class Nullable:
    """A type, or null."""

    inner: Type
    unlisted: bool = False
    """Whether the type allows null, but its list of values does not have it.

    A client accepts null all the same: many documents forget to list it.
    """


@frozen_value(kw_only=True)
class Literals:
    """Exactly these scalars: a `const`, or an `enum` that mixes types."""

    values: tuple[Scalar, ...]
    are_flags: tuple[bool, ...] = field(init=False)
    """Whether each value is a Boolean: Python considers 1 equal to True, 0 to False."""
    kept: KeptKeywords = ()
    constant: bool = False
    """Whether the document uses `const`."""

    def __post_init__(self) -> None:
        are_flags = tuple(isinstance(each, bool) for each in self.values)
        # `object.__setattr__`, because type checkers take the class as frozen.
        object.__setattr__(self, "are_flags", are_flags)


@frozen_value(kw_only=True)
class Reference:
    """A reference to the definition with this key."""

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
    """A default value, which can be null; no default at all is None instead.

    Two defaults are equal if their values are the same JSON at every depth: 0 is not
    `false`.
    """

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Default) and is_same_json(self.value, other.value)

    def __hash__(self) -> int:
        return hash(canonical_json(self.value))


@frozen_value(kw_only=True)
class NodeMetadata:
    """The facts of a node that are not part of its contract."""

    origin: Origin
    title: str = ""
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    name: str = ""
    """The name from a hint (`x-codegen`, `x-speakeasy-name-override`)."""
    sunset: str = ""
    """The sunset date (`x-sunset`), as the document writes it."""
    stability: str = ""
    """The stability level (`x-stability-level`), as the document writes it."""
    nullable: bool = False
    """Whether a schema accepts null by its own keywords."""
    xml: str = ""
    """How a schema is written in XML (`xml`), as canonical JSON; no client reads it."""
    example: str = ""
    """An example that is a string (`example`, or the first of `examples`)."""
