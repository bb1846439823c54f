"""Choices that offer themselves.

In: definitions. Out: the same, where a choice that leads back to itself through
nothing but choices offers what the whole circle offers: `A = A | B` is B.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.api.circles import components
from generator.api.model import Alias, Definition
from generator.api.types import Anything, Choice, Named, Nullable, Type
from generator.api.unread_facts import unify_read_alike


def without_loops(definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """Give definitions among whose choices there is no circle."""
    edges = {
        key: [each.key for each in _options(definition) if isinstance(each, Named)]
        for key, definition in definitions.items()
        if _options(definition)
    }
    made = dict(definitions)
    for circle in components(edges):
        if len(circle) > 1 or any(each in edges[each] for each in circle):
            offered = unify_read_alike(
                option
                for key in sorted(circle)
                for option in _options(definitions[key])
                if not (isinstance(option, Named) and option.key in circle)
            )
            for key in circle:
                made[key] = _offering(made[key], offered)
    return made


def _choice(definition: Definition) -> Choice | None:
    if not isinstance(definition, Alias):
        return None
    found = definition.type
    inner = found.inner if isinstance(found, Nullable) else found
    return inner if isinstance(inner, Choice) else None


def _options(definition: Definition) -> tuple[Type, ...]:
    """Give what a choice offers, null aside."""
    found = _choice(definition)
    return () if found is None else tuple(_bare(each) for each in found.options)


def _bare(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _offering(definition: Definition, options: tuple[Type, ...]) -> Definition:
    choice = _choice(definition)
    if choice is None or not isinstance(definition, Alias):
        return definition
    match options:
        case ():
            inner: Type = Anything()
        case (one,):
            inner = one
        case _:
            inner = replace(choice, options=options)
    if isinstance(definition.type, Nullable) and options:
        inner = Nullable(inner=inner)
    return replace(definition, type=inner)
