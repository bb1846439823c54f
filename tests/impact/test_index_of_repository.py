"""Every use in a repository is found, with how much is known of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.checked_code import generate, write_code
from support.generated import named
from support.known_uses import ClientOnDisk, compare_uses
from support.marked_code import index_symbols, list_rows, read_folder

from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.definitions_in_client import find_definitions

HERE = Path(__file__).parent
SYMBOLS = (
    "client.customers.query_customer",
    "client.tasks.create_task",
    "client.invoices.get_invoice(group_by)",
    "models.CreateCustomer.name",
    "models.UpdateCustomer.email",
    "models.Customer.email",
    "models.CustomerStatus.PAUSED",
    "models.CreateTask",
    "models.Task",
    "models.Plan.trial_days",
    "models.Price.trial_days",
    "models.Limit.most",
    "models.ProblemCode",
    "models.ProblemCode.INVALID",
    "webhooks.PLAN_DELETED",
)
"""What the repository uses in many ways."""


@pytest.fixture(scope="module")
def rows(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[set[tuple[str, int, str, str]], set[tuple[str, int, str, str]]]:
    """Return the uses that the repository names, and those that are found."""
    files, marked = read_folder(HERE / "repository")
    spec = (HERE / "old.yaml").read_text(encoding="utf-8")
    surface = named(tmp_path_factory.mktemp("old"), spec).surface
    uses = index_symbols(surface, files, SYMBOLS, "ledger_client")
    return marked, list_rows(uses, "models.CreateCustomer.name")


def test_all_uses_are_found(
    rows: tuple[set[tuple[str, int, str, str]], set[tuple[str, int, str, str]]],
) -> None:
    marked, found = rows
    assert sorted(marked - found) == []


def test_nothing_else_is_found(
    rows: tuple[set[tuple[str, int, str, str]], set[tuple[str, int, str, str]]],
) -> None:
    marked, found = rows
    assert sorted(found - marked) == []


@pytest.mark.slow
def test_a_checker_knows_no_use_of_any_name_that_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pyright is asked for each class, field, member, method, keyword and event."""
    monkeypatch.chdir(tmp_path)
    files, _ = read_folder(HERE / "repository")
    write_code(tmp_path, {each.path: each.data.decode() for each in files})
    generate(tmp_path, str(HERE / "old.yaml"), "ledger_client")
    folder = Path("src", "ledger_client")
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
    spec = (HERE / "old.yaml").read_text(encoding="utf-8")
    types = index_types(named(tmp_path, spec).surface)
    definitions = find_definitions(texts, types)
    client = ClientOnDisk("ledger_client", folder.as_posix(), types, definitions)

    found = compare_uses(client, [each.path for each in files])

    assert len(found.known) > 600
    assert sorted(found.known - found.sure) == []
    assert sorted(found.wrong) == []
