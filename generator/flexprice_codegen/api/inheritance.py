"""Inheritance: a base schema with a discriminator, and its derived schemas.

In: the component schemas. Out: for each base the union that a reference to it means:
the base or one of its derived schemas, selected by the discriminator. Derived schemas
are composed of the base by `allOf`, or only named by the mapping of the discriminator.

Source: OpenAPI 3.0.3 §4.7.24.1 (Composition and Inheritance), §4.7.25.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from flexprice_codegen.api.discriminators import (
    read_discriminator,
    read_parent_discriminator,
)
from flexprice_codegen.api.keys import SEPARATOR, get_schema_key
from flexprice_codegen.api.types import Discriminator, Reference, Union
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node

VARIANT_SUFFIX = f"{SEPARATOR}|variant"
"""The suffix of the key of the union of a base and its derived schemas."""


@frozen_value
class DerivedSchemas:
    """The schemas composed of each base, nearest first, by key.

    A base has none if only its mapping names derived schemas.
    """

    by_base: Mapping[str, tuple[Node, ...]]
    keys: frozenset[str]
    """The keys of all schemas composed of a base."""


NO_DERIVED_SCHEMAS: Final = DerivedSchemas({}, frozenset())


def find_derived_schemas(document: Document, schemas: Iterable[Node]) -> DerivedSchemas:
    """Find the bases among component schemas, and their derived schemas.

    Args:
        document: Follows the references of `allOf`.
        schemas: The component schemas.
    """
    below: dict[str, list[Node]] = {}
    bases: dict[str, Node] = {}

    for each in schemas:
        if not each.is_object:
            continue
        if _is_base(each):
            bases[get_schema_key(each.origin)] = each
        for parent in _find_parents(document, each):
            below.setdefault(parent, []).append(each)

    heirs = {
        key: _collect_derived(key, below)
        for key, base in bases.items()
        if key in below or _maps_to_others(document, base)
    }
    return DerivedSchemas(
        heirs,
        frozenset(get_schema_key(n.origin) for each in heirs.values() for n in each),
    )


def build_derived_union(
    base: Node,
    heirs: Iterable[Node],
    document: Document,
    declare: Callable[[str, Node], None],
    sink: DiagnosticSink,
) -> Union:
    """Build the union that a reference to a base means.

    Args:
        base: The base schema.
        heirs: Its derived schemas.
        document: Follows the references.
        declare: Is called with the key and node of each schema that the mapping names.
        sink: Receives the warnings about the mapping.
    """
    listed = [
        Node({"$ref": f"{each.origin.resource}#{each.origin.pointer}"}, each.origin)
        for each in heirs
    ]
    found = read_discriminator(base, listed, document, declare, sink)

    keys = [
        get_schema_key(base.origin),
        *(get_schema_key(each.origin) for each in heirs),
    ]
    if found is not None:
        keys += _list_selected_keys(found)
    # Each key once; the base comes first, so that it wins if several variants fit.
    options = dict.fromkeys(keys)

    return Union(
        variants=tuple(Reference(key=key) for key in options),
        discriminator=found,
        exclusive=False,
    )


def _is_base(node: Node) -> bool:
    found = node.get("discriminator")
    return (
        found is not None
        and found.has("propertyName")
        and not (node.has("oneOf") or node.has("anyOf"))
    )


def _maps_to_others(document: Document, base: Node) -> bool:
    """Return whether the mapping of a base names schemas other than the base itself."""
    found = read_parent_discriminator(base, document)
    own = get_schema_key(base.origin)
    return found is not None and any(key != own for key in _list_selected_keys(found))


def _list_selected_keys(found: Discriminator) -> list[str]:
    """Return the keys of the schemas that a discriminator names."""
    return [key for _, key in found.mapping] + (
        [found.default] if found.default else []
    )


def _find_parents(document: Document, node: Node) -> list[str]:
    found = []
    parts = node.get("allOf")
    for each in parts.iter_elements() if parts is not None and _is_list(parts) else ():
        if each.has("$ref"):
            try:
                found.append(get_schema_key(document.resolve(each).origin))
            except DiagnosticError:
                # The reader of the schema reports the error.
                continue
    return found


def _is_list(node: Node) -> bool:
    return isinstance(node.value, list)


def _collect_derived(key: str, below: Mapping[str, list[Node]]) -> tuple[Node, ...]:
    found: dict[str, Node] = {}
    pending = list(below.get(key, ()))
    # Breadth first, so that the nearest derived schemas come first.
    while pending:
        each = pending.pop(0)
        own = get_schema_key(each.origin)
        if own not in found and own != key:
            found[own] = each
            pending += below.get(own, ())
    return tuple(found.values())
