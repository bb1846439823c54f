"""What a new version of an API does to the Python that calls its client.

In: two `Surface`s, the newer one made with the names that the older one gave. Out:
SOURCE findings, one for each edit, sorted. A larger change claims the small ones that
follow from it: a method that is gone takes its classes along, a namespace that is
renamed the names of its methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diff.finding import Finding
from generator.diff.source_client import client, events
from generator.diff.source_methods import methods
from generator.diff.source_models import Models
from generator.diff.source_pairs import pairs
from generator.diff.source_reach import reached
from generator.surface.model import Surface

_TAKEN_ALONG = {
    "class-removed": ("method-removed", "event-constant-removed"),
    "class-added": ("method-added", "event-constant-added"),
}


def source_findings(old: Surface, new: Surface) -> tuple[Finding, ...]:
    """Compare two clients as their callers see them."""
    if old == new:
        return ()
    both = pairs(old, new)
    names = both.same()
    found = [
        *client(old, new),
        *methods(old, new, names),
        *events(old, new, names),
        *Models(both, names, reached(old), reached(new)).findings(),
    ]
    return tuple(sorted(_unclaimed(found), key=lambda each: (each.path, each.rule)))


def _unclaimed(found: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out the classes that came or went with all that they were a part of."""
    found = tuple(found)
    gone = {
        rule: {
            name
            for each in found
            if each.rule in causes
            for name in (*each.reach.operations, *each.reach.events)
        }
        for rule, causes in _TAKEN_ALONG.items()
    }
    for each in found:
        roots = {*each.reach.operations, *each.reach.events}
        if not (roots and each.rule in gone and roots <= gone[each.rule]):
            yield each
