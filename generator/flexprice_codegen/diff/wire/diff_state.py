"""The work of a comparison: what is still to be compared, and what was found.

In: two `Api`s and how their parts match. Out: edits, and the graph of who reads what.
A pair of definitions is compared once for each context that makes a difference, so that
the work grows with the documents, and recursion in them is none here: all types that
are still to be compared are in one queue.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from flexprice_codegen.api.keys import SEPARATOR, is_component_key
from flexprice_codegen.api.matching import ApiMatches
from flexprice_codegen.api.model import Api, NamedSchema
from flexprice_codegen.api.types import Boolean, Number, String, Type
from flexprice_codegen.diff.rules.rule_key import Change, Concept, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import explain_never_sent
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.diff.wire.edits import Edit, EditLocation, SchemaContext
from flexprice_codegen.frozen_values import frozen_value, replace


@frozen_value
class TypeComparison:
    """Two types to compare."""

    old: Type
    new: Type
    location: EditLocation
    context: SchemaContext


@frozen_value
class DefinitionComparison:
    """Two definitions to compare; `with_null` unless null is said around them."""

    old: str
    new: str
    location: EditLocation
    context: SchemaContext
    with_null: bool


@dataclass(slots=True)
class DiffState:
    """What is known so far."""

    old: Api
    new: Api
    matching: ApiMatches
    policy: DeprecationPolicy
    tasks: deque[TypeComparison | DefinitionComparison] = field(default_factory=deque)
    edits: list[Edit] = field(default_factory=list)
    roots: list[tuple[str, str] | None] = field(default_factory=list)
    """Per node: the kind and key of the operation or event that it is, if it is one."""
    edges: list[set[int]] = field(default_factory=list)
    """Per node: the nodes that it reads."""
    unreported: set[int] = field(default_factory=set)
    """Nodes whose edits are not reported by themselves."""
    conditional_edits: list[tuple[int, Edit]] = field(default_factory=list)
    """Edits that are reported if anything has changed below a node."""
    _nodes: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add_root(self, kind: str, key: str) -> int:
        """Add the node of an operation or an event, and return it."""
        return self._add_node((kind, key))

    def _add_node(self, root: tuple[str, str] | None) -> int:
        self.roots.append(root)
        self.edges.append(set())
        return len(self.roots) - 1

    def get_shared_node(self, name: str) -> int:
        """Return the node of what many operations share: the servers, a security scheme."""
        key = ("shared", name)
        if key not in self._nodes:
            self._nodes[key] = self._add_node(None)
        return self._nodes[key]

    def add_shared_edge(self, node: int, name: str) -> None:
        """Record that an operation shares something."""
        self.edges[node].add(self.get_shared_node(name))

    def add_if_changed_below(
        self, old: Type, new: Type, context: SchemaContext, edit: Edit
    ) -> None:
        """Record `edit` if `old` and `new` differ at any depth."""
        # They are compared as any other types are, by a node of their own: what is found
        # there is not told, but that something was found is.
        node = self._add_node(None)
        self.unreported.add(node)
        self.edges[context.node].add(node)
        self.conditional_edits.append((node, edit))
        inner = replace(context, node=node, unreported=True)
        self.enqueue_types(old, new, edit.location, inner)

    def enqueue_types(
        self, old: Type, new: Type, location: EditLocation, context: SchemaContext
    ) -> None:
        """Enqueue two types to be compared; equal scalars need no turn."""
        if is_plain_type(old) and old == new:
            return
        self.tasks.append(TypeComparison(old, new, location, context))

    def enqueue_definitions(
        self,
        old: str,
        new: str,
        location: EditLocation,
        context: SchemaContext,
        *,
        with_null: bool,
    ) -> None:
        """Enqueue two definitions, once for each context that makes a difference."""
        # All of a context that decides which edits there are and how grave; not who
        # reads the pair, nor what people call the place.
        key = (
            old,
            new,
            with_null,
            context.direction,
            context.part,
            context.never_sent,
            context.text_only,
            context.in_header,
            context.in_xml,
            context.is_exploded,
            context.in_choice,
            context.unreported,
        )
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._add_node(None)
            if context.unreported:
                self.unreported.add(node)
            place = self._locate_pair(old, new, location)
            subject = context.subject if place.path == location.path else ""
            inner = replace(context, node=node, subject=subject)
            self.tasks.append(DefinitionComparison(old, new, place, inner, with_null))
        self.edges[context.node].add(node)

    def _locate_pair(self, old: str, new: str, location: EditLocation) -> EditLocation:
        """Return the place of two schemas: their own name, where both have one.

        A schema that only one side names has not changed: it was put in another place,
        or taken from there, so that this is the place of the edit.
        """
        first = self.get_definition(old, new=False)
        second = self.get_definition(new, new=True)
        assert first is not None  # a pair is made of what was found
        assert second is not None
        origins = first.about.origin, second.about.origin
        before = _get_component_path(old)
        after = _get_component_path(new)
        if not before or not after:
            return location.with_origins(*origins)
        if old == new or self.matching.is_same_schema(old, new):
            return EditLocation(after, new, *origins)
        # Of two schemas that are as they were, neither is the place of an edit.
        path = f"{before} → {new}" if self.is_replaced(old, new) else after
        return EditLocation(path, f"{old} → {new}", *origins)

    def is_replaced(self, old: str, new: str) -> bool:
        """Return whether one component took the place of another one, and both are left."""
        if not (is_component_key(old) and is_component_key(new)):
            return False
        # One that came and one that went may be one schema with a new name and content.
        kept = self.matching.schemas.get(old, old)
        return kept in self.new.schemas or new in self.old.schemas

    def get_definition(self, key: str, *, new: bool) -> NamedSchema | None:
        """Return a definition of one of the two, None if it has none of that key."""
        api = self.new if new else self.old
        return api.schemas.get(key) or api.diff_only_schemas.get(key)

    def add_schema_edit(
        self,
        context: SchemaContext,
        concept: Concept,
        change: Change,
        location: EditLocation,
        *,
        detail: str = "",
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Record an edit of a keyword of a schema.

        Args:
            context: The message that contains the schema.
            concept: The aspect of it that has changed.
            change: What happened to that.
            location: Where it is.
            detail: What separates it from others at the same place.
            values: What it was and what it is, as short JSON.
        """
        key = context.create_key(concept, change)
        self.add_rule_edit(context, key, location, detail=detail, values=values)

    def add_rule_edit(
        self,
        context: SchemaContext,
        key: RuleKey,
        location: EditLocation,
        *,
        detail: str = "",
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Record an edit by the key of its rule, where the context does not decide it."""
        edit = self.create_edit(context, key, location)
        before, after = values
        self.add_edit(replace(edit, detail=detail, before=before, after=after))

    def create_edit(
        self, context: SchemaContext, key: RuleKey, location: EditLocation
    ) -> Edit:
        """Create an edit without recording it."""
        return Edit(
            node=context.node,
            key=key,
            location=location,
            subject=context.subject or f"`{location.name}`",
            level=Severity.INFO if context.never_sent else None,
            why=explain_never_sent(context.direction) if context.never_sent else "",
            in_choice=context.in_choice,
        )

    def add_edit(self, edit: Edit) -> None:
        """Record an edit."""
        self.edits.append(edit)


def is_plain_type(type_: Type) -> bool:
    """Return whether a type is a scalar without a schema inside."""
    return isinstance(type_, (Number, Boolean)) or (
        isinstance(type_, String) and type_.content is None
    )


def _get_component_path(key: str) -> str:
    """Return the path of a schema that others refer to; nothing for one that is inline."""
    if is_component_key(key):
        return f"components/schemas/{key}"
    return key.removeprefix("#/") if "#" in key and SEPARATOR not in key else ""
