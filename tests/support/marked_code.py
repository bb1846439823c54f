"""Code whose lines say in a comment which names of a client they use.

In: files with `#@ SYMBOL; likely SYMBOL` at the end of lines. Out: the files without the
comments, and the uses that they have.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.code_files import CodeFile, read_code
from flexprice_codegen.impact.index import find_uses
from flexprice_codegen.impact.symbols import Symbol, Use, list_symbols
from flexprice_codegen.surface.model import Surface

_MARK = "#@"
Row = tuple[str, int, str, str]
"""A file, a line, a symbol, and a confidence."""


def strip_marks(text: str) -> str:
    """Return code without its comments about uses."""
    lines = (line.partition(_MARK)[0].rstrip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines)


def read_marks(path: str, text: str) -> set[Row]:
    """Return the uses that the comments of a file name."""
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        _, mark, names = line.partition(_MARK)
        for each in names.split(";") if mark else ():
            *confidence, symbol = each.split()
            found.add((path, number, symbol, "".join(confidence) or "sure"))
    return found


def read_folder(folder: Path) -> tuple[list[CodeFile], set[Row]]:
    """Return the files of a folder without marks, and the uses that they name."""
    files = []
    rows: set[Row] = set()
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        file = read_code(name, strip_marks(text).encode())
        assert isinstance(file, CodeFile), file
        files.append(file)
        rows |= read_marks(name, text)
    return files, rows


def index_symbols(
    surface: Surface, files: Iterable[CodeFile], symbols: Iterable[str], package: str
) -> tuple[Use, ...]:
    """Return the uses of symbols, and of what could lack them."""
    known = list_symbols(surface)
    wanted = {known[each] for each in symbols}
    for each in tuple(wanted):
        if each.kind == "field":
            wanted.add(Symbol("constructor", "", each.owner))
        elif each.kind == "member":
            wanted.add(Symbol("choice", "", each.owner))
    return find_uses(files, index_types(surface), {package}, wanted).uses


def list_rows(uses: Iterable[Use], required: str) -> set[Row]:
    """Return uses as rows; of constructors those that lack the field `required`."""
    owner, _, name = required.rpartition(".")
    rows: set[Row] = set()
    for use in uses:
        text = str(use.symbol)
        if use.symbol.kind == "constructor":
            if text != owner or name in use.given:
                continue
            text = f"{owner}(-{name})"
        elif use.symbol.kind == "choice":
            text = f"{text}(?)"
        rows.add((use.file, use.position.line, text, use.confidence))
    return rows
