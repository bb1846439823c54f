"""Composition: what `allOf` merges to, and what stands beside `oneOf`.

In: schema nodes and a way to follow references. Out: schema nodes without composition;
turning them into types is the next module's work.

Source: JSON Schema 2020-12 core §10.2.1; OpenAPI 3.0.3 §4.7.24.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flexprice_codegen.api.keywords import (
    admits_null,
    conditional,
    is_annotation_only,
    is_constraint_only,
)
from flexprice_codegen.diagnostics import Origin, fault
from flexprice_codegen.spec.nodes import Json, Node

OPTIONS = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Merged:
    """One schema made of several; each property keeps the place it came from."""

    node: Node
    properties: Mapping[str, Node]
    required: frozenset[str]


def without(node: Node, *keywords: str) -> Node:
    """Give the schema without some of its keywords."""
    value = {
        name: each for name, each in node.mapping().items() if name not in keywords
    }
    return Node(value, node.origin)


def wrapped(node: Node) -> Node | None:
    """Give the one schema that `allOf` only decorates, None where it composes."""
    parts = [each for each in node.elements_of("allOf") if not is_annotation_only(each)]
    own = without(node, "allOf")
    return parts[0] if len(parts) == 1 and is_annotation_only(own) else None


def takes_null(node: Node) -> bool:
    """Tell whether null is a value of a schema, or of the one that it only decorates."""
    if admits_null(node) or not (node.is_object and node.has("allOf")):
        return admits_null(node)
    part = wrapped(node)
    return part is not None and not part.has("$ref") and takes_null(part)


def flattened(node: Node, resolve: Callable[[Node], Node]) -> list[Node]:
    """Give the schemas that a composition merges, references followed, in order.

    One that is reached on several ways counts once: to merge it again changes nothing.

    Raises:
        SpecError: A schema is composed of itself.
    """
    return _flattened(node, resolve, frozenset(), set())


def _flattened(
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
            raise fault(
                "composition-cycle",
                "the schema is composed of itself",
                at=node.origin,
                hint="take this part out of `allOf`",
            )
        if target.origin in done:
            return []
        found = _flattened(target, resolve, above | {target.origin}, done)
        done.add(target.origin)
        return found
    fragments = []
    for each in node.elements_of("allOf"):
        fragments += _flattened(each, resolve, above, done)
    own = without(node, "allOf")
    return fragments if is_annotation_only(own) else [*fragments, own]


def as_base(node: Node, heir: Origin, resolve: Callable[[Node], Node]) -> Node:
    """Give a part without its options, where they offer the schema that is composed.

    So a base may list its heirs, and each heir be composed of the base.
    """
    for keyword in OPTIONS:
        for each in node.elements_of(keyword):
            if each.has("$ref") and resolve(each).origin == heir:
                return without(node, *OPTIONS, "discriminator")
    return node


def choice_among(fragments: Sequence[Node]) -> Node | None:
    """Give the first fragment that offers options of a shape of their own."""
    return next((each for each in fragments if offers_shapes(each)), None)


def offers_shapes(node: Node) -> bool:
    """Tell whether `oneOf`/`anyOf` here offers more than constraints on one shape."""
    return any(
        node.has(keyword)
        and not all(is_constraint_only(each) for each in node.elements_of(keyword))
        for keyword in OPTIONS
    )


def merge(fragments: Sequence[Node], node: Node) -> Merged:
    """Merge schemas without composition; `node` is the one that composes them."""
    properties: dict[str, Node] = {}
    facts: dict[str, Json] = {}
    required: list[Json] = []
    for each in fragments:
        for name, schema in conditional(each):
            properties.setdefault(name, schema)
        for name, schema in each.items_of("properties"):
            properties[name] = _both(properties.get(name), schema)
        for keyword, value in each.mapping().items():
            if keyword == "required":
                required += value if isinstance(value, list) else []
            elif keyword in {"properties", "discriminator"}:
                continue
            elif keyword == "additionalProperties" and value is False:
                continue  # closes its own part only: the others have properties too
            else:
                facts[keyword] = _narrower(keyword, facts.get(keyword), value)
    facts |= without(node, "allOf", "properties", "required").mapping()
    facts = {
        k: v for k, v in facts.items() if k != "additionalProperties" or v is not False
    }
    names = frozenset(each for each in required if isinstance(each, str))
    return Merged(Node(facts, node.origin), properties, names)


def _narrower(keyword: str, held: Json, new: Json) -> Json:
    """Give the bound that both schemas accept, where a keyword is a bound."""
    if isinstance(held, int | float) and isinstance(new, int | float):
        if keyword.startswith("min") or keyword == "exclusiveMinimum":
            return max(held, new)
        if keyword.startswith("max") or keyword == "exclusiveMaximum":
            return min(held, new)
    return new


def _both(held: Node | None, new: Node) -> Node:
    """Give one schema for a property that two parts of a composition declare."""
    if held is None or held.value == new.value or is_annotation_only(held):
        return new
    if is_annotation_only(new):
        return held
    if is_constraint_only(new) and not held.has("$ref"):
        return Node({**held.mapping(), **new.mapping()}, held.origin)
    return new
