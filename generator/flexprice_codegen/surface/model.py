"""The surface: classes and methods of a client, every name assigned.

In: nothing. Out: `Surface` and its parts, frozen values. Templates print them and
`diff` compares them. No later layer creates a name.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import (
    PASSWORD_SCHEMES,
    ApiKeyLocation,
    ArrayNotation,
    DeliveryFormat,
    EventCondition,
    HttpAuthScheme,
    Location,
    SignatureScheme,
)
from flexprice_codegen.api.types import Default, NodeMetadata, Scalar, Type
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.batching import Batching
from flexprice_codegen.surface.python_types import PyType
from flexprice_codegen.surface.renames import NO_RENAMES, RenamedKeys

PaginationKind: TypeAlias = Literal["offset", "page", "cursor", "link", "whole"]
PagingLocation: TypeAlias = Literal["query", "object", "body"]
"""Where a request says which page it asks for: an `object` is one of the query."""
CredentialKind: TypeAlias = Literal[ApiKeyLocation, HttpAuthScheme]
"""Where a secret goes in a request, or how the `Authorization` header holds it."""
Use: TypeAlias = Literal["sent", "received", "both"]
Filling: TypeAlias = Literal["hex", "uuid", "now", "caller"]
"""The source of a key field: an ID or the time by the client, or the caller."""
DICT_FACTORY = "field(default_factory=dict[str, Any])"
"""The default of the field for additional properties."""


@frozen_value(kw_only=True)
class Field:
    """A field of a class, with the type of its value and its default.

    `unset_value` is `UNSET` or `None` for an optional field, a literal for one with a
    single possible value, and empty for a required one. `wire` is the name of the
    property. `sent_as` is what its Python type does not say: `number` for decimals that
    are JSON numbers, `date` for dates that have no time, `bytes` for what is not a file,
    `text` for content that is a string.
    """

    name: str
    wire: str
    type: PyType
    unset_value: str = ""
    default: Default | None = None
    sent_as: str = ""
    schema: Type
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class ModelClass:
    """A dataclass; `extra` is the name of the field for additional properties."""

    key: str
    name: str
    module: str
    use: Use
    fields: tuple[Field, ...]
    extra: str = ""
    about: NodeMetadata = field(compare=False)

    @property
    def renamed_fields(self) -> tuple[tuple[str, str], ...]:
        """The fields whose name differs from their property, as pairs of both."""
        return tuple(
            (each.name, each.wire)
            for each in self.fields
            if each.name not in (each.wire, self.extra)
        )

    @property
    def sent_forms(self) -> tuple[tuple[str, str], ...]:
        """The fields that are not sent as their Python types are, as `(name, form)`."""
        return tuple((each.name, each.sent_as) for each in self.fields if each.sent_as)


@frozen_value(kw_only=True)
class EnumMember:
    """A member of an enum class."""

    name: str
    value: str | int
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class EnumClass:
    """An open enum of strings or integers; `prefix` was removed from member names.

    `aliases` are further names of values in the document, `deprecated` names of earlier
    versions of the document.
    """

    key: str
    name: str
    module: str
    base: Literal["OpenStrEnum", "OpenIntEnum"]
    members: tuple[EnumMember, ...]
    aliases: tuple[EnumMember, ...] = ()
    deprecated: tuple[EnumMember, ...] = ()
    prefix: str = ""
    about: NodeMetadata = field(compare=False)

    @property
    def all_members(self) -> tuple[EnumMember, ...]:
        """The members with their aliases, which Python recognizes by their values."""
        return (*self.members, *self.aliases, *self.deprecated)


@frozen_value(kw_only=True)
class UnionClass:
    """A named union; `mapping` has pairs of a discriminator value and a class.

    Without a declared discriminator, it can be a property whose listed values differ in
    all variants.
    """

    key: str
    name: str
    module: str
    variants: tuple[PyType, ...]
    discriminator: str = ""
    is_declared: bool = True
    mapping: tuple[tuple[Scalar, str], ...] = ()
    about: NodeMetadata = field(compare=False)


ModelDefinition: TypeAlias = ModelClass | EnumClass | UnionClass


@frozen_value(kw_only=True)
class Argument:
    """A keyword argument of a method, and the location of its parameter.

    `style` is empty if it is the default of the location. `constant` is the default, as
    code, of a required parameter that has a single possible value. It is not `required`.
    """

    name: str
    wire: str
    location: Location
    type: PyType
    required: bool
    constant: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    media: str = ""
    arrays: ArrayNotation | None = None
    nests: bool = False
    """Whether it can have lists or objects within another one."""
    sent_as: str = ""
    """What its Python type does not say, as in `Field`."""
    default: Default | None = None
    schema: Type
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class FieldEncoding:
    """The encoding of a field of a form or multipart body, if it is not the usual one.

    A `style` replaces the media types. A `bytes` value that `is_text` is sent in base64.
    """

    wire: str
    style: str = ""
    explode: bool = False
    allow_reserved: bool = False
    is_json: bool = False
    is_text: bool = False
    media_types: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


@frozen_value(kw_only=True)
class BodyContent:
    """A media type of a request body, and the type of what it carries.

    `files` has the names of the fields that are files, for a multipart body.
    """

    type: PyType
    media: str
    fields: tuple[FieldEncoding, ...] = ()
    arrays: ArrayNotation | None = None
    files: tuple[str, ...] = ()


@frozen_value(kw_only=True)
class BodyArgument:
    """The positional argument of a method: its request body.

    `contents` begins with the usual media type. If there are several, the argument
    `keyword` chooses one.
    """

    type: PyType
    required: bool
    contents: tuple[BodyContent, ...]
    keyword: str = ""
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class StatusResponse:
    """The response for a status code; `type` is `NONE_TYPE` without content."""

    status_code: str
    type: PyType
    media: str
    about: NodeMetadata = field(compare=False)


@frozen_value(kw_only=True)
class KeyField:
    """A field of the request body that is part of an idempotency key."""

    path: str
    filling: Filling


@frozen_value(kw_only=True)
class IdempotencyKey:
    """The fields of the request body that form the key for safe retries.

    Without fields, the server derives the key from the content. `keyword` is the
    argument for the key of an earlier call, if there is one.
    """

    fields: tuple[KeyField, ...] = ()
    unless: str = ""
    keyword: str = ""


@frozen_value(kw_only=True)
class Pagination:
    """The pagination of a list; `whole` means that the list has a single page.

    `first` is the number of the first page, `size` how many items to ask for.
    """

    by: PaginationKind = "offset"
    place: PagingLocation = "query"
    send: str = "offset"
    limit: str = "limit"
    items: str = "items"
    next: str = ""
    total: str = "pagination.total"
    first: int = 1
    size: int = 100


StreamKind: TypeAlias = Literal["", "events", "values"]
"""The chunks of a response: none, server-sent events, or JSON values."""


@frozen_value(kw_only=True)
class Method:
    """A method of a resource, for the sync and the async client.

    If the response is a `stream`, `returns` is the type of a chunk; `skip` is the data
    of chunks that carry nothing, None for the usual one. A `safe` method only reads,
    whatever its HTTP method, and with `unprocessed_429` 429 says that nothing was done.
    `streaming` is the same call answered by a stream: a method of its own, or the one
    for `stream=True`.
    """

    key: str
    name: str
    http_method: str
    route: str
    arguments: tuple[Argument, ...]
    body: BodyArgument | None
    returns: PyType
    responses: tuple[StatusResponse, ...]
    errors: tuple[StatusResponse, ...]
    security: tuple[tuple[str, ...], ...]
    server: str = ""
    safe: bool = False
    unprocessed_429: bool = False
    idempotency: IdempotencyKey | None = None
    pagination: Pagination | None = None
    batching: Batching | None = None
    stream: StreamKind = ""
    skip: tuple[str, ...] | None = None
    streaming: StreamingForm | None = None
    about: NodeMetadata = field(compare=False)

    @property
    def key_keyword(self) -> str:
        """The argument for an idempotency key; empty if there is none."""
        return "" if self.idempotency is None else self.idempotency.keyword


@frozen_value(kw_only=True)
class StreamingForm:
    """The form of an operation that answers by a stream, where it can also do otherwise.

    `switch` is the Boolean property of the body that asks for the stream, and `usual`
    whether the server streams without it. Without a switch, the form is a method.
    """

    method: Method
    switch: str = ""
    usual: bool = False


@frozen_value(kw_only=True)
class DeprecatedMethod:
    """A deprecated alias of a method, which can be in a different resource now."""

    name: str
    method: str
    resource: str
    class_name: str
    module: str
    stream: bool = False


@frozen_value(kw_only=True)
class ResourceClass:
    """A resource of the client, such as `client.customers`: its class and module."""

    name: str
    class_name: str
    module: str
    methods: tuple[Method, ...]
    deprecated_methods: tuple[DeprecatedMethod, ...] = ()
    about: NodeMetadata | None = field(default=None, compare=False)
    """The description of its tag, if the document declares it."""


@frozen_value(kw_only=True)
class ClientCredential:
    """A keyword argument of the client for a secret, and its location in requests."""

    keyword: str
    scheme: str
    kind: CredentialKind
    wire: str = ""
    variable: str = ""

    @property
    def is_password(self) -> bool:
        """Whether the secret is a pair of a user name and a password."""
        return self.kind in PASSWORD_SCHEMES


@frozen_value(kw_only=True)
class NamedServer:
    """A base URL with a name.

    `url` has the defaults of the variables of its `template`; `values` are those that
    the document lists.
    """

    name: str
    url: str
    template: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


@frozen_value(kw_only=True)
class ServerVariable:
    """A keyword argument of the client for a variable in the URLs of its servers.

    `default` is None if the servers have different ones, `values` empty for any string.
    """

    wire: str
    keyword: str
    default: str | None
    values: tuple[str, ...] = ()


@frozen_value(kw_only=True)
class EventRow:
    """A documented event: its name on the wire, its constant, its payload.

    `rule` identifies the event in a delivery without a name.
    """

    name: str
    constant: str
    payload: PyType
    rule: tuple[EventCondition, ...] = ()


@frozen_value(kw_only=True)
class EventTable:
    """All events of an API; `enumeration` is the enum class of their names, if any.

    `path` leads to the property that names the event; `header` is the header that does.
    `default` is the event of deliveries that nothing names. `rules` identify those
    without a name, also undocumented events.
    """

    rows: tuple[EventRow, ...]
    path: tuple[str, ...] = ()
    header: str = ""
    default: str = ""
    signature: SignatureScheme | None = None
    delivery_format: DeliveryFormat | None = None
    enumeration: str = ""
    undocumented: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[EventCondition, ...]], ...] = ()


@frozen_value(kw_only=True)
class AssignedName:
    """A name in the lock file.

    `kind` is client, class, enum, member, field, method, stream, keyword, resource,
    credential, server, or event. A stream is the second method of an operation. `group`
    is the owner: the resource key of a method, the key of the class of a field, the
    operation of a keyword argument, the class name of a member. Classes and methods have a `shape`.
    """

    kind: str
    key: str
    name: str
    prefix: str = ""
    group: str = ""
    shape: str = ""
    aliases: tuple[str, ...] = ()
    """The further names of an enum member."""
    regular: tuple[str, ...] = ()
    """The fields of a class, or the arguments of a method, with names of the wire."""
    places: tuple[str, ...] = ()
    """Some of the places where the document uses the schema of a class."""


AliasKind: TypeAlias = Literal["class", "member", "method", "type"]


@frozen_value(kw_only=True)
class DeprecatedAlias:
    """A name of an earlier version that still works, for the current key `key`.

    The alias of a method is in the resource of `group`, that of an enum member in the
    class of `group`. That of a type has the name of a class, and the place where the
    document has a type without a class as its key. `old` and `new` are the deprecated
    and the current expression in Python.
    """

    kind: AliasKind
    name: str
    key: str
    group: str = ""
    old: str = ""
    new: str = ""


@frozen_value(kw_only=True)
class Surface:
    """The classes and methods of a client for an API."""

    title: str
    version: str
    client: str
    variable_prefix: str
    models: tuple[ModelDefinition, ...]
    resources: tuple[ResourceClass, ...]
    credentials: tuple[ClientCredential, ...]
    servers: tuple[NamedServer, ...]
    server_variables: tuple[ServerVariable, ...] = ()
    base_path: str = ""
    """The path of a server without a host, if the document has no other server."""
    events: EventTable
    default_error: PyType | None
    names: tuple[AssignedName, ...]
    deprecated_classes: tuple[tuple[str, str], ...] = ()
    """Pairs of a deprecated class name and the current one."""
    deprecated_types: tuple[tuple[str, PyType], ...] = ()
    """Deprecated names of classes, each with the type that has no class now."""
    deprecated_aliases: tuple[DeprecatedAlias, ...] = ()
    renamed: RenamedKeys = NO_RENAMES
    """The keys of the earlier version that have other keys in this one."""

    @property
    def has_client(self) -> bool:
        """Whether there is a client class; an API with events alone has none."""
        return bool(self.resources) or not self.events.rows
