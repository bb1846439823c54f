"""The writing of the user's own files.

In: paths and bytes. Out: the disk. A file is only written if git can undo it.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    FileLocation,
    Level,
)
from flexprice_codegen.spec.git_repository import list_changed_files


def check_files(paths: Iterable[str]) -> None:
    """Check that all files are committed as they are.

    Raises:
        DiagnosticError: A file has changes that are not committed, or is in no
            repository.
    """
    by_folder: dict[Path, list[Path]] = defaultdict(list)
    for path in map(Path, paths):
        by_folder[path.parent].append(path)
    faults = []
    for folder, files in by_folder.items():
        changed = list_changed_files(folder)
        for each in files:
            if changed is None:
                faults.append(_build_fault(each, "the file is in no git repository"))
            elif each.name in changed:
                text = "the file has changes that are not committed"
                faults.append(_build_fault(each, text))
    if faults:
        raise DiagnosticError(*faults)


def _build_fault(path: Path, message: str) -> Diagnostic:
    return Diagnostic(
        code="not-committed",
        level=Level.ERROR,
        message=message,
        help="commit it first, or write it in any case with --force",
        location=FileLocation(path.as_posix(), 1, 1),
    )


def write_files(files: Mapping[str, bytes]) -> None:
    """Write files, each at once; their permissions stay.

    Raises:
        OSError: A file cannot be written.
    """
    for name, data in files.items():
        # A link stays a link: the file that it leads to is written.
        path = Path(name).resolve()
        with NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
            temporary.write(data)
        try:
            shutil.copymode(path, temporary.name)
            os.replace(temporary.name, path)  # noqa: PTH105 - both are names already
        except OSError:
            os.unlink(temporary.name)  # noqa: PTH108
            raise
