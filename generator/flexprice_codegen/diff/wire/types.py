"""Two types, compared.

In: a task or a pair of definitions. Out: edits, and further tasks for what is inside.
Names and null are taken off first; what is left is compared by its kind. A change of
kind claims everything below it.
"""

from __future__ import annotations

from flexprice_codegen.api.keys import is_component_key
from flexprice_codegen.api.model import AliasSchema, EnumSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Literals,
    Map,
    Nullable,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire import (
    applicators,
    defaults,
    listed_values,
    objects,
    raw_keywords,
    scalars,
    tuples,
    type_changes,
    unions,
)
from flexprice_codegen.diff.wire.diff_state import (
    DefinitionComparison,
    DiffState,
    TypeComparison,
)
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext, format_json
from flexprice_codegen.diff.wire.resolved_types import (
    ResolvedView,
    merge_constants,
    resolve_type,
)
from flexprice_codegen.diff.wire.type_changes import ResolvedType


def compare_enqueued(state: DiffState) -> None:
    """Compare types until nothing is left to compare."""
    while state.tasks:
        match state.tasks.popleft():
            case TypeComparison() as task:
                _compare_types(state, task)
            case DefinitionComparison() as pair:
                _compare_definitions(state, pair)


def _compare_types(state: DiffState, task: TypeComparison) -> None:
    old = resolve_type(state, task.old, new=False)
    new = resolve_type(state, task.new, new=True)
    location = task.location
    context = task.context
    if old.key and new.key and _is_definition_pair(state, old, new):
        # That a definition allows null by its own words is told of it, and once.
        before = old.nullable and not old.is_self_nullable
        after = new.nullable and not new.is_self_nullable
        # Null may be said by the name in one version, and where it is used in the other.
        with_null = before == after or old.nullable != new.nullable
        if with_null and not _has_free_side(old, new):
            _compare_nullability(state, (before, after), location, context)
        state.enqueue_definitions(
            old.key, new.key, location, context, with_null=with_null
        )
        return
    if not _has_free_side(old, new):
        _compare_nullability(state, (old.nullable, new.nullable), location, context)
    compare_resolved_types(state, old.body, new.body, location, context)


def _is_definition_pair(state: DiffState, old: ResolvedView, new: ResolvedView) -> bool:
    """Return whether two names are to be compared as definitions."""
    # Objects and choices may name themselves: compared in place, they would not end.
    if isinstance(old.body, ObjectSchema | Union) and isinstance(
        new.body, ObjectSchema | Union
    ):
        return True
    both = is_component_key(old.key) and is_component_key(new.key)
    return both and state.matching.is_same_schema(old.key, new.key)


def _compare_definitions(state: DiffState, pair: DefinitionComparison) -> None:
    old = resolve_type(state, Reference(key=pair.old), new=False)
    new = resolve_type(state, Reference(key=pair.new), new=True)
    location = pair.location
    context = pair.context
    if pair.with_null and not _has_free_side(old, new):
        nullability = old.is_self_nullable, new.is_self_nullable
        _compare_nullability(state, nullability, location, context)

    first = state.get_definition(pair.old, new=False)
    second = state.get_definition(pair.new, new=True)
    assert first is not None  # a pair is made of what was found
    assert second is not None
    defaults.compare_defaults(state, first.default, second.default, location, context)
    objects.compare_xml(state, first.about, second.about, location, context)
    if isinstance(first, AliasSchema) and isinstance(second, AliasSchema):
        before = _strip_nullable(first.type)
        after = _strip_nullable(second.type)
        # Names for other names: those are a pair of their own, at a place of its own.
        if isinstance(before, Reference) and isinstance(after, Reference):
            state.enqueue_types(before, after, location, context)
            return
    compare_resolved_types(state, old.body, new.body, location, context)


