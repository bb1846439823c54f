"""Objects: their properties, and what is next to them.

In: two types that are objects. Out: edits, and tasks for the types of the properties
that both have.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import ObjectSchema, Property
from flexprice_codegen.api.types import AnyValue, Map, NodeMetadata, Reference, Type
from flexprice_codegen.api.unread_facts import is_anything
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire import (
    defaults,
    deprecations,
    discriminators,
    property_edits,
    scalars,
)
from flexprice_codegen.diff.wire.diff_state import DiffState, is_plain_type
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.json_pointers import split_pointer

_ANY = AnyValue()
# With these, what is left for `additionalProperties` depends on the names of members.
_MIXED = frozenset({"patternProperties", "unevaluatedProperties"})


def compare_objects(
    state: DiffState,
    old: ObjectSchema | Map,
    new: ObjectSchema | Map,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two objects."""
    scalars.compare_bounds(state, old, new, location, context)
    _compare_additional(state, old, new, location, context)
    if isinstance(old, ObjectSchema) and isinstance(new, ObjectSchema):
        discriminators.compare_discriminators(
            state,
            old.discriminator,
            new.discriminator,
            location,
            context,
            changed_keys=_list_changed_heirs(state, old, new),
        )

    before = _get_properties(old)
    after = _get_properties(new)
    for name, prop in before.items():
        origin = prop.about.origin
        if name in after:
            partner = after[name]
            if _is_unchanged(prop, partner):
                continue
            here = _locate_property(location, name, partner.about.origin, new)
            here = here.with_origins(origin, partner.about.origin)
            _compare_property(state, prop, partner, here, context)
        else:
            here = _locate_property(location, name, origin, old)
            # Where the property is missing, the object is the place to look at.
            here = here.with_origins(origin, location.new)
            property_edits.add_property_removed(state, prop, here, context)
            if _is_now_of_rest(prop, old, new, is_told=context.direction == "request"):
                rest = _get_additional(new)
                state.enqueue_types(prop.type, rest, here, context.inside)
    for name, prop in after.items():
        if name not in before:
            origin = prop.about.origin
            here = _locate_property(location, name, origin, new)
            here = here.with_origins(location.old, origin)
            property_edits.add_property_added(
                state, prop, here, context, is_closed=old.closed
            )
            if _is_now_of_rest(prop, new, old, is_told=context.direction == "response"):
                rest = _get_additional(old)
                state.enqueue_types(rest, prop.type, here, context.inside)


def _list_changed_heirs(
    state: DiffState, old: ObjectSchema, new: ObjectSchema
) -> frozenset[str]:
    """Return the schemas of two discriminators that only one version has.

    That such a schema came or went is a finding of the choice of all that extend the object.
    """
    before = () if old.discriminator is None else old.discriminator.mapping
    after = () if new.discriminator is None else new.discriminator.mapping
    if not before and not after:
        return frozenset()
    known = state.matching.schemas
    removed = {key for _, key in before} - known.keys()
    added = {key for _, key in after} - set(known.values())
    return frozenset(removed | added)


def _is_unchanged(old: Property, new: Property) -> bool:
    """Return whether there is nothing to compare of a property, which most are."""
    before = old.about
    after = new.about
    return (
        is_plain_type(old.type)
        and old == new
        and before.deprecated == after.deprecated
        and before.stability == after.stability
        and before.xml == after.xml
    )


def _locate_property(
    location: EditLocation, name: str, origin: Origin, body: ObjectSchema | Map
) -> EditLocation:
    """Return the place of a property: the schema that others take it over from (`allOf`).

    So an edit of it is one, however many schemas have it.
    """
    own = body.about.origin.pointer if isinstance(body, ObjectSchema) else ""
    is_own = origin.pointer.startswith(f"{own}/")
    owner = "" if is_own or origin.resource else _get_owner(origin)
    if owner:
        return EditLocation(
            f"components/schemas/{owner}/properties/{name}", f"{owner}.{name}"
        )
    return location.locate_child(f"properties/{name}", f".{name}")


def _get_owner(origin: Origin) -> str:
    """Return the component that declares a property itself, or in an `allOf` of its own."""
    match split_pointer(origin.pointer):
        case ["components", "schemas", owner, *path, "properties", _]:
            # pairs of a keyword and a number
            keywords = path[::2]
            numbers = path[1::2]
            is_part = set(keywords) <= {"allOf"} and len(keywords) == len(numbers)
            return owner if is_part else ""
        case _:
            return ""


def _get_properties(body: ObjectSchema | Map) -> Mapping[str, Property]:
    """Return the properties that an object has at any time."""
    if isinstance(body, Map):
        return {}
    return {
        prop.wire: prop for prop in body.properties if not _is_conditional(body, prop)
    }


