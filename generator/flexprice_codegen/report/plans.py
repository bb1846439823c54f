"""Plans as text: what a run did or would do, and where a directory has drift.

In: plans, generated files, and the files on the disk. Out: lines and unified diffs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.vendor.plan import FileState, WritePlan

_WORDS: dict[FileState, str] = {
    "add": "added",
    "update": "updated",
    "delete": "deleted",
    "edited": "edited by hand",
    "reformatted": "reformatted",
    "stray": "stray",
    "same": "unchanged",
}
_REASONS: dict[FileState, str] = {
    "add": "missing",
    "update": "outdated: the document, the configuration or the generator moved",
    "delete": "no longer made",
    "edited": "edited by hand",
    "stray": "stray: it starts like a generated file, but the lock does not list it",
}
# Unchanged files are counted, and stray ones have a message of their own.
_SHOWN: tuple[FileState, ...] = ("add", "update", "delete", "edited", "reformatted")
# Of each state: the list of files stays on one screen.
_MOST = 12
DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}
"""The style of a diff line, by its first character."""
_ORDER: tuple[FileState, ...] = (
    "add",
    "update",
    "delete",
    "edited",
    "stray",
    "reformatted",
    "same",
)


def iter_plan_lines(plan: WritePlan) -> Iterator[str]:
    """Yield a line for each file that a run changes, with what is done to it.

    Nothing is yielded for a new client, whose files are all added.
    """
    if len(plan.list_paths("add")) == len(plan.steps):
        return

    width = max(map(len, _WORDS.values()))
    for state in _SHOWN:
        found = plan.list_paths(state)
        for path in found[:_MOST]:
            yield f"  {_WORDS[state]:{width}}  {path}"
        if len(found) > _MOST:
            yield f"  {_WORDS[state]:{width}}  … and {len(found) - _MOST} more"


def format_state_counts(plan: WritePlan) -> str:
    """Return the number of files in each state: `3 updated, 34 unchanged`."""
    parts = [
        f"{len(found)} {_WORDS[state]}"
        for state in _ORDER
        if (found := plan.list_paths(state))
    ]
    return ", ".join(parts) or "no files"


def iter_drift_reasons(plan: WritePlan) -> Iterator[tuple[str, FileState, str]]:
    """Yield the path, the state and the reason of each file with drift."""
    for step in plan.steps:
        if step.state in _REASONS:
            yield step.path, step.state, _REASONS[step.state]


def iter_change_diffs(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> Iterator[str]:
    """Yield the unified diffs of the files that a run changes or deletes.

    Args:
        plan: What a run would do with each file.
        files: The generated files.
        disk: The content of the files on the disk, by path.
    """
    old = tuple(each for each in plan.steps if each.state != "add")
    return iter_file_diffs(WritePlan(old), files, disk)


def iter_file_diffs(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> Iterator[str]:
    """Yield a unified diff for each file, from the disk to what a run would write.

    Args:
        plan: What a run would do with each file.
        files: The generated files.
        disk: The content of the files on the disk, by path.
    """
    wanted = {each.path: each.text for each in files}
    for step in plan.steps:
        if step.state in ("same", "reformatted", "stray"):
            continue

        # A checkout on Windows can have CRLF, which is no drift.
        found = (
            disk.get(step.path, b"").decode("utf-8", "replace").replace("\r\n", "\n")
        )
        new = wanted.get(step.path, "") if step.state != "delete" else ""
        yield from iter_unified_diff(step.path, found, new)


def iter_unified_diff(path: str, found: str, wanted: str) -> Iterator[str]:
    """Yield the lines of the unified diff of one file, without line breaks."""
    return (
        line.rstrip("\n")
        for line in difflib.unified_diff(
            found.splitlines(keepends=True),
            wanted.splitlines(keepends=True),
            f"{path} (on disk)",
            f"{path} (generated)",
        )
    )
