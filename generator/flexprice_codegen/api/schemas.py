"""Schemas: from nodes of the document to types and definitions.

In: schema nodes, each with the key that it gets if it is hoisted. Out: `Type`s, and the
definitions that they name. A `$ref` becomes a `Reference` at once and its target is
added to a queue, so that recursion in the document causes none here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from flexprice_codegen.api import containers, scalars
from flexprice_codegen.api.composed_schemas import read_composition, read_union
from flexprice_codegen.api.composition import CompositionReader, is_reference
from flexprice_codegen.api.definition_builder import CompositionMemory, Shape
from flexprice_codegen.api.enumerations import (
    build_enum,
    build_merge_key,
    needs_name,
    read_enum_values,
)
from flexprice_codegen.api.inheritance import (
    NO_DERIVED_SCHEMAS,
    VARIANT_SUFFIX,
    DerivedSchemas,
    build_derived_union,
    find_derived_schemas,
)
from flexprice_codegen.api.keys import (
    SEPARATOR,
    check_depth,
    get_last_name,
    get_schema_key,
)
from flexprice_codegen.api.keywords import (
    get_declared_types,
    get_default,
    get_kept_keywords,
    read_metadata,
    remove_null_keywords,
    replace_dynamic_ref,
)
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
)
from flexprice_codegen.api.null_values import declares_null, lists_null
from flexprice_codegen.api.plain_schemas import (
    PLAIN_TYPES,
    get_plain_reference,
    get_plain_type,
)
from flexprice_codegen.api.recursive_unions import remove_recursive_unions
from flexprice_codegen.api.type_names import normalize_types
from flexprice_codegen.api.types import (
    AnyValue,
    Boolean,
    Literals,
    Nullable,
    Number,
    Reference,
    Type,
    Union,
)
from flexprice_codegen.api.unread_facts import is_anything, unify_read_alike
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, Origin
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node


@dataclass(slots=True)
class SchemaBuilder:
    """The definitions built so far, and the queue of those to build."""

    document: Document
    sink: DiagnosticSink
    schemas: dict[str, NamedSchema] = field(default_factory=dict)
    diff_only_reader: SchemaBuilder | None = None
    """The builder for schemas that no client needs."""
    _pending: deque[tuple[str, Node]] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _families: DerivedSchemas = NO_DERIVED_SCHEMAS
    _inline_enums: dict[tuple[object, ...], str] = field(default_factory=dict)
    _plain_references: dict[tuple[str, str], Type] = field(default_factory=dict)
    _reference_types: dict[Origin, Reference | Nullable] = field(default_factory=dict)
    compositions: CompositionReader = field(init=False)
    memory: CompositionMemory = field(default_factory=CompositionMemory)

    def __post_init__(self) -> None:
        """Create the reader of compositions."""
        self.compositions = CompositionReader(
            resolve=self.resolve_target,
            # From OpenAPI 3.1 on, a schema is one of JSON Schema 2020-12.
            has_siblings=not self.document.version.startswith("3.0"),
        )

    def declare_schema(self, key: str, node: Node) -> None:
        """Add a schema to the queue of definitions to build.

        Args:
            key: The key of its definition; a known key is ignored.
            node: The schema.
        """
        if key not in self._known:
            self._known.add(key)
            self._pending.append((key, node))

    def declare_components(self) -> None:
        """Add the component schemas to the queue, and find their derived schemas."""
        components = self.document.root.get("components")
        found = () if components is None else components.iter_items_of("schemas")
        listed = [each for _, each in found]
        for each in listed:
            self.declare_schema(get_schema_key(each.origin), each)
        self._families = find_derived_schemas(self.document, listed)

    def build_all(self) -> None:
        """Build all definitions that were declared or referred to.

        A schema that cannot be read becomes any value, with a warning.
        """
        while self._pending:
            key, node = self._pending.popleft()
            try:
                self.schemas[key] = self._build_schema(key, node)
            except DiagnosticError as error:
                self.sink.add_skipped(error, f"schema {key!r}", "accepts any value")
                self.schemas[key] = AliasSchema(
                    key=key, type=AnyValue(), about=read_metadata(node)
                )
        self.schemas = remove_recursive_unions(self.schemas)

    def read_type(self, node: Node, key: str) -> Type:
        """Return the type of a schema; a definition hoisted from it gets `key`.

        Raises:
            DiagnosticError: The schema is invalid, or refers to nothing.
        """
        name = get_plain_type(node)
        if not name:
            reference = get_plain_reference(node)
            if reference:
                return self._read_plain_reference(node, reference, key)
        if not name or self.memory.needs_name(key):
            return self._read_full_type(node, key)
        return PLAIN_TYPES[name]

    def _read_plain_reference(self, node: Node, reference: str, key: str) -> Type:
        """Return the type of a `$ref` alone, of which some schemas have thousands."""
        place = (node.resource, reference)
        found = self._plain_references.get(place)
        if found is None:
            found = self._read_reference(node, key)
            # A `$ref` that leads to itself has a warning at each of its places.
            if not is_anything(found):
                self._plain_references[place] = found
        return found

    def _read_full_type(self, node: Node, key: str) -> Type:
        if node.value is None:
            return AnyValue()

        node = self._expand_reference(replace_dynamic_ref(node))
        if is_reference(node):
            return self._read_reference(node, key)

        check_depth(node, key)
        node = remove_null_keywords(node)
        node = normalize_types(node, self.sink) if node.is_object else node

        inner = self._read_non_null_type(node, key)
        if self.compositions.is_nullable(node) and not isinstance(
            inner, Nullable | AnyValue
        ):
            return Nullable(inner=inner, unlisted=not lists_null(node))
        return inner

    def resolve_target(self, node: Node) -> Node:
        """Follow the references of a node to the schema itself."""
        return self.document.resolve(node) if node.has("$ref") else node

    def is_derived(self, key: str) -> bool:
        """Return whether the schema with this key is derived from a base."""
        return key in self._families.keys

    def _expand_reference(self, node: Node) -> Node:
        """Return a `$ref` as a composition, if the keywords next to it count."""
        if not is_reference(node) or len(node.read_mapping()) == 1:
            return node
        expanded = self.compositions.expand_reference(node)
        if expanded is node or self.compositions.has_siblings:
            return expanded
        self.sink.add_note(
            "ref-siblings",
            "ignored the keywords next to `$ref` (OpenAPI 3.0)",
            at=node.origin,
            hint="put `$ref` and the other keywords into an `allOf`",
        )
        return node

    def _read_reference(self, node: Node, key: str) -> Type:
        try:
            target = self.document.resolve(node)
        except DiagnosticError as error:
            # A cycle of references has no type; everything else is an error of the
            # document.
            if any(each.code != "reference-cycle" for each in error.diagnostics):
                raise
            self.sink.add_skipped(error, f"schema {key!r}", "accepts any value")
            return AnyValue()

        found = self._get_reference_type(target)
        if declares_null(node) and not isinstance(found, Nullable):
            return Nullable(inner=found)
        return found

    def _get_reference_type(self, target: Node) -> Reference | Nullable:
        """Return the type of all references to a schema, which are thousands of some."""
        found = self._reference_types.get(target.origin)
        if found is None:
            found = Reference(key=self._get_reference_key(target))
            if self.compositions.is_nullable(target):
                found = Nullable(inner=found, unlisted=not lists_null(target))
            self._reference_types[target.origin] = found
        return found

    def _get_reference_key(self, target: Node) -> str:
        """Return the key for a reference; for a base, that of the derived union."""
        key = get_schema_key(target.origin)
        self.declare_schema(key, target)
        heirs = self._families.by_base.get(key)
        if heirs is None:
            return key

        variant = key + VARIANT_SUFFIX
        if variant not in self._known:
            self._known.add(variant)
            made = build_derived_union(
                target, heirs, self.document, self.declare_schema, self.sink
            )
            self.schemas[variant] = AliasSchema(
                key=variant, type=made, about=replace(read_metadata(target), name="")
            )

        return variant

    def _build_schema(self, key: str, node: Node) -> NamedSchema:
        node = self._expand_reference(node)
        if is_reference(node):
            return AliasSchema(
                key=key, type=self._read_reference(node, key), about=read_metadata(node)
            )
        shape = self.read_schema(node, key)
        if isinstance(shape, ObjectSchema | EnumSchema):
            return shape
        return AliasSchema(
            key=key, type=shape, default=get_default(node), about=read_metadata(node)
        )

    def _read_non_null_type(self, node: Node, key: str) -> Type:
        """Return the type of a schema without null, and hoist what needs a name."""
        return self.name_shape(self.read_schema(node, key), key, node)

    def name_shape(self, shape: Shape, key: str, node: Node) -> Type:
        """Return a shape as a type; what needs a name becomes a definition.

        Args:
            shape: The type or definition of a schema.
            key: The key of its definition.
            node: The schema.
        """
        match shape:
            case ObjectSchema():
                return self.hoist_schema(key, shape)
            case EnumSchema():
                # An enum of one value needs no class.
                if len(shape.values) == 1:
                    return Literals(
                        values=(shape.values[0].value,),
                        kept=shape.kept,
                        constant=shape.constant,
                    )
                return self.hoist_enum(key, shape)
            case Union() if needs_name(shape) or self.memory.needs_name(key):
                return self._hoist_alias(key, shape, node)
            case Nullable(inner=Union() as inner) if needs_name(inner):
                return Nullable(inner=self._hoist_alias(key, inner, node))
            case _ if self.memory.needs_name(key) and shape != Reference(key=key):
                return self._hoist_alias(key, shape, node)
            case _:
                return shape

    def _hoist_alias(self, key: str, type_: Type, node: Node) -> Type:
        alias = AliasSchema(key=key, type=type_, about=read_metadata(node))
        return self.hoist_schema(key, alias)

    def hoist_schema(self, key: str, definition: NamedSchema) -> Type:
        """Add an inline definition; return the reference to it."""
        self._known.add(key)
        self.schemas[key] = definition
        return Reference(key=key)

    def hoist_enum(self, key: str, definition: EnumSchema) -> Type:
        """Hoist an inline enum; equal ones of one property name share a definition."""
        # Null is said where the enum is used, which differs where it is shared.
        about = replace(definition.about, nullable=False)
        definition = replace(definition, about=about)
        shared_facts = (get_last_name(key), *build_merge_key(definition))
        first = self._inline_enums.setdefault(shared_facts, key)
        if first == key:
            return self.hoist_schema(key, definition)

        shared = self.schemas[first]
        assert isinstance(shared, EnumSchema)
        self.schemas[first] = replace(shared, sites=(*shared.sites, key))
        return Reference(key=first)

    def read_schema(self, node: Node, key: str) -> Type | ObjectSchema | EnumSchema:
        """Return the type or definition of a schema, before anything is hoisted."""
        if node.value in (None, True, {}, []):
            return AnyValue()
        if node.value is False:
            # `false` accepts nothing, as `{not: {}}` does (JSON Schema 2020-12 core
            # §4.3.2).
            return AnyValue(kept=(("not", "{}"),))

        node = normalize_types(remove_null_keywords(node), self.sink)
        if node.has("allOf"):
            return read_composition(self, node, key)
        if node.has("oneOf") or node.has("anyOf"):
            return read_union(self, node, key)
        return self.read_merged_schema(node, key)

    def read_merged_schema(
        self, node: Node, key: str
    ) -> Type | ObjectSchema | EnumSchema:
        """Return the type or definition of a schema that needs no (further) merging."""
        if node.has("const") or (
            node.has("enum") and "object" not in get_declared_types(node)
        ):
            values = read_enum_values(node, self.sink)
            if values:
                return build_enum(node, key, values)
        if node.has("enum") and "object" in get_declared_types(node):
            self.sink.add_note(
                "enum-of-object",
                "ignored `enum`: the schema is an object, but the values are scalars",
                at=node.origin.get_child("enum"),
                hint="remove `enum`, or declare the type of its values",
            )

        return self._read_plain_schema(node, key)

    def _read_plain_schema(self, node: Node, key: str) -> Type | ObjectSchema:
        types = get_declared_types(node)
        if len(types) > 1:
            return self._build_union_of_types(node, key, types)
        if not types:
            return containers.read_any(self, node, key)
        return self.read_json_type(types[0], node, key)

    def _build_union_of_types(
        self, node: Node, key: str, types: tuple[str, ...]
    ) -> Type:
        options: list[Type] = []
        for name in types:
            shape = self.read_json_type(name, node, f"{key}{SEPARATOR}{name}")
            if isinstance(shape, ObjectSchema):
                shape = self.hoist_schema(shape.key, shape)
            options.append(shape)

        # `[integer, number]` is a number: every integer is one.
        if {"integer", "number"} <= set(types):
            options = [each for each in options if each != Number(integer=True)]

        if len(options) == 1:
            return options[0]

        return Union(variants=tuple(options), exclusive=False, listed=True)

    def read_json_type(self, name: str, node: Node, key: str) -> Type | ObjectSchema:
        """Return the type of a schema with the JSON type `name`."""
        kept = get_kept_keywords(node)
        match name:
            case "string":
                return containers.read_string(self, node, key)
            case "number" | "integer":
                return scalars.read_number(node, integer=name == "integer")
            case "boolean":
                return Boolean(kept=kept)
            case "array":
                return containers.read_array(self, node, key)
            case _:
                return containers.read_object(self, node, key)

    def build_union(self, options: list[Type], node: Node, key: str) -> Type:
        """Return the type of a value that is one of several, each variant once.

        Args:
            options: The types of the variants, also nullable.
            node: The schema that the union belongs to.
            key: The key of the union, if it is hoisted.
        """
        plain = unify_read_alike(
            each.inner if isinstance(each, Nullable) else each for each in options
        )

        inner: Type = AnyValue()
        if len(plain) == 1:
            inner = plain[0]
        elif plain and not any(is_anything(each) for each in plain):
            inner = Union(variants=plain, exclusive=False)
            if needs_name(inner):
                alias = AliasSchema(key=key, type=inner, about=read_metadata(node))
                inner = self.hoist_schema(key, alias)

        has_null = any(isinstance(each, Nullable) for each in options)
        return Nullable(inner=inner) if has_null and not is_anything(inner) else inner
