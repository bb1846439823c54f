"""Annotations of a run in GitHub Actions.

In: a message, its level and its location. Out: a workflow command, one line, which
shows the message at the line of the file. No text of a document can begin another
command.

Source: GitHub Actions, "Workflow commands", § setting an error message.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from flexprice_codegen.diagnostics import Diagnostic, FileLocation, Level
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.sources import is_git_revision, is_url

WorkflowCommand: TypeAlias = Literal["error", "warning", "notice"]
_COMMANDS: Mapping[Level, WorkflowCommand] = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.NOTE: "notice",
}
# GitHub reads these escapes back. A raw line break would end the command, and a colon
# or a comma would end a property.
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
# A colon and a comma end a property (`escapeProperty` of GitHub's toolkit).
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}
_MESSAGE = str.maketrans(_ESCAPES)
_PROPERTY = str.maketrans(_PROPERTY_ESCAPES)


@frozen_value
class Annotation:
    """A message for a line of a file.

    The file of `location` is a path relative to the working directory.
    """

    command: WorkflowCommand
    title: str
    message: str
    location: FileLocation | None = None

    def format_command(self, root: Path) -> str:
        """Return the workflow command, which has no line break.

        Args:
            root: The root of the repository, which GitHub resolves paths from.
        """
        properties = []
        if self.location is not None and (
            file := _get_repository_path(self.location.file, root)
        ):
            properties.append(f"file={file.translate(_PROPERTY)}")
            if self.location.line:
                line = f"line={self.location.line},col={self.location.column}"
                properties.append(line)

        title = strip_invisible(self.title).translate(_PROPERTY)
        properties.append(f"title={title}")
        message = strip_invisible(self.message).translate(_MESSAGE)
        return f"::{self.command} {','.join(properties)}::{message}"


def build_annotation(diagnostic: Diagnostic) -> Annotation:
    """Return the annotation of a diagnostic, with its help below the message."""
    hint = f"\n{diagnostic.help}" if diagnostic.help else ""
    return Annotation(
        _COMMANDS[diagnostic.level],
        f"flexprice-codegen: {diagnostic.code}",
        f"{diagnostic.message}{hint}",
        diagnostic.location if isinstance(diagnostic.location, FileLocation) else None,
    )


def get_repository_root() -> Path:
    """Return the directory of the workflow's checkout, or of the git repository.

    Elsewhere it is the working directory.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace:
        return Path(workspace)
    here = Path.cwd()
    # In a worktree, `.git` is a file.
    return next((e for e in (here, *here.parents) if (e / ".git").exists()), here)


def get_repository_path(file: str, root: Path) -> str:
    """Return the path of a file of any version, relative to the repository.

    Args:
        file: A path relative to the working directory, or `git:REV:path`.
        root: The root of the repository.

    Returns:
        The path with forward slashes; `file` itself if it is not in the repository.
    """
    if is_git_revision(file):
        _, _, path = file.removeprefix("git:").partition(":")
        if not path:
            return file
        # As in git, only such a path starts from the working directory.
        is_relative = path.startswith(("./", "../"))
        return _get_repository_path(path, root) if is_relative else path
    return _get_repository_path(file, root) or file


def _get_repository_path(file: str, root: Path) -> str:
    """Return a path relative to the repository; empty if it is not a local file."""
    if is_git_revision(file) or is_url(file):
        return ""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they are
    root = Path(os.path.abspath(root))  # noqa: PTH100
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
