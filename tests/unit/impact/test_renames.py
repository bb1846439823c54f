"""What has another name in a newer client."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.compared import change

from flexprice_codegen.impact.renames import find_renames
from flexprice_codegen.impact.symbols import Symbol


def list_renames(tmp_path: Path, *edits: tuple[str, str]) -> set[tuple[str, str]]:
    compared = change(tmp_path, *edits)
    plan = find_renames(compared.old, compared.new)
    return {(str(each.symbol), str(each.target)) for each in plan.renames}


@pytest.mark.parametrize(
    ("edit", "renames"),
    [
        (
            ("operationId: listPlans", "operationId: allPlans"),
            {("client.plans.list_plans", "client.plans.all_plans")},
        ),
        (
            ("CustomerStatus", "ClientStatus"),
            {("models.CustomerStatus", "models.ClientStatus")},
        ),
        (
            ("Invoices", "Bills"),
            {("client.invoices", "client.bills")},
        ),
        (
            ("title: Ledger", "title: Books"),
            {
                ("Ledger", "Books"),
                ("env.LEDGER_KEY", "env.BOOKS_KEY"),
                ("env.LEDGER_BASE_URL", "env.BOOKS_BASE_URL"),
            },
        ),
        (("time_zone: {type: string}", "zone: {type: string}"), set()),
    ],
)
def test_renames(
    tmp_path: Path, edit: tuple[str, str], renames: set[tuple[str, str]]
) -> None:
    assert list_renames(tmp_path, edit) == renames


def test_a_method_in_another_namespace_has_moved(tmp_path: Path) -> None:
    compared = change(
        tmp_path,
        (
            "operationId: updateCustomer\n      tags: [Customers]",
            "operationId: updateCustomer\n      tags: [Plans]",
        ),
    )
    plan = find_renames(compared.old, compared.new)
    assert plan.renames == ()
    assert plan.moved == {
        Symbol("method", "customers", "update_customer"): Symbol(
            "method", "plans", "update_customer"
        )
    }
