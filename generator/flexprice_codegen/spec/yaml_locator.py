"""From a JSON pointer to a line and column of a YAML text.

In: the `SourceText` of a document and a JSON pointer (RFC 6901). Out: the
`FileLocation` of the key, for a property of an object, or of the value, for an element
of an array. A node that is not in the text has the location of its nearest ancestor.
Nothing is parsed before the first call.
"""

from __future__ import annotations

from functools import cached_property

from yaml.nodes import MappingNode, Node, SequenceNode

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.json_pointers import parse_array_index, split_pointer
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.source_text import SourceText
from flexprice_codegen.spec.yaml_nodes import (
    MappingEntries,
    compose_yaml,
    get_node_location,
)


class YamlLocator:
    """The locations in a valid YAML text."""

    def __init__(self, text: SourceText, limits: Limits) -> None:
        self._text = text
        self._limits = limits

    @cached_property
    def _root(self) -> Node:
        return compose_yaml(self._text, self._limits)

    @cached_property
    def _mappings(self) -> MappingEntries:
        return MappingEntries(self._text, self._limits)

    def locate(self, pointer: str) -> FileLocation:
        """Return the location of the node that `pointer` names."""
        node = named = self._root
        for token in split_pointer(pointer):
            found = self._find_child(node, token)
            if found is None:
                break
            named, node = found
        return get_node_location(self._text, named)

    def _find_child(self, node: Node, token: str) -> tuple[Node, Node] | None:
        """Return the node that names the child `token` of `node`, and the child."""
        if isinstance(node, MappingNode):
            return self._mappings.get_entries(node).get(token)
        index = parse_array_index(token)
        if isinstance(node, SequenceNode) and index in range(len(node.value)):
            return node.value[index], node.value[index]
        return None
