"""Unions: `oneOf`, `anyOf` and lists of types.

In: two types, of which at least one is a union. Out: edits for variants that came and
went, and tasks for those that both have. A variant is found again by its name, by being
equal, or as the only one that is left on both sides.

Source: JSON Schema 2020-12 core §10.2.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeGuard

from flexprice_codegen.api.keys import SEPARATOR, is_component_key
from flexprice_codegen.api.model import EnumSchema, ObjectSchema
from flexprice_codegen.api.types import AnyValue, Map, Reference, Type, Union
from flexprice_codegen.api.unread_facts import is_read_alike
from flexprice_codegen.diff.rules.rule_key import Change, Concept
from flexprice_codegen.diff.wire import discriminators, type_changes
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext
from flexprice_codegen.diff.wire.resolved_types import resolve_type
from flexprice_codegen.diff.wire.type_changes import ResolvedType, get_json_type
from flexprice_codegen.frozen_values import frozen_value

_SIMPLE = frozenset({"string", "number", "integer", "boolean", "array"})
_APART = _SIMPLE | {"object"}
"""JSON types whose values are of no other one, but that an integer is a number."""
_ANY_OBJECT = Map(value=AnyValue())


@frozen_value
class _VariantMatch:
    """The variants that only one side has, and those that both have."""

    removed: tuple[Type, ...]
    added: tuple[Type, ...]
    both: tuple[tuple[Type, Type], ...]


def compare_unions(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types, at least one of which is a union."""
    is_listed = _is_type_list(old) or _is_type_list(new)
    before = _index_by_type(state, old, new=False, is_listed=is_listed)
    after = _index_by_type(state, new, new=True, is_listed=is_listed)
    if before and after:
        _compare_type_lists(
            state, before, after, location, context, is_listed=is_listed
        )
    elif isinstance(old, Union) and isinstance(new, Union):
        _compare_variants(state, old, new, location, context)
    elif isinstance(new, Union):
        _compare_with_new_union(state, old, new, location, context)
    elif isinstance(old, Union):
        _compare_with_old_union(state, old, new, location, context)


def _is_type_list(body: ResolvedType) -> bool:
    """Return whether a union is written as `type: [string, integer]`."""
    return isinstance(body, Union) and body.listed


def _index_by_type(
    state: DiffState, body: ResolvedType, *, new: bool, is_listed: bool
) -> dict[str, Type]:
    """Return the variants of a list of types, by type; nothing for anything else.

    A union of scalars of different types is one as well, however it is written.
    """
    if not isinstance(body, Union):
        found = [(get_json_type(body), _name_type(body))]
    else:
        found = [
            (_get_variant_type(state, variant, new=new, is_listed=is_listed), variant)
            for variant in body.variants
        ]
    index: dict[str, Type] = {}
    for name, variant in found:
        is_simple = name in _SIMPLE or (is_listed and name == "object")
        if name in index or not is_simple:
            return {}
        index[name] = variant
    return index


def _name_type(body: ResolvedType) -> Type:
    """Return the reference to a definition; any other type is one itself."""
    if isinstance(body, ObjectSchema | EnumSchema):
        return Reference(key=body.key)
    return body


def _get_variant_type(
    state: DiffState, variant: Type, *, new: bool, is_listed: bool
) -> str:
    """Return the JSON type of a variant; nothing for a schema that is known by its name."""
    if not isinstance(variant, Reference):
        return get_json_type(variant)
    # An inline list of values has a key, but no name that the document gives it.
    if not is_component_key(variant.key):
        body = resolve_type(state, variant, new=new).body
        if isinstance(body, EnumSchema):
            return get_json_type(body)
    # A name in a list of types stands for an object; elsewhere it may be anything.
    return "object" if is_listed else ""


def _compare_type_lists(
    state: DiffState,
    before: dict[str, Type],
    after: dict[str, Type],
    location: EditLocation,
    context: SchemaContext,
    *,
    is_listed: bool,
) -> None:
    removed = [name for name in before if not _is_covered(name, after)]
    added = [name for name in after if not _is_covered(name, before)]
    if removed or added:
        state.add_schema_edit(
            context,
            *_classify_type_change(removed, added, context, is_listed=is_listed),
            location,
            values=(", ".join(before), ", ".join(after)),
        )
    for name, first in before.items():
        second = after.get(name)
        if second is not None:
            state.enqueue_types(first, second, location, context)


def _is_covered(name: str, others: Iterable[str]) -> bool:
    # An integer is a number (JSON Schema 2020-12 validation §6.1.1).
    return name in others or (name == "integer" and "number" in others)


