"""All that lies between two versions of an API, on the wire and in Python.

In: an `Api` and its `Surface` of each version. Out: findings with origins, one for each
edit; levels are those that are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from flexprice_codegen.api.matching import ApiMatches, match_apis
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.shape import NO_SHAPES, Shapes
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.directions import join_directions
from flexprice_codegen.diff.grouping.name_changes import attach_name_changes
from flexprice_codegen.diff.grouping.replaced_schemas import (
    ClassIndex,
    group_replaced_schemas,
)
from flexprice_codegen.diff.grouping.sides import join_sides
from flexprice_codegen.diff.levels.overrides import LevelOverride, apply_overrides
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.compare_surfaces import compare_surfaces
from flexprice_codegen.diff.source.python_places import name_places
from flexprice_codegen.diff.wire.api_names import find_name_changes
from flexprice_codegen.diff.wire.compare_apis import compare_apis
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import Surface

_SCHEMA_REMOVED = RuleKey("none", "component-schema", "itself", "removed")


@frozen_value
class ApiVersion:
    """One version: what it says of the wire, and what Python sees of it.

    `shapes` are those of the API that are computed already; others are empty.
    """

    api: Api
    surface: Surface
    shapes: Shapes = NO_SHAPES


def compare(
    old: ApiVersion,
    new: ApiVersion,
    *,
    today: date,
    policy: DeprecationPolicy | None = None,
    overrides: Sequence[LevelOverride] = (),
) -> tuple[Finding, ...]:
    """Return what a new version changes on both sides, each edit once.

    Args:
        old: The version that callers use today.
        new: The version that they will use.
        today: The day by which it is decided which sunsets are over.
        policy: What the team has agreed on about deprecation.
        overrides: Levels of rules that are asked for.
    """
    matching = match_apis(old.api, new.api, (old.shapes, new.shapes))
    wire = compare_apis(old.api, new.api, today=today, policy=policy, matching=matching)
    wire = name_places(wire, old.surface, new.surface)
    source = _find_source_changes(old, new)
    names = _find_unexplained_name_changes(old, new, matching)

    # Before anything is joined: a finding that is taken out must not speak for others,
    # and what is joined is as grave as the gravest of its parts is to those who ask.
    wire = apply_overrides(wire, overrides)
    source = apply_overrides(source, overrides)
    names = apply_overrides(names, overrides)

    # A replaced schema claims its findings first: else each of them would be joined to
    # what its own property does in Python, and the same edit told hundreds of times.
    wire, source = group_replaced_schemas(
        wire, source, _create_class_index(old), _create_class_index(new)
    )
    return attach_name_changes(join_sides(join_directions(wire), source), names)


def _find_source_changes(old: ApiVersion, new: ApiVersion) -> tuple[Finding, ...]:
    """Return what changes in Python, all of it with the nodes that it is about."""
    before = _index_origins(old)
    after = _index_origins(new)
    return tuple(
        _add_origins(finding, before, after)
        for finding in compare_surfaces(old.surface, new.surface)
    )


def _find_unexplained_name_changes(
    old: ApiVersion, new: ApiVersion, matching: ApiMatches
) -> tuple[Finding, ...]:
    """Return what is called otherwise; a schema with a class has findings about Python."""
    classes = {f"components/schemas/{model.key}" for model in old.surface.models}
    return tuple(
        finding
        for finding in find_name_changes(old.api, new.api, matching=matching)
        if finding.key != _SCHEMA_REMOVED or finding.path not in classes
    )


def _create_class_index(version: ApiVersion) -> ClassIndex:
    keys = {model.name: model.key for model in version.surface.models}
    return ClassIndex(version.api, keys)


def _add_origins(
    finding: Finding, before: Mapping[str, Origin], after: Mapping[str, Origin]
) -> Finding:
    """Return a finding with the nodes of the event or credential that it is about."""
    if finding.old is not None or finding.new is not None:
        return finding
    return replace(
        finding, old=before.get(finding.python), new=after.get(finding.python)
    )


def _index_origins(version: ApiVersion) -> dict[str, Origin]:
    """Return the nodes of events and credentials, by their names in Python.

    A `Surface` has no nodes of them, for nothing that is generated needs one.
    """
    events = {event.name: event.about.origin for event in version.api.events}
    schemes = {scheme.key: scheme.about.origin for scheme in version.api.schemes}
    surface = version.surface
    constants = {
        f"webhooks.{row.constant}": events[row.name] for row in surface.events.rows
    }
    return constants | {
        f"{surface.client}({credential.keyword})": schemes[credential.scheme]
        for credential in surface.credentials
    }
