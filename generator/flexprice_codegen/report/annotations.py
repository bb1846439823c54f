"""Annotations of a run in GitHub Actions.

In: a message, its level and its place. Out: a workflow command, one line, which shows the
message on the line of the file. No text of a document can begin a command of its own.

Source: GitHub Actions, "Workflow commands", § setting an error message.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from flexprice_codegen.diagnostics import Diagnostic, Level, Place
from flexprice_codegen.emit.quoting import visible
from flexprice_codegen.spec.sources import is_address, is_revision

Command: TypeAlias = Literal["error", "warning", "notice"]
_COMMANDS: Mapping[Level, Command] = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.NOTE: "notice",
}
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}
_MESSAGE = str.maketrans(_ESCAPES)
_PROPERTY = str.maketrans(_PROPERTY_ESCAPES)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message for a line of a file; `at` is where it stands, as it is reached from here."""

    command: Command
    title: str
    message: str
    at: Place | None = None

    def text(self, root: Path) -> str:
        """Write the workflow command; paths are written from `root`, the repository's."""
        properties = []
        if self.at is not None and (file := _path(self.at.file, root)):
            properties.append(f"file={file.translate(_PROPERTY)}")
            properties.append(f"line={self.at.line},col={self.at.column}")
        title = visible(self.title).translate(_PROPERTY)
        properties.append(f"title={title}")
        message = visible(self.message).translate(_MESSAGE)
        return f"::{self.command} {','.join(properties)}::{message}"


def of_diagnostic(diagnostic: Diagnostic) -> Annotation:
    """Give the annotation that says what a diagnostic says, with its hint."""
    hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
    return Annotation(
        _COMMANDS[diagnostic.level],
        f"flexprice-codegen: {diagnostic.code}",
        f"{diagnostic.message}{hint}",
        diagnostic.at if isinstance(diagnostic.at, Place) else None,
    )


def root_of_repository() -> Path:
    """Give the folder that a workflow checked its repository out into, else here."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())


def _path(file: str, root: Path) -> str:
    """Give the path of a file from the root of the repository; empty for no file."""
    if is_revision(file) or is_address(file):
        return ""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they are
    root = Path(os.path.abspath(root))  # noqa: PTH100
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