def _classify_type_change(
    removed: list[str], added: list[str], context: SchemaContext, *, is_listed: bool
) -> tuple[Concept, Change]:
    if removed and added:
        return "type", "changed"
    if not is_listed:
        return "list-of-types", "widened" if added else "narrowed"
    if added:
        return "type", "generalized"
    return "type", type_changes.get_narrowed_change(context)


def _is_type(body: ResolvedType) -> TypeGuard[Type]:
    return not isinstance(body, ObjectSchema | EnumSchema)


def _compare_variants(
    state: DiffState,
    old: Union,
    new: Union,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old.exclusive and not new.exclusive:
        state.add_schema_edit(context, "one-of", "became-any-of", location)
    elif new.exclusive and not old.exclusive:
        state.add_schema_edit(context, "any-of", "became-one-of", location)

    found = _match_variants(state, old, new)
    concept = _get_union_concept(new)
    keyword = location.locate_keyword("oneOf" if new.exclusive else "anyOf")
    # A discriminator selects one option, whatever else the others take.
    in_choice = new.exclusive and new.discriminator is None
    inside = replace(context.inside, in_choice=in_choice or context.in_choice)
    _add_variant_edits(state, context, concept, "removed", keyword, found.removed)
    _add_variant_edits(state, context, concept, "added", keyword, found.added)
    for first, second in found.both:
        variant = keyword.locate_child(f"options/{_format_variant(second)}", "")
        state.enqueue_types(first, second, variant, inside)
    keys = (each.key for each in (*found.removed, *found.added) if _is_named(each))
    discriminators.compare_discriminators(
        state,
        old.discriminator,
        new.discriminator,
        location,
        context,
        changed_keys=frozenset(keys),
    )


def _is_named(variant: Type) -> TypeGuard[Reference]:
    return isinstance(variant, Reference)


def _get_union_concept(union: Union) -> Concept:
    return "one-of" if union.exclusive else "any-of"


def _add_variant_edits(
    state: DiffState,
    context: SchemaContext,
    concept: Concept,
    change: Change,
    location: EditLocation,
    variants: Iterable[Type],
) -> None:
    """Record that variants came or went, one edit for each."""
    for variant in variants:
        name = _format_variant(variant)
        values = (name, "") if change == "removed" else ("", name)
        state.add_schema_edit(
            context, concept, change, location, detail=name, values=values
        )


def _match_variants(state: DiffState, old: Union, new: Union) -> _VariantMatch:
    removed = list(old.variants)
    added = list(new.variants)
    both: list[tuple[Type, Type]] = []
    # A name is surer than equal content, which another variant may have as well.
    for is_same in (_has_same_name, _has_same_type, _has_same_members):
        for variant in tuple(removed):
            partner = next(
                (other for other in added if is_same(state, variant, other)), None
            )
            if partner is not None:
                both.append((variant, partner))
                removed.remove(variant)
                added.remove(partner)
    # What is left alone on both sides is a variant that has changed.
    is_alone = len(removed) == len(added) == 1
    if is_alone and not _is_replaced(state, removed[0], added[0]):
        both.append((removed.pop(), added.pop()))
    return _VariantMatch(tuple(removed), tuple(added), tuple(both))


def _is_replaced(state: DiffState, old: Type, new: Type) -> bool:
    """Return whether one component took the place of another, and neither has changed."""
    if not (isinstance(old, Reference) and isinstance(new, Reference)):
        return False
    return state.is_replaced(old.key, new.key)


def _has_same_name(state: DiffState, old: Type, new: Type) -> bool:
    return (
        isinstance(old, Reference)
        and isinstance(new, Reference)
        and state.matching.is_same_schema(old.key, new.key)
    )


def _is_unchanged(option: Type, body: ResolvedType) -> bool:
    """Return whether an option is the type that there was, or is, without a choice."""
    return _is_type(body) and is_read_alike(option, body)


def _has_same_type(state: DiffState, old: Type, new: Type) -> bool:
    return not isinstance(old, Reference) and is_read_alike(
        state.matching.translate_type(old), new
    )


def _has_same_members(state: DiffState, old: Type, new: Type) -> bool:
    """Return whether two options without a name of their own are equal objects.

    Their keys say where they are, which the order of the parts of an `allOf` decides.
    """
    if not (isinstance(old, Reference) and isinstance(new, Reference)):
        return False
    if is_component_key(old.key) or is_component_key(new.key):
        return False
    before = state.get_definition(old.key, new=False)
    after = state.get_definition(new.key, new=True)
    if not (isinstance(before, ObjectSchema) and isinstance(after, ObjectSchema)):
        return False
    translated = {
        prop.wire: replace(prop, type=state.matching.translate_type(prop.type))
        for prop in before.properties
    }
    same = replace(before, key=after.key, properties=after.properties)
    return same == after and translated == {
        prop.wire: prop for prop in after.properties
    }


def _format_variant(variant: Type) -> str:
    """Return the name of a variant: its schema's, else its type, else its number."""
    if not isinstance(variant, Reference):
        return type_changes.format_type(variant)
    name = variant.key.rpartition(SEPARATOR)[2].lstrip("|")
    return f"option {name}" if name.isdecimal() else name


def _format_variants(union: Union) -> str:
    return ", ".join(_format_variant(variant) for variant in union.variants)


def _compare_with_new_union(
    state: DiffState,
    old: ResolvedType,
    new: Union,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare one type with a union that took its place."""
    for variant in new.variants:
        # What was there is one of the variants: the others came.
        if _is_definition(state, old, variant) or _is_unchanged(variant, old):
            others = [other for other in new.variants if other is not variant]
            concept = _get_union_concept(new)
            _add_variant_edits(state, context, concept, "added", location, others)
            return
    if type_changes.accepts_nothing(old):
        values = type_changes.format_type(old), _format_variants(new)
        state.add_schema_edit(context, "type", "generalized", location, values=values)
        return
    if _takes_all(state, old, new.variants, new=True):
        narrowed = type_changes.get_narrowed_change(context)
        values = type_changes.format_type(old), _format_variants(new)
        state.add_schema_edit(context, "type", narrowed, location, values=values)
        return
    partner = _find_partner(state, new, old, new=True)
    if partner is not None:
        others = [other for other in new.variants if other is not partner]
        concept = _get_union_concept(new)
        _add_variant_edits(state, context, concept, "added", location, others)
        state.enqueue_types(_name_type(old), partner, location, context)
        return
    state.add_schema_edit(
        context,
        "one-of",
        "wrapped-in",
        location,
        values=(type_changes.format_type(old), _format_variants(new)),
    )


def _takes_all(
    state: DiffState, wide: ResolvedType, variants: Iterable[Type], *, new: bool
) -> bool:
    """Return whether a type takes all values of all variants: any value, or any object.

    Args:
        state: The comparison.
        wide: The type.
        variants: The variants, of one version.
        new: Whether it is the newer one.
    """
    if get_json_type(wide) == "any":
        return True
    if wide != _ANY_OBJECT:
        return False
    bodies = (resolve_type(state, variant, new=new).body for variant in variants)
    return all(get_json_type(body) == "object" for body in bodies)


def _find_partner(
    state: DiffState, union: Union, single: ResolvedType, *, new: bool
) -> Type | None:
    """Return the only variant of the JSON type of a single value, if the others differ.

    Args:
        state: The comparison.
        union: The union, of one version.
        single: The single type, of the other one.
        new: Whether the union is of the newer version.
    """
    wanted = get_json_type(single)
    found = [
        (get_json_type(resolve_type(state, variant, new=new).body), variant)
        for variant in union.variants
    ]
    types = {name for name, _ in found}
    is_apart = types <= _APART and not types >= {"integer", "number"}
    partners = [variant for name, variant in found if name == wanted]
    is_single = len(partners) == 1 and wanted in _SIMPLE
    return partners[0] if is_apart and is_single else None


def _is_definition(state: DiffState, old: ResolvedType, new: Type) -> bool:
    """Return whether a variant names the definition that stood there alone before."""
    return (
        isinstance(old, ObjectSchema | EnumSchema)
        and isinstance(new, Reference)
        and state.matching.is_same_schema(old.key, new.key)
    )


def _compare_with_old_union(
    state: DiffState,
    old: Union,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare a union with one type that took its place."""
    for variant in old.variants:
        is_same = (
            isinstance(variant, Reference)
            and isinstance(new, ObjectSchema | EnumSchema)
            and state.matching.is_same_schema(variant.key, new.key)
        )
        if is_same or _is_unchanged(variant, new):
            others = [other for other in old.variants if other is not variant]
            concept = _get_union_concept(old)
            _add_variant_edits(state, context, concept, "removed", location, others)
            return
    if type_changes.accepts_nothing(new):
        narrowed = type_changes.get_narrowed_change(context)
        values = _format_variants(old), type_changes.format_type(new)
        state.add_schema_edit(context, "type", narrowed, location, values=values)
        return
    if _takes_all(state, new, old.variants, new=False):
        values = _format_variants(old), type_changes.format_type(new)
        state.add_schema_edit(context, "type", "generalized", location, values=values)
        return
    partner = _find_partner(state, old, new, new=False)
    if partner is not None:
        others = [other for other in old.variants if other is not partner]
        concept = _get_union_concept(old)
        _add_variant_edits(state, context, concept, "removed", location, others)
        state.enqueue_types(partner, _name_type(new), location, context)
        return
    state.add_schema_edit(
        context,
        "one-of",
        "unwrapped-from",
        location,
        values=(_format_variants(old), type_changes.format_type(new)),
    )
