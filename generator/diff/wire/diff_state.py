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
from generator.diff.finding import Severity
from generator.diff.wire.deprecation_policy import Policy
from generator.diff.wire.edits import Context, Edit, Where


@dataclass(frozen=True, slots=True)
class Task:
    """Two types to compare."""

    old: Type
    new: Type
    where: Where
    context: Context


@dataclass(frozen=True, slots=True)
class Pair:
    """Two definitions to compare."""

    old: str
    new: str
    where: Where
    context: Context


@dataclass(slots=True)
class Comparison:
    """What is known so far."""

    old: Api
    new: Api
    matching: Matching
    policy: Policy
    tasks: deque[Task | Pair] = field(default_factory=deque)
    edits: list[Edit] = field(default_factory=list)
    roots: list[tuple[str, str] | None] = field(default_factory=list)
    """Per node: the kind and key of the operation or event that it is, if it is one."""
    edges: list[set[int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    """Nodes whose edits are not told by themselves."""
    suspects: list[tuple[int, Edit]] = field(default_factory=list)
    """Edits that are told if anything has changed below a node."""
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def root(self, kind: str, key: str) -> int:
        """Make the node of an operation or an event."""
        return self._node((kind, key))

    def _node(self, root: tuple[str, str] | None) -> int:
        self.roots.append(root)
        self.edges.append(set())
        return len(self.roots) - 1

    def suspect(self, old: Type, new: Type, context: Context, edit: Edit) -> None:
        """Tell an edit if two types differ, whatever they differ by."""
        node = self._node(None)
        self.hidden.add(node)
        self.edges[context.node].add(node)
        self.suspects.append((node, edit))
        inner = replace(context, node=node, hidden=True)
        self.later(old, new, edit.where, inner)

    def shared(self, name: str) -> int:
        """Give the node of what many operations share: the servers, a security scheme."""
        key = ("shared", name)
        if key not in self._known:
            self._known[key] = self._node(None)
        return self._known[key]

    def reads(self, node: int, name: str) -> None:
        """Say that an operation shares something."""
        self.edges[node].add(self.shared(name))

    def later(self, old: Type, new: Type, where: Where, context: Context) -> None:
        """Compare two types when it is their turn; equal scalars need none."""
        is_plain = isinstance(old, Number | Flag) or (
            isinstance(old, Text) and old.content is None
        )
        if is_plain and old == new:
            return
        self.tasks.append(Task(old, new, where, context))

    def pair(self, old: str, new: str, where: Where, context: Context) -> None:
        """Compare two definitions, once for each context that makes a difference."""
        key = (
            old,
            new,
            context.way,
            context.spot,
            context.idle,
            context.loose,
            context.header,
            context.repeats,
            context.hidden,
        )
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = self._node(None)
            if context.hidden:
                self.hidden.add(node)
            own = self._component(old, new)
            what = context.what if own is None else ""
            inner = replace(context, node=node, what=what)
            self.tasks.append(Pair(old, new, own or where, inner))
        self.edges[context.node].add(node)

    def _component(self, old: str, new: str) -> Where | None:
        """Give the place of a schema that others refer to, by its own name."""
        first, second = self.definition(old, new=False), self.definition(new, new=True)
        assert first is not None  # a pair is made of what was found
        assert second is not None
        key = new if _home(new) else old
        path = _home(key)
        if not path:
            return None
        is_other = _home(old) and key != old and not self.matching.renamed(old, key)
        return Where(
            path,
            f"{old} → {key}" if is_other else key,
            first.about.origin,
            second.about.origin,
        )

    def definition(self, key: str, *, new: bool) -> Definition | None:
        """Give a definition of one of the two."""
        api = self.new if new else self.old
        return api.definitions.get(key) or api.apart.get(key)

    def edit(
        self,
        context: Context,
        concept: str,
        where: Where,
        *,
        detail: str = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Note an edit of a schema, by the end of its rule's id."""
        made = self.made(context, concept, where)
        self.found(replace(made, detail=detail, before=before, after=after))

    def made(self, context: Context, concept: str, where: Where) -> Edit:
        """Make an edit of a schema without noting it."""
        return Edit(
            node=context.node,
            rule=context.rule(concept),
            where=where,
            it=subject(context, where),
            level=Severity.INFO if context.idle else None,
        )

    def note(
        self,
        context: Context,
        rule: str,
        where: Where,
        *,
        detail: str = "",
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Note an edit by the whole id of its rule; `values` are before and after."""
        self.found(
            Edit(
                node=context.node,
                rule=rule,
                where=where,
                it=subject(context, where),
                detail=detail,
                before=values[0],
                after=values[1],
                level=Severity.INFO if context.idle else None,
            )
        )

    def found(self, edit: Edit) -> None:
        """Note an edit."""
        self.edits.append(edit)


def subject(context: Context, where: Where) -> str:
    """Name a thing in the middle of a sentence."""
    if context.what:
        return context.what
    return f"`{where.name}`"


def is_component(key: str) -> bool:
    """Tell whether a definition is a component of its own name."""
    return SEPARATOR not in key and "#" not in key and " " not in key


def _home(key: str) -> str:
    """Give the path of a schema that others refer to; nothing for one that stands inline."""
    if is_component(key):
        return f"components/schemas/{key}"
    return key.removeprefix("#/") if "#" in key and SEPARATOR not in key else ""
