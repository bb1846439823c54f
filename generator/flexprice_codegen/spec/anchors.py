"""Names that schemas give themselves.

In: a value of a document. Out: where each `$id` and `$anchor` stands, as a pointer, and
the `$defs` that enclose a place.

Source: OpenAPI 3.2.0 §4.1.1 (`$self`); JSON Schema 2020-12 core §8.2.1 (`$id`), §8.2.2 (`$anchor`, `$dynamicAnchor`),
§8.2.4 (`$defs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flexprice_codegen.spec.nodes import Json, Node
from flexprice_codegen.spec.pointers import pointer_of, tokens

_NAMES = ("$id", "$self")
_ANCHORS = ("$anchor", "$dynamicAnchor")
_DEFINITIONS = ("/$defs/", "/definitions/")


def names_in(value: Json) -> dict[str, str]:
    """Give the pointer for each name: an `$id` as it is, an anchor behind `#`.

    Of two that are equal the first counts.
    """
    found: dict[str, str] = {}
    pending: list[tuple[Json, tuple[str | int, ...]]] = [(value, ())]
    while pending:
        each, path = pending.pop()
        if isinstance(each, Mapping):
            for name in _names_of(each):
                found.setdefault(name, pointer_of(path))
            pending += [(v, (*path, k)) for k, v in reversed([*each.items()])]
        elif isinstance(each, list):
            listed = list(enumerate(each))
            pending += [(v, (*path, k)) for k, v in reversed(listed)]
    return found


def _names_of(schema: Mapping[str, Json]) -> Iterator[str]:
    for keyword in _NAMES:
        own = schema.get(keyword)
        if isinstance(own, str) and own.rstrip("#"):
            yield own.rstrip("#")
    for keyword in _ANCHORS:
        anchor = schema.get(keyword)
        if isinstance(anchor, str):
            yield f"#{anchor}"


def enclosing(root: Node, place: str, pointer: str) -> Node | None:
    """Find what `pointer` names in the nearest schema around `place` that has it.

    Schemas that were copied into a document still point to their own `$defs`.
    """
    if not pointer.startswith(_DEFINITIONS):
        return None
    above = tokens(place)
    for length in range(len(above), 0, -1):
        found = _at(root, [*above[:length], *tokens(pointer)])
        if found is not None:
            return found
    return None


def _at(node: Node | None, keys: list[str]) -> Node | None:
    for key in keys:
        if node is None:
            return None
        if isinstance(node.value, list):
            inside = key.isdecimal() and int(key) < len(node.value)
            value = node.value[int(key)] if inside else None
            node = Node(value, node.origin.child(key)) if inside else None
        else:
            node = node.get(key) if node.has(key) else None
    return node
