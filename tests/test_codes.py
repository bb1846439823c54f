"""Every code that is said of a document is shown: in the corpus of rejects, or by name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from support.package_code import MODULES, PACKAGE, list_nodes

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
# The end is only looked at, because it can be the begin of the next one.
QUOTED = re.compile(rf"[\"'\[`]({CODE.pattern})(?=[\"'\]`])")
MAKERS = {"add_error", "add_note", "add_warning", "build_error", "build_fault"}
FLOORS = ("spec", "api", "surface")
NOT_SHOWN = {"git-missing": "git is there wherever these tests are run"}


def codes_in(path: Path) -> Iterator[str]:
    """Yield the codes that a module gives to diagnostics."""
    for node in list_nodes(path):
        if not isinstance(node, ast.Call):
            continue
        given = [each.value for each in node.keywords if each.arg == "code"]
        if ast.unparse(node.func).rpartition(".")[2] in MAKERS:
            given += node.args[:1]
        for each in given:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                assert CODE.fullmatch(each.value), each.value
                yield each.value


def all_codes() -> list[str]:
    """Return the codes of the floors that read documents."""
    rooms = {PACKAGE / floor for floor in FLOORS}
    modules = [path for path in MODULES if rooms & {*path.parents}]
    return sorted({code for path in modules for code in codes_in(path)})


def known_codes() -> set[str]:
    """Return the codes of all floors."""
    return {code for path in MODULES for code in codes_in(path)}


def test_the_page_of_diagnostics_has_every_code_and_no_other() -> None:
    text = (REPOSITORY / "scripts/reference/diagnostics.toml").read_text("utf-8")
    listed = [code for codes in tomllib.loads(text).values() for code in codes]
    assert len(listed) == len(set(listed))
    assert set(listed) == known_codes()


def test_every_code_is_shown_by_a_test() -> None:
    shown = {
        line.split()[1]
        for path in TESTS.glob("rejects/*/expected.txt")
        for line in path.read_text("utf-8").splitlines()
    }
    for path in TESTS.rglob("test_*.py"):
        if path != Path(__file__):
            shown.update(QUOTED.findall(path.read_text("utf-8")))
    missing = set(all_codes()) - shown - NOT_SHOWN.keys()
    assert not missing, "add a case to tests/rejects for each"


def test_the_corpus_has_sixty_documents_and_more() -> None:
    assert len(list(TESTS.glob("rejects/*/spec*"))) > 60
