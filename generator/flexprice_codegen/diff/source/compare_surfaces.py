"""What a new version of an API does to the Python that calls its client.

In: two `Surface`s, the newer one made with the names that the older one gave. Out:
SOURCE findings, one for each edit, sorted. A larger change claims the small ones that
follow from it: a method that is new brings its classes along, a namespace that is
renamed the names of its methods.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.source.affected_operations import index_affected
from flexprice_codegen.diff.source.class_pairs import ClassPairs, pair_classes
from flexprice_codegen.diff.source.class_usage import (
    find_shared_classes,
    find_used_classes,
)
from flexprice_codegen.diff.source.classes import ClassComparison
from flexprice_codegen.diff.source.client import (
    compare_clients,
    compare_event_constants,
)
from flexprice_codegen.diff.source.methods import compare_methods
from flexprice_codegen.diff.source.schema_findings import merge_findings
from flexprice_codegen.surface.model import Surface

_CLASS_ADDED = RuleKey("none", "class", "itself", "added")
_RENAMED = frozenset(
    {
        RuleKey("none", "class", "itself", "renamed"),
        RuleKey("none", "enum-member", "itself", "renamed"),
        RuleKey("none", "method", "itself", "renamed"),
    }
)


def compare_surfaces(old: Surface, new: Surface) -> tuple[Finding, ...]:
    """Return what has changed for the callers of a client.

    Args:
        old: The client as its callers know it.
        new: The client of the newer version.
    """
    if old == new:
        return ()
    pairs = pair_classes(old, new)
    names = pairs.create_name_map()
    classes = ClassComparison(pairs, names, index_affected(old), index_affected(new))
    found = merge_findings(
        [
            *compare_clients(old, new),
            *compare_methods(old, new, names),
            *compare_event_constants(old, new, names),
            *classes.iter_findings(),
        ]
    )

    aliases = {
        f"client.{name.old}" if name.kind == "method" else name.old
        for name in new.deprecated_aliases
    }
    told = [_mention_deprecated_alias(finding, aliases) for finding in found]
    kept = _drop_implied_classes(told, pairs, old, new)
    return tuple(sorted(kept, key=lambda finding: (finding.path, finding.rule)))


def _mention_deprecated_alias(finding: Finding, aliases: Container[str]) -> Finding:
    """Return a finding; of a renamed class or method with what its old name is now."""
    if finding.key not in _RENAMED or finding.python not in aliases:
        return finding
    why = "The lock file keeps the old name as a deprecated alias."
    fix = "Use the new name before you remove the deprecated aliases."
    return replace(finding, level=Severity.INFO, why=why, fix=fix)


def _drop_implied_classes(
    found: Sequence[Finding], pairs: ClassPairs, old: Surface, new: Surface
) -> Iterator[Finding]:
    """Yield the findings without classes that came with what they are a part of.

    A class that went is reported whatever took it along: code that imports it breaks at once.
    """
    former_names = {other: name for name, other in pairs.names.items()}
    independent = _find_independent_classes(new, old, former_names)
    # A class that another finding names as what is there now needs no finding itself.
    independent -= {
        name
        for finding in found
        if finding.key != _CLASS_ADDED
        for name in finding.classes_after
    }
    for finding in found:
        if finding.key != _CLASS_ADDED or not independent.isdisjoint(
            finding.classes_after
        ):
            yield finding


def _find_independent_classes(
    surface: Surface, other: Surface, partners: Mapping[str, str]
) -> frozenset[str]:
    """Return the classes whose coming or going nothing else explains."""
    names = frozenset(model.name for model in surface.models)
    unused = names - find_used_classes(surface)
    return unused | find_shared_classes(surface, other, partners)