def _strip_nullable(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _has_free_side(old: ResolvedView, new: ResolvedView) -> bool:
    """Return whether a side takes any value, or none: that is said of null with the type.

    Source: JSON Schema 2020-12 core §4.3.2; OpenAPI 3.0.4 §4.7.24.1.
    """
    return _is_free(old.body) or _is_free(new.body)


def _is_free(body: ResolvedType) -> bool:
    return isinstance(body, AnyValue) and not body.only_null


def _compare_nullability(
    state: DiffState,
    nullability: tuple[bool, bool],
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare whether null is allowed, before and after."""
    before, after = nullability
    if before != after:
        change: Change = "became" if after else "became-not"
        state.add_schema_edit(context, "nullable", change, location)


def compare_resolved_types(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types without names and null."""
    old = merge_constants(state, old, new=False)
    new = merge_constants(state, new, new=True)
    if listed_values.is_mixed(old) or listed_values.is_mixed(new):
        _compare_mixed_values(state, old, new, location, context)
        return
    if isinstance(old, Union) or isinstance(new, Union):
        _compare_choices(state, old, new, location, context)
        return
    if context.is_exploded and isinstance(new, Array) and not isinstance(old, Array):
        _compare_with_list(state, old, new, location, context)
        return
    old, new = scalars.align_integers(old, new)
    change = type_changes.classify_change(old, new, context)
    if change is not None and not type_changes.has_new_encoding(old, new):
        state.add_schema_edit(
            context,
            "type",
            change,
            location,
            values=(type_changes.format_type(old), type_changes.format_type(new)),
        )
        if not _is_comparable(old, new):
            if _is_sent_as_text(old, new, context):
                _compare_by_kind(state, String(), new, location, context)
            _compare_with_any(state, old, new, location, context)
            return
    raw_keywords.compare_raw_keywords(state, old, new, location, context)
    applicators.compare_applicators(state, old, new, location, context)
    _compare_by_kind(state, old, new, location, context)


def _compare_choices(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types, of which one is a choice at least."""
    if isinstance(old, Union) and isinstance(new, Union):
        raw_keywords.compare_raw_keywords(state, old, new, location, context)
    before = _list_variants(state, old, new=False)
    after = _list_variants(state, new, new=True)
    change = type_changes.classify_text_choice(before, after, context)
    if change is None:
        unions.compare_unions(state, old, new, location, context)
        _compare_with_any(state, old, new, location, context)
        return
    values = type_changes.format_types(before), type_changes.format_types(after)
    if values[0] != values[1]:
        state.add_schema_edit(context, "type", change, location, values=values)


def _list_variants(
    state: DiffState, body: ResolvedType, *, new: bool
) -> list[ResolvedType]:
    """Return the variants of a choice without their names, or the only type there is."""
    if not isinstance(body, Union):
        return [body]
    return [resolve_type(state, variant, new=new).body for variant in body.variants]


def _compare_mixed_values(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types, of which one lists values of several JSON types at least."""
    if scalars.get_enum_values(old) and scalars.get_enum_values(new):
        raw_keywords.compare_raw_keywords(state, old, new, location, context)
        scalars.compare_values(state, old, new, location, context)
        return
    before = listed_values.split_by_type(old)
    after = listed_values.split_by_type(new)
    _compare_choices(state, before, after, location, context)


def _compare_with_any(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what narrows any value, such as `not`, if one of two types is any value."""
    if not isinstance(old, AnyValue) and not isinstance(new, AnyValue):
        return
    if type_changes.accepts_nothing(old) or type_changes.accepts_nothing(new):
        return
    raw_keywords.compare_raw_keywords(state, old, new, location, context)
    applicators.compare_required_names(state, old, new, location, context)


def _is_comparable(old: ResolvedType, new: ResolvedType) -> bool:
    """Return whether two types with a change of type have more to compare.

    Of another kind nothing else can be compared; of another format it can.
    """
    if type_changes.accepts_nothing(old) or type_changes.accepts_nothing(new):
        return False
    before = type_changes.get_base_type(old)
    return type(before) is type(type_changes.get_base_type(new))


def _is_sent_as_text(
    old: ResolvedType, new: ResolvedType, context: SchemaContext
) -> bool:
    """Return whether what was sent is a text of the new type, if nothing narrows that."""
    is_text = type_changes.is_any_text_of(old, new, context)
    return is_text and context.direction == "request"


def _compare_with_list(
    state: DiffState,
    old: ResolvedType,
    new: Array,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare a single value with a list of such, which are written alike: `?a=1`."""
    item = resolve_type(state, new.item, new=True).body
    kinds = type_changes.get_json_type(old), type_changes.get_json_type(item)
    is_list_of_it = kinds[0] == kinds[1]
    state.add_schema_edit(
        context,
        "type",
        "generalized" if is_list_of_it else "changed",
        location,
        values=(type_changes.format_type(old), type_changes.format_type(new)),
    )
    if not is_list_of_it:
        return
    # A list of one is what there was.
    if (new.min_items or 0) > 1:
        scalars.compare_bounds(state, Array(item=new.item), new, location, context)
    items = location.locate_child("items", "[]", "items")
    compare_resolved_types(state, old, item, items, context.inside)


def _compare_by_kind(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what only types of one kind have."""
    match old, new:
        case Array(), Array():
            _compare_arrays(state, old, new, location, context)
        case (ObjectSchema() | Map()), (ObjectSchema() | Map()):
            objects.compare_objects(state, old, new, location, context)
        case (EnumSchema() | Literals(), _) | (_, EnumSchema() | Literals()):
            scalars.compare_values(state, old, new, location, context)
            bases = listed_values.drop_kept_limits(old, new)
            scalars.compare_constraints(state, *bases, location, context)
        case _:
            scalars.compare_constraints(state, old, new, location, context)


def _compare_arrays(
    state: DiffState,
    old: Array,
    new: Array,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    scalars.compare_bounds(state, old, new, location, context)
    if old.unique != new.unique:
        state.add_schema_edit(
            context,
            "unique-items",
            "set" if new.unique else "unset",
            location,
            values=(format_json(old.unique), format_json(new.unique)),
        )
    for each in tuples.list_open_positions(old, new):
        path = f"prefixItems/{each.number}"
        part = location.locate_child(path, f"({path})", *path.split("/"))
        state.enqueue_types(each.old, each.new, part, context.inside)
    state.enqueue_types(
        tuples.get_item_type(old),
        tuples.get_item_type(new),
        location.locate_child("items", "[]", "items"),
        context.inside,
    )
