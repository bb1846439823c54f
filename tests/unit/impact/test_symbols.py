"""Symbols have the texts by which findings name them."""

from __future__ import annotations

from pathlib import Path

from support.generated import named

from flexprice_codegen.impact.symbols import Symbol, list_symbols, list_variables

SPEC = Path(__file__).parents[2] / "impact" / "old.yaml"


def test_all_names_of_a_client_are_listed(tmp_path: Path) -> None:
    surface = named(tmp_path, SPEC.read_text(encoding="utf-8")).surface
    symbols = list_symbols(surface)
    assert {
        "Ledger",
        "Ledger(key)",
        "Ledger(server='server_1')",
        "env.LEDGER_KEY",
        "env.LEDGER_BASE_URL",
        "client.customers",
        "client.customers.get_customer",
        "client.customers.get_customer(id)",
        "models.Customer",
        "models.Customer.email",
        "models.CustomerStatus.PAUSED",
        "webhooks.PLAN_DELETED",
    } <= symbols.keys()
    assert list_variables(surface) == ("LEDGER_KEY", "LEDGER_BASE_URL")


def test_what_lacks_a_name_has_the_text_of_its_owner() -> None:
    assert str(Symbol("call", "customers", "get_customer")) == (
        "client.customers.get_customer"
    )
    assert str(Symbol("constructor", "", "Customer")) == "models.Customer"
    assert str(Symbol("choice", "", "Status")) == "models.Status"
