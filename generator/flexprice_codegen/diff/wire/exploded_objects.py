"""Objects that travel as their members do: `?page=1&size=2`, whichever way it is written.

In: the parameters of an operation in both versions. Out: those of one version, with the
members of an object in its place where the other version declares them by themselves.

Source: OpenAPI 3.0.3 §4.7.12.2.1 (`style: form` with `explode`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from flexprice_codegen.api.model import ObjectSchema, Parameter
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.resolved_types import resolve_type

ParametersByIdentity: TypeAlias = Mapping[tuple[str, str], Parameter]
"""Parameters by their place in a request and their name."""


def expand_objects(
    state: DiffState,
    parameters: ParametersByIdentity,
    others: ParametersByIdentity,
    *,
    new: bool,
) -> ParametersByIdentity:
    """Return the parameters of one version without objects that the other writes out.

    Args:
        state: The comparison.
        parameters: The parameters of one version.
        others: Those of the other one.
        new: Whether `parameters` are of the newer version.
    """
    found: dict[tuple[str, str], Parameter] = {}
    for identity, parameter in parameters.items():
        members: dict[tuple[str, str], Parameter] = {
            (member.location, member.wire): member
            for member in _iter_members(state, parameter, new=new)
        }
        if identity in others or members.keys().isdisjoint(others):
            found[identity] = parameter
        else:
            found.update(members)
    return found


def _iter_members(
    state: DiffState, parameter: Parameter, *, new: bool
) -> Iterator[Parameter]:
    """Yield the members of an object that is exploded, each as a parameter of its own."""
    is_exploded = parameter.style == "form" and parameter.explode
    if parameter.location != "query" or not is_exploded or parameter.media:
        return
    body = resolve_type(state, parameter.type, new=new).body
    if not isinstance(body, ObjectSchema):
        return
    for prop in body.properties:
        yield Parameter(
            wire=prop.wire,
            location="query",
            type=prop.type,
            required=parameter.required and prop.required,
            style="form",
            explode=True,
            default=prop.default,
            about=prop.about,
        )
