"""Discriminators: what tells the options of a choice apart.

In: a schema node with `oneOf` or `anyOf`, and its options. Out: a `Tag`, with the key of
the definition that each value stands for; a value that is not mapped is the name of a
schema.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flexprice_codegen.api.keys import key_of, reference_of
from flexprice_codegen.api.types import Tag
from flexprice_codegen.diagnostics import Sink, SpecError
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.nodes import Node


def tag(
    node: Node,
    listed: Sequence[Node],
    document: Document,
    declare: Callable[[str, Node], None],
    sink: Sink,
) -> Tag | None:
    """Read the discriminator; `declare` is told of each schema that it names.

    A value that is mapped to nothing is left out with a warning.
    """
    found = node.get("discriminator")
    if found is None or not found.is_object or not found.has("propertyName"):
        return None
    if found.has("defaultMapping"):
        sink.warning(
            "default-mapping",
            "the default of the discriminator is left out: what has another value, or "
            "none, is told by what fits",
            at=found.origin.child("defaultMapping"),
            hint="name every value under `mapping`",
        )
    mapping: dict[str, str] = {}
    for value, target in found.items_of("mapping"):
        try:
            reference = reference_of(target.text())
            resolved = document.resolve(Node({"$ref": reference}, target.origin))
        except SpecError as error:
            sink.missing(error, f"the value {value!r} of the discriminator")
            continue
        mapping[value] = key_of(resolved.origin)
        declare(mapping[value], resolved)
    named = set(mapping.values())
    for each in listed:
        if each.has("$ref"):
            key = key_of(document.resolve(each).origin)
            if key not in named:
                mapping.setdefault(key.rsplit("/", 1)[-1], key)
    return Tag(property=found.text_of("propertyName"), mapping=tuple(mapping.items()))


def renamed(tag_: Tag, became: Mapping[str, str]) -> Tag:
    """Give the tag over other keys; what became nothing is left out."""
    return Tag(
        property=tag_.property,
        mapping=tuple((v, became[key]) for v, key in tag_.mapping if key in became),
    )


def tag_of_parent(node: Node, document: Document) -> Tag | None:
    """Read the discriminator of a schema that others are composed of.

    Clients do not need it, so nothing is said of what it has wrong.
    """
    if not node.has("discriminator"):
        return None
    return tag(node, (), document, lambda _key, _node: None, Sink())
