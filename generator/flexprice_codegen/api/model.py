"""The intermediate representation: the HTTP contract, as frozen values.

In: nothing. Out: `Api` and its parts. Only `about` (location and prose) has no part in
equality: equal means "the same contract". Order is the document's order.

Source: OpenAPI 3.0.3 §4.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
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
from flexprice_codegen.frozen_values import frozen_value

Location: TypeAlias = Literal["path", "query", "header", "cookie"]
ArrayNotation: TypeAlias = Literal["brackets", "dots", "indices", "repeat"]
"""How a list is sent in a query or a form: `a[]=1`, `a[0]=1`, `a=1`."""


@frozen_value(kw_only=True)
class Property:
    """A property of an object; required, nullable and default are separate facts."""

    wire: str
    type: Type
    required: bool = False
    default: Default | None = None
    read_only: bool = False
    write_only: bool = False
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class ObjectSchema:
    """An object with known properties; `extra` is the type of additional properties."""

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
    """The property that selects among the schemas composed of this one."""
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class EnumValue:
    """A value of an enum; `about` holds its description.

    `names` are its names in the document, the preferred one first. `former_name` is the
    one that earlier versions of the generator read.
    """

    value: str | int
    names: tuple[str, ...] = field(default=(), compare=False)
    former_name: str = field(default="", compare=False)
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class EnumSchema:
    """A list of strings or of integers, closed in the document and open in practice.

    `sites` holds the keys of all inline schemas that share this one.
    """

    key: str
    values: tuple[EnumValue, ...]
    sites: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    constant: bool = False
    base: String | Number | None = None
    """The type of the values without the list: a format, a length, a limit."""
    default: Default | None = None
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class AliasSchema:
    """A name for a type that is neither an object nor an enum."""

    key: str
    type: Type
    default: Default | None = None
    about: NodeMetadata = field(compare=False)


NamedSchema: TypeAlias = ObjectSchema | EnumSchema | AliasSchema


def get_sites(schema: NamedSchema) -> tuple[str, ...]:
    """Return the keys of all inline schemas that share a definition, if it is one."""
    return schema.sites if isinstance(schema, EnumSchema) else ()


@frozen_value(kw_only=True)
class Parameter:
    """An input of an operation, except its request body.

    `media` is set if the value is a document of its own (`content`); `shared` if the
    path declares it for all of its operations. `arrays` is the hint for its lists.
    """

    wire: str
    location: Location
    type: Type
    required: bool
    style: str
    explode: bool
    allow_reserved: bool = False
    allow_empty: bool = False
    """Whether its name can be sent without a value; only `diff` reads it."""
    media: str = ""
    default: Default | None = None
    shared: bool = False
    arrays: ArrayNotation | None = None
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Encoding:
    """The encoding of one part of a form or multipart body.

    `headers` has the names of its headers, with the value of those that have only one.
    """

    property: str
    media: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[tuple[str, str | None], ...] = ()


@frozen_value(kw_only=True)
class Content:
    """A media type and its payload; None if the document does not declare one.

    `written` is the media type with its parameters, as the document has it. `items` is
    the type of each item of a sequence (`itemSchema`, OpenAPI 3.2).
    """

    media: str
    type: Type | None
    items: Type | None = None
    encodings: tuple[Encoding, ...] = ()
    written: str = ""
    default: Default | None = None
    about: NodeMetadata | None = field(default=None, compare=False)


@frozen_value(kw_only=True)
class RequestBody:
    """The body of a request; `arrays` is the hint for the lists in a form."""

    required: bool
    contents: tuple[Content, ...]
    arrays: ArrayNotation | None = None
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Header:
    """A header of a response."""

    wire: str
    type: Type
    required: bool
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Response:
    """A response; `status` is `200`, a range such as `2XX`, or `default`."""

    status: str
    contents: tuple[Content, ...]
    headers: tuple[Header, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Pairs of a name and a link, as canonical JSON; only `diff` reads them."""
    about: NodeMetadata = field(compare=False)


ApiKeyLocation: TypeAlias = Literal["header", "query", "cookie"]
HttpAuthScheme: TypeAlias = Literal["bearer", "basic"]
PASSWORD_SCHEMES: frozenset[HttpAuthScheme] = frozenset({"basic"})
"""HTTP schemes whose secret is a pair of a user name and a password."""


@frozen_value(kw_only=True)
class ApiKeyScheme:
    """An API key in a header, a query parameter or a cookie."""

    key: str
    location: ApiKeyLocation
    name: str
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class HttpScheme:
    """Credentials in the `Authorization` header; `scheme` is `bearer` or `basic`.

    `via` is the kind of scheme that ends in a bearer token: `http`, `oauth2` or
    `openIdConnect`.
    """

    key: str
    scheme: HttpAuthScheme
    via: Literal["http", "oauth2", "openIdConnect"] = "http"
    bearer_format: str = ""
    about: NodeMetadata = field(compare=False)


