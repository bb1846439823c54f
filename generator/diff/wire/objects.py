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
from generator.diagnostics import Origin
from generator.diff.finding import Severity
from generator.diff.rules.message_parts import IN_HEADERS, Spot
from generator.diff.wire import defaults, deprecations, discriminators, scalars
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Edit, Where

_ANY = Anything()
_MIXED = frozenset({"patternProperties", "unevaluatedProperties"})
_TAKEN = re.compile(r"/components/schemas/([^/]+)(?:/allOf/\d+)*/properties/[^/]+")
_CONDITIONAL = re.compile(r"/(?:then|else|dependentSchemas/[^/]+)/properties/[^/]+$")


def compare(
    comparison: Comparison,
    old: Record | MapOf,
    new: Record | MapOf,
    where: Where,
    context: Context,
) -> None:
    """Compare two objects."""
    scalars.bounds(comparison, old, new, where, context)
    _further(comparison, old, new, where, context)
    if isinstance(old, Record) and isinstance(new, Record):
        discriminators.compare(comparison, old.tag, new.tag, where, context)
    before, after = _properties(old), _properties(new)
    for name, each in before.items():
        origin = each.about.origin
        if name in after:
            other = after[name]
            there = _place(where, name, other.about.origin, new)
            both = there.at(origin, other.about.origin)
            _property(comparison, each, other, both, context)
        else:
            there = _place(where, name, origin, old)
            _removed(comparison, each, there.at(origin, where.new), context)
    for name, each in after.items():
        if name not in before:
            there = _place(where, name, each.about.origin, new)
            _added(comparison, each, there.at(where.old, each.about.origin), context)


def _place(where: Where, name: str, origin: Origin, body: Record | MapOf) -> Where:
    """Give the place of a property: the schema that others take it over from (`allOf`).

    So an edit of it is one, however many schemas have it.
    """
    own = body.about.origin.pointer if isinstance(body, Record) else ""
    is_own = origin.pointer.startswith(f"{own}/")
    found = None if is_own or origin.resource else _TAKEN.fullmatch(origin.pointer)
    if found is None:
        return where.child(f"properties/{name}", f".{name}")
    owner = found[1].replace("~1", "/").replace("~0", "~")
    return Where(f"components/schemas/{owner}/properties/{name}", f"{owner}.{name}")


def _properties(body: Record | MapOf) -> Mapping[str, Property]:
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


def _extra(body: Record | MapOf) -> tuple[Type, bool]:
    """Give the type of further members, and whether there must be none."""
    if not _MIXED.isdisjoint(keyword for keyword, _ in body.kept):
        return dict(body.applied).get("additionalProperties", _ANY), body.closed
    if isinstance(body, MapOf):
        return body.value, body.closed
    return body.extra or _ANY, body.closed


def _further(
    comparison: Comparison,
    old: Record | MapOf,
    new: Record | MapOf,
    where: Where,
    context: Context,
) -> None:
    (before, was_closed), (after, is_closed) = _extra(old), _extra(new)
    there = where.keyword("additionalProperties")
    if was_closed != is_closed:
        concept = "forbidden" if is_closed else "allowed"
        comparison.edit(context, f"additional-properties-{concept}", there)
    elif before == _ANY and after != _ANY:
        comparison.edit(context, "additional-properties-typed", there)
    elif before != _ANY and after == _ANY:
        comparison.edit(context, "additional-properties-untyped", there)
    else:
        inner = where.child("additionalProperties", "{}", "additionalProperties")
        comparison.later(before, after, inner, context.inside)


def _context(context: Context, each: Property) -> Context:
    """Give the context of a property: it may be one that never travels this way."""
    idle = each.read_only if context.way == "request" else each.write_only
    inside = context.inside
    return replace(inside, idle=True) if idle and not inside.idle else inside


def _name(context: Context, concept: str = "") -> str:
    """Give the word for a property in the ids of its spot."""
    if context.header and concept in IN_HEADERS:
        return f"{Spot.HEADER_PROPERTY}"
    return f"{context.spot.inner}"


