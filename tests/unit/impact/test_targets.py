"""The names that findings are about."""

from __future__ import annotations

from pathlib import Path

from support.compared import (
    LEDGER,
    affect,
    change,
    compare_texts,
    index_code,
    list_places,
)

from flexprice_codegen.impact.symbols import Symbol
from flexprice_codegen.impact.targets import (
    Target,
    create_target_finder,
    find_owners,
    find_vanished,
)

EMAIL = Symbol("field", "Customer", "email")


def test_the_scope_of_a_target_is_a_direction(tmp_path: Path) -> None:
    compared = change(tmp_path, ("title: Ledger", "title: Ledger"))
    code = (
        b"from ledger_client import models\n"
        b"def f(one: models.Customer):\n"
        b"    one.email\n"
        b"    one.email = 'x'\n"
        b"models.Customer(email='x')\n"
    )
    uses = index_code(compared, code, {EMAIL})
    lines = {
        scope: [
            use.position.line
            for use in uses
            if Target(EMAIL, "", scope).is_affected(use)
        ]
        for scope in ("all", "sent", "received")
    }
    assert lines == {"all": [3, 4, 5], "sent": [4, 5], "received": [3, 4]}


def test_a_finding_without_a_name_is_found_by_its_node(tmp_path: Path) -> None:
    compared = change(
        tmp_path, ("email: {type: string}\n", "email: {type: string, maxLength: 3}\n")
    )
    finder = create_target_finder(compared.old, compared.new)
    found = {target for each in compared.found for target in finder.find_targets(each)}
    assert {each.symbol for each in found} <= {EMAIL}


def test_classes_are_owned_by_the_methods_that_use_them(tmp_path: Path) -> None:
    compared = change(tmp_path, ("/tasks:", "/jobs:"))
    method = Symbol("method", "tasks", "create_task")
    finding = compared.found[0]
    owners = find_owners(compared.old, [(finding, [Target(method)])])
    assert set(owners) == {
        Symbol("namespace", "", "tasks"),
        Symbol("class", "", "CreateTask"),
        Symbol("class", "", "Task"),
    }


def test_what_vanishes(tmp_path: Path) -> None:
    compared = change(tmp_path, ("time_zone: {type: string}", "zone: {type: string}"))
    vanished = find_vanished(compared.old, compared.new)
    assert vanished == {Symbol("field", "Customer", "time_zone")}


def test_an_argument_for_a_server_variable_that_goes_is_found(tmp_path: Path) -> None:
    plain = 'url: "https://eu.example/v1"'
    variables = "variables: {region: {default: eu}}"
    with_variable = LEDGER.replace(
        plain, f'url: "https://{{region}}.example/v1", {variables}'
    )
    compared = compare_texts(tmp_path, with_variable, LEDGER)
    impact = affect(compared, 'Ledger(key="x", region="eu")\nLedger(key="x")\n')
    found = {each for each in list_places(impact) if each[2].startswith("server-arg")}
    assert found == {(1, "Ledger(region)", "server-argument-removed")}
