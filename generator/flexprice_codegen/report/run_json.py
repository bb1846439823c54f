"""The report of a run as JSON.

In: clients with the files that changed or drifted, and diagnostics. Out: one JSON
value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from flexprice_codegen.diagnostics import Diagnostic, FileLocation
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.report.drift import Drift
from flexprice_codegen.version import VERSION

# It grows when a key is removed or gets another meaning, not when one is added.
_FORMAT = 1


@frozen_value
class ClientReport:
    """A client, its directory, the files to report, and their diff line by line."""

    name: str
    directory: str
    files: tuple[Drift, ...]
    diff: tuple[str, ...] = ()


def format_run(
    clients: Sequence[ClientReport], diagnostics: Iterable[Diagnostic]
) -> str:
    """Return the report of a run as JSON.

    Args:
        clients: The clients with the files that changed or drifted.
        diagnostics: Diagnostics of all clients.
    """
    value = {
        "format": _FORMAT,
        "generator": VERSION,
        "changed": any(each.files for each in clients),
        "clients": [
            {
                "name": each.name,
                "folder": each.directory,
                "changed": bool(each.files),
                "files": [asdict(file) for file in each.files],
                "diff": list(each.diff),
            }
            for each in clients
        ],
        "diagnostics": [_build_diagnostic(each) for each in diagnostics],
    }
    return json.dumps(value, indent=2)


def format_failure(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the report of a run that generated nothing, as JSON."""
    value = {
        "format": _FORMAT,
        "generator": VERSION,
        "diagnostics": [_build_diagnostic(each) for each in diagnostics],
    }
    return json.dumps(value, indent=2)


def _build_diagnostic(each: Diagnostic) -> dict[str, object]:
    at = asdict(each.location) if isinstance(each.location, FileLocation) else None
    return {
        "code": each.code,
        "level": each.level,
        "message": each.message,
        "hint": each.help,
        "at": at,
    }
