"""The report of `conform` as JSON, SARIF, and annotations of GitHub Actions.

In: a `ConformResult`. Out: text.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.conform.coverage import Coverage
from flexprice_codegen.conform.findings import ConformFinding
from flexprice_codegen.conform.result import ConformResult
from flexprice_codegen.conform.rules import find_rule
from flexprice_codegen.diagnostics import FileLocation, Level
from flexprice_codegen.report.changes_json import format_json
from flexprice_codegen.report.changes_sarif import SARIF_SCHEMA
from flexprice_codegen.report.conform_text import format_evidence
from flexprice_codegen.report.github_annotations import (
    Annotation,
    WorkflowCommand,
    get_repository_root,
)
from flexprice_codegen.version import VERSION

_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
_COMMANDS: dict[Level, WorkflowCommand] = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.NOTE: "notice",
}


def format_conform_json(result: ConformResult) -> str:
    """Return all findings and corrections as JSON."""
    return format_json(
        {
            "exchanges": result.exchanges,
            "operations": {
                "seen": result.coverage.reached,
                "all": len(result.coverage.operations),
            },
            "findings": [_build_entry(each) for each in result.findings],
            "corrections": [
                {
                    "rule": each.key.rule,
                    "path": each.key.at.pointer,
                    "actions": list(each.actions),
                }
                for each in result.corrections
            ],
            "withdrawn": result.withdrawn,
            "remaining": [_build_entry(each) for each in result.remaining],
        }
    )


def format_coverage_json(coverage: Coverage) -> str:
    """Return the coverage as JSON."""
    return format_json(
        {
            "operations": [
                {
                    "operation": each.operation,
                    "exchanges": each.exchanges,
                    "statuses": {str(status): count for status, count in each.seen},
                    "unseen": list(each.unseen),
                }
                for each in coverage.operations
            ],
            "schemas": [
                {"schema": each.schema, "unseen": list(each.unseen)}
                for each in coverage.schemas
            ],
        }
    )


def format_conform_sarif(result: ConformResult) -> str:
    """Return the findings as a SARIF log."""
    ids = sorted({each.key.rule for each in result.findings})
    driver = {
        "name": "flexprice-codegen conform",
        "version": VERSION,
        "rules": [
            {"id": each, "shortDescription": {"text": find_rule(each).help}}
            for each in ids
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_build_result(each) for each in result.findings],
    }
    return format_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def format_conform_github(result: ConformResult) -> str:
    """Return the findings as workflow commands, one per line."""
    root = get_repository_root()
    lines = (_build_annotation(each).format_command(root) for each in result.findings)
    return "".join(f"{line}\n" for line in lines)


def _build_entry(finding: ConformFinding) -> dict[str, object]:
    at = finding.location
    location = (
        {"file": at.file, "line": at.line, "column": at.column}
        if isinstance(at, FileLocation)
        else None
    )
    return {
        "rule": finding.key.rule,
        "level": finding.level.value,
        "message": finding.message,
        "help": finding.help,
        "path": finding.key.at.pointer,
        "samples": finding.samples,
        "of": finding.of,
        "exchanges": finding.exchanges,
        "operations": list(finding.operations),
        "fingerprint": finding.fingerprint,
        "location": location,
    }


def _build_result(finding: ConformFinding) -> dict[str, object]:
    return {
        "ruleId": finding.key.rule,
        "level": _SARIF_LEVELS[finding.level],
        "message": {"text": f"{finding.message} ({format_evidence(finding)})"},
        "locations": _build_locations([finding.location]),
        "partialFingerprints": {"flexpriceCodegen/v1": finding.fingerprint},
    }


def _build_locations(places: Iterable[FileLocation | None]) -> list[dict[str, object]]:
    return [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": at.file},
                "region": {"startLine": at.line, "startColumn": at.column},
            }
        }
        for at in places
        if at is not None
    ]


def _build_annotation(finding: ConformFinding) -> Annotation:
    return Annotation(
        _COMMANDS[finding.level],
        f"flexprice-codegen: {finding.key.rule}",
        f"{finding.message}\n{format_evidence(finding)}\n{finding.help}",
        finding.location,
    )
