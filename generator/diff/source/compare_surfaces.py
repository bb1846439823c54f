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

from generator.diff.finding import Finding
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Severity
from generator.diff.source.affected_operations import index_affected
from generator.diff.source.class_pairs import ClassPairs, pair_classes
from generator.diff.source.class_usage import find_shared_classes, find_used_classes
from generator.diff.source.classes import ClassComparison
from generator.diff.source.client import compare_clients, compare_event_constants
from generator.diff.source.methods import compare_methods
from generator.diff.source.schema_findings import merge_findings
from generator.surface.model import Surface

_RENAMED = frozenset(
    {
        RuleKey("none", "class", "itself", "renamed"),
        RuleKey("none", "method", "itself", "renamed"),
    }
)
_NAME = re.compile(r"[^\W\d]\w*")


def compare_surfaces(old: Surface, new: Surface) -> tuple[Finding, ...]:
    """Compare two clients as their callers see them."""
    if old == new:
        return ()
    both = pair_classes(old, new)
    names = both.create_name_map()
    found = merge_findings(
        [
            *compare_clients(old, new),
            *compare_methods(old, new, names),
            *compare_event_constants(old, new, names),
            *ClassComparison(
                both, names, index_affected(old), index_affected(new)
            ).iter_findings(),
        ]
    )
    working = {
        each.old if each.kind == "class" else f"client.{each.old}"
        for each in new.old_names
    }
    told = (_mention_deprecated_alias(each, working) for each in found)
    return tuple(
        sorted(
            _drop_implied_classes(tuple(told), both, old, new),
            key=lambda each: (each.path, each.rule),
        )
    )


def _mention_deprecated_alias(each: Finding, working: Container[str]) -> Finding:
    """Say of a renamed class or method that its old name still works, where it does."""
    if each.key not in _RENAMED or each.python not in working:
        return each
    why = "The lock keeps the old name, which still works and is deprecated."
    fix = "Use the new name before the old one is pruned."
    return replace(each, level=Severity.INFO, why=why, fix=fix)


def _drop_implied_classes(
    found: Sequence[Finding], both: ClassPairs, old: Surface, new: Surface
) -> Iterator[Finding]:
    """Leave out the classes that came or went with all that they were a part of."""
    back = {other: name for name, other in both.names.items()}
    kept = {
        RuleKey("none", "class", "itself", "removed"): _find_independent_classes(
            old, new, both.names
        ),
        RuleKey("none", "class", "itself", "added"): _find_independent_classes(
            new, old, back
        ),
    }
    told = {
        name
        for each in found
        if each.key not in kept
        for name in _NAME.findall(each.after)
    }
    kept[RuleKey("none", "class", "itself", "added")] -= told
    for each in found:
        name = each.before or each.after
        if each.key not in kept or name in kept[each.key]:
            yield each


def _find_independent_classes(
    surface: Surface, other: Surface, partners: Mapping[str, str]
) -> frozenset[str]:
    names = frozenset(each.name for each in surface.models)
    lonely = names - find_used_classes(surface)
    return lonely | find_shared_classes(surface, other, partners)