SecurityScheme: TypeAlias = ApiKeyScheme | HttpScheme
Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each a set of scheme keys; an empty set is anonymous access."""
SecurityRequirements: TypeAlias = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Alternatives, each of pairs of a scheme key and its required scopes."""


@frozen_value(kw_only=True)
class DeclaredScheme:
    """A security scheme as the document declares it, usable by a client or not.

    `facts` holds its properties (`type`, `in`, `name`, `scheme`, …) and those of its
    flows (`flows.implicit.tokenUrl`), `scopes` triples of a flow, a scope and its
    description.
    """

    key: str
    facts: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str, str], ...] = ()
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Server:
    """A base URL; `variables` holds its variables with their defaults."""

    url: str
    variables: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The allowed values of each variable, if the document lists them."""
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Callback:
    """A request that the server sends while it serves an operation.

    `key` holds its name, the expression of its URL, and the method. The definitions of
    its body are in `Api.diff_only_schemas`.
    """

    key: str
    body: RequestBody | None
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class ApiOperation:
    """A method on a path; `route` is the path of the request, `path` the identity."""

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
    """Its own security with scopes; None if that of the document applies."""
    callbacks: tuple[Callback, ...] = ()
    unused_parameters: tuple[Parameter, ...] = ()
    """Declared path parameters that the path does not contain."""
    about: NodeMetadata = field(compare=False)

    @property
    def key(self) -> str:
        """The identity of the operation: `POST /customers`."""
        return f"{self.method} {self.path}"


@frozen_value(kw_only=True)
class WebhookEvent:
    """A webhook: its name on the wire and its payload.

    `label` is its name in the document, if it differs. `headers` are those that have
    one value in all its deliveries. If `is_list`, a delivery is a list of payloads. If
    `is_form`, it can be a form. `content` is about the content with the payload.
    """

    name: str
    payload: Type
    label: str = ""
    is_list: bool = False
    is_form: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, object], ...] = ()
    about: NodeMetadata = field(compare=False)
    content: NodeMetadata | None = field(default=None, compare=False)


@frozen_value(kw_only=True)
class EventCondition:
    """A condition on a property or a header: equal to `value`, different, or present.

    `path` leads to the property, through objects; a header has its name alone.
    """

    path: tuple[str, ...]
    place: Literal["body", "header"] = "body"
    kind: Literal["is", "not", "present"]
    value: Scalar


@frozen_value(kw_only=True)
class EventNaming:
    """The way a delivery names its event: the property or header, and all names.

    `path` leads to the property, through objects. `rules` select events whose
    deliveries may have no name; `default` is the event of all others.
    """

    path: tuple[str, ...] = ()
    header: str = ""
    default: str = ""
    enumeration: str = ""
    names: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[EventCondition, ...]], ...] = ()


@frozen_value(kw_only=True)
class DeliveryFormat:
    """How deliveries hold their events, if not as one JSON object each.

    `items` is the path to the events, in which `[]` means each element of a list;
    empty if a body itself may be a list. `form` is the field of a form that holds JSON;
    empty if the fields are the members of the payload.
    """

    items: tuple[str, ...] = ()
    form: str = ""
    has_cloud_events: bool = False


@frozen_value(kw_only=True)
class SignatureScheme:
    """How deliveries are signed by an HMAC.

    `signed` is the content with `{body}` and `{timestamp}` in it. `timestamp` is a
    header, or with a `=` at its end what is before the time in `header` itself.
    `id` is the header with the id of a delivery.
    """

    header: str
    signed: str = "{body}"
    encoding: str = "hex"
    digest: str = "sha256"
    prefix: str = ""
    timestamp: str = ""
    id: str = ""


@frozen_value(kw_only=True)
class OperationTag:
    """A tag that the document declares: a name for a group of operations."""

    name: str
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class Api:
    """The HTTP contract of a document."""

    title: str
    version: str
    servers: tuple[Server, ...]
    schemes: tuple[SecurityScheme, ...]
    operations: tuple[ApiOperation, ...]
    events: tuple[WebhookEvent, ...]
    naming: EventNaming
    schemas: Mapping[str, NamedSchema]
    signature: SignatureScheme | None = None
    """How deliveries are signed, if not as Standard Webhooks are."""
    delivery_format: DeliveryFormat | None = None
    security_requirements: SecurityRequirements = ()
    """The security of the document, with scopes."""
    declared_schemes: tuple[DeclaredScheme, ...] = ()
    diff_only_schemas: Mapping[str, NamedSchema] = field(default_factory=dict)
    """Definitions that no client needs: those of callbacks and applicators."""
    tags: tuple[OperationTag, ...] = ()
    """The declared tags, in the document's order."""
    about: NodeMetadata = field(compare=False)
