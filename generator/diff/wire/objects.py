"""Objects: their properties, and what stands beside them.

In: two types that are objects. Out: edits, and tasks for the types of the properties
that both have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from generator.api.model import Property, Record
from generator.api.types import About, Anything, Default, MapOf, Named, Type
from generator.api.unread_facts import is_anything
from generator.diagnostics import Origin
from generator.diff.finding import Severity
from generator.diff.rules.message_parts import HEADER_PROPERTY_CHANGES, MessagePart
from generator.diff.wire import defaults, deprecations, discriminators, scalars
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import Edit, EditLocation, SchemaContext

_ANY = Anything()
_MIXED = frozenset({"patternProperties", "unevaluatedProperties"})
_TAKEN = re.compile(r"/components/schemas/([^/]+)(?:/allOf/\d+)*/properties/[^/]+")
_CONDITIONAL = re.compile(r"/(?:then|else|dependentSchemas/[^/]+)/properties/[^/]+$")


def compare_objects(
    comparison: DiffState,
    old: Record | MapOf,
    new: Record | MapOf,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two objects."""
    scalars.compare_bounds(comparison, old, new, where, context)
    _compare_additional(comparison, old, new, where, context)
    if isinstance(old, Record) and isinstance(new, Record):
        discriminators.compare_discriminators(
            comparison, old.tag, new.tag, where, context
        )
    before, after = _get_properties(old), _get_properties(new)
    for name, each in before.items():
        origin = each.about.origin
        if name in after:
            other = after[name]
            there = _locate_property(where, name, other.about.origin, new)
            both = there.with_origins(origin, other.about.origin)
            _compare_property(comparison, each, other, both, context)
        else:
            there = _locate_property(where, name, origin, old)
            _add_property_removed(
                comparison, each, there.with_origins(origin, where.new), context
            )
    for name, each in after.items():
        if name not in before:
            there = _locate_property(where, name, each.about.origin, new)
            _add_property_added(
                comparison,
                each,
                there.with_origins(where.old, each.about.origin),
                context,
            )


def _locate_property(
    where: EditLocation, name: str, origin: Origin, body: Record | MapOf
) -> EditLocation:
    """Give the place of a property: the schema that others take it over from (`allOf`).

    So an edit of it is one, however many schemas have it.
    """
    own = body.about.origin.pointer if isinstance(body, Record) else ""
    is_own = origin.pointer.startswith(f"{own}/")
    found = None if is_own or origin.resource else _TAKEN.fullmatch(origin.pointer)
    if found is None:
        return where.locate_child(f"properties/{name}", f".{name}")
    owner = found[1].replace("~1", "/").replace("~0", "~")
    return EditLocation(
        f"components/schemas/{owner}/properties/{name}", f"{owner}.{name}"
    )


def _get_properties(body: Record | MapOf) -> Mapping[str, Property]:
    """Give the properties that an object has at any time."""
    if isinstance(body, MapOf):
        return {}
    return {
        each.wire: each for each in body.properties if not _is_conditional(body, each)
    }


def _is_conditional(record: Record, each: Property) -> bool:
    """Tell whether a property comes from `then` or its like, which is compared itself."""
    if not record.applied:
        return False
    own, pointer = record.about.origin.pointer, each.about.origin.pointer
    if pointer.startswith(f"{own}/properties/"):
        return False
    return _CONDITIONAL.search(pointer) is not None


def _get_additional(body: Record | MapOf) -> tuple[Type, bool]:
    """Give the type of further members, and whether there must be none."""
    if not _MIXED.isdisjoint(keyword for keyword, _ in body.kept):
        return dict(body.applied).get("additionalProperties", _ANY), body.closed
    if isinstance(body, MapOf):
        return body.value, body.closed
    return body.extra or _ANY, body.closed


