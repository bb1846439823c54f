"""Schemas: from nodes of the document to types and definitions.

In: schema nodes, each with the key that it gets if it must be hoisted. Out: `Type`s,
and the `Definition`s that they name. A `$ref` gives `Named` at once and puts its target
on a list of work, so that recursion in the document is none here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from generator.api import containers, scalars
from generator.api.compose import (
    OPTIONS,
    as_base,
    choice_among,
    flattened,
    merge,
    offers_shapes,
    takes_null,
    without,
    wrapped,
)
from generator.api.discriminators import renamed, tag
from generator.api.enumerations import (
    enumeration,
    list_shared_facts,
    listed_values,
    literal_values,
    needs_name,
)
from generator.api.inheritance import NO_FAMILIES, VARIANT, Families, choice, families
from generator.api.keys import SEPARATOR, check_level, key_of, label
from generator.api.keywords import (
    about,
    admits_null,
    declared_types,
    default_of,
    is_annotation_only,
    kept_of,
    without_dynamics,
)
from generator.api.loops import without_loops
from generator.api.model import Alias, Definition, Enumeration, Record
from generator.api.type_names import meant
from generator.api.types import (
    Anything,
    Choice,
    Flag,
    Literals,
    Named,
    Nullable,
    Number,
    Type,
)
from generator.api.unread_facts import is_anything, unify_read_alike
from generator.diagnostics import Sink, SpecError
from generator.spec.document import Document
from generator.spec.nodes import Node


@dataclass(slots=True)
class Schemas:
    """The definitions that were asked for so far, and the work that is left."""

    document: Document
    sink: Sink
    definitions: dict[str, Definition] = field(default_factory=dict)
    apart: Schemas | None = None
    """Takes the schemas that no client needs."""
    _pending: deque[tuple[str, Node]] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _families: Families = NO_FAMILIES
    _inline_enums: dict[tuple[object, ...], str] = field(default_factory=dict)

    def declare(self, key: str, node: Node) -> None:
        """Put a schema on the list of definitions to make."""
        if key not in self._known:
            self._known.add(key)
            self._pending.append((key, node))

    def declare_all(self) -> None:
        """Put the component schemas on that list, and see which are bases of others."""
        components = self.document.root.get("components")
        found = () if components is None else components.items_of("schemas")
        listed = [each for _, each in found]
        for each in listed:
            self.declare(key_of(each.origin), each)
        self._families = families(self.document, listed)

    def finish(self) -> None:
        """Make all definitions that were declared or referred to."""
        while self._pending:
            key, node = self._pending.popleft()
            try:
                self.definitions[key] = self._definition(key, node)
            except SpecError as error:
                self.sink.missing(error, f"the schema {key!r}", "is read as any value")
                self.definitions[key] = Alias(
                    key=key, type=Anything(), about=about(node)
                )
        self.definitions = without_loops(self.definitions)

    def type_of(self, node: Node, key: str) -> Type:
        """Give the type of a schema; what must be hoisted gets `key`.

        Raises:
            SpecError: The schema is no schema, or refers to nothing.
        """
        if node.value is None:
            return Anything()
        node = without_dynamics(node)
        if _is_reference(node):
            return self._reference(node, key)
        check_level(node, key)
        node = meant(node, self.sink) if node.is_object else node
        inner = self._bare(node, key)
        if takes_null(node) and not isinstance(inner, Nullable | Anything):
            return Nullable(inner=inner)
        return inner

    def target(self, node: Node) -> Node:
        """Follow the references of a node to the schema itself."""
        return self.document.resolve(node) if node.has("$ref") else node

    def _reference(self, node: Node, key: str) -> Type:
        try:
            target = self.document.resolve(node)
        except SpecError as error:
            if any(each.code != "reference-cycle" for each in error.diagnostics):
                raise
            self.sink.missing(error, f"the schema {key!r}", "is read as any value")
            return Anything()
        named = Named(key=self._variants(target))
        return (
            Nullable(inner=named) if admits_null(node) or takes_null(target) else named
        )

    def _variants(self, target: Node) -> str:
        """Give the key for a schema that is referred to: of the family of a base."""
        key = key_of(target.origin)
        self.declare(key, target)
        heirs = self._families.heirs.get(key)
        if heirs is None:
            return key
        variant = key + VARIANT
        if variant not in self._known:
            self._known.add(variant)
            made = choice(target, heirs, self.document, self.declare, self.sink)
            self.definitions[variant] = Alias(
                key=variant, type=made, about=replace(about(target), name="")
            )
        return variant

    def _definition(self, key: str, node: Node) -> Definition:
        if _is_reference(node):
            return Alias(key=key, type=self._reference(node, key), about=about(node))
        shape = self._shape(node, key)
        if isinstance(shape, Record | Enumeration):
            return shape
        return Alias(key=key, type=shape, default=default_of(node), about=about(node))

    def _bare(self, node: Node, key: str) -> Type:
        """Give the type without null; hoist what needs a name."""
        shape = self._shape(node, key)
        match shape:
            case Record():
                return self._hoist(key, shape)
            case Enumeration():
                if len(shape.members) == 1:
                    return Literals(
                        values=(shape.members[0].value,),
                        kept=shape.kept,
                        constant=shape.constant,
                    )
                return self._hoist_enumeration(key, shape)
            case Choice() if needs_name(shape):
                return self._hoist(key, Alias(key=key, type=shape, about=about(node)))
            case Nullable(inner=Choice() as inner) if needs_name(inner):
                alias = Alias(key=key, type=inner, about=about(node))
                return Nullable(inner=self._hoist(key, alias))
            case _:
                return shape

    def _hoist(self, key: str, definition: Definition) -> Type:
        self._known.add(key)
        self.definitions[key] = definition
        return Named(key=key)

    def _hoist_enumeration(self, key: str, definition: Enumeration) -> Type:
        """Let inline enums of one property name and the same values share a definition."""
        name = next(
            part for part in reversed(key.split(SEPARATOR)) if part not in {"[]", "{}"}
        )
        shared_facts = list_shared_facts(definition)
        first = self._inline_enums.setdefault((name, *shared_facts), key)
        if first == key:
            return self._hoist(key, definition)
        shared = self.definitions[first]
        assert isinstance(shared, Enumeration)
        self.definitions[first] = replace(shared, sites=(*shared.sites, key))
        return Named(key=first)

    def _shape(self, node: Node, key: str) -> Type | Record | Enumeration:
        """Give what a schema is, before anything is hoisted."""
        if node.value in (None, True, {}, []):
            return Anything()
        if node.value is False:
            return Anything(kept=(("not", "{}"),))
        node = meant(node, self.sink)
        if node.has("allOf"):
            return self._composed(node, key)
        if node.has("oneOf") or node.has("anyOf"):
            return self._choice(node, key)
        if node.has("const") or (
            node.has("enum") and "object" not in declared_types(node)
        ):
            values = listed_values(node, self.sink)
            if values:
                return enumeration(node, key, values)
        if node.has("enum") and "object" in declared_types(node):
            self.sink.note(
                "enum-of-object",
                "an object schema lists scalar values; the list is passed over",
                at=node.origin.child("enum"),
                hint="remove `enum`, or declare the type of its values",
            )
        return self._plain(node, key)

    def _plain(self, node: Node, key: str) -> Type | Record:
        types = declared_types(node)
        if len(types) > 1:
            return self._choice_of_types(node, key, types)
        if not types:
            return containers.anything(self, node, key)
        return self.of_type(types[0], node, key)

    def _choice_of_types(self, node: Node, key: str, types: tuple[str, ...]) -> Type:
        options: list[Type] = []
        for name in types:
            shape = self.of_type(name, node, f"{key}{SEPARATOR}{name}")
            if isinstance(shape, Record):
                shape = self._hoist(shape.key, shape)
            options.append(shape)
        if {"integer", "number"} <= set(types):
            options = [each for each in options if each != Number(integer=True)]
        if len(options) == 1:
            return options[0]
        return Choice(options=tuple(options), exclusive=False, listed=True)

    def of_type(self, name: str, node: Node, key: str) -> Type | Record:
        """Give the type of a schema that is of the JSON type `name`."""
        kept = kept_of(node)
        match name:
            case "string":
                return containers.text(self, node, key)
            case "number" | "integer":
                return scalars.number(node, integer=name == "integer")
            case "boolean":
                return Flag(kept=kept)
            case "array":
                return containers.array(self, node, key)
            case _:
                return containers.object_(self, node, key)

    def one_of(self, options: list[Type], node: Node, key: str) -> Type:
        """Give the type of a value that is one of several, each named once."""
        plain = unify_read_alike(
            each.inner if isinstance(each, Nullable) else each for each in options
        )
        inner: Type = Anything()
        if len(plain) == 1:
            inner = plain[0]
        elif plain and not any(is_anything(each) for each in plain):
            inner = Choice(options=plain, exclusive=False)
            if needs_name(inner):
                alias = Alias(key=key, type=inner, about=about(node))
                inner = self._hoist(key, alias)
        has_null = any(isinstance(each, Nullable) for each in options)
        return Nullable(inner=inner) if has_null and not is_anything(inner) else inner

    def _composed(self, node: Node, key: str) -> Type | Record | Enumeration:
        """Give the type of a schema with `allOf`."""
        part = None if key in self._families.members else wrapped(node)
        if part is not None:
            return (
                self.type_of(part, key) if part.has("$ref") else self._shape(part, key)
            )
        fragments = [
            as_base(each, node.origin, self.target)
            for each in flattened(node, self.target)
        ]
        offer = choice_among(fragments)
        if offer is not None:
            others = [each for each in fragments if each is not offer]
            if any(each.has("properties") for each in (*others, offer)):
                return self._spread(others, offer, key)
            return self._shape(offer, key)
        return self._merged(fragments, node, key)

    def _merged(
        self, fragments: list[Node], node: Node, key: str
    ) -> Type | Record | Enumeration:
        whole = merge(fragments, node)
        if whole.properties:
            return containers.record(
                self, whole.node, key, whole.properties, whole.required
            )
        return (
            Anything()
            if is_annotation_only(whole.node)
            else self._shape(whole.node, key)
        )

    def _spread(self, others: list[Node], offer: Node, key: str) -> Type:
        """Merge what stands beside a choice into each of its options."""
        rest = without(offer, *OPTIONS, "discriminator")
        keyword = OPTIONS[0] if offer.has(OPTIONS[0]) else OPTIONS[1]
        listed = list(offer.elements_of(keyword))
        made: list[Type] = []
        became: dict[str, str] = {}
        for number, each in enumerate(listed, 1):
            option_key = f"{key}{SEPARATOR}|{label(each, number)}"
            parts = [*others, rest, *flattened(each, self.target)]
            shape = self._merged(parts, Node({}, each.origin), option_key)
            if isinstance(shape, Record | Enumeration):
                shape = self._hoist(option_key, shape)
            made.append(shape)
            if each.has("$ref") and isinstance(shape, Named):
                became[key_of(self.target(each).origin)] = shape.key
        options = unify_read_alike(made)
        if len(options) == 1:
            return options[0]
        told = tag(offer, listed, self.document, lambda *_: None, self.sink)
        return Choice(
            options=options,
            tag=None if told is None else renamed(told, became),
            exclusive=keyword == OPTIONS[0],
        )

    def _choice(self, node: Node, key: str) -> Type | Record | Enumeration:
        keyword = OPTIONS[0] if node.has(OPTIONS[0]) else OPTIONS[1]
        if node.has("properties") or node.has("type"):
            if not offers_shapes(node):
                return self._without_choice(node, key, keyword)
            if node.has("properties"):
                return self._spread([], node, key)
        listed = list(node.elements_of(keyword))
        options, null = self._options(listed, key)
        inner: Type = options[0]
        values = literal_values(options)
        if len(values) > 1:
            listing = enumeration(node, key, values)
            if not null or isinstance(listing, Literals):
                return listing
            inner = self._hoist_enumeration(f"{key}{SEPARATOR}|value", listing)
        elif len(options) > 1:
            inner = Choice(
                options=options,
                tag=tag(node, listed, self.document, self.declare, self.sink),
                exclusive=keyword == OPTIONS[0],
                kept=kept_of(node),
            )
        return (
            Nullable(inner=inner) if null and not isinstance(inner, Nullable) else inner
        )

    def _without_choice(
        self, node: Node, key: str, keyword: str
    ) -> Type | Record | Enumeration:
        shape = self._shape(without(node, *OPTIONS), key)
        return (
            replace(shape, kept=kept_of(node, keyword))
            if isinstance(shape, Record)
            else shape
        )

    def _options(self, listed: list[Node], key: str) -> tuple[tuple[Type, ...], bool]:
        options: list[Type] = []
        null = False
        for number, each in enumerate(listed, 1):
            if each.is_object and each.mapping().get("type") == "null":
                null = True
                continue
            option = self.type_of(each, f"{key}{SEPARATOR}|{label(each, number)}")
            if isinstance(option, Nullable):
                null, option = True, option.inner
            options.append(option)
        return unify_read_alike(options) or (Anything(),), null


def _is_reference(node: Node) -> bool:
    """Tell a `$ref` from a property of that name in a list of properties."""
    return node.is_object and isinstance(node.mapping().get("$ref"), str)
