"""Schemas that are composed: `allOf`, and `oneOf` or `anyOf` next to other keywords.

In: a schema node, and a builder of definitions. Out: the type of the one schema that the
parts make, or a union of the variants, each merged with what is next to them.

Source: JSON Schema 2020-12 core §10.2.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flexprice_codegen.api.choices import (
    Choice,
    Combination,
    combine_choices,
    merge_all_variants,
    split_choices,
)
from flexprice_codegen.api.composition import (
    UNION_KEYWORDS,
    get_decorated_schema,
    is_reference,
    merge_fragments,
    remove_keywords,
)
from flexprice_codegen.api.constant_variants import (
    inline_null_variants,
    rewrite_constants,
)
from flexprice_codegen.api.contradictions import (
    find_contradiction,
    report_contradictions,
)
from flexprice_codegen.api.definition_builder import (
    DefinitionBuilder,
    Identity,
    Shape,
    get_identity,
)
from flexprice_codegen.api.discriminators import read_discriminator, rename_variants
from flexprice_codegen.api.keys import SEPARATOR, get_schema_key
from flexprice_codegen.api.keywords import (
    get_kept_keywords,
    is_annotation_only,
    remove_null_keywords,
)
from flexprice_codegen.api.merged_nodes import MergedNode
from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.api.null_values import declares_null
from flexprice_codegen.api.type_names import normalize_types
from flexprice_codegen.api.types import (
    AnyValue,
    Discriminator,
    Nullable,
    Reference,
    Type,
    Union,
)
from flexprice_codegen.api.unread_facts import unify_read_alike
from flexprice_codegen.api.variants import read_variants
from flexprice_codegen.spec.nodes import Node

_MEMBERS = ("properties", "enum", "const", "items", "prefixItems")
"""Keywords that make each variant another schema, if they are next to the choice."""


def read_composition(builder: DefinitionBuilder, node: Node, key: str) -> Shape:
    """Return the type of a schema with `allOf`.

    Args:
        builder: Reads the merged schema.
        node: The schema.
        key: Its key.

    Raises:
        DiagnosticError: `composition-cycle`, or a part is invalid.
    """
    part = None if builder.is_derived(key) else get_decorated_schema(node)
    is_merged = isinstance(node, MergedNode)
    if part is None and is_merged:
        part = builder.compositions.find_sufficient_part(node)
    if part is not None:
        if is_reference(part):
            return builder.read_type(part, key)
        return builder.read_schema(part, key)

    fragments = builder.compositions.list_fragments(node)
    memory = builder.memory
    identity = get_identity(fragments)
    # What the document composes itself has a class of its own at each place.
    is_shared = memory.is_crowded(identity) or (
        is_merged and all(map(is_reference, node.iter_elements_of("allOf")))
    )
    known = memory.find_type(identity, is_shared=is_shared)
    if known is not None:
        return known

    with memory.remember_open(identity, key):
        shape = _read_fragments(builder, fragments, node, key)
        if not is_shared:
            return shape
        type_ = builder.name_shape(shape, key, node)
    memory.share(identity, type_)
    return type_


def read_union(builder: DefinitionBuilder, node: Node, key: str) -> Shape:
    """Return the type of a schema with `oneOf` or `anyOf`, but without `allOf`.

    Args:
        builder: Reads the variants.
        node: The schema.
        key: Its key.

    Raises:
        DiagnosticError: A variant is invalid.
    """
    return _read_fragments(builder, [node], node, key)


def _read_fragments(
    builder: DefinitionBuilder, fragments: Sequence[Node], node: Node, key: str
) -> Shape:
    """Return the type of the intersection of schemas."""
    normal = [_normalize_fragment(builder, each) for each in fragments]
    plain, choices = split_choices(normal)
    own = remove_keywords(node, "discriminator") if choices else node
    beside = _merge_reporting(builder, plain, own)

    if not choices:
        return _read_merged(builder, beside, key)
    if len(choices) == 1 and not any(beside.has(name) for name in _MEMBERS):
        return read_variants(builder, choices[0], beside, key)

    plain, choices = split_choices(map(_rewrite_all_constants, normal))
    if choices:
        return _read_combinations(builder, plain, choices, key)
    return _read_merged(builder, _merge_reporting(builder, plain, own), key)


def _normalize_fragment(builder: DefinitionBuilder, fragment: Node) -> Node:
    normal = normalize_types(remove_null_keywords(fragment), builder.sink)
    for keyword in UNION_KEYWORDS:
        if normal.has(keyword):
            normal = inline_null_variants(normal, keyword, builder.resolve_target)
    return normal


def _rewrite_all_constants(fragment: Node) -> Node:
    for keyword in UNION_KEYWORDS:
        if fragment.has(keyword):
            fragment = rewrite_constants(fragment, keyword)
    return fragment


def _merge_reporting(
    builder: DefinitionBuilder, fragments: Sequence[Node], node: Node
) -> Node:
    """Return one schema for all fragments; add a warning if they contradict."""
    made = merge_fragments(fragments, node)
    report_contradictions(builder, made.contradictions)
    return made.node


def _read_merged(builder: DefinitionBuilder, node: Node, key: str) -> Shape:
    """Return the type of a merged schema, with what it says in several schemas."""
    if is_annotation_only(node):
        return AnyValue()
    shape = builder.read_merged_schema(node, key)
    further = [name for name in ("allOf", *UNION_KEYWORDS) if node.has(name)]
    if further and isinstance(shape, ObjectSchema):
        return replace(shape, kept=get_kept_keywords(node, *further))
    return shape


def _read_combinations(
    builder: DefinitionBuilder,
    plain: Sequence[Node],
    choices: Sequence[Choice],
    key: str,
) -> Shape:
    """Return the union of all combinations, each merged with what is next to them."""
    combinations = combine_choices(choices, partial(_list_fragments, builder))
    if combinations is None:
        return _read_all_variants(builder, plain, choices, key)
    if not combinations:
        empty = _create_empty(choices[0].node)
        return _read_merged(builder, merge_fragments(plain, empty).node, key)

    made: list[Type] = []
    became: list[tuple[str, str]] = []
    for combination, whole in _merge_combinations(builder, plain, combinations):
        option_key = SEPARATOR.join((key, *(f"|{each}" for each in combination.labels)))
        identity = get_identity([*plain, *combination.fragments, *combination.variants])
        option = _read_combination(builder, whole, option_key, identity)
        made.append(Nullable(inner=option) if declares_null(whole) else option)
        if isinstance(option, Reference):
            became += [
                (get_schema_key(builder.resolve_target(each).origin), option.key)
                for each in combination.variants
                if is_reference(each)
            ]

    inner = _build_union(builder, made, choices, became)
    has_null = all(each.has_null for each in choices) or any(
        isinstance(each, Nullable) for each in made
    )
    return Nullable(inner=inner) if has_null else inner


def _read_combination(
    builder: DefinitionBuilder, whole: Node, key: str, identity: Identity
) -> Type:
    """Return the type of one combination; it can contain itself."""
    memory = builder.memory
    is_shared = memory.is_crowded(identity)
    known = memory.find_type(identity, is_shared=is_shared)
    if known is not None:
        return known
    with memory.remember_open(identity, key):
        type_ = builder.name_shape(_read_merged(builder, whole, key), key, whole)
    if is_shared:
        memory.share(identity, type_)
    return type_


def _list_fragments(builder: DefinitionBuilder, variant: Node) -> list[Node]:
    """Return the fragments of a variant, with enums for choices of constants."""
    return [
        _rewrite_all_constants(_normalize_fragment(builder, each))
        for each in builder.compositions.list_fragments(variant)
    ]


def _create_empty(node: Node) -> Node:
    return Node({}, node.origin)


def _merge_combinations(
    builder: DefinitionBuilder,
    plain: Sequence[Node],
    combinations: Sequence[Combination],
) -> list[tuple[Combination, Node]]:
    """Return each combination as one schema, without those that accept nothing."""
    merged = []
    for each in combinations:
        parts = [*plain, *each.fragments]
        made = merge_fragments(parts, _create_empty(each.variants[-1]))
        merged.append((each, made, find_contradiction(builder.compositions, made)))

    valid = [(each, made.node) for each, made, found in merged if found is None]
    if valid:
        return valid
    # Nothing fits; what the document says is better than nothing.
    report_contradictions(builder, [found for _, _, found in merged[:1] if found])
    return [(each, made.node) for each, made, _ in merged]


def _build_union(
    builder: DefinitionBuilder,
    made: Sequence[Type],
    choices: Sequence[Choice],
    became: Sequence[tuple[str, str]],
) -> Type:
    """Return the union of variants, or the only one.

    Args:
        builder: Reads the discriminator.
        made: The variants.
        choices: The choices that offer them.
        became: Keys of schemas that were merged, each with the key of a result.
    """
    options = unify_read_alike(
        each.inner if isinstance(each, Nullable) else each for each in made
    )
    if len(options) == 1:
        return options[0]
    return Union(
        variants=options,
        discriminator=_read_discriminator(builder, choices, became),
        exclusive=all(each.keyword == UNION_KEYWORDS[0] for each in choices),
    )


def _read_discriminator(
    builder: DefinitionBuilder,
    choices: Sequence[Choice],
    became: Sequence[tuple[str, str]],
) -> Discriminator | None:
    """Return the discriminator of the first choice that has one."""
    results = Counter(key for key, _ in became)
    # A schema that became several classes is not selected by one value.
    unique = {key: made for key, made in became if results[key] == 1}
    for choice in choices:
        listed = list(choice.node.iter_elements_of(choice.keyword))
        found = read_discriminator(
            choice.node, listed, builder.document, lambda *_: None, builder.sink
        )
        if found is not None:
            return rename_variants(found, unique)
    return None


def _read_all_variants(
    builder: DefinitionBuilder,
    plain: Sequence[Node],
    choices: Sequence[Choice],
    key: str,
) -> Shape:
    """Return one schema for too many combinations; it has all their properties."""
    origin = choices[0].node.origin
    builder.sink.add_note(
        "too-many-variants",
        "the unions have too many combinations; read as one class with all "
        "properties",
        at=origin,
        hint="put each union into its own property",
    )
    members = merge_all_variants(choices, partial(_list_fragments, builder))
    made = merge_fragments([*plain, members], Node({}, origin))
    return _read_merged(builder, made.node, key)
