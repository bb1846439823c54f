"""Findings made by hand, for what is done with findings.

In: what is special about a finding. Out: findings, and comparisons that have them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flexprice_codegen.diagnostics import (
    Diagnostic,
    FileLocation,
    Level,
)
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.levels.ignore_file import IgnoredFinding
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.pipeline.diff import (
    add_version_advice,
)
from flexprice_codegen.report import changes_json
from support.comparing import KEYS, compare
from support.documents import document

NASTY = (
    "</script><img src=x onerror=alert(1)> `a` ]]> @octocat #1 https://x.y\n::error::x"
)


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


def a_mixture() -> Changes:
    """Make a comparison with something of everything."""
    far = AffectedParts(
        operations=tuple(f"GET /things/{number:02}" for number in range(38)),
        events=tuple(f"thing.{number}" for number in range(12)),
    )
    both = frozenset(Side)
    at = FileLocation("specs/new.yaml", 7, 3)
    made = changes_of(
        [
            a_finding(0, sides=both, python="models.Customer.field0", affected=far),
            a_finding(1, level=Severity.WARNING, old=at, new=at, after="integer"),
            a_finding(2, level=Severity.INFO, rule="field-added", new=at),
            a_finding(3, message=NASTY, path=NASTY, before=NASTY, why=NASTY, old=at),
        ]
    )
    notice = Diagnostic(
        code="ignore-unused", level=Level.WARNING, message="m", location=at
    )
    ignored = IgnoredFinding(
        finding=a_finding(9, parts=(a_finding(8),)), reason="agreed"
    )
    return replace(made, ignored=(ignored,), notices=(notice,))


def read_report_schema() -> Any:  # noqa: ANN401 - JSON
    """Return the schema of the JSON report, which ships with the generator."""
    path = Path(changes_json.__file__).with_name("changes.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))
