"""What a language server knows is added; what it resolves elsewhere is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.compared import PACKAGE, change

from flexprice_codegen.cli.main import main
from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.definitions_in_client import find_definitions
from flexprice_codegen.impact.language_server import find_checker
from flexprice_codegen.impact.symbols import list_symbols
from flexprice_codegen.pipeline.code import read_code_paths
from flexprice_codegen.pipeline.impact import ImpactRequest, find_code_uses

ROOT = Path(__file__).parents[3]
CODE = """\
import weakref
from other import make
from ledger_client import Ledger, models


class Own:
    email = "x"


def make_own() -> Own: ...


def f(client: Ledger, words: list[str]) -> None:
    print("é", max(words, key=len), client.customers.get_customer(id="x").email)
    make().email
    weakref.ref(models.Customer())().email
    weakref.ref(Own())().email
"""


@pytest.mark.slow
def test_a_name_alone_is_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = find_checker("pyright", ROOT)
    assert checker is not None
    monkeypatch.chdir(tmp_path)
    compared = change(tmp_path, ("title: Ledger", "title: Ledger"))
    assert main(["generate", "old.yaml", "--output", PACKAGE]) == 0
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    code = read_code_paths(["."])
    symbols = list_symbols(compared.old)
    wanted = {symbols["models.Customer.email"], symbols["models.Customer"]}

    def find(command: tuple[str, ...]) -> set[tuple[int, str, str]]:
        request = ImpactRequest(
            code=code,
            client_names=frozenset({PACKAGE}),
            checker=command,
            client_folder=PACKAGE,
        )
        return {
            (use.position.line, use.symbol.name, use.confidence)
            for use in find_code_uses(compared, request, wanted).uses
        }

    known = {(14, "email", "sure"), (16, "Customer", "sure")}
    assert find(()) == known | {
        (15, "email", "maybe"),
        (16, "email", "maybe"),
        (17, "email", "maybe"),
    }
    # `make` is of a module that nobody has.
    assert find(checker) == known | {(15, "email", "maybe"), (16, "email", "sure")}


def test_names_are_defined_in_several_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    compared = change(tmp_path, ("title: Ledger", "title: Ledger"))
    assert main(["generate", "old.yaml", "--output", PACKAGE]) == 0
    folder = tmp_path / PACKAGE
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
    }
    found = find_definitions(texts, index_types(compared.old))
    symbols = list_symbols(compared.old)
    # Both clients, and both kinds of raw responses.
    assert len(found[symbols["client.customers.get_customer"]]) == 4
    assert len(found[symbols["client.invoices.get_invoice(group_by)"]]) == 2
    for text in (
        "models.Customer",
        "models.Customer.email",
        "models.CustomerStatus.PAUSED",
        "webhooks.PLAN_DELETED",
    ):
        (each,) = found[symbols[text]]
        line = texts[each.path].splitlines()[each.line]
        assert line[each.column :].startswith(symbols[text].name)