def _note(
    comparison: Comparison,
    context: Context,
    rule: str,
    where: Where,
    *,
    idle: bool = False,
) -> None:
    comparison.found(
        Edit(
            node=context.node,
            rule=rule,
            where=where,
            it=f"`{where.name}`",
            level=Severity.INFO if idle or context.idle else None,
        )
    )


def _added(
    comparison: Comparison, each: Property, where: Where, context: Context
) -> None:
    required = "required" if each.required else "optional"
    kind = "-write-only" if each.write_only else ""
    if context.way == "response":
        rule = f"response-{required}{kind}-property-added"
        _note(comparison, context, rule, where)
        return
    has_default = _default(comparison, each, new=True) is not None
    end = "-with-default" if each.required and has_default else ""
    word = _name(context, "became-required" if each.required else "")
    rule = f"new-{required}-request-{word}{end}"
    _note(comparison, context, rule, where, idle=each.read_only)


def _removed(
    comparison: Comparison, each: Property, where: Where, context: Context
) -> None:
    if context.way == "request":
        rule = f"request-{_name(context)}-removed"
        _note(comparison, context, rule, where, idle=each.read_only)
        return
    required = "required" if each.required else "optional"
    kind = "-write-only" if each.write_only else ""
    rule = f"response-{required}{kind}-property-removed"
    _note(comparison, context, rule, where)


def _default(comparison: Comparison, each: Property, *, new: bool) -> Default | None:
    """Give the default of a property, or that of the schema that it names."""
    if each.default is not None or not isinstance(each.type, Named):
        return each.default
    found = comparison.definition(each.type.key, new=new)
    return None if found is None else found.default


def _property(
    comparison: Comparison,
    old: Property,
    new: Property,
    where: Where,
    context: Context,
) -> None:
    """Compare a property that both have."""
    inner = _context(context, new)
    if old.required != new.required:
        _required(comparison, old, new, where, context)
    for word, before, after in (
        ("read-only", old.read_only, new.read_only),
        ("write-only", old.write_only, new.write_only),
    ):
        if before != after:
            _travels(comparison, word, new, where, context, now=after)
    defaults.compare(comparison, old.default, new.default, where, inner)
    deprecations.of_property(
        comparison,
        _about(comparison, old, new=False),
        _about(comparison, new, new=True),
        where,
        inner,
    )
    comparison.later(old.type, new.type, where, inner)


def _about(comparison: Comparison, each: Property, *, new: bool) -> About:
    """Give what is said of a property; of its schema where that is named by it."""
    if not isinstance(each.type, Named):
        return each.about
    found = comparison.definition(each.type.key, new=new)
    own = each.about
    if found is None or own.deprecated or own.stability:
        return own
    return found.about


def _required(
    comparison: Comparison, old: Property, new: Property, where: Where, context: Context
) -> None:
    word = "required" if new.required else "optional"
    if context.way == "response":
        kind = "write-only-" if new.write_only else ""
        rule = f"response-{kind}property-became-{word}"
        _note(comparison, context, rule, where)
        return
    has_default = _default(comparison, new, new=True) is not None
    end = "-with-default" if new.required and has_default else ""
    concept = f"became-{word}{end}"
    rule = f"request-{_name(context, concept)}-{concept}"
    _note(comparison, context, rule, where, idle=new.read_only or old.read_only)


def required(
    comparison: Comparison, where: Where, context: Context, *, now: bool
) -> None:
    """Note that a member which is not listed must be there, or need not any more."""
    concept = "became-required" if now else "became-optional"
    word = "property" if context.way == "response" else _name(context, concept)
    _note(comparison, context, f"{context.way}-{word}-{concept}", where)


def _travels(
    comparison: Comparison,
    word: str,
    new: Property,
    where: Where,
    context: Context,
    *,
    now: bool,
) -> None:
    """Note that a property became `readOnly` or `writeOnly`, or is it no more."""
    required = "required" if new.required else "optional"
    became = "became" if now else "became-not"
    if context.spot.inner is Spot.PROPERTY:
        rule = f"{context.way}-{required}-property-{became}-{word}"
        _note(comparison, context, rule, where)
