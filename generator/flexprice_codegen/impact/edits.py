"""Edits of the user's code: names that are replaced, and nothing else.

In: uses and renames. Out: an `CodeEdit` for each place that is surely to be renamed, and a
`LeftPlace` with the reason for each other one.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import (
    CodeFile,
    decode_source,
    detect_source_encoding,
    parse_code,
)
from flexprice_codegen.impact.notebooks import join_cells, replace_lines
from flexprice_codegen.impact.places import count_characters
from flexprice_codegen.impact.renames import Rename
from flexprice_codegen.impact.symbols import Position, Symbol, Use
from flexprice_codegen.impact.type_texts import (
    ReplacedText,
    TypePlace,
    replace_by_type,
)

# An import gives a name to what it imports, which is used below.
_BINDING_WAYS = frozenset({"import", "name"})
# Uses in strings and in settings, which have no syntax tree.
_TEXT_WAYS = frozenset({"text", "group"})
_BOUND_KINDS = frozenset({"class", "event", "client", "namespace"})


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
            return (self.file, str(use.symbol), self.old.rpartition(".")[2])
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
        if each.symbol.kind == "class" and each.type is None:
            # A deprecated name of a class is the current class where it is used.
            by_symbol[each.target].append(each)
    by_place: dict[tuple[str, Position], list[Use]] = defaultdict(list)
    for use in uses:
        by_place[use.file, use.position].append(use)

    texts = _FileTexts(files)
    edits: list[CodeEdit] = []
    left: list[LeftPlace] = []
    for _, found in sorted(by_place.items()):
        made = _plan_place(texts, found, by_symbol)
        if isinstance(made, CodeEdit):
            edits.append(made)
        elif made is not None:
            left.append(made)
    return EditPlan(tuple(sorted(edits)), tuple(sorted(left)))


@dataclass(slots=True)
class _FileTexts:
    """The lines and the syntax trees of files, each read once."""

    files: Mapping[str, CodeFile]
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _trees: dict[str, ast.Module | None] = field(default_factory=dict)

    def get_line(self, use: Use) -> str:
        """Return the line of a use."""
        if use.file not in self._lines:
            self._lines[use.file] = self.files[use.file].list_lines()
        return self._lines[use.file][use.position.line - 1]

    def get_tree(self, use: Use) -> ast.Module | None:
        """Return the syntax tree of the file of a use, if it has one."""
        if use.file not in self._trees:
            tree = parse_code(self.files[use.file])
            self._trees[use.file] = tree if isinstance(tree, ast.Module) else None
        return self._trees[use.file]


def _plan_place(
    texts: _FileTexts,
    uses: Sequence[Use],
    renames: Mapping[Symbol, Sequence[Rename]],
) -> CodeEdit | LeftPlace | None:
    """Return the edit of a place, or why there is none; None if nothing is renamed."""
    if _has_several_names(texts.get_line(uses[0]), uses, renames):
        return LeftPlace(uses[0], "several names of the path are other ones")
    for use in uses:
        text = texts.get_line(use)
        for rename in renames.get(use.symbol, ()):
            start = _find_name(text, use, rename.old)
            if start is None:
                continue
            reason = _find_reason(uses, renames, rename)
            if reason:
                return LeftPlace(use, reason)
            replaced: ReplacedText | str = ReplacedText(start, rename.old, rename.new)
            if rename.type is not None:
                place = TypePlace(text, start, rename.old, use.way)
                replaced = replace_by_type(place, rename.type, texts.get_tree(use))
            return _create_edit(use, rename, replaced)
    return None


def _has_several_names(
    text: str, uses: Sequence[Use], renames: Mapping[Symbol, Sequence[Rename]]
) -> bool:
    """Return whether a path in a text has several names that are renamed."""
    names = {
        rename.old
        for use in uses
        if use.way in _TEXT_WAYS
        for rename in renames.get(use.symbol, ())
        if _find_name(text, use, rename.old) is not None
    }
    return len(names) > 1


def _create_edit(
    use: Use, rename: Rename, replaced: ReplacedText | str
) -> CodeEdit | LeftPlace:
    if isinstance(replaced, str):
        return LeftPlace(use, replaced)
    return CodeEdit(
        use.file,
        use.position.line,
        replaced.start,
        replaced.old,
        replaced.new,
        use,
        rename.target,
    )


def _find_reason(
    uses: Sequence[Use],
    renames: Mapping[Symbol, Sequence[Rename]],
    rename: Rename,
) -> str:
    """Return why a place is left; empty if it is not."""
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
    """Return where a name is in a text: all of it, or a part of a path with dots."""
    match = re.fullmatch(r"""\w{0,2}(?:'|")(?P<path>[\w.]+)(?:'|")""", literal)
    if match is None:
        return None
    # The last part, if several have the name: a path leads to it.
    before, dot, _ = f".{match['path']}.".rpartition(f".{name}.")
    return start + match.start("path") + len(before) if dot else None


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
    edited: set[int] = set()
    # From the end of each line, so that the places of the others stay.
    for each in sorted(edits, reverse=True):
        line = lines[each.line - 1]
        end = each.start + len(each.old)
        lines[each.line - 1] = line[: each.start] + each.new + line[end:]
        edited.add(each.line)
    if file.is_notebook:
        changed = {number: lines[number - 1].rstrip("\n") for number in edited}
        return _edit_notebook(file, changed)
    try:
        data = "".join(lines).encode(encoding)
    except UnicodeEncodeError:
        # The encoding of the file has no such letter: a person has to decide.
        return None
    return CodeFile(file.path, data)


def _edit_notebook(file: CodeFile, lines: Mapping[int, str]) -> CodeFile | None:
    """Return a notebook with other lines of code; None if other bytes would change."""
    data = replace_lines(file.notebook, lines)
    if data is None:
        return None
    code, cells = join_cells(data)
    return CodeFile(file.path, code, cells, data)


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
    if file.is_notebook:
        return file.notebook.decode("utf-8", "replace")
    return decode_source(file.data)
