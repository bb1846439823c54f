"""Drift: the files of a directory that differ from what a run would write.

In: a plan, the generated files, and the files on the disk. Out: a `Drift` for each
file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.report.github_annotations import Annotation
from flexprice_codegen.report.plans import iter_drift_reasons
from flexprice_codegen.vendor.plan import WritePlan


@frozen_value
class Drift:
    """A file that is not, or was not, as a run would leave it.

    `path` is relative to the client's directory; `line` is the first line that differs.
    What a run has already written or deleted is not an error: `is_fault` is false.
    """

    path: str
    state: str
    reason: str
    line: int = 1
    is_fault: bool = True

    def build_annotation(self, folder: Path) -> Annotation:
        """Return an error annotation on the first line that differs.

        Args:
            folder: The client's directory, which `path` is relative to.
        """
        return Annotation(
            "error",
            "flexprice-codegen: the client is out of date",
            f"{self.path}: {self.reason}\nRun `flexprice-codegen generate`.",
            FileLocation((folder / self.path).as_posix(), self.line, 1),
        )


def list_drifts(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> tuple[Drift, ...]:
    """Return the drift of a client's files, except the lock file.

    Args:
        plan: What a run would do with each file.
        files: The files that a run would write.
        disk: The content of the files on the disk, by path.
    """
    wanted = {each.path: each.text for each in files}
    return tuple(
        Drift(
            path,
            state,
            reason,
            _find_first_difference(disk.get(path), wanted.get(path)),
        )
        for path, state, reason in iter_drift_reasons(plan)
    )


def list_written_files(plan: WritePlan) -> tuple[Drift, ...]:
    """Return the files that a run writes or deletes, and the stray files."""
    return tuple(
        Drift(path, state, reason, is_fault=state == "stray")
        for path, state, reason in iter_drift_reasons(plan)
    )


def _find_first_difference(found: bytes | None, wanted: str | None) -> int:
    """Return the number, from one, of the first line in which two texts differ."""
    if found is None or wanted is None:
        return 1
    old = found.decode("utf-8", "replace").splitlines()
    lines = enumerate(zip_longest(old, wanted.splitlines()), 1)
    first = next((number for number, (one, other) in lines if one != other), 1)
    # An editor cannot show a line behind the end, where the wanted text is longer.
    return min(first, max(len(old), 1))
