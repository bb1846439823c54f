"""Two documents compared, as a test writes them down.

In: two documents, as texts, values or files. Out: `Changes`, with all that `diff` says;
or the findings about the wire alone, before anything is joined.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flexprice_codegen.config import FULL_SELECTION, Selection
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.wire.compare_apis import compare_apis
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.pipeline.diff import (
    DiffRequest,
    add_version_advice,
    compute_changes,
)
from flexprice_codegen.report import changes_json
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.previous_names import PreviousNames
from support.documents import AnyDocument, document, read_api, source_of

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
    api = read_api(given)
    return build_surface(api, PreviousNames(), DiagnosticSink()).names


def list_in_python(found: Changes) -> list[tuple[str, str, str]]:
    """Return place, rule and level of what is felt in Python, sorted."""
    parts = [
        part for each in found.findings for part in get_parts_on_side(each, Side.SOURCE)
    ]
    return sorted((part.python, part.rule, part.level.value) for part in parts)


def a_finding(
    number: int = 0,
    *,
    rule: str = "request-property-removed",
    **fields: Any,  # noqa: ANN401 - any field
) -> Finding:
    """Return a finding made by hand, with a place of its own for each number."""
    made = Finding(
        key=KEYS[rule],
        level=Severity.ERROR,
        sides=frozenset({Side.WIRE}),
        path=f"components/schemas/Customer/properties/field{number}",
        message=f"The property field{number} was removed",
        why="Servers may refuse it.",
        fix="Do not send it.",
        before="string",
        affected=AffectedParts(
            operations=("POST /customers",), events=("customer.created",)
        ),
    )
    return replace(made, **fields)


def changes_of(found: Iterable[Finding]) -> Changes:
    """Return a comparison of two versions of the Billing API with these findings."""
    billing = document(info={"title": "Billing API", "version": "1.4.0"})
    empty = compare(billing, billing)
    return add_version_advice(replace(empty, findings=tuple(found)))


def read_report_schema() -> Any:  # noqa: ANN401 - JSON
    """Return the schema of the JSON report, which ships with the generator."""
    path = Path(changes_json.__file__).with_name("changes.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))
