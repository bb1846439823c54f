"""Composition: the schemas that `allOf` and `$ref` bring together, as one schema.

In: schema nodes and a function to follow references. Out: schema nodes without `allOf`
and `$ref`; other modules turn them into types.

Source: JSON Schema 2020-12 core §10.2.1, §8.2.3.1; OpenAPI 3.0.3 §4.7.24.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from flexprice_codegen.api.intersected_bounds import BOUNDS, satisfies_bounds
from flexprice_codegen.api.intersected_values import list_values
from flexprice_codegen.api.intersection import (
    Intersection,
    intersect_schemas,
    list_annotations,
)
from flexprice_codegen.api.intersection_draft import Contradiction
from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.keywords import (
    get_declared_types,
    is_annotation,
    is_annotation_only,
    is_constraint_only,
)
from flexprice_codegen.api.merged_nodes import build_list_node, build_object_node
from flexprice_codegen.api.null_values import declares_null
from flexprice_codegen.diagnostics import DiagnosticError, Origin, build_error
from flexprice_codegen.spec.nodes import Node

UNION_KEYWORDS = ("oneOf", "anyOf")
_REFERENCES = ("$ref", "$dynamicRef")
_TYPE = frozenset({"type", "nullable"})
Resolve: TypeAlias = Callable[[Node], Node]


def remove_keywords(node: Node, *keywords: str) -> Node:
    """Return the schema without some of its keywords."""
    value = {
        name: each for name, each in node.read_mapping().items() if name not in keywords
    }
    return node.derive(value)


def is_reference(node: Node) -> bool:
    """Return whether a node is a `$ref`, not an object with a property of that name."""
    value = node.value
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def get_decorated_schema(node: Node) -> Node | None:
    """Return the one schema to which `allOf` only adds annotations, or None.

    OpenAPI 3.0 ignores the siblings of a `$ref`, so documents wrap it in an `allOf` to
    add a description.
    """
    parts = [
        each for each in node.iter_elements_of("allOf") if not is_annotation_only(each)
    ]
    own = remove_keywords(node, "allOf")
    return parts[0] if len(parts) == 1 and is_annotation_only(own) else None


@dataclass(slots=True)
class CompositionReader:
    """A reader of the fragments of a composition: schemas without `allOf` and `$ref`.

    Attributes:
        resolve: Follows the `$ref` of a node.
        has_siblings: Whether keywords next to a `$ref` count, as they do from OpenAPI
            3.1 on.
    """

    resolve: Resolve
    has_siblings: bool
    _nullable: dict[Origin, bool] = field(default_factory=dict)

    def list_fragments(self, node: Node) -> list[Node]:
        """Return the schemas that a composition merges, in order.

        A schema that is reached on several paths counts once: merging it again changes
        nothing.

        Args:
            node: The schema; its own keywords are the last fragment.

        Raises:
            DiagnosticError: `composition-cycle`, or as `resolve`.
        """
        found = self._list_fragments(node, frozenset(), set())
        return [self._strip_circular_variants(each, node.origin) for each in found]

    def _list_fragments(
        self, node: Node, above: frozenset[Origin], done: set[Origin]
    ) -> list[Node]:
        if node.value is False:
            return [Node({"not": {}}, node.origin)]
        # `true` has no keywords to merge.
        if node.value is True:
            return []

        if is_reference(node):
            found = self._list_target_fragments(node, above, done)
            own = remove_keywords(node, *_REFERENCES)
            return [*found, own] if self._has_further_keywords(node) else found

        fragments = []
        for each in node.iter_elements_of("allOf"):
            fragments += self._list_fragments(each, above, done)

        own = remove_keywords(node, "allOf")
        return fragments if is_annotation_only(own) else [*fragments, own]

    def _list_target_fragments(
        self, node: Node, above: frozenset[Origin], done: set[Origin]
    ) -> list[Node]:
        target = self.resolve(node)
        if target.origin in above:
            raise build_error(
                "composition-cycle",
                "it includes itself through `allOf`",
                at=node.origin,
                hint="remove this part of `allOf`",
            )
        if target.origin in done:
            return []

        found = self._list_fragments(target, above | {target.origin}, done)
        done.add(target.origin)
        return found

    def _has_further_keywords(self, node: Node) -> bool:
        return self.has_siblings and not is_annotation_only(
            remove_keywords(node, *_REFERENCES)
        )

    def _strip_circular_variants(self, node: Node, heir: Origin) -> Node:
        """Return a part without its variants, if the composed schema is one of them.

        So a base may list its derived schemas, and each of them be composed of the base.
        """
        for keyword in UNION_KEYWORDS:
            for each in node.iter_elements_of(keyword):
                if is_reference(each) and self.resolve(each).origin == heir:
                    return remove_keywords(node, *UNION_KEYWORDS, "discriminator")
        return node

    def is_nullable(self, node: Node) -> bool:
        """Return whether a schema accepts null: by its own keywords, or by all parts."""
        if declares_null(node) or not (node.is_object and node.has("allOf")):
            return declares_null(node)
        part = get_decorated_schema(node)
        if part is not None:
            return not is_reference(part) and self.is_nullable(part)
        known = self._nullable.get(node.origin)
        if known is None:
            known = self._nullable[node.origin] = self._have_parts_null(node)
        return known

    def _have_parts_null(self, node: Node) -> bool:
        try:
            fragments = self.list_fragments(node)
        except DiagnosticError:
            # Whoever reads the schema reports the error.
            return False
        typed = [
            each
            for each in fragments
            if each.has("type") or each.has("enum") or each.has("const")
        ]
        return bool(typed) and all(declares_null(each) for each in typed)

    def expand_reference(self, node: Node) -> Node:
        """Return a `$ref` as an `allOf`, if the keywords next to it say more.

        They do unless they are annotations, or the schema itself says the same:
        `{$ref: X, required: [a]}` is `{allOf: [{$ref: X}, {required: [a]}]}`.

        Args:
            node: A `$ref`, with or without further keywords.
        """
        if is_annotation_only(remove_keywords(node, *_REFERENCES)):
            return node

        target = node.derive({"$ref": node.read_mapping()["$ref"]})
        rest = remove_keywords(node, *_REFERENCES, *list_annotations(node))
        if self._adds_nothing(target, rest):
            return node

        annotations = {
            name: each for name, each in node.iter_items() if is_annotation(name)
        }
        parts = build_list_node([target, rest], node.origin)
        return build_object_node({**annotations, "allOf": parts}, node.origin)

    def find_sufficient_part(self, node: Node) -> Node | None:
        """Return the reference in an `allOf` that says all that the other parts say.

        Args:
            node: A schema with `allOf`.
        """
        parts = list(node.iter_elements_of("allOf"))
        # Recursive compositions repeat references; one comparison is enough for each.
        references = {
            canonical_json(each.value): each for each in parts if is_reference(each)
        }
        for each in references.values():
            others = [part for part in parts if part is not each]
            rest = build_list_node(others, node.origin)
            whole = build_object_node({"allOf": rest}, node.origin)
            if self._adds_nothing(each, whole):
                return each
        return None

    def _adds_nothing(self, target: Node, rest: Node) -> bool:
        """Return whether a reference says all that another schema says."""
        try:
            fragments = self.list_fragments(target)
            further = self.list_fragments(rest)
            if all(each.read_mapping().keys() <= _TYPE for each in further):
                return all(
                    any(_has_types_of(own, each) for own in fragments)
                    for each in further
                )
            known = merge_fragments(fragments, Node({}, target.origin)).node
            return all(_is_satisfied(each, known) for each in further)
        except DiagnosticError:
            # Without a target there is nothing to compare; its reader reports why.
            return True


def _is_satisfied(fragment: Node, known: Node) -> bool:
    """Return whether a schema does not narrow another one."""
    further = _drop_satisfied(fragment, known)
    merged = merge_fragments([known, further], Node({}, known.origin)).node
    return _strip_annotations(merged) == _strip_annotations(known)


def _drop_satisfied(fragment: Node, values: Node) -> Node:
    """Return a schema without the bounds that all values of an enum satisfy."""
    listed = list_values(values)
    if listed is None:
        return fragment
    is_satisfied = all(satisfies_bounds(each.value, fragment) for each in listed)
    return remove_keywords(fragment, *BOUNDS) if is_satisfied else fragment


def _strip_annotations(node: Node) -> str:
    return canonical_json(
        {
            name: each
            for name, each in node.read_mapping().items()
            if not is_annotation(name)
        }
    )


def _has_types_of(fragment: Node, typed: Node) -> bool:
    """Return whether all values of a schema have the types that another one declares."""
    if any(fragment.has(name) for name in (*UNION_KEYWORDS, "enum", "const")):
        return True
    allowed = set(get_declared_types(typed))
    if "number" in allowed:
        allowed.add("integer")
    own = get_declared_types(fragment)
    return bool(own) and allowed.issuperset(own)


def merge_fragments(fragments: Sequence[Node], node: Node) -> Intersection:
    """Merge fragments into one schema.

    Args:
        fragments: Schemas without `allOf` and `$ref`; annotations of a later one take
            precedence.
        node: The schema that is composed of them; its annotations take precedence over
            all.

    Raises:
        DiagnosticError: `wrong-type`: a keyword has a value of another type.
    """
    merged = Node({}, node.origin)
    contradictions: list[Contradiction] = []
    for each in fragments:
        # A discriminator of a part distinguishes the derived schemas of that part only.
        part = each if each.origin == node.origin else _remove_discriminator(each)
        made = intersect_schemas(merged, part)
        merged = made.node
        contradictions += made.contradictions

    members = dict(merged.iter_items())
    members |= {name: each for name, each in node.iter_items() if is_annotation(name)}
    # Documents mean it so: null is allowed here, whatever the parts say.
    if declares_null(node) and not declares_null(merged):
        members["nullable"] = Node(True, node.origin)
    return Intersection(build_object_node(members, node.origin), tuple(contradictions))


def _remove_discriminator(node: Node) -> Node:
    return remove_keywords(node, "discriminator") if node.has("discriminator") else node


def has_distinct_variants(node: Node, keyword: str) -> bool:
    """Return whether `oneOf` or `anyOf` has more than constraints on one schema."""
    return node.has(keyword) and not all(
        is_constraint_only(each) for each in node.iter_elements_of(keyword)
    )
