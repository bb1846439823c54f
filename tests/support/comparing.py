"""Two documents compared, as a test writes them down.

In: two documents, as texts, values or files. Out: `Changes`, with all that `diff` says;
or the findings about the wire alone, before anything is joined.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flexprice_codegen.config import FULL_SELECTION, Selection
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.wire.compare_apis import compare_apis
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.pipeline.diff import (
    DiffRequest,
    add_version_advice,
    compute_changes,
)
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.previous_names import PreviousNames
from support.documents import (
    AnyDocument,
    Json,
    document,
    read_api,
    read_surface,
    source_of,
)

TODAY = date(2026, 8, 8)
KEYS = {id_: key for key, id_ in RULE_IDS.items()}


def compare(
    old: AnyDocument,
    new: AnyDocument,
    *,
    names: tuple[AssignedName, ...] | None = None,
    selection: Selection = FULL_SELECTION,
) -> Changes:
    """Return all changes between two documents, as `diff` does.

    Args:
        old: The older document.
        new: The newer document.
        names: The names in the lock file of a client, if there is one.
        selection: The part of the API that a client uses.
    """
    request = DiffRequest(
        old=(_place("old", old),),
        new=(_place("new", new),),
        previous=None if names is None else PreviousNames(names),
        selection=selection,
        today=TODAY,
    )
    return add_version_advice(compute_changes(request))


def _place(stem: str, given: AnyDocument) -> str | Source:
    return str(given) if isinstance(given, Path) else source_of(given, stem)


def compare_wire(
    old: AnyDocument, new: AnyDocument, policy: DeprecationPolicy | None = None
) -> tuple[Finding, ...]:
    """Return what changes between two documents on the wire."""
    return compare_apis(read_api(old), read_api(new), today=TODAY, policy=policy)


def get_names(given: AnyDocument) -> tuple[AssignedName, ...]:
    """Return the names that a lock file has after a client of a document was made."""
    return read_surface(given).names


def list_in_python(found: Changes) -> list[tuple[str, str, str]]:
    """Return place, rule and level of what is felt in Python, sorted."""
    parts = [
        part for each in found.findings for part in get_parts_on_side(each, Side.SOURCE)
    ]
    return sorted((part.python, part.rule, part.level.value) for part in parts)


def list_on_wire(
    old: AnyDocument, new: AnyDocument, policy: DeprecationPolicy | None = None
) -> list[tuple[str, str]]:
    """Return rule and level of what changes on the wire, sorted."""
    found = compare_wire(old, new, policy)
    return sorted((each.rule, each.level.value) for each in found)


def list_rules_of_paths(
    old: Json, new: Json, policy: DeprecationPolicy | None = None
) -> list[str]:
    """Return the rules about what changes between two sets of paths, sorted."""
    return [rule for rule, _ in list_on_wire(document(old), document(new), policy)]