def _compare_additional(
    comparison: DiffState,
    old: Record | MapOf,
    new: Record | MapOf,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    (before, was_closed), (after, is_closed) = _get_additional(old), _get_additional(
        new
    )
    there = where.locate_keyword("additionalProperties")
    if was_closed != is_closed:
        concept = "forbidden" if is_closed else "allowed"
        comparison.add_schema_edit(context, f"additional-properties-{concept}", there)
    elif is_anything(before) and not is_anything(after):
        comparison.add_schema_edit(context, "additional-properties-typed", there)
    elif is_anything(after) and not is_anything(before):
        comparison.add_schema_edit(context, "additional-properties-untyped", there)
    else:
        inner = where.locate_child("additionalProperties", "{}", "additionalProperties")
        comparison.enqueue_types(before, after, inner, context.inside)


def _create_property_context(context: SchemaContext, each: Property) -> SchemaContext:
    """Give the context of a property: it may be one that never travels this way."""
    idle = each.read_only if context.direction == "request" else each.write_only
    inside = context.inside
    return (
        replace(inside, never_sent=True) if idle and not inside.never_sent else inside
    )


def _get_property_word(context: SchemaContext, concept: str = "") -> str:
    """Give the word for a property in the ids of its spot."""
    if context.in_header and concept in HEADER_PROPERTY_CHANGES:
        return f"{MessagePart.HEADER_PROPERTY}"
    return f"{context.part.inner}"


def _add_property_edit(
    comparison: DiffState,
    context: SchemaContext,
    rule: str,
    where: EditLocation,
    *,
    idle: bool = False,
) -> None:
    comparison.add_edit(
        Edit(
            node=context.node,
            rule=rule,
            location=where,
            subject=f"`{where.name}`",
            level=Severity.INFO if idle or context.never_sent else None,
        )
    )


def _add_property_added(
    comparison: DiffState, each: Property, where: EditLocation, context: SchemaContext
) -> None:
    required = "required" if each.required else "optional"
    kind = "-write-only" if each.write_only else ""
    if context.direction == "response":
        rule = f"response-{required}{kind}-property-added"
        _add_property_edit(comparison, context, rule, where)
        return
    has_default = _resolve_default(comparison, each, new=True) is not None
    end = "-with-default" if each.required and has_default else ""
    word = _get_property_word(context, "became-required" if each.required else "")
    rule = f"new-{required}-request-{word}{end}"
    _add_property_edit(comparison, context, rule, where, idle=each.read_only)


def _add_property_removed(
    comparison: DiffState, each: Property, where: EditLocation, context: SchemaContext
) -> None:
    if context.direction == "request":
        rule = f"request-{_get_property_word(context)}-removed"
        _add_property_edit(comparison, context, rule, where, idle=each.read_only)
        return
    required = "required" if each.required else "optional"
    kind = "-write-only" if each.write_only else ""
    rule = f"response-{required}{kind}-property-removed"
    _add_property_edit(comparison, context, rule, where)


def _resolve_default(
    comparison: DiffState, each: Property, *, new: bool
) -> Default | None:
    """Give the default of a property, or that of the schema that it names."""
    if each.default is not None or not isinstance(each.type, Named):
        return each.default
    found = comparison.get_definition(each.type.key, new=new)
    return None if found is None else found.default


def _compare_property(
    comparison: DiffState,
    old: Property,
    new: Property,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare a property that both have."""
    inner = _create_property_context(context, new)
    if old.required != new.required:
        _add_required_changed(comparison, old, new, where, context)
    for word, before, after in (
        ("read-only", old.read_only, new.read_only),
        ("write-only", old.write_only, new.write_only),
    ):
        if before != after:
            _add_access_changed(comparison, word, new, where, context, now=after)
    defaults.compare_defaults(comparison, old.default, new.default, where, inner)
    deprecations.compare_property_lifecycle(
        comparison,
        _resolve_metadata(comparison, old, new=False),
        _resolve_metadata(comparison, new, new=True),
        where,
        inner,
    )
    comparison.enqueue_types(old.type, new.type, where, inner)


def _resolve_metadata(comparison: DiffState, each: Property, *, new: bool) -> About:
    """Give what is said of a property; of its schema where that is named by it."""
    if not isinstance(each.type, Named):
        return each.about
    found = comparison.get_definition(each.type.key, new=new)
    own = each.about
    if found is None or own.deprecated or own.stability:
        return own
    return found.about


def _add_required_changed(
    comparison: DiffState,
    old: Property,
    new: Property,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    word = "required" if new.required else "optional"
    if context.direction == "response":
        kind = "write-only-" if new.write_only else ""
        rule = f"response-{kind}property-became-{word}"
        _add_property_edit(comparison, context, rule, where)
        return
    has_default = _resolve_default(comparison, new, new=True) is not None
    end = "-with-default" if new.required and has_default else ""
    concept = f"became-{word}{end}"
    rule = f"request-{_get_property_word(context, concept)}-{concept}"
    _add_property_edit(
        comparison, context, rule, where, idle=new.read_only or old.read_only
    )


def add_unlisted_required_changed(
    comparison: DiffState, where: EditLocation, context: SchemaContext, *, now: bool
) -> None:
    """Note that a member which is not listed must be there, or need not any more."""
    concept = "became-required" if now else "became-optional"
    word = (
        "property"
        if context.direction == "response"
        else _get_property_word(context, concept)
    )
    _add_property_edit(
        comparison, context, f"{context.direction}-{word}-{concept}", where
    )


def _add_access_changed(
    comparison: DiffState,
    word: str,
    new: Property,
    where: EditLocation,
    context: SchemaContext,
    *,
    now: bool,
) -> None:
    """Note that a property became `readOnly` or `writeOnly`, or is it no more."""
    required = "required" if new.required else "optional"
    became = "became" if now else "became-not"
    if context.part.inner is MessagePart.PROPERTY:
        rule = f"{context.direction}-{required}-property-{became}-{word}"
        _add_property_edit(comparison, context, rule, where)
