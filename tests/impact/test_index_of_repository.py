"""Every use in a repository is found, with how much is known of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.generated import named
from support.marked_code import index_symbols, list_rows, read_folder

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