def _is_conditional(record: ObjectSchema, prop: Property) -> bool:
    """Return whether a property comes from `then` or its like, which is compared itself."""
    if not record.applied:
        return False
    own = record.about.origin.pointer
    pointer = prop.about.origin.pointer
    # A property may be called `then`: what is declared by the object is its own.
    if pointer.startswith(f"{own}/properties/"):
        return False
    match split_pointer(pointer):
        case [*_, "then" | "else", "properties", _]:
            return True
        case [*_, "dependentSchemas", _, "properties", _]:
            return True
        case _:
            return False


def _is_now_of_rest(
    prop: Property,
    owner: ObjectSchema | Map,
    other: ObjectSchema | Map,
    *,
    is_told: bool,
) -> bool:
    """Return whether a property that only one version lists is in the rest of the other.

    Args:
        prop: The property.
        owner: The object that lists it.
        other: The object that does not.
        is_told: Whether it breaks callers that only `other` has a schema for the rest,
            which is said of the whole rest then.
    """
    if not _has_typed_rest(other) or not _is_own(owner, prop):
        return False
    return not is_told or owner.closed or _has_typed_rest(owner)


def _has_typed_rest(body: ObjectSchema | Map) -> bool:
    """Return whether a member that is not listed has a schema all the same."""
    return not body.closed and not is_anything(_get_additional(body))


def _is_own(body: ObjectSchema | Map, prop: Property) -> bool:
    """Return whether a property is declared with the `additionalProperties` of its object.

    In another part of an `allOf` it is still one of them, and clients read what it says.
    """
    if not isinstance(body, ObjectSchema):
        return False
    own = body.about.origin.get_child("properties").get_child(prop.wire)
    return prop.about.origin == own


def _get_additional(body: ObjectSchema | Map) -> Type:
    """Return the type of further members."""
    if not _MIXED.isdisjoint(keyword for keyword, _ in body.kept):
        return dict(body.applied).get("additionalProperties", _ANY)
    if isinstance(body, Map):
        return body.value
    return body.extra or _ANY


def _compare_additional(
    state: DiffState,
    old: ObjectSchema | Map,
    new: ObjectSchema | Map,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = _get_additional(old)
    after = _get_additional(new)
    keyword = location.locate_keyword("additionalProperties")
    if old.closed != new.closed:
        change: Change = "forbidden" if new.closed else "allowed"
        state.add_schema_edit(context, "additional-properties", change, keyword)
    elif is_anything(before) and not is_anything(after):
        state.add_schema_edit(context, "additional-properties", "typed", keyword)
    elif is_anything(after) and not is_anything(before):
        state.add_schema_edit(context, "additional-properties", "untyped", keyword)
    else:
        inner = location.locate_child(
            "additionalProperties", "{}", "additionalProperties"
        )
        state.enqueue_types(before, after, inner, context.inside)


def _compare_property(
    state: DiffState,
    old: Property,
    new: Property,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare a property that both have."""
    inner = _create_property_context(context, new)
    property_edits.add_required_changed(state, old, new, location, context)
    property_edits.add_access_changed(state, old, new, location, context)
    defaults.compare_defaults(state, old.default, new.default, location, inner)
    compare_xml(state, old.about, new.about, location, inner)
    deprecations.compare_property_lifecycle(
        state,
        _resolve_metadata(state, old, new=False),
        _resolve_metadata(state, new, new=True),
        location,
        inner,
    )
    state.enqueue_types(old.type, new.type, location, inner)


def compare_xml(
    state: DiffState,
    old: NodeMetadata,
    new: NodeMetadata,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare how a schema is written in XML, where it travels so.

    Source: OpenAPI 3.0.3 §4.7.26 (XML Object).
    """
    if context.in_xml and old.xml != new.xml:
        keyword = location.locate_keyword("xml")
        state.add_schema_edit(
            context, "xml", "changed", keyword, values=(old.xml, new.xml)
        )


def _create_property_context(context: SchemaContext, prop: Property) -> SchemaContext:
    """Return the context of a property: it may be one that never travels this way.

    Source: OpenAPI 3.0.3 §4.7.24.2 (`readOnly`, `writeOnly`).
    """
    inside = context.inside
    is_request = context.direction == "request"
    never_sent = prop.read_only if is_request else prop.write_only
    if never_sent and not inside.never_sent:
        return replace(inside, never_sent=True)
    return inside


def _resolve_metadata(state: DiffState, prop: Property, *, new: bool) -> NodeMetadata:
    """Return what is said of a property; of its schema where that is named by it."""
    own = prop.about
    if not isinstance(prop.type, Reference):
        return own
    found = state.get_definition(prop.type.key, new=new)
    # Beside a `$ref` of OpenAPI 3.0 nothing counts, so that many write it at the schema.
    if found is None or own.deprecated or own.stability:
        return own
    return found.about


def add_unlisted_required_changed(
    state: DiffState,
    location: EditLocation,
    context: SchemaContext,
    *,
    is_required: bool,
) -> None:
    """Record that a member which is not listed must be there, or no longer must."""
    key = context.inside.create_key("required" if is_required else "optional", "became")
    property_edits.add_property_edit(state, context, key, location)
