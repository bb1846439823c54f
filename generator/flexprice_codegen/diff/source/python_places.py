"""Where a caller of the client meets what has changed on the wire.

In: findings of the wire, and the surface of both versions. Out: the same findings with
the Python name that is nearest: a field, a class, an argument, a method, the client.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import Change, Location, RuleDirection
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.surface.model import (
    EnumClass,
    Method,
    ModelClass,
    ModelDefinition,
    Surface,
    Use,
)

_Node: TypeAlias = tuple[str, str]
"""The resource and the pointer of an origin, which hash faster than the origin."""
_Name: TypeAlias = tuple[str, ...]
"""The parts of a Python name; only names that are needed are joined."""
_USE_OF: Mapping[RuleDirection, Use] = {"request": "sent", "response": "received"}

_ADDED: frozenset[Change] = frozenset({"added", "added-with-default"})
_OF_CLIENT: frozenset[Location] = frozenset(
    {"server", "server-variable", "global-security", "security-scheme"}
)
"""What a caller meets where the client is made, whichever operations it reaches."""


@frozen_value
class _Place:
    """A Python name, and whether what it is of is sent, received, or both."""

    python: str
    use: Use = "both"


@frozen_value
class _PlaceIndex:
    """One version: the names of its nodes, operations and events."""

    client: str
    nodes: Mapping[_Node, tuple[_Place, ...]]
    methods: Mapping[str, str]
    events: Mapping[str, str]

    def find_nearest(
        self, at: Origin | FileLocation | None, direction: RuleDirection
    ) -> str:
        """Return the name of a node, or of the nearest one above it that has one."""
        if not isinstance(at, Origin):
            return ""
        for node in _iter_ancestors(at):
            places = self.nodes.get(node, ())
            if places:
                return _choose_place(places, direction)
        return ""

    def find_affected(self, finding: Finding) -> str:
        """Return the method or event that a finding reaches first."""
        names = (
            *(self.methods.get(key, "") for key in finding.affected.operations),
            *(self.events.get(name, "") for name in finding.affected.events),
        )
        return next((name for name in names if name), "")


def _iter_ancestors(at: Origin) -> Iterator[_Node]:
    """Yield a node and those above it, without the root."""
    pointer = at.pointer
    while pointer:
        yield at.resource, pointer
        pointer = pointer.rpartition("/")[0]


def _choose_place(places: tuple[_Place, ...], direction: RuleDirection) -> str:
    """Return the name that counts in a direction: a schema may have a class for each."""
    wanted = _USE_OF.get(direction, "both")
    return next(
        (each.python for each in places if each.use in (wanted, "both")),
        places[0].python,
    )


def name_places(
    findings: Iterable[Finding], old: Surface, new: Surface
) -> tuple[Finding, ...]:
    """Return findings of the wire, each with its place in Python.

    Args:
        findings: The findings.
        old: The client as its callers know it, whose names count first.
        new: The client of the newer version.
    """
    listed = tuple(findings)
    wanted = _find_wanted_nodes(listed)
    before = _create_index(old, wanted)
    after = _create_index(new, wanted)
    return tuple(_name_place(finding, before, after) for finding in listed)


def _find_wanted_nodes(findings: Iterable[Finding]) -> set[_Node]:
    """Return the nodes whose names findings may need: few of those that there are."""
    return {
        node
        for finding in findings
        for at in (finding.old, finding.new)
        if isinstance(at, Origin)
        for node in _iter_ancestors(at)
    }


def _name_place(finding: Finding, old: _PlaceIndex, new: _PlaceIndex) -> Finding:
    direction = finding.key.direction
    if finding.key.location in _OF_CLIENT:
        return replace(finding, python=old.client)
    before = old.find_nearest(finding.old, direction)
    after = new.find_nearest(finding.new, direction)
    # The older client has only what is around a thing that is new.
    is_new = finding.key.change in _ADDED
    python = (
        ((after or before) if is_new else (before or after))
        or old.find_affected(finding)
        or new.find_affected(finding)
        or old.client
        or new.client
    )
    return replace(finding, python=python)


def _create_index(surface: Surface, wanted: set[_Node]) -> _PlaceIndex:
    """Build the index of a version, with the names of the wanted nodes."""
    nodes: dict[_Node, tuple[_Place, ...]] = {}
    pointers = {pointer for _, pointer in wanted}
    for origin, name, use in _iter_places(surface):
        # Most nodes are not wanted, and a text is found faster than a pair.
        if origin.pointer not in pointers:
            continue
        node = (origin.resource, origin.pointer)
        if node in wanted:
            place = _Place(".".join(name), use)
            nodes[node] = (*nodes.get(node, ()), place)
    methods = {
        method.key: f"client.{resource.name}.{method.name}"
        for resource in surface.resources
        for method in resource.methods
    }
    events = {row.name: f"webhooks.{row.constant}" for row in surface.events.rows}
    client = surface.client if surface.has_client else "webhooks"
    return _PlaceIndex(client, nodes, methods, events)


def _iter_places(surface: Surface) -> Iterator[tuple[Origin, _Name, Use]]:
    """Yield each node with the parts of its name, and whether it is sent or received."""
    for model in surface.models:
        yield from _iter_places_of_class(model)
    for resource in surface.resources:
        for method in resource.methods:
            name = f"client.{resource.name}.{method.name}"
            yield from _iter_places_of_method(method, name)


def _iter_places_of_class(
    model: ModelDefinition,
) -> Iterator[tuple[Origin, _Name, Use]]:
    name = f"models.{model.name}"
    match model:
        case ModelClass(use=use):
            yield model.about.origin, (name,), use
            for field in model.fields:
                yield field.about.origin, (name, field.name), use
        case EnumClass():
            yield model.about.origin, (name,), "both"
            for member in model.members:
                # The members of a list have no node of their own: that is the list's.
                if member.about.origin != model.about.origin:
                    yield member.about.origin, (name, member.name), "both"
        case _:
            yield model.about.origin, (name,), "both"


def _iter_places_of_method(
    method: Method, name: str
) -> Iterator[tuple[Origin, _Name, Use]]:
    yield method.about.origin, (name,), "both"
    for argument in method.arguments:
        yield argument.about.origin, (f"{name}({argument.name})",), "both"
