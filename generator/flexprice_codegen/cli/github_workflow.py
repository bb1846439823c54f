"""Outputs and a summary of a run for its workflow in GitHub Actions.

In: outputs and a summary. Out: lines that are appended to the files that environment
variables name. Outside of GitHub Actions nothing happens.

Source: GitHub Actions, "Workflow commands", § environment files.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.emit.python_text import join_lines

_LARGEST_SUMMARY = 900_000
"""The maximum number of bytes, with a margin: GitHub rejects more than one MiB."""


def write_workflow_outputs(outputs: Mapping[str, str], summary: str) -> None:
    """Append outputs and a summary to the files of the workflow.

    Args:
        outputs: Values by name.
        summary: Markdown; it is truncated if it is too long.

    Raises:
        DiagnosticError: One of the files cannot be written.
    """
    lines = [f"{name}={join_lines(value)}\n" for name, value in outputs.items()]
    _append_to_file("GITHUB_OUTPUT", "".join(lines))
    _append_to_file("GITHUB_STEP_SUMMARY", truncate_summary(summary))


def format_bool(value: object) -> str:
    """Return `true` or `false`, as workflow expressions write it."""
    return "true" if value else "false"


def truncate_summary(summary: str) -> str:
    """Return a summary that is cut at the end of a line if GitHub would reject it."""
    encoded = summary.encode()
    if len(encoded) <= _LARGEST_SUMMARY:
        return summary
    kept = encoded[:_LARGEST_SUMMARY].decode("utf-8", "ignore").rpartition("\n")[0]
    return f"{kept}\n\nThe summary is too long to be shown in full.\n"


def _append_to_file(variable: str, text: str) -> None:
    path = os.environ.get(variable)
    if not path:
        return

    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise build_error(
            "output",
            f"cannot write the file in {variable}: {error}",
            hint="let GitHub Actions set the variable",
        ) from error
