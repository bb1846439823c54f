"""Edits of the user's code: names that are replaced, and nothing else.

In: uses and renames. Out: an `CodeEdit` for each place that is surely to be renamed, and a
`LeftPlace` with the reason for each other one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import (
    CodeFile,
    decode_source,
    detect_source_encoding,
)
from flexprice_codegen.impact.places import count_characters
from flexprice_codegen.impact.renames import Rename
from flexprice_codegen.impact.symbols import Position, Symbol, Use

# An import gives a name to what it imports, which is used below.
_BINDING_WAYS = frozenset({"import", "name"})
# Uses in strings and in settings, which have no syntax tree.
_TEXT_WAYS = frozenset({"text", "group"})
_BOUND_KINDS = frozenset({"class", "event", "client"})


@frozen_value(order=True)
class CodeEdit:
    """The replacement of a name; `start` counts characters of the line from zero."""

    file: str
    line: int
    start: int
    old: str
    new: str
    use: Use
    target: Symbol

    @property
    def group(self) -> tuple[str, str, str]:
        """What is edited together: an import binds the name that other lines use."""
        use = self.use
        if use.way in _BINDING_WAYS and use.symbol.kind in _BOUND_KINDS:
            return (self.file, str(use.symbol), self.old)
        return (self.file, f"{self.line}:{self.start}", self.old)


@frozen_value(order=True)
class LeftPlace:
    """A place that is left to a person, and why."""

    use: Use
    reason: str


@frozen_value
class EditPlan:
    """The edits, and the places that are left."""

    edits: tuple[CodeEdit, ...]
    left: tuple[LeftPlace, ...]


def plan_edits(
    files: Mapping[str, CodeFile], uses: Sequence[Use], renames: Sequence[Rename]
) -> EditPlan:
    """Return the edits for renames at the places of uses.

    Args:
        files: The code by path.
        uses: The uses of what is renamed, and of other symbols of the same names.
        renames: The renames.
    """
    by_symbol: dict[Symbol, list[Rename]] = defaultdict(list)
    for each in renames:
        by_symbol[each.symbol].append(each)
        if each.symbol.kind == "class":
            # A deprecated name of a class is the current class where it is used.
            by_symbol[each.target].append(each)
    by_place: dict[tuple[str, Position], list[Use]] = defaultdict(list)
    for use in uses:
        by_place[use.file, use.position].append(use)

    lines: dict[str, list[str]] = {}
    edits: list[CodeEdit] = []
    left: list[LeftPlace] = []
    for (path, position), found in sorted(by_place.items()):
        if path not in lines:
            lines[path] = files[path].list_lines()
        text = lines[path][position.line - 1]
        made = _plan_place(files[path], text, found, by_symbol)
        if isinstance(made, CodeEdit):
            edits.append(made)
        elif made is not None:
            left.append(made)
    return EditPlan(tuple(sorted(edits)), tuple(sorted(left)))


def _plan_place(
    file: CodeFile,
    text: str,
    uses: Sequence[Use],
    renames: Mapping[Symbol, Sequence[Rename]],
) -> CodeEdit | LeftPlace | None:
    """Return the edit of a place, or why there is none; None if nothing is renamed."""
    for use in uses:
        for rename in renames.get(use.symbol, ()):
            start = _find_name(text, use, rename.old)
            if start is None:
                continue
            reason = _find_reason(file, uses, renames, rename)
            if reason:
                return LeftPlace(use, reason)
            return CodeEdit(
                use.file,
                use.position.line,
                start,
                rename.old,
                rename.new,
                use,
                rename.target,
            )
    return None


def _find_reason(
    file: CodeFile,
    uses: Sequence[Use],
    renames: Mapping[Symbol, Sequence[Rename]],
    rename: Rename,
) -> str:
    """Return why a place is left; empty if it is not."""
    if file.is_notebook:
        return "it is in a notebook"
    if rename.kind == "env":
        return ""
    unsure = next((use for use in uses if use.confidence != "sure"), None)
    if unsure is not None:
        return f"it is only {unsure.confidence} a use of {unsure.symbol}"
    if any(use.is_mixed for use in uses):
        return "the value there can be something else as well"
    for use in uses:
        names = {each.new for each in renames.get(use.symbol, ())}
        if rename.new not in names and use.symbol.name == rename.symbol.name:
            return f"it is a use of {use.symbol} as well"
    return ""


def _find_name(text: str, use: Use, name: str) -> int | None:
    """Return where a name is at the place of a use, in characters.

    A place has another text if an import gives the name an alias, and a text has the
    value of an enum instead of the name of its member.
    """
    data = text.encode()
    start = count_characters(data, use.position.column)
    end = count_characters(data, use.position.end_column)
    if use.way in _TEXT_WAYS:
        return _find_in_text(text[start:end], start, name)
    width = len(name)
    if text[start : start + width] != name:
        return None
    after = text[start + width : start + width + 1]
    return None if after and (after.isalnum() or after == "_") else start


def _find_in_text(literal: str, start: int, name: str) -> int | None:
    """Return where a name is in a text: all of it, or behind the last dot of a path."""
    match = re.fullmatch(
        r"""(?P<open>\w{0,2}(?:'|")(?:[\w.]+\.)?)(?P<name>\w+)(?:'|")""", literal
    )
    if match is None or match["name"] != name:
        return None
    return start + match.start("name")


def apply_edits(file: CodeFile, edits: Iterable[CodeEdit]) -> CodeFile | None:
    """Return a file with edits; None if its bytes cannot be written back as they are.

    Args:
        file: The file.
        edits: Edits of this file.
    """
    encoding = detect_source_encoding(file.data)
    lines = file.list_lines()
    if "".join(lines).encode(encoding) != file.data:
        return None
    # From the end of each line, so that the places of the others stay.
    for each in sorted(edits, reverse=True):
        line = lines[each.line - 1]
        end = each.start + len(each.old)
        lines[each.line - 1] = line[: each.start] + each.new + line[end:]
    try:
        data = "".join(lines).encode(encoding)
    except UnicodeEncodeError:
        # The encoding of the file has no such letter: a person has to decide.
        return None
    return CodeFile(file.path, data)


def list_new_positions(
    edits: Collection[CodeEdit],
) -> dict[CodeEdit, tuple[str, int, int]]:
    """Return where each edit is in the edited file: file, line, and character."""
    by_line: dict[tuple[str, int], list[CodeEdit]] = defaultdict(list)
    for each in edits:
        by_line[each.file, each.line].append(each)
    found = {}
    for (file, line), some in by_line.items():
        shift = 0
        for each in sorted(some):
            found[each] = (file, line, each.start + shift)
            shift += len(each.new) - len(each.old)
    return found


def read_text(file: CodeFile) -> str:
    """Return the text of a file, with its line ends."""
    return decode_source(file.data)
