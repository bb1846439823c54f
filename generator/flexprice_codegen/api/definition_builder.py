"""What the readers of composed schemas and of unions need from the builder.

In: nothing. Out: the protocol of a builder of definitions, and its memory of
compositions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from flexprice_codegen.api.composition import CompositionReader
from flexprice_codegen.api.containers import SchemaReader
from flexprice_codegen.api.model import EnumSchema, ObjectSchema
from flexprice_codegen.api.types import Reference, Type
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.nodes import Node

Shape: TypeAlias = Type | ObjectSchema | EnumSchema
"""A schema that was read, before anything of it becomes a definition."""
Identity: TypeAlias = frozenset[Origin]
"""The schemas that a composition merges."""


class DefinitionBuilder(SchemaReader, Protocol):
    """A builder of the definitions of a document."""

    compositions: CompositionReader
    memory: CompositionMemory

    def read_schema(self, node: Node, key: str) -> Shape:
        """Return the type or definition of any schema."""
        ...

    def read_merged_schema(self, node: Node, key: str) -> Shape:
        """Return the type or definition of a schema without composition."""
        ...

    def name_shape(self, shape: Shape, key: str, node: Node) -> Type:
        """Return a shape as a type; what needs a name becomes a definition."""
        ...

    def hoist_enum(self, key: str, definition: EnumSchema) -> Type:
        """Return the type of an inline enum."""
        ...

    def declare_schema(self, key: str, node: Node) -> None:
        """Add a schema to the definitions to build."""
        ...

    def is_derived(self, key: str) -> bool:
        """Return whether the schema with this key is derived from a base."""
        ...


_NESTED = 2
"""The number of compositions inside one another from which on copies are counted.

A component and what it is composed of are not: they have classes of their own.
"""
_MOST_COPIES = 8
"""The maximum number of copies: they could double with each level of nesting."""


@dataclass(slots=True)
class CompositionMemory:
    """The compositions that are being read, and those that are shared.

    Two recursive schemas make a recursive composition: `A` with a property `A`, merged
    with `B` with a property `B`, has a property that is again `A` merged with `B`.
    """

    _open: dict[Identity, str] = field(default_factory=dict)
    _shared: dict[Identity, Type] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    _copies: Counter[Identity] = field(default_factory=Counter)

    @contextmanager
    def remember_open(self, identity: Identity, key: str) -> Iterator[None]:
        """Remember that a composition is being read, as long as it is.

        Args:
            identity: What it merges.
            key: The key of its definition.
        """
        self._open[identity] = key
        if len(self._open) > _NESTED:
            self._copies[identity] += 1
        try:
            yield
        finally:
            del self._open[identity]

    def is_crowded(self, identity: Identity) -> bool:
        """Return whether a composition was read so often that places must share it."""
        return self._copies[identity] >= _MOST_COPIES

    def share(self, identity: Identity, type_: Type) -> None:
        """Remember a type for further places that merge the same schemas."""
        self._shared[identity] = type_

    def find_type(self, identity: Identity, *, is_shared: bool) -> Type | None:
        """Return the type of a composition that is known, or None.

        Args:
            identity: What it merges.
            is_shared: Whether several places may have one type for it.
        """
        key = self._open.get(identity)
        if key is not None:
            self._named.add(key)
            return Reference(key=key)
        return self._shared.get(identity) if is_shared else None

    def needs_name(self, key: str) -> bool:
        """Return whether the type with a key was referred to while it was read."""
        return key in self._named


def get_identity(fragments: Iterable[Node]) -> Identity:
    """Return what a composition merges."""
    return frozenset(each.origin for each in fragments)
