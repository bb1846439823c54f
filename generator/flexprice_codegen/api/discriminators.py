"""Discriminators: what tells the options of a choice apart.

In: a schema node with `oneOf` or `anyOf`, and its options. Out: a `Tag`, with the key of
the definition that each value stands for; a value that is not mapped is the name of a
schema.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flexprice_codegen.api.keys import build_reference, get_schema_key
from flexprice_codegen.api.types import Discriminator
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node


def read_discriminator(
    node: Node,
    listed: Sequence[Node],
    document: Document,
    declare: Callable[[str, Node], None],
    sink: DiagnosticSink,
) -> Discriminator | None:
    """Read the discriminator; `declare` is told of each schema that it names.

    A value that is mapped to nothing is left out with a warning.
    """
    found = node.get("discriminator")
    if found is None or not found.is_object or not found.has("propertyName"):
        return None
    if found.has("defaultMapping"):
        sink.add_warning(
            "default-mapping",
            "the default of the discriminator is left out: what has another value, or "
            "none, is told by what fits",
            at=found.origin.get_child("defaultMapping"),
            hint="name every value under `mapping`",
        )
    mapping: dict[str, str] = {}
    for value, target in found.iter_items_of("mapping"):
        try:
            reference = build_reference(target.read_string())
            resolved = document.resolve(Node({"$ref": reference}, target.origin))
        except DiagnosticError as error:
            sink.add_skipped(error, f"the value {value!r} of the discriminator")
            continue
        mapping[value] = get_schema_key(resolved.origin)
        declare(mapping[value], resolved)
    named = set(mapping.values())
    for each in listed:
        if each.has("$ref"):
            key = get_schema_key(document.resolve(each).origin)
            if key not in named:
                mapping.setdefault(key.rsplit("/", 1)[-1], key)
    return Discriminator(
        property=found.get_string("propertyName"), mapping=tuple(mapping.items())
    )


def rename_variants(tag_: Discriminator, became: Mapping[str, str]) -> Discriminator:
    """Give the tag over other keys; what became nothing is left out."""
    return Discriminator(
        property=tag_.property,
        mapping=tuple((v, became[key]) for v, key in tag_.mapping if key in became),
    )


def read_parent_discriminator(node: Node, document: Document) -> Discriminator | None:
    """Read the discriminator of a schema that others are composed of.

    Clients do not need it, so nothing is said of what it has wrong.
    """
    if not node.has("discriminator"):
        return None
    return read_discriminator(
        node, (), document, lambda _key, _node: None, DiagnosticSink()
    )
