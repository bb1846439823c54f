"""The names of a client that a finding is about.

In: findings, and the surfaces of both versions. Out: targets: symbols of the old client,
each with the uses of it that the change affects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey, is_about_required
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.source.class_pairs import pair_classes
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.symbols import Symbol, Use, Way, list_symbols
from flexprice_codegen.surface.model import (
    EnumClass,
    Method,
    ModelClass,
    ModelDefinition,
    Surface,
)
from flexprice_codegen.surface.python_types import PyType, list_model_names

_Scope: TypeAlias = Literal["all", "sent", "received"]
# How a value comes into a request.
_SENT_WAYS: frozenset[Way] = frozenset(
    {"write", "keyword", "unpacked", "missing", "untyped"}
)
# They only happen where a value is built to be sent.
_UNSENT_WAYS: frozenset[Way] = frozenset({"keyword", "unpacked", "missing"})


@frozen_value(order=True)
class Target:
    """A symbol that a change affects; all uses of it, or those in one direction.

    With `lacking`, only calls and constructors without that keyword are affected.
    """

    symbol: Symbol
    lacking: str = ""
    scope: _Scope = "all"

    def is_affected(self, use: Use) -> bool:
        """Return whether the change affects a use of the symbol."""
        if use.symbol != self.symbol:
            return False
        if self.lacking:
            return self.lacking not in use.given
        if self.scope == "all" or use.symbol.kind != "field":
            return True
        if self.scope == "sent":
            return use.way in _SENT_WAYS
        return use.way not in _UNSENT_WAYS


@frozen_value
class TargetFinder:
    """Finds the targets of findings."""

    old: Surface
    new: Surface
    symbols: Mapping[str, Symbol]
    """All names of the old client by their texts."""
    new_symbols: Mapping[str, Symbol]
    nodes: Mapping[Origin, frozenset[Symbol]]
    """By node of the old document: what is generated from it."""
    methods: Mapping[str, Symbol]
    """By operation of the old document."""
    events: Mapping[str, Symbol]
    former_classes: Mapping[str, str]
    """By name of a class of the new client: that of the same class in the old one."""

    def find_targets(self, finding: Finding) -> tuple[Target, ...]:
        """Return the targets of a finding and its parts."""
        parts = finding.parts or (finding,)
        found = {
            target for part in parts for target in self._find_of_part(part, finding)
        }
        return tuple(sorted(_drop_owners(found)))

    def _find_of_part(self, part: Finding, whole: Finding) -> Iterator[Target]:
        """Yield the targets of a part: by its name in Python, its node, or its calls."""
        symbol = self.symbols.get(part.python)
        if symbol is not None:
            yield from self._find_of_symbol(part.key, symbol, whole)
            return
        added = self.new_symbols.get(part.python)
        if added is not None:
            yield from self._find_of_added(part.key, added)
            return
        # What comes and costs nothing touches no use of what is around it.
        if part.key.change == "added" and part.level is Severity.INFO:
            return
        symbols = self._find_by_node(part.old)
        if symbols:
            for each in symbols:
                yield from self._find_of_symbol(part.key, each, whole)
            return
        for operation in part.affected.operations:
            if operation in self.methods:
                yield Target(self.methods[operation])
        for event in part.affected.events:
            if event in self.events:
                yield Target(self.events[event])

    def _find_by_node(self, origin: object) -> frozenset[Symbol]:
        """Return what is generated from the nearest node around a place."""
        if not isinstance(origin, Origin):
            return frozenset()
        pointer = origin.pointer
        while True:
            found = self.nodes.get(Origin(origin.resource, pointer))
            if found:
                return found
            if not pointer:
                return frozenset()
            pointer = pointer.rpartition("/")[0]

    def _find_of_symbol(
        self, key: RuleKey, symbol: Symbol, whole: Finding
    ) -> Iterator[Target]:
        if _is_new_value(key):
            yield from self._find_choice(symbol)
        elif is_about_required(key) and key.change in ("became", "added"):
            yield from _find_lacking(symbol)
        else:
            yield Target(symbol, scope=_get_scope(key, whole))

    def _find_of_added(self, key: RuleKey, symbol: Symbol) -> Iterator[Target]:
        """Yield what lacks a new name: only what is required, or chosen from, matters."""
        if symbol.kind == "member":
            owner = self.former_classes.get(symbol.owner, symbol.owner)
            yield Target(Symbol("choice", "", owner))
        elif is_about_required(key):
            owner = self.former_classes.get(symbol.owner, symbol.owner)
            yield from _find_lacking(Symbol(symbol.kind, owner, symbol.name))

    def _find_choice(self, symbol: Symbol) -> Iterator[Target]:
        """Yield the choices from the enum that a symbol is, or has the type of."""
        if symbol.kind == "class":
            yield Target(Symbol("choice", "", symbol.name))
        elif symbol.kind == "member":
            yield Target(Symbol("choice", "", symbol.owner))
        elif symbol.kind == "field":
            for name in self._list_enums(symbol):
                yield Target(Symbol("choice", "", name))

    def _list_enums(self, symbol: Symbol) -> tuple[str, ...]:
        """Return the enums in the type of a field."""
        enums = {each.name for each in self.old.models if isinstance(each, EnumClass)}
        return tuple(
            name
            for model in self.old.models
            if isinstance(model, ModelClass) and model.name == symbol.owner
            for field in model.fields
            if field.name == symbol.name
            for name in list_model_names(field.type)
            if name in enums
        )


def _drop_owners(targets: Iterable[Target]) -> Iterator[Target]:
    """Yield targets without the enums whose members are targets themselves."""
    targets = list(targets)
    enums = {each.symbol.owner for each in targets if each.symbol.kind == "member"}
    for each in targets:
        if each.symbol.kind != "class" or each.symbol.name not in enums:
            yield each


def create_target_finder(old: Surface, new: Surface) -> TargetFinder:
    """Return what finds the targets of the findings between two versions.

    Args:
        old: The client that the code uses.
        new: The client of the newer version.
    """
    new_classes = {each.key: each.name for each in new.models}
    return TargetFinder(
        old,
        new,
        list_symbols(old),
        list_symbols(new),
        _index_nodes(old),
        {
            method.key: Symbol("method", resource.name, method.name)
            for resource in old.resources
            for method in resource.methods
        },
        {row.name: Symbol("event", "", row.constant) for row in old.events.rows},
        {
            new_classes[each.key]: each.name
            for each in old.models
            if each.key in new_classes
        },
    )


def _index_nodes(surface: Surface) -> Mapping[Origin, frozenset[Symbol]]:
    found: dict[Origin, set[Symbol]] = defaultdict(set)
    for origin, symbol in _iter_nodes(surface):
        found[origin].add(symbol)
    return {origin: frozenset(symbols) for origin, symbols in found.items()}


def _iter_nodes(surface: Surface) -> Iterator[tuple[Origin, Symbol]]:
    classes = {model.about.origin for model in surface.models}
    for model in surface.models:
        yield model.about.origin, Symbol("class", "", model.name)
        if isinstance(model, ModelClass):
            properties = model.about.origin.get_child("properties")
            for field in model.fields:
                symbol = Symbol("field", model.name, field.name)
                yield properties.get_child(field.wire), symbol
                # A property that refers to a schema has the node of that schema.
                if field.about.origin not in classes:
                    yield field.about.origin, symbol
    for resource in surface.resources:
        for method in resource.methods:
            yield from _iter_method_nodes(resource.name, method)


def _iter_method_nodes(
    resource: str, method: Method
) -> Iterator[tuple[Origin, Symbol]]:
    yield method.about.origin, Symbol("method", resource, method.name)
    for argument in method.arguments:
        owner = f"{resource}.{method.name}"
        yield argument.about.origin, Symbol("keyword", owner, argument.name)


def _is_new_value(key: RuleKey) -> bool:
    """Return whether an enum has a value that it did not have."""
    is_value = key.concept in ("enum-value", "x-extensible-enum-value")
    return (is_value or key.location == "enum-member") and key.change == "added"


def _find_lacking(symbol: Symbol) -> Iterator[Target]:
    """Yield the calls or constructors that a required name is missing from."""
    if symbol.kind == "field":
        yield Target(Symbol("constructor", "", symbol.owner), symbol.name)
    elif symbol.kind == "keyword":
        resource, _, method = symbol.owner.partition(".")
        yield Target(Symbol("call", resource, method), symbol.name)
    else:
        yield Target(symbol)


def _get_scope(key: RuleKey, whole: Finding) -> _Scope:
    """Return which uses of a field are affected.

    What Python sees differently is felt in both directions.
    """
    if Side.SOURCE in whole.sides or key.direction == "none":
        return "all"
    return "sent" if key.direction == "request" else "received"


def find_vanished(old: Surface, new: Surface) -> frozenset[Symbol]:
    """Return the names of a client that its newer version does not have.

    Args:
        old: The client that the code uses.
        new: The client of the newer version.
    """
    after = list_symbols(new)
    return frozenset(
        symbol for text, symbol in list_symbols(old).items() if text not in after
    )


def find_required(old: Surface, new: Surface) -> Iterator[Target]:
    """Yield the constructors of the old client that lack a field that is required now.

    Args:
        old: The client that the code uses.
        new: The client of the newer version.
    """
    pairs = pair_classes(old, new)
    for name, partner in sorted(pairs.names.items()):
        before = pairs.old[name]
        after = pairs.new[partner]
        if isinstance(before, ModelClass) and isinstance(after, ModelClass):
            required = {each.name for each in before.fields if not each.unset_value}
            for field in after.fields:
                if not field.unset_value and field.name not in required:
                    yield Target(Symbol("constructor", "", name), field.name)


def find_owners(
    surface: Surface, findings: Iterable[tuple[Finding, Iterable[Target]]]
) -> Mapping[Symbol, Finding]:
    """Return the findings about methods by the names that go with the methods.

    A class that only a removed operation used vanishes with it, and has no finding of its
    own; so does the namespace of the last method in it.

    Args:
        surface: The client that the code uses.
        findings: The findings with their targets.
    """
    methods = {
        Symbol("method", resource.name, method.name): method
        for resource in surface.resources
        for method in resource.methods
    }
    models = {each.name: each for each in surface.models}
    found: dict[Symbol, Finding] = {}
    for finding, targets in findings:
        for name in _list_named(finding):
            found.setdefault(Symbol("class", "", name), finding)
        for target in targets:
            method = methods.get(target.symbol)
            if method is not None:
                found.setdefault(Symbol("namespace", "", target.symbol.owner), finding)
                for name in _list_reached(method, models):
                    found.setdefault(Symbol("class", "", name), finding)
    return found


def _list_named(finding: Finding) -> tuple[str, ...]:
    """Return the classes that a finding and its parts name."""
    parts = (finding, *finding.parts)
    return tuple(name for part in parts for name in part.classes_before)


def _list_reached(
    method: Method, models: Mapping[str, ModelDefinition]
) -> tuple[str, ...]:
    """Return the classes in the types of a method, and in their fields."""
    types: list[PyType] = [method.returns, *(each.type for each in method.errors)]
    types += (each.type for each in method.responses)
    types += (each.type for each in method.arguments)
    if method.body is not None:
        types.append(method.body.type)
    found: dict[str, None] = {}
    while types:
        for name in list_model_names(types.pop()):
            if name in found or name not in models:
                continue
            found[name] = None
            model = models[name]
            if isinstance(model, ModelClass):
                types += (each.type for each in model.fields)
            elif not isinstance(model, EnumClass):
                types += model.variants
    return tuple(found)
