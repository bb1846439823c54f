"""Composition: what `allOf` merges to, and what stands beside `oneOf`.

In: schema nodes and a way to follow references. Out: schema nodes without composition;
turning them into types is the next module's work.

Source: JSON Schema 2020-12 core §10.2.1; OpenAPI 3.0.3 §4.7.24.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flexprice_codegen.api.keywords import (
    declares_null,
    is_annotation_only,
    is_constraint_only,
    iter_conditional_properties,
)
from flexprice_codegen.diagnostics import Origin, build_error
from flexprice_codegen.spec.nodes import Json, Node

UNION_KEYWORDS = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class MergedSchema:
    """One schema made of several; each property keeps the place it came from."""

    node: Node
    properties: Mapping[str, Node]
    required: frozenset[str]


def remove_keywords(node: Node, *keywords: str) -> Node:
    """Give the schema without some of its keywords."""
    value = {
        name: each for name, each in node.read_mapping().items() if name not in keywords
    }
    return Node(value, node.origin)


def get_decorated_schema(node: Node) -> Node | None:
    """Give the one schema that `allOf` only decorates, None where it composes."""
    parts = [
        each for each in node.iter_elements_of("allOf") if not is_annotation_only(each)
    ]
    own = remove_keywords(node, "allOf")
    return parts[0] if len(parts) == 1 and is_annotation_only(own) else None


def is_nullable(node: Node) -> bool:
    """Tell whether null is a value of a schema, or of the one that it only decorates."""
    if declares_null(node) or not (node.is_object and node.has("allOf")):
        return declares_null(node)
    part = get_decorated_schema(node)
    return part is not None and not part.has("$ref") and is_nullable(part)


def flatten_composition(node: Node, resolve: Callable[[Node], Node]) -> list[Node]:
    """Give the schemas that a composition merges, references followed, in order.

    One that is reached on several ways counts once: to merge it again changes nothing.

    Raises:
        DiagnosticError: A schema is composed of itself.
    """
    return _flatten_fragments(node, resolve, frozenset(), set())


def _flatten_fragments(
    node: Node,
    resolve: Callable[[Node], Node],
    above: frozenset[Origin],
    done: set[Origin],
) -> list[Node]:
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
    """Give a part without its options, where they offer the schema that is composed.

    So a base may list its heirs, and each heir be composed of the base.
    """
    for keyword in UNION_KEYWORDS:
        for each in node.iter_elements_of(keyword):
            if each.has("$ref") and resolve(each).origin == heir:
                return remove_keywords(node, *UNION_KEYWORDS, "discriminator")
    return node


def find_union_fragment(fragments: Sequence[Node]) -> Node | None:
    """Give the first fragment that offers options of a shape of their own."""
    return next((each for each in fragments if has_distinct_variants(each)), None)


def has_distinct_variants(node: Node) -> bool:
    """Tell whether `oneOf`/`anyOf` here offers more than constraints on one shape."""
    return any(
        node.has(keyword)
        and not all(is_constraint_only(each) for each in node.iter_elements_of(keyword))
        for keyword in UNION_KEYWORDS
    )


def merge_schemas(fragments: Sequence[Node], node: Node) -> MergedSchema:
    """Merge schemas without composition; `node` is the one that composes them."""
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
            elif keyword in {"properties", "discriminator"}:
                continue
            elif keyword == "additionalProperties" and value is False:
                continue  # closes its own part only: the others have properties too
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
    """Give the bound that both schemas accept, where a keyword is a bound."""
    if isinstance(held, int | float) and isinstance(new, int | float):
        if keyword.startswith("min") or keyword == "exclusiveMinimum":
            return max(held, new)
        if keyword.startswith("max") or keyword == "exclusiveMaximum":
            return min(held, new)
    return new


def _merge_property(held: Node | None, new: Node) -> Node:
    """Give one schema for a property that two parts of a composition declare."""
    if held is None or held.value == new.value or is_annotation_only(held):
        return new
    if is_annotation_only(new):
        return held
    if is_constraint_only(new) and not held.has("$ref"):
        return Node({**held.read_mapping(), **new.read_mapping()}, held.origin)
    return new
