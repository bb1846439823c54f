"""Parameters, compared.

In: an operation of both versions. Out: edits, and tasks for the types. A parameter is
found again by its place and name; one in the path by where it is there.

Source: OpenAPI 3.0.3 §4.7.12 (Parameter Object).
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import ApiOperation, Parameter
from flexprice_codegen.api.path_templates import find_placeholders
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.rules.rule_key import Change, Concept, RuleKey
from flexprice_codegen.diff.wire import defaults, deprecations
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext, format_json
from flexprice_codegen.diff.wire.exploded_objects import expand_objects
from flexprice_codegen.diff.wire.locations import (
    create_edit_location,
    is_declared_by_path,
)
from flexprice_codegen.frozen_values import replace


def compare_parameters(
    state: DiffState, old: ApiOperation, new: ApiOperation, node: int
) -> None:
    """Compare the parameters of an operation."""
    declared = _index_by_identity(old), _index_by_identity(new)
    before = expand_objects(state, declared[0], declared[1], new=False)
    after = expand_objects(state, declared[1], declared[0], new=True)
    for identity, parameter in before.items():
        partner = after.get(identity)
        location = _locate_parameter(new, parameter, partner)
        context = _create_context(new, parameter, location, node)
        if partner is None:
            key = deprecations.get_removal_key(
                state.policy, parameter.about, "parameter"
            )
            state.add_rule_edit(context, key, location)
        else:
            _compare_parameter(state, parameter, partner, location, context)

    for identity, parameter in after.items():
        if identity not in before:
            location = _locate_parameter(new, None, parameter)
            context = _create_context(new, parameter, location, node)
            state.add_rule_edit(context, _get_added_key(parameter), location)


def _index_by_identity(operation: ApiOperation) -> Mapping[tuple[str, str], Parameter]:
    """Return the parameters of an operation by their place in the request and their name.

    What names do not decide is not part of it: the name of a parameter in the path, and
    whether a header is written in capitals (RFC 9110 §5.1).
    """
    order = find_placeholders(operation.path)
    index: dict[tuple[str, str], Parameter] = {}
    for parameter in (*operation.parameters, *operation.unused_parameters):
        name = parameter.wire
        if parameter.location == "path" and name in order:
            name = f"{order.index(name)}"
        elif parameter.location == "header":
            name = name.lower()
        index[parameter.location, name] = parameter
    return index


def _locate_parameter(
    operation: ApiOperation, old: Parameter | None, new: Parameter | None
) -> EditLocation:
    known = new or old
    assert known is not None
    # What a path declares for all of its operations is told once.
    is_of_path = is_declared_by_path(known.about.origin)
    owner = operation.path if is_of_path else operation.key
    return create_edit_location(
        f"{owner} {known.location} parameter {known.wire}",
        known.wire,
        _get_origin(old),
        _get_origin(new),
    )


def _get_origin(parameter: Parameter | None) -> Origin | None:
    return None if parameter is None else parameter.about.origin


def _create_context(
    operation: ApiOperation, parameter: Parameter, location: EditLocation, node: int
) -> SchemaContext:
    subject = f"the {parameter.location} parameter `{parameter.wire}`"
    # One among the components belongs to no operation.
    owner, found, _ = location.path.partition(f" {parameter.location} parameter")
    if found:
        subject += f" of {owner}"
    return SchemaContext(
        node,
        "request",
        "parameter",
        subject,
        text_only=True,
        stability=operation.about.stability,
    )


def _get_added_key(parameter: Parameter) -> RuleKey:
    """Return the key of the rule for a parameter that is new."""
    # In the path no caller can leave it out, whether it says `required` or not.
    if parameter.location == "path" and not parameter.shared:
        return RuleKey("request", "path-parameter", "itself", "added")
    if parameter.shared and parameter.required:
        return RuleKey("request", "required-path-item-parameter", "itself", "added")
    if parameter.shared:
        return RuleKey("request", "optional-path-item-parameter", "itself", "added")
    if parameter.required:
        return RuleKey("request", "required-parameter", "itself", "added")
    return RuleKey("request", "optional-parameter", "itself", "added")


def _compare_parameter(
    state: DiffState,
    old: Parameter,
    new: Parameter,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old.required != new.required:
        presence: Concept = "required" if new.required else "optional"
        state.add_schema_edit(context, presence, "became", location)
    keywords: tuple[tuple[Concept, str, object, object], ...] = (
        ("style", "style", old.style, new.style),
        ("explode", "explode", old.explode, new.explode),
        ("allow-reserved", "allowReserved", old.allow_reserved, new.allow_reserved),
        ("media-type", "content", old.media, new.media),
    )
    for concept, keyword, before, after in keywords:
        if before != after:
            state.add_schema_edit(
                context,
                concept,
                "changed",
                location.locate_keyword(keyword),
                values=(format_json(before), format_json(after)),
            )
    if old.allow_empty != new.allow_empty:
        change: Change = "set" if new.allow_empty else "unset"
        here = location.locate_keyword("allowEmptyValue")
        state.add_schema_edit(context, "allow-empty", change, here)
    # No call leaves out a parameter that must be sent: its default is never used.
    if not old.required and not new.required:
        defaults.compare_defaults(state, old.default, new.default, location, context)
    deprecations.compare_parameter_lifecycle(state, old, new, location, context)
    schema = location.locate_keyword("schema")
    inner = _create_type_context(old, new, context)
    state.enqueue_types(old.type, new.type, schema, inner)


def _create_type_context(
    old: Parameter, new: Parameter, context: SchemaContext
) -> SchemaContext:
    """Return the context of the type of a parameter: how its values are written."""
    # With `content` a value is written in a medium, such as JSON, and not as text.
    if new.media:
        return replace(context, text_only=False, in_header=new.location == "header")
    if new.location == "header":
        return replace(context, in_header=True)
    # `form` with `explode` writes a list as `a=1&a=2`, and a single value as a list of it.
    is_exploded = old.style == new.style == "form" and old.explode and new.explode
    return replace(context, is_exploded=is_exploded)
