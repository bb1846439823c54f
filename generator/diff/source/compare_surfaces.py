"""What a new version of an API does to the Python that calls its client.

In: two `Surface`s, the newer one made with the names that the older one gave. Out:
SOURCE findings, one for each edit, sorted. A larger change claims the small ones that
follow from it: a method that is gone takes its classes along, a namespace that is
renamed the names of its methods.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.diff.finding import Finding, Severity
from generator.diff.source.affected_operations import reached
from generator.diff.source.class_pairs import Pairs, pairs
from generator.diff.source.class_usage import named_at_all, named_by_both
from generator.diff.source.classes import Models
from generator.diff.source.client import client, events
from generator.diff.source.methods import methods
from generator.diff.source.schema_findings import folded
from generator.surface.model import Surface

_RENAMED = frozenset({"class-renamed", "method-renamed"})
_NAME = re.compile(r"[^\W\d]\w*")


def source_findings(old: Surface, new: Surface) -> tuple[Finding, ...]:
    """Compare two clients as their callers see them."""
    if old == new:
        return ()
    both = pairs(old, new)
    names = both.same()
    found = folded(
        [
            *client(old, new),
            *methods(old, new, names),
            *events(old, new, names),
            *Models(both, names, reached(old), reached(new)).findings(),
        ]
    )
    working = {
        each.old if each.kind == "class" else f"client.{each.old}"
        for each in new.old_names
    }
    told = (_with_old_name(each, working) for each in found)
    return tuple(
        sorted(
            _unclaimed(tuple(told), both, old, new),
            key=lambda each: (each.path, each.rule),
        )
    )


def _with_old_name(each: Finding, working: Container[str]) -> Finding:
    """Say of a renamed class or method that its old name still works, where it does."""
    if each.rule not in _RENAMED or each.python not in working:
        return each
    why = "The lock keeps the old name, which still works and is deprecated."
    fix = "Use the new name before the old one is pruned."
    return replace(each, level=Severity.INFO, why=why, fix=fix)


def _unclaimed(
    found: Sequence[Finding], both: Pairs, old: Surface, new: Surface
) -> Iterator[Finding]:
    """Leave out the classes that came or went with all that they were a part of."""
    back = {other: name for name, other in both.names.items()}
    kept = {
        "class-removed": _on_their_own(old, new, both.names),
        "class-added": _on_their_own(new, old, back),
    }
    told = {
        name
        for each in found
        if each.rule not in kept
        for name in _NAME.findall(each.after)
    }
    kept["class-added"] -= told
    for each in found:
        name = each.before or each.after
        if each.rule not in kept or name in kept[each.rule]:
            yield each


def _on_their_own(
    surface: Surface, other: Surface, partners: Mapping[str, str]
) -> frozenset[str]:
    names = frozenset(each.name for each in surface.models)
    lonely = names - named_at_all(surface)
    return lonely | named_by_both(surface, other, partners)
