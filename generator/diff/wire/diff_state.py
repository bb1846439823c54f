"""The work of a comparison: what is still to be compared, and what was found.

In: two `Api`s and how their parts match. Out: edits, and the graph of who reads what.
A pair of definitions is compared once for each context that makes a difference, so that
the work grows with the documents, and recursion in them is none here: all types that
are still to be compared stand in one queue.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from generator.api.keys import SEPARATOR
from generator.api.matching import Matching
from generator.api.model import Api, Definition
from generator.api.types import Flag, Number, Text, Type
from generator.diff.rules.rule_key import Change, Concept, RuleKey
from generator.diff.rules.severity import Severity
from generator.diff.wire.deprecation_policy import DeprecationPolicy
from generator.diff.wire.edits import Edit, EditLocation, SchemaContext


@dataclass(frozen=True, slots=True)
class TypeComparison:
    """Two types to compare."""

    old: Type
    new: Type
    location: EditLocation
    context: SchemaContext


@dataclass(frozen=True, slots=True)
class DefinitionComparison:
    """Two definitions to compare."""

    old: str
    new: str
    location: EditLocation
    context: SchemaContext


@dataclass(slots=True)
class DiffState:
    """What is known so far."""

    old: Api
    new: Api
    matching: Matching
    policy: DeprecationPolicy
    tasks: deque[TypeComparison | DefinitionComparison] = field(default_factory=deque)
    edits: list[Edit] = field(default_factory=list)
    roots: list[tuple[str, str] | None] = field(default_factory=list)
    """Per node: the kind and key of the operation or event that it is, if it is one."""
    edges: list[set[int]] = field(default_factory=list)
    unreported: set[int] = field(default_factory=set)
    """Nodes whose edits are not told by themselves."""
    conditional_edits: list[tuple[int, Edit]] = field(default_factory=list)
    """Edits that are told if anything has changed below a node."""
    _nodes: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add_root(self, kind: str, key: str) -> int:
        """Make the node of an operation or an event."""
        return self._add_node((kind, key))

    def _add_node(self, root: tuple[str, str] | None) -> int:
        self.roots.append(root)
        self.edges.append(set())
        return len(self.roots) - 1

    def add_if_changed_below(
        self, old: Type, new: Type, context: SchemaContext, edit: Edit
    ) -> None:
        """Tell an edit if two types differ, whatever they differ by."""
        node = self._add_node(None)
        self.unreported.add(node)
        self.edges[context.node].add(node)
        self.conditional_edits.append((node, edit))
        inner = replace(context, node=node, unreported=True)
        self.enqueue_types(old, new, edit.location, inner)

    def get_shared_node(self, name: str) -> int:
        """Give the node of what many operations share: the servers, a security scheme."""
        key = ("shared", name)
        if key not in self._nodes:
            self._nodes[key] = self._add_node(None)
        return self._nodes[key]

    def add_shared_edge(self, node: int, name: str) -> None:
        """Say that an operation shares something."""
        self.edges[node].add(self.get_shared_node(name))

    def enqueue_types(
        self, old: Type, new: Type, where: EditLocation, context: SchemaContext
    ) -> None:
        """Compare two types when it is their turn; equal scalars need none."""
        is_plain = isinstance(old, Number | Flag) or (
            isinstance(old, Text) and old.content is None
        )
        if is_plain and old == new:
            return
        self.tasks.append(TypeComparison(old, new, where, context))

    def enqueue_definitions(
        self, old: str, new: str, where: EditLocation, context: SchemaContext
    ) -> None:
        """Compare two definitions, once for each context that makes a difference."""
        key = (
            old,
            new,
            context.direction,
            context.part,
            context.never_sent,
            context.text_only,
            context.in_header,
            context.is_exploded,
            context.unreported,
        )
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._add_node(None)
            if context.unreported:
                self.unreported.add(node)
            own = self._locate_component(old, new)
            what = context.subject if own is None else ""
            inner = replace(context, node=node, subject=what)
            self.tasks.append(DefinitionComparison(old, new, own or where, inner))
        self.edges[context.node].add(node)

    def _locate_component(self, old: str, new: str) -> EditLocation | None:
        """Give the place of a schema that others refer to, by its own name."""
        first, second = self.get_definition(old, new=False), self.get_definition(
            new, new=True
        )
        assert first is not None  # a pair is made of what was found
        assert second is not None
        key = new if _get_component_path(new) else old
        path = _get_component_path(key)
        if not path:
            return None
        is_other = (
            _get_component_path(old)
            and key != old
            and not self.matching.renamed(old, key)
        )
        return EditLocation(
            path,
            f"{old} → {key}" if is_other else key,
            first.about.origin,
            second.about.origin,
        )

    def get_definition(self, key: str, *, new: bool) -> Definition | None:
        """Give a definition of one of the two."""
        api = self.new if new else self.old
        return api.definitions.get(key) or api.apart.get(key)

    def add_schema_edit(
        self,
        context: SchemaContext,
        concept: Concept,
        change: Change,
        where: EditLocation,
        *,
        detail: str = "",
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Note an edit of a keyword of a schema; `values` are before and after."""
        key = context.create_key(concept, change)
        self.add_rule_edit(context, key, where, detail=detail, values=values)

    def add_rule_edit(
        self,
        context: SchemaContext,
        key: RuleKey,
        where: EditLocation,
        *,
        detail: str = "",
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Note an edit by the key of its rule; `values` are before and after."""
        made = self.create_edit(context, key, where)
        before, after = values
        self.add_edit(replace(made, detail=detail, before=before, after=after))

    def create_edit(
        self, context: SchemaContext, key: RuleKey, where: EditLocation
    ) -> Edit:
        """Make an edit without noting it."""
        return Edit(
            node=context.node,
            key=key,
            location=where,
            subject=describe_subject(context, where),
            level=Severity.INFO if context.never_sent else None,
        )

    def add_edit(self, edit: Edit) -> None:
        """Note an edit."""
        self.edits.append(edit)


def describe_subject(context: SchemaContext, where: EditLocation) -> str:
    """Name a thing in the middle of a sentence."""
    if context.subject:
        return context.subject
    return f"`{where.name}`"


def is_component(key: str) -> bool:
    """Tell whether a definition is a component of its own name."""
    return SEPARATOR not in key and "#" not in key and " " not in key


def _get_component_path(key: str) -> str:
    """Give the path of a schema that others refer to; nothing for one that stands inline."""
    if is_component(key):
        return f"components/schemas/{key}"
    return key.removeprefix("#/") if "#" in key and SEPARATOR not in key else ""
