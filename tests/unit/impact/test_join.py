"""Which lines each kind of change affects, and which it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.compared import affect, change, list_places

CASES: dict[str, tuple[tuple[str, str], str, set[tuple[int, str, str]]]] = {
    "a removed operation takes its classes and its namespace with it": (
        (
            "operationId: createTask\n      tags: [Tasks]",
            "x-none: 1\n      tags: [Plans]",
        ),
        (
            "def f(client: Ledger) -> None:\n"
            "    client.tasks.create_task(models.CreateTask(kind='x'))\n"
        ),
        {
            (2, "client.tasks.create_task", "method-renamed"),
            (2, "client.tasks", "method-renamed"),
        },
    ),
    "a field that became required is missing from constructors": (
        ("required: [external_id]", "required: [external_id, name]"),
        (
            "models.CreateCustomer(external_id='x')\n"
            "models.CreateCustomer(external_id='x', name='y')\n"
        ),
        {(1, "models.CreateCustomer", "request-property-became-required")},
    ),
    "a new required field as well": (
        (
            "required: [external_id]\n      properties: {",
            "required: [external_id, zone]\n      properties: {zone: {type: string}, ",
        ),
        "models.CreateCustomer(external_id='x')\n",
        {(1, "models.CreateCustomer", "new-required-request-property")},
    ),
    "a new required parameter is missing from calls": (
        (
            "- {name: currency, in: query, schema: {type: string}}",
            "- {name: currency, in: query, required: true, schema: {type: string}}",
        ),
        (
            "def f(client: Ledger) -> None:\n"
            "    client.invoices.get_invoice(id='x')\n"
            "    client.invoices.get_invoice(id='x', currency='y')\n"
        ),
        {(2, "client.invoices.get_invoice", "request-parameter-became-required")},
    ),
    "a method that is passed on may never get a new required parameter": (
        (
            "- {name: currency, in: query, schema: {type: string}}",
            "- {name: currency, in: query, required: true, schema: {type: string}}",
        ),
        (
            "from collections.abc import Callable\n"
            "from functools import partial\n"
            "def f(client: Ledger, run, later) -> object:\n"
            "    run(client.invoices.get_invoice)\n"
            "    run(a=client.invoices.get_invoice)\n"
            "    partial(client.invoices.get_invoice, id='x')\n"
            "    partial(client.invoices.get_invoice, currency='y')\n"
            "    get: Callable[[], object] = client.invoices.get_invoice\n"
            "    known = client.invoices.get_invoice\n"
            "    known(id='x', currency='y')\n"
            "    return client.invoices.get_invoice\n"
        ),
        {
            (line, "client.invoices.get_invoice", "request-parameter-became-required")
            for line in (4, 5, 6, 8, 11)
        },
    ),
    "a constructor with some of its keywords may never get one that became required": (
        ("required: [external_id]", "required: [external_id, name]"),
        (
            "from functools import partial\n"
            "partial(models.CreateCustomer, external_id='x')\n"
            "partial(models.CreateCustomer, name='x')\n"
            "isinstance(1, models.CreateCustomer)\n"
        ),
        {(2, "models.CreateCustomer", "request-property-became-required")},
    ),
    "a removed value affects its member, not the class": (
        ("enum: [active, paused, closed]", "enum: [active, closed]"),
        (
            "from ledger_client.models import CustomerStatus as S\n"
            "S.ACTIVE\n"
            "S.PAUSED\n"
            "S('paused')\n"
        ),
        {
            (3, "models.CustomerStatus.PAUSED", "request-property-enum-value-removed"),
            (4, "models.CustomerStatus.PAUSED", "request-property-enum-value-removed"),
        },
    ),
    "a new value affects choices without a default": (
        ("enum: [active, paused, closed]", "enum: [active, paused, closed, new]"),
        (
            "def f(one: models.Customer) -> None:\n"
            "    match one.status:\n"
            "        case models.CustomerStatus.ACTIVE: ...\n"
            "    match one.status:\n"
            "        case models.CustomerStatus.ACTIVE: ...\n"
            "        case _: ...\n"
        ),
        {(2, "models.CustomerStatus", "response-property-enum-value-added")},
    ),
    "another type on the wire affects reads": (
        ("time_zone: {type: string}", "time_zone: {type: integer}"),
        "def f(one: models.Customer) -> None:\n    one.time_zone\n    one.name\n",
        {(2, "models.Customer.time_zone", "response-property-type-changed")},
    ),
    "what a request narrows affects what is sent": (
        (
            "properties: {name: {type: string}, email: {type: string}}",
            "properties: {name: {type: string, maxLength: 3}, email: {type: string}}",
        ),
        (
            "def f(one: models.UpdateCustomer) -> None:\n"
            "    print(one.name)\n"
            "    one.name = 'x'\n"
            "models.UpdateCustomer(name='x')\n"
        ),
        {
            (3, "models.UpdateCustomer.name", "request-property-max-length-set"),
            (4, "models.UpdateCustomer.name", "request-property-max-length-set"),
        },
    ),
}


@pytest.mark.parametrize(("edit", "code", "places"), CASES.values(), ids=CASES)
def test_affected_lines(
    tmp_path: Path,
    edit: tuple[str, str],
    code: str,
    places: set[tuple[int, str, str]],
) -> None:
    assert list_places(affect(change(tmp_path, edit), code)) == places


def test_a_class_without_a_finding_goes_with_its_operation(tmp_path: Path) -> None:
    compared = change(
        tmp_path,
        (
            "  /tasks:\n    post:\n      operationId: createTask",
            "  /other:\n    get:\n      operationId: other",
        ),
        (
            (
                "      requestBody: {required: true, content: {application/json: {schema: "
                '{$ref: "#/components/schemas/CreateTask"}}}}\n      responses: {"200": '
                "{description: One, content: {application/json: {schema: {$ref: "
                '"#/components/schemas/Task"}}}}}'
            ),
            '      responses: {"204": {description: None}}',
        ),
        ("    CreateTask:\n", "    Nothing:\n"),
        ("    Task:\n", "    Anything:\n"),
    )
    places = list_places(affect(compared, "x: models.Task\ny: models.CreateTask\n"))
    assert {(line, symbol) for line, symbol, _ in places} == {
        (1, "models.Task"),
        (2, "models.CreateTask"),
    }


def test_a_variable_that_vanishes_is_reported(tmp_path: Path) -> None:
    """The variables of a client begin with its name."""
    compared = change(tmp_path, ("title: Ledger", "title: Books"))
    code = "import os\nos.environ['LEDGER_KEY']\nos.environ['LEDGER_OTHER']\nLedger()\n"
    assert list_places(affect(compared, code)) == {
        (0, "Ledger", "client-class-renamed"),
        (2, "env.LEDGER_KEY", "client-class-renamed"),
        (4, "Ledger", "client-class-renamed"),
    }


def test_what_is_not_used_is_counted(tmp_path: Path) -> None:
    compared = change(tmp_path, ("time_zone: {type: string}", "zone: {type: string}"))
    impact = affect(compared, "models.Customer(id='x')\n")
    assert impact.impacts == ()
    assert [each.rule for each in impact.untouched] == [
        "response-optional-property-removed"
    ]
