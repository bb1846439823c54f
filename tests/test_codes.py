"""Every code that is said of a document is shown: in the corpus of rejects, or by name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flexprice_codegen import diagnostics

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
GENERATOR = Path(diagnostics.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
MAKERS = {"add_error", "add_note", "add_warning", "build_error", "build_fault"}
FLOORS = ("spec", "api", "surface")
NOT_SHOWN = {"git-missing": "git is there wherever these tests are run"}


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Give the codes that a module gives to diagnostics."""
    for node in ast.walk(tree):
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
    """Give the codes of the floors that read documents."""
    modules = [path for floor in FLOORS for path in (GENERATOR / floor).rglob("*.py")]
    return sorted(
        {
            code
            for path in modules
            for code in codes_in(ast.parse(path.read_text("utf-8")))
        }
    )


def known_codes() -> set[str]:
    """Give the codes of all floors."""
    return {
        code
        for path in GENERATOR.rglob("*.py")
        for code in codes_in(ast.parse(path.read_text("utf-8")))
    }


def test_the_page_of_diagnostics_has_every_code_and_no_other() -> None:
    text = (REPOSITORY / "scripts/reference/diagnostics.toml").read_text("utf-8")
    listed = [code for codes in tomllib.loads(text).values() for code in codes]
    assert len(listed) == len(set(listed))
    assert set(listed) == known_codes()


CORPUS = {
    line.split()[1]
    for path in TESTS.glob("rejects/*/expected.txt")
    for line in path.read_text("utf-8").splitlines()
}
NAMED = "\n".join(
    path.read_text("utf-8")
    for path in TESTS.rglob("test_*.py")
    if path != Path(__file__)
)


@pytest.mark.parametrize("code", all_codes())
def test_a_code_is_shown_by_a_test(code: str) -> None:
    if code in NOT_SHOWN:
        return
    named = re.search(rf"[\"'\[`]{code}[\"'\]`]", NAMED)
    assert code in CORPUS or named, f"add a case to tests/rejects for {code!r}"


def test_the_corpus_has_sixty_documents_and_more() -> None:
    assert len(list(TESTS.glob("rejects/*/spec*"))) > 60
