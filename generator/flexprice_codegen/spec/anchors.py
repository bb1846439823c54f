"""Names that schemas declare for themselves.

In: a value of a document. Out: the JSON pointer of each `$id` and `$anchor`, and the
`$defs` that enclose a location.

Source: OpenAPI 3.2.0 §4.1.1 (`$self`); JSON Schema 2020-12 core §8.2.1 (`$id`), §8.2.2
(`$anchor`, `$dynamicAnchor`), §8.2.4 (`$defs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from flexprice_codegen.json_pointers import build_pointer, split_pointer
from flexprice_codegen.spec.nodes import Json, Node

# A document names itself by `$self` as a schema does by `$id` (OpenAPI 3.2.0 §4.1.1).
_NAMES = ("$id", "$self")
_ANCHORS = ("$anchor", "$dynamicAnchor")
# `definitions` is the name that `$defs` had up to draft 7.
_DEFINITIONS = ("/$defs/", "/definitions/")


def find_schema_names(value: Json) -> dict[str, str]:
    """Return the JSON pointer of each name that a schema in `value` declares.

    Args:
        value: The root of a document.

    Returns:
        JSON pointers by name: an `$id` without its trailing `#`, as it is written and
        relative to the document's own name; an anchor with `#` before it. The first of
        two equal names counts.
    """
    base = get_own_name(value)
    found: dict[str, str] = {}
    pending: list[tuple[Json, tuple[str | int, ...]]] = [(value, ())]
    while pending:
        each, path = pending.pop()
        if isinstance(each, Mapping):
            for name in _iter_schema_names(each):
                found.setdefault(name, build_pointer(path))
                if not name.startswith("#"):
                    found.setdefault(urljoin(base, name), build_pointer(path))
            # Reversed, because the last entry is popped first: the document's order
            # decides which of two equal names counts.
            pending += [(v, (*path, k)) for k, v in reversed([*each.items()])]
        elif isinstance(each, list):
            listed = list(enumerate(each))
            pending += [(v, (*path, k)) for k, v in reversed(listed)]

    return found


def get_own_name(value: Json) -> str:
    """Return the `$self` of a document, the base of its references; empty without one."""
    own = value.get("$self") if isinstance(value, Mapping) else None
    return own.rstrip("#") if isinstance(own, str) else ""


def _iter_schema_names(schema: Mapping[str, Json]) -> Iterator[str]:
    for keyword in _NAMES:
        own = schema.get(keyword)
        if isinstance(own, str) and own.rstrip("#"):
            yield own.rstrip("#")

    for keyword in _ANCHORS:
        anchor = schema.get(keyword)
        if isinstance(anchor, str):
            yield f"#{anchor}"


def find_in_enclosing_schema(root: Node, place: str, pointer: str) -> Node | None:
    """Return the node that `pointer` names in the nearest schema around `place`.

    Schemas copied into a document still point to their own `$defs`.

    Args:
        root: The root of the document.
        place: The JSON pointer of the schema that holds the reference.
        pointer: The JSON pointer of the reference, relative to a schema that encloses
            it.

    Returns:
        The node, or None where no enclosing schema has it.
    """
    if not pointer.startswith(_DEFINITIONS):
        return None

    above = split_pointer(place)
    for length in range(len(above), 0, -1):
        found = _get_descendant(root, [*above[:length], *split_pointer(pointer)])
        if found is not None:
            return found
    return None


def _get_descendant(node: Node | None, keys: list[str]) -> Node | None:
    for key in keys:
        if node is None:
            return None
        if isinstance(node.value, list):
            inside = key.isdecimal() and int(key) < len(node.value)
            value = node.value[int(key)] if inside else None
            node = Node(value, node.origin.get_child(key)) if inside else None
        else:
            node = node.get(key) if node.has(key) else None
    return node
