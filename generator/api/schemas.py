"""Schemas: from nodes of the document to types and definitions.

In: schema nodes, each with the key that it gets if it must be hoisted. Out: `Type`s,
and the `Definition`s that they name. A `$ref` gives `Named` at once and puts its target
on a list of work, so that recursion in the document is none here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from generator.api import scalars
from generator.api.applied import applied
from generator.api.compose import (
    OPTIONS,
    choice_among,
    flattened,
    merge,
    offers_shapes,
    without,
    wrapped,
)
from generator.api.containers import list_of, map_of
from generator.api.discriminators import tag, tag_of_parent
from generator.api.enumerations import (
    enumeration,
    listed_values,
    literal_values,
    needs_name,
)
from generator.api.keys import SEPARATOR, check_level, key_of, label
from generator.api.keywords import (
    about,
    admits_null,
    count_of,
    declared_types,
    default_of,
    is_annotation_only,
    is_closed,
    is_set,
    kept_of,
    required_names,
)
from generator.api.model import Alias, Definition, Enumeration, Property, Record
from generator.api.types import (
    Anything,
    Applied,
    Choice,
    Flag,
    Literals,
    Named,
    Nullable,
    Number,
    Text,
    Type,
)
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
    _inline_enums: dict[tuple[str, Enumeration], str] = field(default_factory=dict)

    def declare(self, key: str, node: Node) -> None:
        """Put a schema on the list of definitions to make."""
        if key not in self._known:
            self._known.add(key)
            self._pending.append((key, node))

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

    def type_of(self, node: Node, key: str) -> Type:
        """Give the type of a schema; what must be hoisted gets `key`.

        Raises:
            SpecError: The schema is no schema, or refers to nothing.
        """
        if isinstance(node.value, bool):
            return Anything() if node.value else Anything(kept=(("not", "{}"),))
        if node.has("$ref"):
            return self._reference(node)
        check_level(node, key)
        inner = self._bare(node, key)
        if admits_null(node) and not isinstance(inner, Nullable | Anything):
            return Nullable(inner=inner)
        return inner

    def target(self, node: Node) -> Node:
        """Follow the references of a node to the schema itself."""
        return self.document.resolve(node) if node.has("$ref") else node

    def _reference(self, node: Node) -> Type:
        target = self.document.resolve(node)
        key = key_of(target.origin)
        self.declare(key, target)
        named = Named(key=key)
        return (
            Nullable(inner=named) if admits_null(node) or admits_null(target) else named
        )

    def _definition(self, key: str, node: Node) -> Definition:
        if not isinstance(node.value, bool) and node.has("$ref"):
            return Alias(key=key, type=self._reference(node), about=about(node))
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
        """Let equal inline enums under one property name share one definition."""
        name = next(
            part for part in reversed(key.split(SEPARATOR)) if part not in {"[]", "{}"}
        )
        first = self._inline_enums.setdefault((name, definition), key)
        if first == key:
            return self._hoist(key, definition)
        shared = self.definitions[first]
        assert isinstance(shared, Enumeration)
        self.definitions[first] = replace(shared, sites=(*shared.sites, key))
        return Named(key=first)

    def _shape(self, node: Node, key: str) -> Type | Record | Enumeration:
        """Give what a schema is, before anything is hoisted."""
        if node.value is True or node.value == {}:
            return Anything()
        if node.value is False:
            return Anything(kept=(("not", "{}"),))
        node.mapping()
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
        if types:
            return self.of_type(types[0], node, key)
        names, more = tuple(sorted(required_names(node))), self.more(node, key)
        return Anything(kept=kept_of(node), required=names, applied=more)

    def more(self, node: Node, key: str) -> Applied:
        """Read what a schema applies to parts of its values; it stands apart."""
        return applied(self.apart or self, node, key)

    def _choice_of_types(self, node: Node, key: str, types: tuple[str, ...]) -> Type:
        options: list[Type] = []
        for name in types:
            shape = self.of_type(name, node, f"{key}{SEPARATOR}{name}")
            if isinstance(shape, Record):
                shape = self._hoist(shape.key, shape)
            options.append(shape)
        if {"integer", "number"} <= set(types):
            options = [each for each in options if each != Number(integer=True)]
        return (
            options[0]
            if len(options) == 1
            else Choice(options=tuple(options), exclusive=False, listed=True)
        )

    def of_type(self, name: str, node: Node, key: str) -> Type | Record:
        """Give the type of a schema that is of the JSON type `name`."""
        kept = kept_of(node)
        match name:
            case "string":
                return self._text(node, key)
            case "number" | "integer":
                return scalars.number(node, integer=name == "integer")
            case "boolean":
                return Flag(kept=kept)
            case "array":
                items = node.get("items")
                item = (
                    self.type_of(items, f"{key}{SEPARATOR}[]") if items else Anything()
                )
                return list_of(node, item, self.more(node, key))
            case _:
                return self._object(node, key)

    def _text(self, node: Node, key: str) -> Type:
        """Read a string, and what JSON it holds (JSON Schema validation §8.5)."""
        made, inner = scalars.text(node), node.get("contentSchema")
        if isinstance(made, Text) and inner is not None:
            return replace(made, content=self.type_of(inner, f"{key}{SEPARATOR}json"))
        return made

    def _object(self, node: Node, key: str) -> Type | Record:
        properties = dict(node.items_of("properties"))
        if not properties:
            return map_of(node, self._extra(node, key), self.more(node, key))
        return self.record(node, key, properties, required_names(node))

    def record(
        self,
        node: Node,
        key: str,
        properties: dict[str, Node],
        required: frozenset[str],
    ) -> Record:
        """Make the record of an object schema with these properties."""
        made = []
        for name, each in properties.items():
            try:
                made.append(self.property(name, each, key, required=name in required))
            except SpecError as error:
                self.sink.missing(error, f"the property {name!r}")
        return Record(
            key=key,
            properties=tuple(made),
            extra=self._extra(node, key),
            closed=is_closed(node),
            min_properties=count_of(node, "minProperties"),
            max_properties=count_of(node, "maxProperties"),
            kept=kept_of(node),
            applied=self.more(node, key),
            default=default_of(node),
            tag=tag_of_parent(node, self.document),
            about=about(node),
        )

    def property(self, name: str, node: Node, key: str, *, required: bool) -> Property:
        """Make one property of the record `key`."""
        target = self.target(node) if node.is_object else node
        type_ = self.type_of(node, f"{key}{SEPARATOR}{name}")
        return Property(
            wire=name,
            type=type_,
            required=required,
            default=default_of(node) if node.is_object else None,
            read_only=is_set(node, "readOnly") or is_set(target, "readOnly"),
            write_only=is_set(node, "writeOnly") or is_set(target, "writeOnly"),
            about=about(node),
        )

    def _extra(self, node: Node, key: str) -> Type | None:
        found = node.get("additionalProperties")
        if found is None or found.value is False:
            return None
        return self.type_of(found, f"{key}{SEPARATOR}{{}}")

    def _composed(self, node: Node, key: str) -> Type | Record | Enumeration:
        """Give the type of a schema with `allOf`."""
        part = wrapped(node)
        if part is not None:
            return (
                self.type_of(part, key) if part.has("$ref") else self._shape(part, key)
            )
        fragments = flattened(node, self.target)
        choice = choice_among(fragments)
        if choice is not None:
            others = [each for each in fragments if each is not choice]
            if any(each.has("properties") for each in (*others, choice)):
                return self._spread(others, choice, key)
            return self._shape(choice, key)
        return self._merged(fragments, node, key)

    def _merged(
        self, fragments: list[Node], node: Node, key: str
    ) -> Type | Record | Enumeration:
        whole = merge(fragments, node)
        if whole.properties:
            return self.record(whole.node, key, dict(whole.properties), whole.required)
        return (
            Anything()
            if is_annotation_only(whole.node)
            else self._shape(whole.node, key)
        )

    def _spread(self, others: list[Node], choice: Node, key: str) -> Type:
        """Merge what stands beside a choice into each of its options."""
        rest = without(choice, *OPTIONS, "discriminator")
        keyword = OPTIONS[0] if choice.has(OPTIONS[0]) else OPTIONS[1]
        listed = list(choice.elements_of(keyword))
        made: dict[Type, None] = {}
        for number, each in enumerate(listed, 1):
            option_key = f"{key}{SEPARATOR}|{label(each, number)}"
            parts = [*others, rest, *flattened(each, self.target)]
            shape = self._merged(parts, Node({}, each.origin), option_key)
            if isinstance(shape, Record | Enumeration):
                shape = self._hoist(option_key, shape)
            made[shape] = None
        if len(made) == 1:
            return next(iter(made))
        return Choice(options=tuple(made), exclusive=keyword == OPTIONS[0])

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
        options: dict[Type, None] = {}
        null = False
        for number, each in enumerate(listed, 1):
            if each.is_object and each.mapping().get("type") == "null":
                null = True
                continue
            option = self.type_of(each, f"{key}{SEPARATOR}|{label(each, number)}")
            if isinstance(option, Nullable):
                null, option = True, option.inner
            options[option] = None
        return tuple(options) or (Anything(),), null
