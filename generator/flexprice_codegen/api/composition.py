"""Composition: merging `allOf`, and keywords next to `oneOf`.

In: schema nodes and a function to follow references. Out: schema nodes without
composition; the next module turns them into types.

Source: JSON Schema 2020-12 core §10.2.1; OpenAPI 3.0.3 §4.7.24.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flexprice_codegen.api.keywords import (
    declares_null,
    is_annotation_only,
    is_constraint_only,
    iter_conditional_properties,
)
from flexprice_codegen.diagnostics import Origin, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Json, Node

UNION_KEYWORDS = ("oneOf", "anyOf")


@frozen_value
class MergedSchema:
    """One schema, merged from several; each property keeps its origin."""

    node: Node
    properties: Mapping[str, Node]
    required: frozenset[str]


def remove_keywords(node: Node, *keywords: str) -> Node:
    """Return the schema without some of its keywords."""
    value = {
        name: each for name, each in node.read_mapping().items() if name not in keywords
    }
    return Node(value, node.origin)


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


def is_nullable(node: Node) -> bool:
    """Return whether a schema, or the one that it only annotates, accepts null."""
    if declares_null(node) or not (node.is_object and node.has("allOf")):
        return declares_null(node)
    part = get_decorated_schema(node)
    return part is not None and not part.has("$ref") and is_nullable(part)


def flatten_composition(node: Node, resolve: Callable[[Node], Node]) -> list[Node]:
    """Return the schemas that a composition merges, in order, with references followed.

    A schema that is reached on several paths counts once: merging it again changes
    nothing.

    Args:
        node: The schema with `allOf`.
        resolve: Follows the `$ref` of a node.

    Raises:
        DiagnosticError: `composition-cycle`, or as `resolve`.
    """
    return _flatten_fragments(node, resolve, frozenset(), set())


def _flatten_fragments(
    node: Node,
    resolve: Callable[[Node], Node],
    above: frozenset[Origin],
    done: set[Origin],
) -> list[Node]:
    # True and false have no keywords to merge.
    if isinstance(node.value, bool):
        return []

    if node.has("$ref"):
        target = resolve(node)
        if target.origin in above:
            raise build_error(
                "composition-cycle",
                "the schema is composed of itself",
                at=node.origin,
                hint="take this part out of `allOf`",
            )
        if target.origin in done:
            return []

        found = _flatten_fragments(target, resolve, above | {target.origin}, done)
        done.add(target.origin)
        return found

    fragments = []
    for each in node.iter_elements_of("allOf"):
        fragments += _flatten_fragments(each, resolve, above, done)

    own = remove_keywords(node, "allOf")
    return fragments if is_annotation_only(own) else [*fragments, own]


def strip_circular_variants(
    node: Node, heir: Origin, resolve: Callable[[Node], Node]
) -> Node:
    """Return a part without its variants, if the composed schema is one of them.

    So a base may list its derived schemas, and each of them be composed of the base.

    Args:
        node: A part of the composition.
        heir: The origin of the composed schema.
        resolve: Follows the `$ref` of a node.
    """
    for keyword in UNION_KEYWORDS:
        for each in node.iter_elements_of(keyword):
            if each.has("$ref") and resolve(each).origin == heir:
                return remove_keywords(node, *UNION_KEYWORDS, "discriminator")
    return node


def find_union_fragment(fragments: Sequence[Node]) -> Node | None:
    """Return the first fragment whose variants are more than constraints, or None."""
    return next((each for each in fragments if has_distinct_variants(each)), None)


def has_distinct_variants(node: Node) -> bool:
    """Return whether `oneOf` or `anyOf` has more than constraints on one schema."""
    return any(
        node.has(keyword)
        and not all(is_constraint_only(each) for each in node.iter_elements_of(keyword))
        for keyword in UNION_KEYWORDS
    )


def merge_schemas(fragments: Sequence[Node], node: Node) -> MergedSchema:
    """Merge schemas without composition.

    Args:
        fragments: The schemas of `flatten_composition`; a later one takes precedence.
        node: The schema that composes them; its own keywords take precedence over all.
    """
    properties: dict[str, Node] = {}
    facts: dict[str, Json] = {}
    required: list[Json] = []

    for each in fragments:
        for name, schema in iter_conditional_properties(each):
            properties.setdefault(name, schema)
        for name, schema in each.iter_items_of("properties"):
            properties[name] = _merge_property(properties.get(name), schema)
        for keyword, value in each.read_mapping().items():
            if keyword == "required":
                required += value if isinstance(value, list) else []
            # A discriminator of a part distinguishes the derived schemas of that part
            # only.
            elif keyword in {"properties", "discriminator"}:
                continue
            elif keyword == "additionalProperties" and value is False:
                # It closes only its own part; the others have properties too.
                continue
            else:
                facts[keyword] = _choose_narrower_limit(
                    keyword, facts.get(keyword), value
                )

    facts |= remove_keywords(node, "allOf", "properties", "required").read_mapping()
    facts = {
        k: v for k, v in facts.items() if k != "additionalProperties" or v is not False
    }

    names = frozenset(each for each in required if isinstance(each, str))
    return MergedSchema(Node(facts, node.origin), properties, names)


def _choose_narrower_limit(keyword: str, held: Json, new: Json) -> Json:
    """Return the limit that satisfies both schemas, if a keyword is a limit."""
    if isinstance(held, int | float) and isinstance(new, int | float):
        if keyword.startswith("min") or keyword == "exclusiveMinimum":
            return max(held, new)
        if keyword.startswith("max") or keyword == "exclusiveMaximum":
            return min(held, new)
    return new


def _merge_property(held: Node | None, new: Node) -> Node:
    """Return one schema for a property that two parts of a composition declare."""
    if held is None or held.value == new.value or is_annotation_only(held):
        return new
    if is_annotation_only(new):
        return held
    # A part often adds only a limit to a property that another part declares.
    if is_constraint_only(new) and not held.has("$ref"):
        return Node({**held.read_mapping(), **new.read_mapping()}, held.origin)
    return new
