"""Parameters, compared.

In: an operation of both versions. Out: edits, and tasks for the types. A parameter is
found again by its place and name; one in the path by where it stands there.

Source: OpenAPI 3.0.3 §4.7.12 (Parameter Object).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.api.model import Operation, Parameter
from generator.api.parameters import placeholders
from generator.diagnostics import Origin
from generator.diff.rules.rule_key import Concept, RuleKey
from generator.diff.wire import defaults, deprecations
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext, format_json
from generator.diff.wire.locations import create_edit_location, is_declared_by_path


def compare_parameters(
    comparison: DiffState, old: Operation, new: Operation, node: int
) -> None:
    """Compare the parameters of an operation."""
    before, after = _index_by_identity(old), _index_by_identity(new)
    for key, each in before.items():
        other = after.get(key)
        where = _locate_parameter(new, each, other)
        context = SchemaContext(
            node,
            "request",
            "parameter",
            _describe_parameter(each, where),
            text_only=True,
            stability=new.about.stability,
        )
        if other is None:
            removed = deprecations.get_removal_key(
                comparison.policy, each.about, "parameter"
            )
            comparison.add_rule_edit(context, removed, where)
        else:
            _compare_parameter(comparison, each, other, where, context)
    for key, each in after.items():
        if key not in before:
            where = _locate_parameter(new, None, each)
            context = SchemaContext(
                node, "request", "parameter", _describe_parameter(each, where)
            )
            comparison.add_rule_edit(context, _get_added_key(each), where)


def _index_by_identity(operation: Operation) -> Mapping[tuple[str, str], Parameter]:
    order = placeholders(operation.path)
    made: dict[tuple[str, str], Parameter] = {}
    for each in (*operation.parameters, *operation.unused):
        name = each.wire
        if each.location == "path" and name in order:
            name = f"{order.index(name)}"
        elif each.location == "header":
            name = name.lower()
        made[each.location, name] = each
    return made


def _locate_parameter(
    operation: Operation, old: Parameter | None, new: Parameter | None
) -> EditLocation:
    known = new or old
    assert known is not None
    owner = operation.path if is_declared_by_path(known.about.origin) else operation.key
    return create_edit_location(
        f"{owner} {known.location} parameter {known.wire}",
        known.wire,
        _get_origin(old),
        _get_origin(new),
    )


def _get_origin(parameter: Parameter | None) -> Origin | None:
    return None if parameter is None else parameter.about.origin


def _describe_parameter(each: Parameter, where: EditLocation) -> str:
    words = f"the {each.location} parameter `{each.wire}`"
    owner, found, _ = where.path.partition(f" {each.location} parameter")
    return f"{words} of {owner}" if found else words


def _get_added_key(each: Parameter) -> RuleKey:
    if each.shared:
        if each.required:
            return RuleKey("request", "required-path-item-parameter", "itself", "added")
        return RuleKey("request", "optional-path-item-parameter", "itself", "added")
    if each.location == "path":
        return RuleKey("request", "path-parameter", "itself", "added")
    if each.required:
        return RuleKey("request", "required-parameter", "itself", "added")
    return RuleKey("request", "optional-parameter", "itself", "added")


def _compare_parameter(
    comparison: DiffState,
    old: Parameter,
    new: Parameter,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if old.required != new.required:
        word: Concept = "required" if new.required else "optional"
        comparison.add_schema_edit(context, word, "became", where)
    keywords: tuple[tuple[Concept, str, object, object], ...] = (
        ("style", "style", old.style, new.style),
        ("explode", "explode", old.explode, new.explode),
        ("allow-reserved", "allowReserved", old.allow_reserved, new.allow_reserved),
        ("media-type", "content", old.media, new.media),
    )
    for concept, keyword, before, after in keywords:
        if before != after:
            comparison.add_schema_edit(
                context,
                concept,
                "changed",
                where.locate_keyword(keyword),
                values=(format_json(before), format_json(after)),
            )
    defaults.compare_defaults(comparison, old.default, new.default, where, context)
    deprecations.compare_parameter_lifecycle(comparison, old, new, where, context)
    inner = _create_type_context(old, new, context)
    comparison.enqueue_types(old.type, new.type, where.locate_keyword("schema"), inner)


def _create_type_context(
    old: Parameter, new: Parameter, context: SchemaContext
) -> SchemaContext:
    """Say whether one value is sent as a list of one is, and which header it is."""
    if new.media:
        return replace(context, text_only=False, in_header=new.location == "header")
    if new.location == "header":
        return replace(context, in_header=True)
    repeats = old.style == new.style == "form" and old.explode and new.explode
    return replace(context, is_exploded=repeats)
