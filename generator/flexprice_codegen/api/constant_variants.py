"""Variants that are constants or null.

In: a schema with `oneOf` or `anyOf`. Out: the same schema with `enum`, if all variants
list values: `oneOf: [{const: 1, title: Low}, {const: 2, title: High}]` is an enum whose
values have these names.

Source: OpenAPI 3.1.1 §4.8.24.5 (annotated enumerations); JSON Schema 2020-12
validation §6.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flexprice_codegen.api.intersected_values import (
    DESCRIPTION_LISTS,
    NAME_LISTS,
    PARALLEL_LISTS,
)
from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.keywords import is_annotation, is_annotation_only
from flexprice_codegen.api.merged_nodes import build_list_node, build_object_node
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Json, Node

_NULLS = (
    {"type": ["null"]},
    # YAML reads `type: null` so.
    {"type": None},
    {"enum": [None]},
    {"const": None},
)
# Another keyword could exclude the constant, or say more than it.
_ALLOWED = frozenset({"const", "enum", "type", "format"})


def is_null_variant(node: Node) -> bool:
    """Return whether a variant accepts null and nothing else, as documents mean it.

    `{nullable: true}` accepts everything (OpenAPI 3.0.3 §4.7.24), but generators of
    documents write it next to a schema that null is allowed for.
    """
    if not node.is_object:
        return False
    value = node.read_mapping()
    # Most variants are references or have a type.
    if "$ref" in value or isinstance(value.get("type"), str):
        return value.get("type") == "null" and "$ref" not in value
    if is_annotation_only(node):
        return value.get("nullable") is True
    stated = {name: each for name, each in value.items() if not is_annotation(name)}
    return any(stated == each for each in _NULLS)


def inline_null_variants(
    node: Node, keyword: str, resolve: Callable[[Node], Node]
) -> Node:
    """Return a schema in which a reference to a schema of null is null itself.

    The same holds of an `allOf` whose only part is null.

    Args:
        node: The schema.
        keyword: `oneOf` or `anyOf`.
        resolve: Follows the `$ref` of a node.
    """
    variants = list(node.iter_elements_of(keyword))
    found = [_find_null(each, resolve) for each in variants]
    if not any(found):
        return node
    listed = [null or each for null, each in zip(found, variants, strict=True)]
    members = dict(node.iter_items())
    members[keyword] = build_list_node(listed, node.get_required(keyword).origin)
    return build_object_node(members, node.origin)


def _find_null(variant: Node, resolve: Callable[[Node], Node]) -> Node | None:
    only = _get_only_part(variant)
    if only is variant and not variant.has("$ref"):
        return None
    try:
        target = resolve(only) if only.has("$ref") else only
    except DiagnosticError:
        # The reader of the variant reports the error.
        return None
    return target if is_null_variant(target) else None


def _get_only_part(node: Node) -> Node:
    """Return the only part of an `allOf` next to which nothing is stated, or the node."""
    if not node.is_object:
        return node
    stated = {name for name in node.read_mapping() if not is_annotation(name)}
    parts = list(node.iter_elements_of("allOf")) if stated == {"allOf"} else []
    return _get_only_part(parts[0]) if len(parts) == 1 else node


def are_constants(variants: Sequence[Node]) -> bool:
    """Return whether there are several variants, and all of them only list values."""
    is_choice = len(variants) > 1
    return is_choice and all(_lists_values_only(each) for each in variants)


def rewrite_constants(node: Node, keyword: str) -> Node:
    """Return a schema with `enum` for its variants, if all of them only list values.

    Args:
        node: The schema.
        keyword: `oneOf` or `anyOf`.

    Returns:
        The schema with `enum`, or `node` itself.
    """
    listed = list(node.iter_elements_of(keyword))
    variants = [each for each in listed if not is_null_variant(each)]
    if node.has("enum") or node.has("const") or not are_constants(variants):
        return node

    values = _collect_values(variants)

    members = {
        name: each
        for name, each in node.iter_items()
        if name not in (keyword, "discriminator")
    }
    origin = node.get_required(keyword).origin
    members["enum"] = build_list_node([value for value, _ in values], origin)
    for name in ("type", "format"):
        shared = _get_shared_keyword(variants, name)
        if shared is not None:
            members.setdefault(name, shared)
    written = ((NAME_LISTS[0], "title"), (DESCRIPTION_LISTS[0], "description"))
    for name, text in written:
        texts = [_get_text(variant, text) for _, variant in values]
        if any(texts):
            members.setdefault(name, Node(texts, origin))

    made = build_object_node(members, node.origin)
    return _add_null(made) if len(variants) < len(listed) else made


def _lists_values_only(node: Node) -> bool:
    if not node.is_object:
        return False
    value = node.read_mapping()
    stated = {name for name in value if not is_annotation(name)}
    has_names = any(name in value for name in PARALLEL_LISTS)
    return stated <= _ALLOWED and bool(stated & {"const", "enum"}) and not has_names


def _collect_values(variants: Sequence[Node]) -> list[tuple[Node, Node | None]]:
    """Return the values of all variants, each once, with the variant that names it."""
    found: dict[str, tuple[Node, Node | None]] = {}
    for variant in variants:
        constant = variant.get("const")
        if constant is not None:
            found.setdefault(canonical_json(constant.value), (constant, variant))
            continue
        listed = list(variant.iter_elements_of("enum"))
        owner = variant if len(listed) == 1 else None
        for each in listed:
            found.setdefault(canonical_json(each.value), (each, owner))
    return list(found.values())


def _get_shared_keyword(variants: Sequence[Node], keyword: str) -> Node | None:
    """Return a keyword that has the same value in all variants."""
    first = variants[0].get(keyword)
    if first is None:
        return None
    is_shared = all(
        each.read_mapping().get(keyword) == first.value for each in variants
    )
    return first if is_shared else None


def _get_text(variant: Node | None, keyword: str) -> Json:
    found = None if variant is None else variant.read_mapping().get(keyword)
    return found if isinstance(found, str) else ""


def _add_null(node: Node) -> Node:
    members = dict(node.iter_items())
    listed = node.get_required("enum")
    null = Node(None, listed.origin)
    members["enum"] = build_list_node([*listed.iter_elements(), null], listed.origin)
    declared = node.get("type")
    if declared is not None:
        names = declared.value if isinstance(declared.value, list) else [declared.value]
        members["type"] = Node([*names, "null"], declared.origin)
    return build_object_node(members, node.origin)
