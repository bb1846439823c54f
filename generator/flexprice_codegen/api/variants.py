"""Variants: `oneOf` and `anyOf` whose variants stay what they are.

In: a choice, and the constraints next to it. Out: a union of the variants, an enum if
they are constants, or the only one that there is.

Source: JSON Schema 2020-12 core §10.2.1.2, §10.2.1.3.
"""

from __future__ import annotations

from flexprice_codegen.api.choices import Choice, split_choices
from flexprice_codegen.api.composition import (
    UNION_KEYWORDS,
    is_reference,
    merge_fragments,
)
from flexprice_codegen.api.constant_variants import (
    are_constants,
    is_null_variant,
    rewrite_constants,
)
from flexprice_codegen.api.definition_builder import DefinitionBuilder, Shape
from flexprice_codegen.api.discriminators import read_discriminator
from flexprice_codegen.api.enumerations import build_enum, get_literal_values
from flexprice_codegen.api.intersection import combine_schemas
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import get_kept_keywords, is_annotation
from flexprice_codegen.api.merged_nodes import build_object_node
from flexprice_codegen.api.model import EnumSchema
from flexprice_codegen.api.types import AnyValue, Literals, Nullable, Type, Union
from flexprice_codegen.api.unread_facts import unify_read_alike
from flexprice_codegen.diagnostics import DiagnosticError, Origin
from flexprice_codegen.spec.nodes import Node

_KEPT = (
    "required",
    "minProperties",
    "maxProperties",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
)
"""Constraints next to a choice that no variant is changed for; `diff` compares them."""


def read_variants(
    builder: DefinitionBuilder, choice: Choice, common: Node, key: str
) -> Shape:
    """Return the type of a choice whose variants are not changed.

    Args:
        builder: Reads the variants.
        choice: The choice.
        common: What holds for all variants: constraints, but no members.
        key: The key of the union; variants get keys below it.

    Raises:
        DiagnosticError: A variant is invalid, or refers to nothing.
    """
    listing = _read_constants(builder, choice, common, key)
    if listing is not None:
        return listing

    options, has_null = _read_options(builder, choice, common, key)
    inner: Type = options[0]
    values = get_literal_values(options)

    if len(values) > 1:
        named = build_enum(common, key, values)
        if not has_null or isinstance(named, Literals):
            return named
        inner = builder.hoist_enum(f"{key}{SEPARATOR}|value", named)
    elif len(options) > 1:
        kept = tuple(name for name in _KEPT if common.has(name))
        listed = list(choice.node.iter_elements_of(choice.keyword))
        inner = Union(
            variants=options,
            discriminator=read_discriminator(
                choice.node,
                listed,
                builder.document,
                builder.declare_schema,
                builder.sink,
            ),
            exclusive=choice.keyword == UNION_KEYWORDS[0],
            kept=get_kept_keywords(common, *kept),
        )

    return (
        Nullable(inner=inner) if has_null and not isinstance(inner, Nullable) else inner
    )


def _read_constants(
    builder: DefinitionBuilder, choice: Choice, common: Node, key: str
) -> Shape | None:
    """Return the enum of a choice whose variants only list values, or None."""
    if not are_constants(choice.list_variants()):
        return None
    variants = choice.build_node_without_null()
    listing = rewrite_constants(variants, choice.keyword)
    if listing is variants:
        return None
    whole = merge_fragments([common, listing], common).node
    if not choice.has_null:
        return builder.read_merged_schema(whole, key)

    shape = builder.read_merged_schema(whole, f"{key}{SEPARATOR}|value")
    inner = (
        builder.hoist_enum(shape.key, shape)
        if isinstance(shape, EnumSchema)
        else builder.name_shape(shape, key, whole)
    )
    return inner if isinstance(inner, Nullable) else Nullable(inner=inner)


def _read_options(
    builder: DefinitionBuilder, choice: Choice, common: Node, key: str
) -> tuple[tuple[Type, ...], bool]:
    """Return the types of the variants without null, and whether null is one of them."""
    options: list[Type] = []
    has_null = False
    impossible = _find_impossible_variants(builder, choice, common)
    for each in choice.node.iter_elements_of(choice.keyword):
        if is_null_variant(each):
            _note_yaml_null(builder, each)
            has_null = True

    for label, each in choice.list_labeled_variants():
        if each.origin in impossible:
            continue
        option_key = f"{key}{SEPARATOR}|{label}"
        option = builder.read_type(_add_constraints(each, common), option_key)
        if isinstance(option, Nullable):
            has_null = True
            option = option.inner
        options.append(option)

    return unify_read_alike(options) or (AnyValue(),), has_null


def _find_impossible_variants(
    builder: DefinitionBuilder, choice: Choice, common: Node
) -> frozenset[Origin]:
    """Return the variants that have no type that is allowed next to the choice.

    If no variant has one, all of them are read: the type is the slip then.
    """
    declared = common.get("type")
    if declared is None:
        return frozenset()

    typed = build_object_node({"type": declared}, common.origin)
    variants = choice.list_variants()
    found = [each for each in variants if _has_no_type_of(builder, each, typed)]
    if len(found) == len(variants):
        return frozenset()
    for each in found:
        builder.sink.add_note(
            "impossible-variant",
            f"ignored a variant: no value of it has the type at "
            f"{builder.document.locate(declared.origin)}",
            at=each.origin,
            hint="remove the variant, or correct one of the types",
        )
    return frozenset(each.origin for each in found)


def _has_no_type_of(builder: DefinitionBuilder, variant: Node, typed: Node) -> bool:
    try:
        plain, _ = split_choices(builder.compositions.list_fragments(variant))
        made = merge_fragments([typed, *plain], typed)
    except DiagnosticError:
        # The reader of the variant reports the error.
        return False
    return any(each.keyword == "type" for each in made.contradictions)


def _note_yaml_null(builder: DefinitionBuilder, variant: Node) -> None:
    declared = variant.get("type")
    if declared is not None and declared.value is None:
        builder.sink.add_note(
            "schema-type",
            "type null is not a string; read as 'null'",
            at=declared.origin,
            hint="put it in quotes: `type: 'null'`",
        )


def _add_constraints(variant: Node, common: Node) -> Node:
    """Return an inline variant with the constraints next to the choice.

    A reference is left as it is: with the constraints it would be another class.
    """
    if not variant.is_object or is_reference(variant):
        return variant
    # A variant with a type of its own needs no further one.
    needless = {"type"} if variant.has("type") else set()
    constraints = {
        name: each
        for name, each in common.iter_items()
        if not is_annotation(name) and name not in needless
    }
    if not constraints:
        return variant
    return combine_schemas(build_object_node(constraints, common.origin), variant)
