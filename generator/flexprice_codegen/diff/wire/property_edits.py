"""Edits of whole properties: which came, which went, which are required, and sent.

In: a property of both versions, or of one. Out: edits. Most of them have other rules in
requests and in responses, for who sends a property must have it, and who reads it must
do without it.

Source: JSON Schema 2020-12 validation §6.5.3 (`required`), §9.4 (`readOnly`).
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import Property
from flexprice_codegen.api.types import Reference
from flexprice_codegen.diff.rules.message_parts import INNER_PARTS
from flexprice_codegen.diff.rules.rule_key import Change, Concept, Location, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import explain_never_sent
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import Edit, EditLocation, SchemaContext

_REQUIRED: Mapping[Location, Location] = {
    "property": "required-property",
    "write-only-property": "required-write-only-property",
    "parameter-property": "required-parameter-property",
}
_OPTIONAL: Mapping[Location, Location] = {
    "property": "optional-property",
    "write-only-property": "optional-write-only-property",
    "parameter-property": "optional-parameter-property",
}


def add_property_edit(
    state: DiffState,
    context: SchemaContext,
    key: RuleKey,
    location: EditLocation,
    *,
    never_sent: bool = False,
) -> None:
    """Record an edit of a whole property.

    Args:
        state: The comparison.
        context: The message that contains the object with the property.
        key: The rule.
        location: Where the property is.
        never_sent: Whether the property, or what it was, does not travel this way.
    """
    is_silent = never_sent or context.never_sent
    state.add_edit(
        Edit(
            node=context.node,
            key=key,
            location=location,
            subject=f"`{location.name}`",
            level=Severity.INFO if is_silent else None,
            why=explain_never_sent(context.direction) if is_silent else "",
            in_choice=context.in_choice,
        )
    )


def add_property_added(
    state: DiffState,
    prop: Property,
    location: EditLocation,
    context: SchemaContext,
    *,
    is_closed: bool,
) -> None:
    """Record that a property is new; `is_closed` where the object had no further ones."""
    if context.direction == "response":
        key = RuleKey("response", _get_received_location(prop), "itself", "added")
        if is_closed and not (prop.write_only or context.never_sent):
            _add_to_closed(state, context, key, location)
        else:
            add_property_edit(state, context, key, location)
        return
    key = RuleKey("request", _get_sent_location(prop, context), "itself", "added")
    if prop.required and _has_default(state, prop):
        key = key._replace(change="added-with-default")
    add_property_edit(state, context, key, location, never_sent=prop.read_only)


def _add_to_closed(
    state: DiffState, context: SchemaContext, key: RuleKey, location: EditLocation
) -> None:
    state.add_edit(
        Edit(
            node=context.node,
            key=key,
            location=location,
            subject=f"`{location.name}`",
            level=Severity.WARNING,
            why="The object allowed no additional properties: callers that validate "
            "responses reject the new one.",
        )
    )


def add_property_removed(
    state: DiffState, prop: Property, location: EditLocation, context: SchemaContext
) -> None:
    """Record that a property is gone."""
    if context.direction == "response":
        key = RuleKey("response", _get_received_location(prop), "itself", "removed")
        add_property_edit(state, context, key, location)
        return
    key = RuleKey("request", INNER_PARTS[context.part], "itself", "removed")
    add_property_edit(state, context, key, location, never_sent=prop.read_only)


def _get_received_location(prop: Property) -> Location:
    """Return where a property is that comes back, which may be required."""
    table = _REQUIRED if prop.required else _OPTIONAL
    return table["write-only-property" if prop.write_only else "property"]


def _get_sent_location(prop: Property, context: SchemaContext) -> Location:
    """Return where a property is that is sent, which may be required."""
    if prop.required and context.in_header:
        return "required-header-property"
    table = _REQUIRED if prop.required else _OPTIONAL
    return table[INNER_PARTS[context.part]]


def _has_default(state: DiffState, prop: Property) -> bool:
    """Return whether a property, or the schema that it names, has a default now."""
    if prop.default is not None or not isinstance(prop.type, Reference):
        return prop.default is not None
    found = state.get_definition(prop.type.key, new=True)
    return found is not None and found.default is not None


def add_required_changed(
    state: DiffState,
    old: Property,
    new: Property,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Record that a property became required or optional, if it did."""
    if old.required == new.required:
        return
    concept: Concept = "required" if new.required else "optional"
    if context.direction == "response":
        thing: Location = "write-only-property" if new.write_only else "property"
        key = RuleKey("response", thing, concept, "became")
        add_property_edit(state, context, key, location)
        return
    is_filled = new.required and _has_default(state, new)
    change: Change = "became-with-default" if is_filled else "became"
    key = context.inside.create_key(concept, change)
    # Callers who were told not to send it do not, whatever becomes of it.
    never_sent = new.read_only or old.read_only
    add_property_edit(state, context, key, location, never_sent=never_sent)


def add_access_changed(
    state: DiffState,
    old: Property,
    new: Property,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Record that a property became `readOnly` or `writeOnly`, or no longer is."""
    # Parameters and headers travel one way in any case: there it means nothing.
    if INNER_PARTS[context.part] != "property":
        return
    thing = (_REQUIRED if new.required else _OPTIONAL)["property"]
    if old.read_only != new.read_only:
        change: Change = "became" if new.read_only else "became-not"
        key = RuleKey(context.direction, thing, "read-only", change)
        add_property_edit(state, context, key, location)
    if old.write_only != new.write_only:
        change = "became" if new.write_only else "became-not"
        key = RuleKey(context.direction, thing, "write-only", change)
        add_property_edit(state, context, key, location)
