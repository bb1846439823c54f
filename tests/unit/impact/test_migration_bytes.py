"""Names are renamed in any layout of a file: what else its bytes are makes no difference."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.compared import PACKAGE, change
from support.marked_code import read_folder

from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.pipeline.code import CodeSelection
from flexprice_codegen.pipeline.diff import ComparedVersions
from flexprice_codegen.pipeline.migrate import MigrateOptions, compute_migration

REPOSITORY = Path(__file__).parents[2] / "impact" / "repository"
RENAMED = (
    "models.Customer.email=email_address",
    "models.UpdateCustomer.email=email_address",
)
EDITS = (
    ("operationId: queryCustomer", "operationId: searchCustomers"),
    ("ProblemCode", "FaultCode"),
    ("email: {type: string}, status", "mail: {type: string}, status"),
    ("{name: {type: string}, email: {type: string}}", "{name: {type: string}, email_address: {type: string}}"),
    ("        email: {type: string}\n", "        email_address: {type: string}\n"),
)  # fmt: skip


def rename_variable(text: str, name: str) -> str:
    """Return code whose variable `one` has another name."""
    return re.sub(r"\bone\b", name, text)


Layout = Callable[[str], bytes]
LAYOUTS: dict[str, Layout] = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "tabs": lambda text: text.replace("    ", "\t").encode(),
    "a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "letters of two bytes": lambda text: rename_variable(text, "öne").encode(),
    "letters of four bytes": lambda text: rename_variable(text, "𠀀ne").encode(),
    "another encoding": lambda text: (
        "# coding: latin-1\n" + rename_variable(text, "öne")
    ).encode("latin-1"),
    "form feeds": lambda text: text.replace("\n\n\n", "\n\f\n\n").encode(),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "brackets around lines": lambda text: text.replace(" = ", " = \\\n  ").encode(),
}


def migrate(compared: ComparedVersions, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files as they are after a migration."""
    code = CodeSelection(
        files=tuple(CodeFile(path, data) for path, data in files.items()),
        skipped=(),
        clients=(),
        packages=frozenset(),
    )
    options = MigrateOptions(said=RENAMED)
    migration = compute_migration(compared, code, frozenset({PACKAGE}), options)
    assert migration.skipped == ()
    return files | {each.path: each.data for each in migration.files}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_makes_no_difference(tmp_path: Path, layout: Layout) -> None:
    compared = change(tmp_path, *EDITS)
    texts = {
        each.path: each.data.decode()
        for each in read_folder(REPOSITORY)[0]
        if each.path.endswith(("customers.py", "classes.py", "hooks.py"))
    }
    plain = migrate(compared, {path: text.encode() for path, text in texts.items()})
    assert sum(plain[path] != text.encode() for path, text in texts.items()) == 3

    laid_out = migrate(compared, {path: layout(text) for path, text in texts.items()})

    assert laid_out == {path: layout(data.decode()) for path, data in plain.items()}
