"""Entries of an ignore file for findings that a team accepts.

In: findings, the reason to accept them, and perhaps a day until which they are accepted.
Out: TOML, one table for each finding. An entry names its finding by the fingerprint
alone, so that it ignores no other finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.emit.python_text import join_lines


def format_entries(
    findings: Iterable[Finding], reason: str, expires: date | None
) -> str:
    """Return the entries as TOML, each with an empty line before it.

    Args:
        findings: The findings to accept; one fingerprint gets one entry.
        reason: Why they are accepted.
        expires: The last day on which they are.
    """
    by_fingerprint = {finding.fingerprint: finding for finding in findings}
    return "".join(
        _format_entry(finding, reason, expires) for finding in by_fingerprint.values()
    )


def _format_entry(finding: Finding, reason: str, expires: date | None) -> str:
    lines = [
        "",
        f"# {finding.level.value}: {join_lines(finding.message)}",
        "[[ignore]]",
        f'fingerprint = "{finding.fingerprint}"',
        f"reason = {_quote(reason)}",
    ]
    if expires is not None:
        lines.append(f"expires = {expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    # On one line and without controls, a JSON string is a basic string of TOML 1.0.
    return json.dumps(join_lines(text), ensure_ascii=False)
