"""Discriminators: properties that select a variant.

In: a schema node with `oneOf` or `anyOf`, and its variants. Out: a `Discriminator`,
with the key of the definition that each value selects. A value without a mapping is the
name of a schema.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object); 3.2.0 §4.25 (`defaultMapping`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flexprice_codegen.api.keys import build_reference, get_schema_key
from flexprice_codegen.api.types import Discriminator
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node


@frozen_value
class _TargetReader:
    """Reads the schemas that a mapping names."""

    document: Document
    declare: Callable[[str, Node], None]
    sink: DiagnosticSink

    def read_key(self, target: Node, what: str) -> str:
        """Return the key of a schema; empty, with a warning, if there is none.

        Args:
            target: The name of the schema, or a reference to it.
            what: What is skipped otherwise.
        """
        try:
            reference = build_reference(target.read_string())
            resolved = self.document.resolve(Node({"$ref": reference}, target.origin))
        except DiagnosticError as error:
            self.sink.add_skipped(error, what)
            return ""

        key = get_schema_key(resolved.origin)
        self.declare(key, resolved)
        return key


def read_discriminator(
    node: Node,
    listed: Sequence[Node],
    document: Document,
    declare: Callable[[str, Node], None],
    sink: DiagnosticSink,
) -> Discriminator | None:
    """Read the discriminator of a schema.

    A value whose mapping leads nowhere is skipped with a warning.

    Args:
        node: The schema.
        listed: Its variants.
        document: Follows the references.
        declare: Is called with the key and node of each schema that the mapping names.
        sink: Receives the warnings.

    Returns:
        The discriminator, or None if the schema has none.

    Raises:
        DiagnosticError: A variant refers to nothing.
    """
    found = node.get("discriminator")
    if found is None or not found.is_object or not found.has("propertyName"):
        return None

    reader = _TargetReader(document, declare, sink)
    mapping: dict[str, str] = {}
    for value, target in found.iter_items_of("mapping"):
        key = reader.read_key(target, f"value {value!r} of the discriminator")
        if key:
            mapping[value] = key

    other = found.get("defaultMapping")
    default = ""
    if other is not None:
        default = reader.read_key(other, "the default of the discriminator")

    named = set(mapping.values())
    for each in listed:
        if each.has("$ref"):
            key = get_schema_key(document.resolve(each).origin)
            if key not in named:
                # A schema's name is its implicit value (OpenAPI 3.1.1 §4.8.25), unless
                # a mapping already names the schema.
                mapping.setdefault(key.rsplit("/", 1)[-1], key)

    return Discriminator(
        property=found.get_string("propertyName"),
        mapping=tuple(mapping.items()),
        default=default,
    )


def rename_variants(tag_: Discriminator, became: Mapping[str, str]) -> Discriminator:
    """Return the discriminator with new keys; values without a new key are omitted.

    Args:
        tag_: The discriminator.
        became: New keys by old key.
    """
    return Discriminator(
        property=tag_.property,
        mapping=tuple((v, became[key]) for v, key in tag_.mapping if key in became),
        default=became.get(tag_.default, ""),
    )


def read_parent_discriminator(node: Node, document: Document) -> Discriminator | None:
    """Read the discriminator of a schema that other schemas are composed of.

    Clients do not need it, so its errors are not reported.
    """
    if not node.has("discriminator"):
        return None
    return read_discriminator(
        node, (), document, lambda _key, _node: None, DiagnosticSink()
    )
