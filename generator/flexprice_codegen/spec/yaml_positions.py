"""From a JSON pointer to a line and column of a YAML text.

In: the `Text` of a document and a JSON pointer (RFC 6901). Out: the `Place` of the key,
for a member of an object, or of the value, for an element of an array. What the text
does not have is placed at its nearest ancestor. Nothing is read before the first
question.
"""

from __future__ import annotations

from functools import cached_property

from yaml.nodes import MappingNode, Node, SequenceNode

from flexprice_codegen.diagnostics import Place
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.pointers import array_index, tokens
from flexprice_codegen.spec.text import Text
from flexprice_codegen.spec.yaml_nodes import Mappings, compose, place_of


class YamlPositions:
    """The places in a YAML text that was read without a fault."""

    def __init__(self, text: Text, limits: Limits) -> None:
        self._text = text
        self._limits = limits

    @cached_property
    def _root(self) -> Node:
        return compose(self._text, self._limits)

    @cached_property
    def _mappings(self) -> Mappings:
        return Mappings(self._text, self._limits)

    def locate(self, pointer: str) -> Place:
        """Give the place of what `pointer` names."""
        node = named = self._root
        for token in tokens(pointer):
            found = self._step(node, token)
            if found is None:
                break
            named, node = found
        return place_of(self._text, named)

    def _step(self, node: Node, token: str) -> tuple[Node, Node] | None:
        """Give the node that names the child `token` of `node`, and the child."""
        if isinstance(node, MappingNode):
            return self._mappings.members(node).get(token)
        index = array_index(token)
        if isinstance(node, SequenceNode) and index in range(len(node.value)):
            return node.value[index], node.value[index]
        return None
