"""Where a folder is not as a run would leave it, as values.

In: a plan, the wanted files, and what stands on the disk. Out: a `Drift` for each file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.report.github_annotations import Annotation
from flexprice_codegen.report.plans import iter_drift_reasons
from flexprice_codegen.vendor.plan import WritePlan


@dataclass(frozen=True, slots=True)
class Drift:
    """A file that is not, or was not, as a run would leave it.

    `path` counts from the folder of the client; `line` is the first that differs.
    What a run has mended is no fault any more.
    """

    path: str
    state: str
    reason: str
    line: int = 1
    is_fault: bool = True

    def build_annotation(self, folder: Path) -> Annotation:
        """Give the annotation that says so, on the line in question."""
        return Annotation(
            "error",
            "flexprice-codegen: the client is not as generated",
            f"{self.path}: {self.reason}\nRun `flexprice-codegen generate`.",
            FileLocation((folder / self.path).as_posix(), self.line, 1),
        )


def list_drifts(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> tuple[Drift, ...]:
    """Give what differs of the files of a client; the lock is judged elsewhere."""
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
    """Give the files that a run writes and deletes, and the strays that it leaves."""
    return tuple(
        Drift(path, state, reason, is_fault=state == "stray")
        for path, state, reason in iter_drift_reasons(plan)
    )


def _find_first_difference(found: bytes | None, wanted: str | None) -> int:
    """Give the number of the first line in which two texts differ, from one."""
    if found is None or wanted is None:
        return 1
    old = found.decode("utf-8", "replace").splitlines()
    lines = enumerate(zip_longest(old, wanted.splitlines()), 1)
    first = next((number for number, (one, other) in lines if one != other), 1)
    return min(first, max(len(old), 1))
