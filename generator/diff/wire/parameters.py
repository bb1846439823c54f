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
from generator.diff.rules.message_parts import Spot
from generator.diff.wire import defaults, deprecations
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where, shown
from generator.diff.wire.locations import declared_by_path, place


def compare(comparison: Comparison, old: Operation, new: Operation, node: int) -> None:
    """Compare the parameters of an operation."""
    before, after = _by_identity(old), _by_identity(new)
    for key, each in before.items():
        other = after.get(key)
        where = _where(new, each, other)
        context = Context(
            node,
            "request",
            Spot.PARAMETER,
            _words(each, where),
            loose=True,
            stability=new.about.stability,
        )
        if other is None:
            rule = deprecations.removal(
                comparison.policy, each.about, "request-parameter"
            )
            comparison.note(context, rule, where)
        else:
            _both(comparison, each, other, where, context)
    for key, each in after.items():
        if key not in before:
            where = _where(new, None, each)
            context = Context(node, "request", Spot.PARAMETER, _words(each, where))
            comparison.note(context, _added(each), where)


def _by_identity(operation: Operation) -> Mapping[tuple[str, str], Parameter]:
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


def _where(operation: Operation, old: Parameter | None, new: Parameter | None) -> Where:
    known = new or old
    assert known is not None
    owner = operation.path if declared_by_path(known.about.origin) else operation.key
    return place(
        f"{owner} {known.location} parameter {known.wire}",
        known.wire,
        _origin(old),
        _origin(new),
    )


def _origin(parameter: Parameter | None) -> Origin | None:
    return None if parameter is None else parameter.about.origin


def _words(each: Parameter, where: Where) -> str:
    words = f"the {each.location} parameter `{each.wire}`"
    owner, found, _ = where.path.partition(f" {each.location} parameter")
    return f"{words} of {owner}" if found else words


def _added(each: Parameter) -> str:
    required = "required" if each.required else "optional"
    if each.shared:
        return f"new-{required}-request-default-parameter-to-existing-path"
    if each.location == "path":
        return "new-request-path-parameter"
    return f"new-{required}-request-parameter"


def _both(
    comparison: Comparison,
    old: Parameter,
    new: Parameter,
    where: Where,
    context: Context,
) -> None:
    if old.required != new.required:
        word = "required" if new.required else "optional"
        comparison.note(context, f"request-parameter-became-{word}", where)
    for name, keyword, before, after in (
        ("style", "style", old.style, new.style),
        ("explode", "explode", old.explode, new.explode),
        ("allow-reserved", "allowReserved", old.allow_reserved, new.allow_reserved),
        ("media-type", "content", old.media, new.media),
    ):
        if before != after:
            comparison.note(
                context,
                f"request-parameter-{name}-changed",
                where.keyword(keyword),
                values=(shown(before), shown(after)),
            )
    defaults.compare(comparison, old.default, new.default, where, context)
    deprecations.parameter(comparison, old, new, where, context)
    inner = _repeating(old, new, context)
    comparison.later(old.type, new.type, where.keyword("schema"), inner)


def _repeating(old: Parameter, new: Parameter, context: Context) -> Context:
    """Say whether one value is sent as a list of one is, and which header it is."""
    if new.media:
        return replace(context, loose=False, header=new.location == "header")
    if new.location == "header":
        return replace(context, header=True)
    repeats = old.style == new.style == "form" and old.explode and new.explode
    return replace(context, repeats=repeats)
