"""Symbols have the texts by which findings name them."""

from __future__ import annotations

from pathlib import Path

from support.documents import document, read_api, record
from support.generated import named

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.symbols import Symbol, list_symbols, list_variables
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.surface.python_types import STR_TYPE, DictType

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


def test_a_former_name_of_a_type_is_a_class_of_the_client() -> None:
    labels = {"type": "object", "additionalProperties": {"type": "string"}}
    api = read_api(document({}, {"Cat": record(labels=labels)}))
    row = AssignedName(kind="class", key="Cat > labels", name="CatLabels")
    surface = build_surface(
        api, PreviousNames((row,), has_members=False), DiagnosticSink()
    )

    assert surface.deprecated_types == (("CatLabels", DictType(STR_TYPE)),)
    assert "models.CatLabels" in list_symbols(surface)
    assert "CatLabels" in index_types(surface).classes
