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
from generator.diff.grouping.replaced_schemas import Known, claim_swaps
from generator.diff.grouping.sides import join
from generator.diff.levels.overrides import Override, judged
from generator.diff.source.compare_surfaces import source_findings
from generator.diff.wire.api_names import label_findings, with_labels
from generator.diff.wire.compare_apis import wire_findings
from generator.surface.model import Surface


@dataclass(frozen=True, slots=True)
class Seen:
    """One version: what it says of the wire, and what Python sees of it."""

    api: Api
    surface: Surface


def compare(
    old: Seen, new: Seen, *, today: date, overrides: Sequence[Override] = ()
) -> tuple[Finding, ...]:
    """Give the findings of both sides; `today` decides which sunsets are over."""
    matching = match(old.api, new.api)
    wire = wire_findings(old.api, new.api, today=today, matching=matching)
    source = source_findings(old.surface, new.surface)
    before, after = _origins(old), _origins(new)
    placed = (_placed(each, before, after) for each in source)
    left, told = claim_swaps(
        judged(wire, overrides), judged(placed, overrides), _known(old), _known(new)
    )
    labels = judged(_labels(old, new, matching), overrides)
    return with_labels(join(join_directions(left), told), labels)


def _labels(old: Seen, new: Seen, matching: Matching) -> list[Finding]:
    """Give the labels; of a schema that has a class, Python's findings tell."""
    classes = {f"components/schemas/{each.key}" for each in old.surface.models}
    return [
        each
        for each in label_findings(old.api, new.api, matching=matching)
        if each.rule != "api-schema-removed" or each.path not in classes
    ]


def _known(seen: Seen) -> Known:
    return Known(seen.api, {each.name: each.key for each in seen.surface.models})


def _placed(
    each: Finding, before: Mapping[str, Origin], after: Mapping[str, Origin]
) -> Finding:
    """Find the place of an event or a credential; a `Surface` keeps none of them."""
    if each.old is not None or each.new is not None:
        return each
    return replace(each, old=before.get(each.python), new=after.get(each.python))


def _origins(seen: Seen) -> dict[str, Origin]:
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
