"""How far the findings agree with what oasdiff's own tests expect.

In: a case: two documents and the findings that oasdiff's test expects of its checks. Out:
the sets of (id, level) of both sides, within the scope of the case, repetition ignored.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.wire.api_names import find_name_changes
from flexprice_codegen.diff.wire.compare_apis import compare_apis
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from support.documents import read_api

Fact: TypeAlias = tuple[str, str]
_LEVELS = {Severity.ERROR: "ERR", Severity.WARNING: "WARN", Severity.INFO: "INFO"}
_RANK = {"INFO": 0, "WARN": 1, "ERR": 2}
_TODAY = "2026-08-08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What one case expects, and what was found of it."""

    name: str
    missing: frozenset[Fact]
    surplus: frozenset[Fact]

    @property
    def holds(self) -> bool:
        """Return whether both sides say the same."""
        return not self.missing and not self.surplus


def findings_of(folder: Path, case: dict[str, Any]) -> tuple[Finding, ...]:
    """Compare the documents of a case."""
    options = case.get("options", {})
    days = options.get("deprecation_days", {})
    today = dt.date.fromisoformat(case.get("today", _TODAY))
    policy = DeprecationPolicy(
        today=today,
        beta_days=days.get("beta", 0),
        stable_days=days.get("stable", 0),
        stability=options.get("stability_level", "beta"),
    )
    old = read_api(folder / case["base"])
    new = read_api(folder / case["revision"])
    wire = compare_apis(old, new, today=today, policy=policy)
    return (*wire, *find_name_changes(old, new))


def agreement(
    folder: Path, case: dict[str, Any], catalogue: frozenset[str]
) -> Agreement:
    """Hold what is found against what is expected."""
    scope = catalogue if case["scope"] == "all" else frozenset(case["scope"])
    floor = _RANK[case["min_level"]]
    found = {
        (each.rule, _LEVELS[each.level])
        for each in findings_of(folder, case)
        if each.rule in scope and _RANK[_LEVELS[each.level]] >= floor
    }
    expected = {
        (each["id"], each["level"]) for each in case["expect"] if each.get("id")
    }
    forbidden = set(case.get("not_expect", ()))
    surplus = (
        found - expected
        if case["complete"]
        else {each for each in found if each[0] in forbidden}
    )
    return Agreement(
        name=case["name"],
        missing=frozenset(expected - found),
        surplus=frozenset(surplus),
    )


def read(folder: Path) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """Read the cases and the ids of the catalogue."""
    cases = json.loads((folder / "cases.json").read_text())
    catalogue = json.loads((folder / "catalogue.json").read_text())
    return cases, frozenset(each["id"] for each in catalogue)


def levels(folder: Path) -> dict[str, str]:
    """Return the level of each id of the vocabulary."""
    catalogue = json.loads((folder / "catalogue.json").read_text())
    return {each["id"]: each["default_level"] for each in catalogue}
