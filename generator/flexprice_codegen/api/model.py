"""The intermediate representation: what the wire says, as frozen values.

In: nothing. Out: `Api` and its parts. Only `about` (place and prose) takes no part in
equality: equal means "the same contract". Order is the document's order.

Source: OpenAPI 3.0.3 §4.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from flexprice_codegen.api.types import (
    Applicators,
    Default,
    Discriminator,
    NodeMetadata,
    Number,
    Scalar,
    String,
    Type,
)

Location: TypeAlias = Literal["path", "query", "header", "cookie"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A member of a record. Required, nullable and default are three separate facts."""

    wire: str
    type: Type
    required: bool = False
    default: Default | None = None
    read_only: bool = False
    write_only: bool = False
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSchema:
    """An object with known properties; `extra` is the type of the members beside them."""

    key: str
    properties: tuple[Property, ...]
    extra: Type | None = None
    closed: bool = False
    min_properties: int | None = None
    max_properties: int | None = None
    kept: tuple[tuple[str, str], ...] = ()
    default: Default | None = None
    applied: Applicators = ()
    discriminator: Discriminator | None = None
    """What tells the schemas apart that are composed of this one."""
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumValue:
    """A value of an enumeration; `about` holds the name and the words for it."""

    value: str | int
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumSchema:
    """A closed list of strings or of integers, open in practice.

    `sites` holds the keys of all inline schemas that share this one.
    """

    key: str
    values: tuple[EnumValue, ...]
    sites: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    constant: bool = False
    base: String | Number | None = None
    """What the schema says beside its list: a format, a length, a bound."""
    default: Default | None = None
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasSchema:
    """A name for a type that is neither a record nor an enumeration."""

    key: str
    type: Type
    default: Default | None = None
    about: NodeMetadata = field(compare=False)


NamedSchema: TypeAlias = ObjectSchema | EnumSchema | AliasSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """An input of an operation beside its body.

    `media` is set where the value travels as a document of its own (`content`);
    `shared` where the path declares it for all of its operations.
    """

    wire: str
    location: Location
    type: Type
    required: bool
    style: str
    explode: bool
    allow_reserved: bool = False
    media: str = ""
    default: Default | None = None
    shared: bool = False
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one part of a form or multipart body travels."""

    property: str
    media: str = ""
    style: str = ""
    explode: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A media type and what it carries; None where the document does not say.

    `written` is the media type with its parameters, as the document has it.
    `items` is what it carries one after another (`itemSchema`, OpenAPI 3.2).
    """

    media: str
    type: Type | None
    items: Type | None = None
    encodings: tuple[Encoding, ...] = ()
    written: str = ""
    default: Default | None = None
    about: NodeMetadata | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """The body of a request."""

    required: bool
    contents: tuple[Content, ...]
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header of a response."""

    wire: str
    type: Type
    required: bool
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer; `status` is `200`, a range such as `2XX`, or `default`."""

    status: str
    contents: tuple[Content, ...]
    headers: tuple[Header, ...] = ()
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyScheme:
    """A secret in a header, a query parameter or a cookie."""

    key: str
    location: Literal["header", "query", "cookie"]
    name: str
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpScheme:
    """The `Authorization` header; `scheme` is `bearer` or `basic`.

    `via` says which kind of scheme ends in a bearer token: `http`, `oauth2` or
    `openIdConnect`.
    """

    key: str
    scheme: Literal["bearer", "basic"]
    via: Literal["http", "oauth2", "openIdConnect"] = "http"
    bearer_format: str = ""
    about: NodeMetadata = field(compare=False)


SecurityScheme: TypeAlias = ApiKeyScheme | HttpScheme
Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each a set of scheme keys; an empty set is anonymous access."""
SecurityRequirements: TypeAlias = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Alternatives, each of pairs of a scheme key and the scopes that it must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredScheme:
    """A security scheme as the document declares it, whether a client can use it or not.

    `facts` holds its members (`type`, `in`, `name`, `scheme`, …) and those of its flows
    (`flows.implicit.tokenUrl`), `scopes` triples of a flow, a scope and its description.
    """

    key: str
    facts: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str, str], ...] = ()
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A base URL, with its variables filled in; `variables` keep their defaults."""

    url: str
    variables: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The values that a variable may have, where the document lists them."""
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A request that the server makes while it serves an operation.

    `key` holds its name, the expression that gives its URL, and the method. What its
    body names is among the definitions that stand `apart`.
    """

    key: str
    body: RequestBody | None
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiOperation:
    """A method on a path. `route` is where it is sent, `path` what identifies it."""

    method: str
    path: str
    route: str
    id: str
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: Security = ()
    servers: tuple[Server, ...] = ()
    hints: tuple[tuple[str, object], ...] = ()
    security_requirements: SecurityRequirements | None = None
    """Its own security with scopes; None where that of the document holds."""
    callbacks: tuple[Callback, ...] = ()
    unused_parameters: tuple[Parameter, ...] = ()
    """Declared parameters of the path that the path does not hold."""
    about: NodeMetadata = field(compare=False)

    @property
    def key(self) -> str:
        """Identify the operation: `POST /customers`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEvent:
    """A webhook: its name on the wire and what it carries.

    `label` is the document's name of it, where that is another.
    """

    name: str
    payload: Type
    label: str = ""
    hints: tuple[tuple[str, object], ...] = ()
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCondition:
    """What a member of a body must be: `value`, anything else, or present at all."""

    property: str
    kind: Literal["is", "not", "present"]
    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNaming:
    """How a delivery says what it is: the property with its name, the list of names.

    `rules` tell the events apart whose deliveries may carry no name.
    """

    property: str = ""
    enumeration: str = ""
    names: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[EventCondition, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationTag:
    """A tag that the document declares: a name for a group of operations."""

    name: str
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """What a document says, whole."""

    title: str
    version: str
    servers: tuple[Server, ...]
    schemes: tuple[SecurityScheme, ...]
    operations: tuple[ApiOperation, ...]
    events: tuple[WebhookEvent, ...]
    naming: EventNaming
    schemas: Mapping[str, NamedSchema]
    security_requirements: SecurityRequirements = ()
    """The security of the document, with scopes."""
    declared_schemes: tuple[DeclaredScheme, ...] = ()
    diff_only_schemas: Mapping[str, NamedSchema] = field(default_factory=dict)
    """Definitions that no client needs: those of callbacks."""
    tags: tuple[OperationTag, ...] = ()
    """The declared tags, in the document's order."""
    about: NodeMetadata = field(compare=False)
