"""Names of a client that have another name in its newer version.

In: the surfaces of both versions, and renames that the user says. Out: `Rename` values
by symbol of the old client.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.diff.source.class_pairs import ClassPairs, pair_classes
from flexprice_codegen.diff.source.method_pairs import (
    ResourceMethod,
    list_methods,
    pair_methods,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.symbols import Symbol, list_symbols
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    ResourceClass,
    Surface,
)
from flexprice_codegen.surface.python_types import (
    PyType,
    format_type,
    list_model_names,
)
from flexprice_codegen.surface.reserved import build_async_name

RenameKind: TypeAlias = Literal[
    "method", "class", "enum", "field", "keyword", "event", "client", "import", "env"
]
RENAME_KINDS: tuple[RenameKind, ...] = (
    "method",
    "class",
    "enum",
    "field",
    "keyword",
    "event",
    "client",
    "import",
    "env",
)
"""What `--only` takes. An `import` is the renamed name in an import statement."""
_KINDS: dict[str, RenameKind] = {
    "method": "method",
    "namespace": "method",
    "class": "class",
    "member": "enum",
    "field": "field",
    "keyword": "keyword",
    "option": "keyword",
    "event": "event",
    "client": "client",
    "server": "client",
    "variable": "env",
}


@frozen_value
class Rename:
    """A rename: the symbol in both clients; `old` and `new` are its names in code.

    A former name of a class can be a type now, which is more than a name. The
    target is a class in it, or nothing.
    """

    symbol: Symbol
    target: Symbol
    old: str
    new: str
    type: PyType | None = None

    @property
    def kind(self) -> RenameKind:
        """The kind, as `--only` takes it."""
        return _KINDS[self.symbol.kind]


@frozen_value
class RenamePlan:
    """The renames by symbol, and what has another place that no rename reaches."""

    renames: tuple[Rename, ...]
    moved: Mapping[Symbol, Symbol]
    """Methods that are in another namespace, which calls can only reach by hand."""
    owners: Mapping[str, str]
    """The new name of each class, for fields and members in it."""

    def get_target(self, symbol: Symbol) -> Symbol:
        """Return the symbol of the newer client for one of the old client."""
        for each in self.renames:
            if each.symbol == symbol:
                return each.target
        owner = self.owners.get(symbol.owner, symbol.owner)
        return Symbol(symbol.kind, owner, symbol.name)


def find_renames(old: Surface, new: Surface) -> RenamePlan:
    """Return what has another name in the newer client.

    Args:
        old: The client that the code uses.
        new: The client of the newer version.
    """
    pairs = pair_classes(old, new)
    methods = pair_methods(list_methods(old), list_methods(new), new.renamed)
    namespaces = _find_moved_namespaces(methods)
    moved = {
        Symbol("method", one.resource, one.method.name): Symbol(
            "method", other.resource, other.method.name
        )
        for one, other in methods
        if namespaces.get(one.resource, one.resource) != other.resource
    }
    found = [
        *_iter_class_renames(pairs),
        *_iter_method_renames(methods, namespaces),
        *_iter_resource_renames(old, new, namespaces),
        *_iter_event_renames(old, new),
        *_iter_client_renames(old, new),
    ]
    still = list_symbols(new)
    # A deprecated alias keeps the old name alive: `--aliases` moves off it.
    renames = tuple(each for each in found if str(each.symbol) not in still)
    return RenamePlan(renames, moved, pairs.names)


def find_alias_renames(old: Surface, new: Surface) -> tuple[Rename, ...]:
    """Return the renames from deprecated names to the current ones.

    Args:
        old: The client that the code uses.
        new: The client of the newer version.
    """
    found: list[Rename] = []
    after = list_symbols(new)
    for former, current in new.deprecated_classes:
        found.append(_rename_class(former, current))
    found += (_replace_class(*each) for each in new.deprecated_types)
    for resource in new.resources:
        for alias in resource.deprecated_methods:
            target = Symbol("method", alias.resource, alias.method)
            if alias.resource == resource.name and str(target) in after:
                symbol = Symbol("method", resource.name, alias.name)
                found.append(Rename(symbol, target, alias.name, alias.method))
    found += (each for model in new.models for each in _iter_member_aliases(model))
    known = list_symbols(old)
    return tuple(each for each in found if str(each.symbol) in known)


def _iter_member_aliases(model: ModelDefinition) -> Iterator[Rename]:
    """Yield the renames from deprecated members of an enum to the current ones."""
    if isinstance(model, EnumClass):
        names = {each.value: each.name for each in model.members}
        for each in model.deprecated:
            if each.value in names:
                name = names[each.value]
                symbol = Symbol("member", model.name, each.name)
                target = Symbol("member", model.name, name)
                yield Rename(symbol, target, each.name, name)


def _rename_class(old: str, new: str) -> Rename:
    return Rename(Symbol("class", "", old), Symbol("class", "", new), old, new)


def _replace_class(old: str, type_: PyType) -> Rename:
    """Return the rename of a former class to the type that its place has now."""
    symbol = Symbol("class", "", old)
    names = list_model_names(type_)
    target = Symbol("class", "", names[0] if names else "")
    return Rename(symbol, target, old, format_type(type_, "models."), type_)


def _find_moved_namespaces(
    methods: Sequence[tuple[ResourceMethod, ResourceMethod]],
) -> dict[str, str]:
    """Return the namespaces all of whose methods are in one other namespace."""
    targets: dict[str, set[str]] = defaultdict(set)
    for one, other in methods:
        targets[one.resource].add(other.resource)
    return {
        resource: next(iter(found))
        for resource, found in targets.items()
        if len(found) == 1 and resource not in found
    }


def _iter_class_renames(pairs: ClassPairs) -> Iterator[Rename]:
    for name, partner in pairs.names.items():
        if name != partner:
            yield _rename_class(name, partner)
        one = pairs.old[name]
        other = pairs.new[partner]
        if isinstance(one, ModelClass) and isinstance(other, ModelClass):
            before = {each.wire: each.name for each in one.fields}
            after = {each.wire: each.name for each in other.fields}
            yield from _pair_names("field", (name, partner), before, after)
        elif isinstance(one, EnumClass) and isinstance(other, EnumClass):
            values = {str(each.value): each.name for each in one.members}
            others = {str(each.value): each.name for each in other.members}
            yield from _pair_names("member", (name, partner), values, others)


def _pair_names(
    kind: Literal["field", "member", "keyword", "event", "option", "server"],
    owners: tuple[str, str],
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> Iterator[Rename]:
    """Yield the renames of what has the same key on both sides."""
    for key, name in before.items():
        new = after.get(key, name)
        if new != name:
            yield Rename(
                Symbol(kind, owners[0], name), Symbol(kind, owners[1], new), name, new
            )


def _iter_method_renames(
    methods: Sequence[tuple[ResourceMethod, ResourceMethod]],
    namespaces: Mapping[str, str],
) -> Iterator[Rename]:
    for resource, other in namespaces.items():
        yield Rename(
            Symbol("namespace", "", resource),
            Symbol("namespace", "", other),
            resource,
            other,
        )
    for one, partner in methods:
        old = Symbol("method", one.resource, one.method.name)
        new = Symbol("method", partner.resource, partner.method.name)
        is_reachable = namespaces.get(old.owner, old.owner) == new.owner
        if old.name != new.name and is_reachable:
            yield Rename(old, new, old.name, new.name)
        before = {f"{e.location} {e.wire}": e.name for e in one.method.arguments}
        after = {f"{e.location} {e.wire}": e.name for e in partner.method.arguments}
        if one.method.key_keyword and partner.method.key_keyword:
            before[""] = one.method.key_keyword
            after[""] = partner.method.key_keyword
        owners = (f"{old.owner}.{old.name}", f"{new.owner}.{new.name}")
        yield from _pair_names("keyword", owners, before, after)


def _iter_resource_renames(
    old: Surface, new: Surface, namespaces: Mapping[str, str]
) -> Iterator[Rename]:
    """Yield the renames of the modules and classes of namespaces."""
    before = {each.name: each for each in old.resources}
    after = {each.name: each for each in new.resources}
    for name, other in namespaces.items():
        texts = zip(
            _list_resource_names(before[name]),
            _list_resource_names(after[other]),
            strict=True,
        )
        symbol = Symbol("namespace", "", name)
        for text, current in texts:
            if text not in (current, name):
                yield Rename(symbol, Symbol("namespace", "", other), text, current)


def _list_resource_names(resource: ResourceClass) -> list[str]:
    """Return the names of the module and the classes of a resource."""
    classes = (resource.class_name, build_async_name(resource.class_name))
    suffixes = ("", "WithRawResponse")
    return [resource.module, *(f"{a}{b}" for a in classes for b in suffixes)]


def _iter_event_renames(old: Surface, new: Surface) -> Iterator[Rename]:
    before = {row.name: row.constant for row in old.events.rows}
    after = {row.name: row.constant for row in new.events.rows}
    yield from _pair_names("event", ("", ""), before, after)


def _iter_client_renames(old: Surface, new: Surface) -> Iterator[Rename]:
    if old.client != new.client:
        symbol = Symbol("client", "", old.client)
        target = Symbol("client", "", new.client)
        yield Rename(symbol, target, old.client, new.client)
        yield Rename(
            symbol,
            target,
            build_async_name(old.client),
            build_async_name(new.client),
        )
    owners = (old.client, new.client)
    options = {each.scheme: each.keyword for each in old.credentials}
    others = {each.scheme: each.keyword for each in new.credentials}
    yield from _pair_names("option", owners, options, others)
    parts = {each.wire: each.keyword for each in old.server_variables}
    new_parts = {each.wire: each.keyword for each in new.server_variables}
    yield from _pair_names("option", owners, parts, new_parts)
    servers = {each.url: each.name for each in old.servers}
    names = {each.url: each.name for each in new.servers}
    yield from _pair_names("server", owners, servers, names)
    variables = {each.scheme: each.variable for each in old.credentials}
    current = {each.scheme: each.variable for each in new.credentials}
    if old.has_client and new.has_client:
        variables[""] = f"{old.variable_prefix}_BASE_URL"
        current[""] = f"{new.variable_prefix}_BASE_URL"
    for key, name in variables.items():
        other = current.get(key, name)
        if name and other and other != name:
            yield Rename(
                Symbol("variable", "", name), Symbol("variable", "", other), name, other
            )


def parse_renames(
    said: Iterable[str], old: Surface, new: Surface
) -> tuple[Rename, ...]:
    """Return the renames that the user says, as `SYMBOL=NAME`.

    Args:
        said: The texts, such as `models.Customer.email=email_address`.
        old: The client that the code uses.
        new: The client of the newer version.

    Raises:
        DiagnosticError: A text has another form, or a name does not exist.
    """
    before = list_symbols(old)
    after = list_symbols(new)
    owners = pair_classes(old, new).names
    return tuple(_parse_rename(each, before, after, owners) for each in said)


def _parse_rename(
    text: str,
    before: Mapping[str, Symbol],
    after: Mapping[str, Symbol],
    owners: Mapping[str, str],
) -> Rename:
    left, equals, name = text.partition("=")
    symbol = before.get(left)
    if not equals or not name or symbol is None:
        raise _build_rename_error(
            f"--rename {text!r} names nothing of the old client",
            "write SYMBOL=NAME, such as models.Customer.email=email_address",
        )
    owner = owners.get(symbol.owner, symbol.owner)
    target = after.get(name, Symbol(symbol.kind, owner, name))
    if str(target) not in after:
        raise _build_rename_error(
            f"--rename {text!r}: the newer client has no {target}",
            "check the name, or leave the rename out",
        )
    return Rename(symbol, target, symbol.name, target.name)


def _build_rename_error(message: str, hint: str) -> DiagnosticError:
    return build_error("usage", message, hint=hint)
