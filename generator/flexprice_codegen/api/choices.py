"""Choices: `oneOf` and `anyOf` next to other keywords, or next to each other.

In: the fragments of a composition. Out: its combinations: for each way to choose one
variant of every choice, the schemas that hold. A variant that has a choice of its own
gives one combination for each of its variants.

The number of combinations is limited: it can double with each choice. Beyond the limit
there is one schema that has the properties of all variants.

Source: JSON Schema 2020-12 core §10.2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from flexprice_codegen.api.composition import (
    UNION_KEYWORDS,
    has_distinct_variants,
    remove_keywords,
)
from flexprice_codegen.api.constant_variants import is_null_variant
from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.keys import list_variant_labels
from flexprice_codegen.api.merged_nodes import build_list_node, build_object_node
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Node

_MOST_COMBINATIONS = 32
"""The maximum number of combinations, if they are more than there are variants."""
ListFragments: TypeAlias = Callable[[Node], list[Node]]
_ChoiceId: TypeAlias = tuple[Origin, str]


@frozen_value
class Choice:
    """The variants that one keyword of a schema offers."""

    node: Node
    keyword: str

    @property
    def id(self) -> _ChoiceId:
        """The location of the choice."""
        return self.node.origin, self.keyword

    def list_variants(self) -> list[Node]:
        """Return the variants, without null."""
        return [each for _, each in self.list_labeled_variants()]

    def list_labeled_variants(self) -> list[tuple[str, Node]]:
        """Return the variants, without null, each with its label."""
        listed = list(self.node.iter_elements_of(self.keyword))
        labels = list_variant_labels(listed)
        return [
            (label, each)
            for label, each in zip(labels, listed, strict=True)
            if not is_null_variant(each)
        ]

    def build_node_without_null(self) -> Node:
        """Return the schema without null among its variants."""
        listed = self.node.get_required(self.keyword)
        variants = build_list_node(self.list_variants(), listed.origin)
        members = dict(self.node.iter_items())
        return build_object_node({**members, self.keyword: variants}, self.node.origin)

    @property
    def has_null(self) -> bool:
        """Whether null is one of the variants."""
        return any(map(is_null_variant, self.node.iter_elements_of(self.keyword)))


@frozen_value
class Combination:
    """One variant of every choice.

    Attributes:
        variants: The variants that were chosen, the outer ones first.
        labels: Their labels.
        fragments: Their schemas, without choices.
    """

    variants: tuple[Node, ...] = ()
    labels: tuple[str, ...] = ()
    fragments: tuple[Node, ...] = ()


def split_choices(fragments: Iterable[Node]) -> tuple[list[Node], list[Choice]]:
    """Return fragments without their choices, and the choices.

    A choice among constraints, such as `anyOf: [{required: [a]}, {required: [b]}]`, is
    a constraint itself and is left where it is.
    """
    plain = []
    choices = []
    for each in fragments:
        found = [name for name in UNION_KEYWORDS if has_distinct_variants(each, name)]
        choices += [Choice(each, name) for name in found]
        rest = remove_keywords(each, *found, "discriminator") if found else each
        if rest.value:
            plain.append(rest)
    return plain, choices


def combine_choices(
    choices: Sequence[Choice], list_fragments: ListFragments
) -> list[Combination] | None:
    """Return all combinations of choices, or None if they are too many.

    Args:
        choices: The choices of one composition.
        list_fragments: Returns the fragments of a variant.
    """
    expansion = _Expansion(list_fragments)
    found: list[Combination] = []
    done = frozenset(each.id for each in choices)
    for each in expansion.expand(Combination(), tuple(choices), done):
        found.append(each)
        # As many as there are variants are a sum, and no product.
        if len(found) > max(_MOST_COMBINATIONS, len(expansion.variants)):
            return None
    return found


@dataclass(slots=True)
class _Expansion:
    """A walk over choices, and the variants that it has met."""

    list_fragments: ListFragments
    variants: set[Origin] = field(default_factory=set)
    _known: dict[Origin, tuple[list[Node], list[Choice]]] = field(default_factory=dict)

    def expand(
        self,
        chosen: Combination,
        pending: tuple[Choice, ...],
        done: frozenset[_ChoiceId],
    ) -> Iterator[Combination]:
        """Yield the combinations of the pending choices, each with what was chosen."""
        if not pending:
            yield chosen
            return

        choice, *others = pending
        for label, variant in choice.list_labeled_variants():
            self.variants.add(variant.origin)
            plain, inner = self._read_variant(variant)
            # A choice that leads back to itself is the same choice.
            further = [each for each in inner if each.id not in done]
            longer = Combination(
                variants=(*chosen.variants, variant),
                labels=(*chosen.labels, label),
                fragments=(*chosen.fragments, *plain),
            )
            known = done | {each.id for each in further}
            yield from self.expand(longer, (*further, *others), known)

    def _read_variant(self, variant: Node) -> tuple[list[Node], list[Choice]]:
        known = self._known.get(variant.origin)
        if known is None:
            known = split_choices(self.list_fragments(variant))
            self._known[variant.origin] = known
        return known


def merge_all_variants(
    choices: Sequence[Choice], list_fragments: ListFragments
) -> Node:
    """Return a schema that has the properties of all variants, none of them required.

    A property that several variants declare can have any of their schemas.

    Args:
        choices: The choices, at least one.
        list_fragments: Returns the fragments of a variant.
    """
    found: dict[str, dict[str, Node]] = {}
    for each in _walk_variants(choices, list_fragments):
        for name, schema in each.iter_items_of("properties"):
            found.setdefault(name, {}).setdefault(canonical_json(schema.value), schema)

    origin = choices[0].node.origin
    properties = {
        name: _offer_schemas(list(schemas.values()), origin)
        for name, schemas in found.items()
    }
    return build_object_node(
        {"properties": build_object_node(properties, origin)}, origin
    )


def _walk_variants(
    choices: Sequence[Choice], list_fragments: ListFragments
) -> Iterator[Node]:
    """Yield the plain fragments of all variants, each choice once."""
    pending = list(choices)
    done = {each.id for each in choices}
    while pending:
        for variant in pending.pop(0).list_variants():
            plain, inner = split_choices(list_fragments(variant))
            yield from plain
            pending += [each for each in inner if each.id not in done]
            done |= {each.id for each in inner}


def _offer_schemas(schemas: list[Node], origin: Origin) -> Node:
    if len(schemas) == 1:
        return schemas[0]
    return build_object_node({"anyOf": build_list_node(schemas, origin)}, origin)
