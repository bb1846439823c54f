"""The rewriting of the user's code for renames.

In: the code, the uses of what is renamed, and the newer client. Out: `Migration`: the
files that change, their edits, and the places that are left, with the reasons.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import CodeFile, SkippedFile
from flexprice_codegen.impact.edits import (
    CodeEdit,
    EditPlan,
    LeftPlace,
    apply_edits,
    list_new_positions,
    plan_edits,
    read_text,
)
from flexprice_codegen.impact.index import FoundUses
from flexprice_codegen.impact.places import count_characters
from flexprice_codegen.impact.renames import Rename, RenameKind, RenamePlan
from flexprice_codegen.impact.settings_files import find_settings_uses
from flexprice_codegen.impact.symbols import Symbol

FindInFiles: TypeAlias = Callable[[Sequence[CodeFile], Collection[Symbol]], FoundUses]
"""Finds the uses of symbols of one client in files."""


@frozen_value(kw_only=True)
class Migration:
    """The files that change, the edits in them, and what is left to a person."""

    files: tuple[CodeFile, ...]
    former: tuple[CodeFile, ...]
    """The same files as they were."""
    edits: tuple[CodeEdit, ...]
    left: tuple[LeftPlace, ...]
    skipped: tuple[SkippedFile, ...]
    """The files that could not be read."""

    def iter_diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff."""
        for before, after in zip(self.former, self.files, strict=True):
            yield from _iter_file_diff(before, after)


@frozen_value(kw_only=True)
class MigrationRequest:
    """The code and the renames.

    `find_old` and `find_new` index files against the old and the newer client.
    """

    files: tuple[CodeFile, ...]
    settings: tuple[CodeFile, ...]
    """Files of settings, whose environment variables are renamed."""
    plan: RenamePlan
    renames: tuple[Rename, ...]
    only: frozenset[RenameKind]
    find_old: FindInFiles
    find_new: FindInFiles


def migrate_code(request: MigrationRequest, symbols: Iterable[Symbol]) -> Migration:
    """Return the code with renames; what the newer client does not know is taken back.

    Args:
        request: The code and the renames.
        symbols: All names of the old client.
    """
    renames = _list_renames(request)
    wanted = _list_wanted(renames, symbols)
    files = {each.path: each for each in (*request.files, *request.settings)}
    found = _find_uses(request, wanted)
    plan = _select_ways(plan_edits(files, found.uses, renames), request.only)

    plan = _leave_unwritable(files, plan)
    edits, left = _take_back_unknown(request, files, plan)
    changed = _apply(files, edits)
    return Migration(
        files=tuple(changed),
        former=tuple(files[each.path] for each in changed),
        edits=tuple(edits),
        left=tuple(sorted(set(left))),
        skipped=found.skipped,
    )


def _find_uses(request: MigrationRequest, wanted: Collection[Symbol]) -> FoundUses:
    if not wanted:
        return FoundUses(())
    found = request.find_old(request.files, wanted)
    in_settings = find_settings_uses(request.settings, wanted)
    return FoundUses((*found.uses, *in_settings), found.skipped)


def _list_renames(request: MigrationRequest) -> tuple[Rename, ...]:
    """Return the renames of the kinds that are asked for, without chains.

    If one name becomes the former name of another, a second run could not know whether
    a place was rewritten already.
    """
    former = {each.symbol for each in request.renames}
    return tuple(
        each
        for each in request.renames
        if each.kind in {*request.only} and each.target not in former
    )


def _list_wanted(
    renames: Iterable[Rename], symbols: Iterable[Symbol]
) -> frozenset[Symbol]:
    """Return the symbols to look for: what is renamed, and what has the same name.

    A place that can be both must not be rewritten.
    """
    names = {(each.symbol.kind, each.symbol.name) for each in renames}
    aliases = {each.target for each in renames}
    same = {each for each in symbols if (each.kind, each.name) in names}
    return frozenset(same | aliases | {each.symbol for each in renames})


def _select_ways(plan: EditPlan, only: Collection[RenameKind]) -> EditPlan:
    """Return the edits without those in imports, if these are not asked for."""
    if "import" in only:
        return plan
    return EditPlan(
        tuple(each for each in plan.edits if each.use.way != "import"), plan.left
    )


def _leave_unwritable(files: Mapping[str, CodeFile], plan: EditPlan) -> EditPlan:
    """Return the edits without those in files that cannot be written back."""
    written = {each.path for each in _apply(files, plan.edits)}
    reason = "the file cannot be written back without other changes"
    left = [
        LeftPlace(each.use, reason) for each in plan.edits if each.file not in written
    ]
    edits = tuple(each for each in plan.edits if each.file in written)
    return EditPlan(edits, (*plan.left, *left))


def _take_back_unknown(
    request: MigrationRequest, files: Mapping[str, CodeFile], plan: EditPlan
) -> tuple[list[CodeEdit], list[LeftPlace]]:
    """Return the edits that the newer client knows, and the places of the others."""
    edits = list(plan.edits)
    left = list(plan.left)
    while edits:
        known = _find_known(request, files, edits)
        unknown = {each.group for each in edits if each not in known}
        if not unknown:
            break
        left += [
            LeftPlace(
                each.use,
                (
                    f"the newer client has no {each.target} there"
                    if each not in known
                    else f"another line of the file needs {each.old}"
                ),
            )
            for each in edits
            if each.group in unknown
        ]
        edits = [each for each in edits if each.group not in unknown]
    return edits, left


def _find_known(
    request: MigrationRequest, files: Mapping[str, CodeFile], edits: Sequence[CodeEdit]
) -> frozenset[CodeEdit]:
    """Return the edits whose places are uses of their targets in the newer client."""
    changed = {each.path: each for each in _apply(files, edits)}
    after = [changed.get(each.path, each) for each in request.files]
    targets = {request.plan.get_target(each.target) for each in edits}
    targets |= {each.target for each in edits}
    uses = request.find_new(after, targets).uses
    lines = {path: file.list_lines() for path, file in changed.items()}
    places = defaultdict(set)
    for use in uses:
        if use.file in lines and use.confidence == "sure":
            line = lines[use.file][use.position.line - 1].encode()
            start = count_characters(line, use.position.column)
            end = count_characters(line, use.position.end_column)
            places[use.file, use.position.line, use.symbol].add((start, end))

    positions = list_new_positions(edits)
    return frozenset(
        each
        for each, (file, line, start) in positions.items()
        # Any text can be a variable, and a type can have no class of the client.
        if each.target.kind == "variable"
        or not each.target.name
        or any(
            first <= start + len(each.new) and start <= last
            for first, last in places[file, line, each.target]
        )
    )


def _apply(files: Mapping[str, CodeFile], edits: Iterable[CodeEdit]) -> list[CodeFile]:
    """Return the files that edits change."""
    by_file: dict[str, list[CodeEdit]] = defaultdict(list)
    for each in edits:
        by_file[each.file].append(each)
    made = (apply_edits(files[path], some) for path, some in sorted(by_file.items()))
    return [each for each in made if each is not None]


def _iter_file_diff(before: CodeFile, after: CodeFile) -> Iterator[str]:
    yield from difflib.unified_diff(
        read_text(before).splitlines(keepends=True),
        read_text(after).splitlines(keepends=True),
        f"a/{before.path}",
        f"b/{after.path}",
    )
