"""The intersection of two schemas while it is made.

In: two schemas in one spelling. Out: the keywords of their intersection, further schemas
that hold as well, and contradictions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.merged_nodes import build_list_node, build_object_node
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Node


@frozen_value
class Contradiction:
    """Two keywords that no value satisfies."""

    keyword: str
    first: Origin
    second: Origin


@dataclass(slots=True)
class IntersectionDraft:
    """Two schemas, and what is known of their intersection."""

    first: Node
    second: Node
    members: dict[str, Node] = field(default_factory=dict)
    aside: list[Node] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)

    def put_aside(self, schema: Node) -> None:
        """Add a schema that holds as well, but cannot be merged."""
        text = canonical_json(schema.value)
        if all(canonical_json(each.value) != text for each in self.aside):
            self.aside.append(schema)

    def add_contradiction(self, keyword: str, first: Node, second: Node) -> None:
        """Add two keywords that no value satisfies, in the order of the schemas."""
        places = (first.origin, second.origin)
        if self.is_of_second(first) and not self.is_of_second(second):
            places = (second.origin, first.origin)
        self.contradictions.append(Contradiction(keyword, *places))

    def is_of_second(self, keyword: Node) -> bool:
        """Return whether a keyword is one of the second schema."""
        return any(
            each.value is keyword.value and each.origin == keyword.origin
            for _, each in self.second.iter_items()
        )

    def build_node(self) -> Node:
        """Return the intersection."""
        members = dict(self.members)
        if self.aside:
            members["allOf"] = build_list_node(self.aside, self.second.origin)
        return build_object_node(members, self.second.origin)
