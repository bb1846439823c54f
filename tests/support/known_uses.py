"""The uses that are found in code, and those that pyright knows.

In: a client in the working directory, and files of code that use it. Out: `ComparedUses`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from flexprice_codegen.frozen_values import replace
from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.definitions_in_client import Definition
from flexprice_codegen.impact.index import find_uses
from flexprice_codegen.impact.language_server import start_server
from flexprice_codegen.impact.refining import UseRefiner
from flexprice_codegen.impact.symbols import Symbol, Use
from support.patience import PATIENCE

UseRow: TypeAlias = tuple[str, int, Symbol]
"""A file, a line, and what is used there: columns differ."""


class ClientOnDisk(NamedTuple):
    """A client: its import name, its directory, its types, and where names are defined."""

    name: str
    folder: str
    types: ClientTypes
    definitions: Mapping[Symbol, Collection[Definition]]


class ComparedUses(NamedTuple):
    """What pyright knows, what is surely found, and what of the rest is another name."""

    known: set[UseRow]
    sure: set[UseRow]
    further: set[UseRow]
    wrong: set[UseRow]


def compare_uses(client: ClientOnDisk, code: Collection[str]) -> ComparedUses:
    """Return the uses of a client in files of code, found and known.

    Args:
        client: The client, whose definitions are the names that are looked for.
        code: The paths of the files, from the working directory.
    """
    files = {path: CodeFile(path, Path(path).read_bytes()) for path in sorted(code)}
    folder = Path(client.folder)
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
    wanted = frozenset(client.definitions)
    uses = find_uses(files.values(), client.types, {client.name}, wanted).uses
    found = [each for each in uses if each.confidence == "sure"]

    program = str(Path(sys.executable).with_name("pyright-langserver"))
    here = Path().absolute()
    sources = (folder.absolute().parent.as_posix(),)
    with start_server((program, "--stdio"), here, sources) as server:
        server.patience = PATIENCE
        refiner = UseRefiner(server, files, client.folder, texts, client.definitions)
        known = list_rows(refiner.refine((), wanted))
        # Keywords of `replace`, for one. Where the server knows a name, it is not another.
        further = [
            replace(each, confidence="maybe")
            for each in found
            if list_rows([each]).isdisjoint(known)
        ]
        kept = list_rows(refiner.refine(further, ()))
    rows = list_rows(further)
    return ComparedUses(known, list_rows(found), rows, rows - kept)


def list_rows(uses: Iterable[Use]) -> set[UseRow]:
    """Return uses as rows."""
    return {(each.file, each.position.line, each.symbol) for each in uses}
