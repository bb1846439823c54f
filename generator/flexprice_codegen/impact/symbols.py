"""Names of a client that code can use, and the uses of them.

In: a `Surface`. Out: `Symbol` and `Use`, frozen values. The text of a symbol is the
`python` of a finding about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

from flexprice_codegen.emit.package import list_public_names
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ResourceClass,
    Surface,
)
from flexprice_codegen.surface.reserved import build_async_name

SymbolKind: TypeAlias = Literal[
    "client",
    "option",
    "server",
    "variable",
    "namespace",
    "method",
    "keyword",
    "call",
    "class",
    "field",
    "member",
    "constructor",
    "choice",
    "event",
    "export",
]
"""The kind of a name. Three kinds are places where a name is missing: a `call` without a
keyword, a `constructor` without a field, a `choice` without a member."""

Confidence: TypeAlias = Literal["sure", "likely", "maybe"]
CONFIDENCES: tuple[Confidence, ...] = ("sure", "likely", "maybe")
"""How much is known of a use, the most first: its type; a chain of names, or a text; a
name alone."""

Way: TypeAlias = Literal[
    "import",
    "name",
    "attribute",
    "write",
    "keyword",
    "pattern",
    "text",
    "missing",
    "unpacked",
    "group",
    "untyped",
    "file",
]
"""How code uses a name."""


@frozen_value(order=True)
class Symbol:
    """A name of a client; `owner` is its class, its namespace, or `namespace.method`."""

    kind: SymbolKind
    owner: str
    name: str

    def __str__(self) -> str:
        match self.kind:
            case "client" | "export":
                return self.name
            case "option":
                return f"{self.owner}({self.name})"
            case "server":
                return f"{self.owner}(server={self.name!r})"
            case "variable":
                return f"env.{self.name}"
            case "namespace":
                return f"client.{self.name}"
            case "method" | "call":
                return f"client.{self.owner}.{self.name}"
            case "keyword":
                return f"client.{self.owner}({self.name})"
            case "class" | "constructor" | "choice":
                return f"models.{self.name}"
            case "field" | "member":
                return f"models.{self.owner}.{self.name}"
            case "event":
                return f"webhooks.{self.name}"
            case _:
                assert_never(self.kind)


@frozen_value(order=True)
class Position:
    """A piece of a line; columns count the bytes of its UTF-8 form from zero."""

    line: int
    column: int
    end_column: int


@frozen_value(order=True)
class Use:
    """A use of a symbol in a file.

    `given` has the keywords of a call or constructor, else it is empty. `is_mixed` says
    that the value there can be something else as well.
    """

    file: str
    position: Position
    symbol: Symbol
    way: Way
    confidence: Confidence
    given: tuple[str, ...] = ()
    is_mixed: bool = False


def list_symbols(surface: Surface) -> dict[str, Symbol]:
    """Return all names of a client by their texts."""
    return {str(each): each for each in _iter_symbols(surface)}


def _iter_symbols(surface: Surface) -> Iterator[Symbol]:
    if surface.has_client:
        yield from _iter_client_symbols(surface)
    for resource in surface.resources:
        yield from _iter_resource_symbols(resource)
    for model in surface.models:
        yield Symbol("class", "", model.name)
        if isinstance(model, ModelClass):
            for field in model.fields:
                yield Symbol("field", model.name, field.name)
        elif isinstance(model, EnumClass):
            for member in model.all_members:
                yield Symbol("member", model.name, member.name)
    for former, _ in (*surface.deprecated_classes, *surface.deprecated_types):
        yield Symbol("class", "", former)
    for row in surface.events.rows:
        yield Symbol("event", "", row.constant)


def _iter_client_symbols(surface: Surface) -> Iterator[Symbol]:
    yield Symbol("client", "", surface.client)
    for name in list_exports(surface):
        yield Symbol("export", "", name)
    for credential in surface.credentials:
        yield Symbol("option", surface.client, credential.keyword)
    for part in surface.server_variables:
        yield Symbol("option", surface.client, part.keyword)
    for server in surface.servers:
        yield Symbol("server", surface.client, server.name)
    for variable in list_variables(surface):
        yield Symbol("variable", "", variable)


def list_exports(surface: Surface) -> tuple[str, ...]:
    """Return the functions and classes that users import from the package of a client."""
    own = (surface.client, build_async_name(surface.client))
    names = (each.name for each in list_public_names(surface))
    return tuple(each for each in names if each not in own)


def list_variables(surface: Surface) -> tuple[str, ...]:
    """Return the environment variables that a client reads."""
    if not surface.has_client:
        return ()
    secrets = (each.variable for each in surface.credentials if each.variable)
    return (*secrets, f"{surface.variable_prefix}_BASE_URL")


def _iter_resource_symbols(resource: ResourceClass) -> Iterator[Symbol]:
    yield Symbol("namespace", "", resource.name)
    for method in resource.methods:
        yield Symbol("method", resource.name, method.name)
        owner = f"{resource.name}.{method.name}"
        for argument in method.arguments:
            yield Symbol("keyword", owner, argument.name)
        if method.key_keyword:
            yield Symbol("keyword", owner, method.key_keyword)
        if method.body is not None and method.body.keyword:
            yield Symbol("keyword", owner, method.body.keyword)
    for alias in resource.deprecated_methods:
        yield Symbol("method", resource.name, alias.name)
