"""The surface: what Python sees of an API, every name assigned.

In: nothing. Out: `Surface` and its parts, frozen values. Templates print them and the
diff compares them; nothing after this floor invents a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import EventCondition
from flexprice_codegen.api.types import Default, NodeMetadata, Type
from flexprice_codegen.surface.python_types import PyType

PaginationKind: TypeAlias = Literal["offset", "page", "cursor", "link", "whole"]
Use: TypeAlias = Literal["sent", "received", "both"]
Filling: TypeAlias = Literal["hex", "uuid", "now", "caller"]
"""What fills in a field of a key: the client an ID or the time, or only its caller."""
DICT_FACTORY = "field(default_factory=dict)"
"""What stands for no members beside the fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a class. `type` is the value's; `absent` is what stands for none.

    `absent` is `UNSET` or `None` for a field that may be left out, a literal for one
    with a single possible value, and empty for one that must be given.
    """

    name: str
    wire: str
    type: PyType
    unset_value: str = ""
    default: Default | None = None
    schema: Type
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClass:
    """A dataclass. `extra` names the field that takes members without a field."""

    key: str
    name: str
    module: str
    use: Use
    fields: tuple[Field, ...]
    extra: str = ""
    about: NodeMetadata = field(compare=False)

    @property
    def renamed_fields(self) -> tuple[tuple[str, str], ...]:
        """Give the fields whose name is not the wire's, as pairs of both."""
        return tuple(
            (each.name, each.wire)
            for each in self.fields
            if each.name not in (each.wire, self.extra)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumMember:
    """A member of an enum class."""

    name: str
    value: str | int
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumClass:
    """An open enum of strings or of integers; `prefix` was taken off its members."""

    key: str
    name: str
    module: str
    base: Literal["OpenStrEnum", "OpenIntEnum"]
    members: tuple[EnumMember, ...]
    prefix: str = ""
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionClass:
    """A name for one of several types; `mapping` holds pairs of tag value and class."""

    key: str
    name: str
    module: str
    variants: tuple[PyType, ...]
    discriminator: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    about: NodeMetadata = field(compare=False)


ModelDefinition: TypeAlias = ModelClass | EnumClass | UnionClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A keyword of a method and where its value goes.

    `style` is set where it is not the default of its location.
    """

    name: str
    wire: str
    location: Literal["path", "query", "header", "cookie"]
    type: PyType
    required: bool
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    media: str = ""
    default: Default | None = None
    schema: Type
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyArgument:
    """The positional argument of a method: what its request carries."""

    type: PyType
    required: bool
    media: str
    styles: tuple[tuple[str, str, bool], ...] = ()
    """The style of each field of a form that has one: its name, style and explode."""
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusResponse:
    """What a status brings; `type` is None's type where there is no content."""

    status_code: str
    type: PyType
    media: str
    about: NodeMetadata = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyField:
    """A field of a body that is part of its key, and what fills it in."""

    path: str
    filling: Filling


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyKey:
    """What makes a retry safe: fields of the body together.

    Without fields, the server derives the key from the content. `keyword` is the
    argument that takes the key of an earlier call, if there is one.
    """

    fields: tuple[KeyField, ...] = ()
    unless: str = ""
    keyword: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """How a method's list is asked for page by page; `whole` comes at once."""

    by: PaginationKind = "offset"
    place: Literal["query", "body"] = "query"
    send: str = "offset"
    limit: str = "limit"
    items: str = "items"
    next: str = ""


StreamKind: TypeAlias = Literal["", "events", "values"]
"""How an answer is cut up: not at all, into server-sent events, into JSON values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of a resource, in both modes.

    Where its answer is a `stream`, `returns` is what each piece holds.
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
    idempotency: IdempotencyKey | None = None
    pagination: Pagination | None = None
    stream: StreamKind = ""
    about: NodeMetadata = field(compare=False)

    @property
    def key_keyword(self) -> str:
        """The argument that takes an idempotency key; empty for none."""
        return "" if self.idempotency is None else self.idempotency.keyword


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprecatedMethod:
    """The old name of a method, which may be in another namespace now."""

    name: str
    method: str
    resource: str
    class_name: str
    module: str
    stream: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceClass:
    """A namespace of the client: `client.customers`, and its class and module."""

    name: str
    class_name: str
    module: str
    methods: tuple[Method, ...]
    deprecated_methods: tuple[DeprecatedMethod, ...] = ()
    about: NodeMetadata | None = field(default=None, compare=False)
    """What the document says of its tag, where it declares it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A keyword of the client that holds a secret, and how it travels."""

    keyword: str
    scheme: str
    kind: Literal["header", "query", "cookie", "bearer", "basic"]
    wire: str = ""
    variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedServer:
    """A base URL under a name."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A documented event: its name on the wire, its constant, its payload.

    `rule` tells it in a delivery that carries no name.
    """

    name: str
    constant: str
    payload: PyType
    rule: tuple[EventCondition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """All that is known of webhooks. `enumeration` is the class of the names, if any.

    `rules` tell deliveries without a name, also those of undocumented events.
    """

    rows: tuple[EventRow, ...]
    property: str = ""
    enumeration: str = ""
    undocumented: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[EventCondition, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedName:
    """A name that the lock remembers.

    `kind` is client, class, enum, field, method, keyword, resource, credential, server or
    event.
    `group` is what it is in: a method its namespace, a field its class, a keyword its
    operation. Classes and methods have their `shape`.
    """

    kind: str
    key: str
    name: str
    prefix: str = ""
    group: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprecatedAlias:
    """A name that was given and is no more, for what has the key `key` now.

    A method's is in the namespace of `group`. `old` and `new` are how it was written,
    and how it is written today.
    """

    kind: Literal["class", "method"]
    name: str
    key: str
    group: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """What Python sees of an API, whole."""

    title: str
    version: str
    client: str
    variable_prefix: str
    models: tuple[ModelDefinition, ...]
    resources: tuple[ResourceClass, ...]
    credentials: tuple[Credential, ...]
    servers: tuple[NamedServer, ...]
    events: EventTable
    default_error: PyType | None
    names: tuple[AssignedName, ...]
    deprecated_classes: tuple[tuple[str, str], ...] = ()
    """Pairs of an old name of a class and the name that it has now."""
    deprecated_aliases: tuple[DeprecatedAlias, ...] = ()

    @property
    def has_client(self) -> bool:
        """Whether there is a client class; who only takes deliveries needs none."""
        return bool(self.resources) or not self.events.rows
