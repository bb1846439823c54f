"""All that lies between two versions of an API, on the wire and in Python.

In: an `Api` and its `Surface` of each version. Out: findings with origins, one for each
edit; levels are those that are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.api.matching import Matching, match
from generator.api.model import Api
from generator.diagnostics import Origin
from generator.diff.finding import Finding
from generator.diff.grouping.directions import join_directions
from generator.diff.grouping.name_changes import attach_name_changes
from generator.diff.grouping.replaced_schemas import ClassIndex, group_replaced_schemas
from generator.diff.grouping.sides import join_sides
from generator.diff.levels.overrides import LevelOverride, apply_overrides
from generator.diff.rules.rule_key import RuleKey
from generator.diff.source.compare_surfaces import compare_surfaces
from generator.diff.wire.api_names import find_name_changes
from generator.diff.wire.compare_apis import compare_apis
from generator.surface.model import Surface

_SCHEMA_REMOVED = RuleKey("none", "component-schema", "itself", "removed")


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """One version: what it says of the wire, and what Python sees of it."""

    api: Api
    surface: Surface


def compare(
    old: ApiVersion,
    new: ApiVersion,
    *,
    today: date,
    overrides: Sequence[LevelOverride] = (),
) -> tuple[Finding, ...]:
    """Give the findings of both sides; `today` decides which sunsets are over."""
    matching = match(old.api, new.api)
    wire = compare_apis(old.api, new.api, today=today, matching=matching)
    source = compare_surfaces(old.surface, new.surface)
    before, after = _index_origins(old), _index_origins(new)
    placed = (_add_origins(each, before, after) for each in source)
    left, told = group_replaced_schemas(
        apply_overrides(wire, overrides),
        apply_overrides(placed, overrides),
        _create_class_index(old),
        _create_class_index(new),
    )
    labels = apply_overrides(
        _find_unexplained_name_changes(old, new, matching), overrides
    )
    return attach_name_changes(join_sides(join_directions(left), told), labels)


def _find_unexplained_name_changes(
    old: ApiVersion, new: ApiVersion, matching: Matching
) -> list[Finding]:
    """Give the labels; of a schema that has a class, Python's findings tell."""
    classes = {f"components/schemas/{each.key}" for each in old.surface.models}
    return [
        each
        for each in find_name_changes(old.api, new.api, matching=matching)
        if each.key != _SCHEMA_REMOVED or each.path not in classes
    ]


def _create_class_index(seen: ApiVersion) -> ClassIndex:
    return ClassIndex(seen.api, {each.name: each.key for each in seen.surface.models})


def _add_origins(
    each: Finding, before: Mapping[str, Origin], after: Mapping[str, Origin]
) -> Finding:
    """Find the place of an event or a credential; a `Surface` keeps none of them."""
    if each.old is not None or each.new is not None:
        return each
    return replace(each, old=before.get(each.python), new=after.get(each.python))


def _index_origins(seen: ApiVersion) -> dict[str, Origin]:
    events = {each.name: each.about.origin for each in seen.api.events}
    schemes = {each.key: each.about.origin for each in seen.api.schemes}
    surface = seen.surface
    made = {
        f"webhooks.{each.constant}": events[each.name] for each in surface.events.rows
    }
    return made | {
        f"{surface.client}({each.keyword})": schemes[each.scheme]
        for each in surface.credentials
    }
