"""Names are renamed where they are surely meant, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.compared import LEDGER, PACKAGE, change, compare_texts

from flexprice_codegen.impact.code_files import CodeFile, read_code
from flexprice_codegen.impact.migration import Migration
from flexprice_codegen.pipeline.code import CodeSelection
from flexprice_codegen.pipeline.diff import ComparedVersions
from flexprice_codegen.pipeline.migrate import MigrateOptions, compute_migration

HEAD = f"from {PACKAGE} import Ledger, models, webhooks\n"
METHOD = ("operationId: queryCustomer", "operationId: searchCustomers")
CLASS = ("ProblemCode", "FaultCode")


def migrate(
    compared: ComparedVersions, *files: tuple[str, bytes], rename: tuple[str, ...] = ()
) -> Migration:
    return migrate_files(
        compared,
        tuple(CodeFile(name, data) for name, data in files),
        MigrateOptions(said=rename),
    )


def migrate_files(
    compared: ComparedVersions,
    files: tuple[CodeFile, ...],
    options: MigrateOptions,
    settings: tuple[CodeFile, ...] = (),
) -> Migration:
    code = CodeSelection(
        files=files, skipped=(), clients=(), packages=frozenset(), settings=settings
    )
    return compute_migration(compared, code, frozenset({PACKAGE}), options)


def rewrite(
    compared: ComparedVersions, code: str, *rename: str
) -> tuple[str, list[str]]:
    """Return the code that a module becomes, and the reasons for what is left."""
    data = (HEAD + code).encode()
    migration = migrate(compared, ("code.py", data), rename=rename)
    (after,) = migration.files or (CodeFile("code.py", data),)
    left = [each.reason for each in migration.left]
    return after.data.decode().removeprefix(HEAD), left


METHODS = {
    "a call": (
        "def f(client: Ledger):\n    client.customers.query_customer(None)\n",
        "def f(client: Ledger):\n    client.customers.search_customers(None)\n",
    ),
    "several in a line": (
        "def f(c: Ledger):\n    c.customers.query_customer, c.customers.query_customer\n",
        "def f(c: Ledger):\n    c.customers.search_customers, c.customers.search_customers\n",
    ),
    "a text of getattr": (
        "def f(c: Ledger):\n    getattr(c.customers, 'query_customer')\n",
        "def f(c: Ledger):\n    getattr(c.customers, 'search_customers')\n",
    ),
    "a method of the same name": (
        "class Own:\n    def query_customer(self): ...\nOwn().query_customer()\n",
        "class Own:\n    def query_customer(self): ...\nOwn().query_customer()\n",
    ),
}


@pytest.mark.parametrize(("code", "expected"), METHODS.values(), ids=METHODS)
def test_a_method(tmp_path: Path, code: str, expected: str) -> None:
    assert rewrite(change(tmp_path, METHOD), code) == (expected, [])


CLASSES = {
    "an attribute": ("x: models.ProblemCode\n", "x: models.FaultCode\n"),
    "an import and its names": (
        "from ledger_client.models import Customer, ProblemCode\nx: ProblemCode\n",
        "from ledger_client.models import Customer, FaultCode\nx: FaultCode\n",
    ),
    "an import with another name": (
        "from ledger_client.models import ProblemCode as Code\nx: Code\n",
        "from ledger_client.models import FaultCode as Code\nx: Code\n",
    ),
    "a text as a hint": (
        "x: 'list[models.ProblemCode]'\n",
        "x: 'list[models.FaultCode]'\n",
    ),
    "characters of several bytes before it": (
        "print('é', models.ProblemCode)\n",
        "print('é', models.FaultCode)\n",
    ),
    "a form feed, which is no line": (
        "y = 1\n\x0c\nx: models.ProblemCode\n",
        "y = 1\n\x0c\nx: models.FaultCode\n",
    ),
}


@pytest.mark.parametrize(("code", "expected"), CLASSES.values(), ids=CLASSES)
def test_a_class(tmp_path: Path, code: str, expected: str) -> None:
    assert rewrite(change(tmp_path, CLASS), code) == (expected, [])


def test_a_name_that_the_file_binds_itself_is_left(tmp_path: Path) -> None:
    code = "ProblemCode = models.ProblemCode\nx: ProblemCode\n"
    after, left = rewrite(change(tmp_path, CLASS), code)
    assert after == "ProblemCode = models.FaultCode\nx: ProblemCode\n"
    assert left == ["the newer client has no models.FaultCode there"]


FIELD = ("        email: {type: string}\n", "        mail: {type: string}\n")
SAID = "models.Customer.email=mail"
FIELDS = {
    "reads, writes, keywords, patterns, texts": (
        (
            "import dataclasses\n"
            "def f(one: models.Customer):\n"
            "    one.email = one.email\n"
            "    dataclasses.replace(one, email='x')\n"
            "    setattr(one, \"email\", 'x')\n"
            "    match one:\n"
            "        case models.Customer(email=str(email)): print(email)\n"
            "models.Customer(email='x')\n"
        ),
        (
            "import dataclasses\n"
            "def f(one: models.Customer):\n"
            "    one.mail = one.mail\n"
            "    dataclasses.replace(one, mail='x')\n"
            "    setattr(one, \"mail\", 'x')\n"
            "    match one:\n"
            "        case models.Customer(mail=str(email)): print(email)\n"
            "models.Customer(mail='x')\n"
        ),
        [],
    ),
    "of a value that can be of another class": (
        "def f(one: models.Customer | models.CreateCustomer):\n    one.email\n",
        "def f(one: models.Customer | models.CreateCustomer):\n    one.email\n",
        ["it is a use of models.CreateCustomer.email as well"],
    ),
    "of a value that can be the user's": (
        "class Own:\n    email = 1\ndef f(one: models.Customer | Own):\n    one.email\n",
        "class Own:\n    email = 1\ndef f(one: models.Customer | Own):\n    one.email\n",
        ["the value there can be something else as well"],
    ),
    "of something unknown": (
        "def f(one):\n    one.email\n",
        "def f(one):\n    one.email\n",
        ["it is only maybe a use of models.CreateCustomer.email"],
    ),
}


@pytest.mark.parametrize(("code", "expected", "left"), FIELDS.values(), ids=FIELDS)
def test_a_field_that_the_user_renames(
    tmp_path: Path, code: str, expected: str, left: list[str]
) -> None:
    compared = change(tmp_path, FIELD)
    assert rewrite(compared, code, SAID) == (expected, left)


def test_what_the_newer_client_does_not_know_is_taken_back(tmp_path: Path) -> None:
    """The payload of the event has another class now, which still has the old name."""
    compared = change(
        tmp_path,
        FIELD,
        (
            'customer: {$ref: "#/components/schemas/Customer"}}\n    PlanEvent',
            'customer: {$ref: "#/components/schemas/CreateCustomer"}}\n    PlanEvent',
        ),
    )
    code = (
        "def f(event: webhooks.Event[models.CustomerEvent], one: models.Customer):\n"
        "    event.payload.customer.email\n"
        "    one.email\n"
    )
    after, left = rewrite(compared, code, SAID)
    assert after == code.replace("one.email", "one.mail")
    assert left == ["the newer client has no models.Customer.mail there"]


NAMESPACE = ("Invoices", "Bills")


def test_a_namespace_with_its_module_and_its_classes(tmp_path: Path) -> None:
    code = (
        "from ledger_client.resources import invoices\n"
        "from ledger_client.resources.invoices import AsyncInvoices, Invoices\n"
        "import ledger_client.resources.invoices as module\n"
        "class Own(Invoices): ...\n"
        "def f(one: 'Invoices', raw: module.InvoicesWithRawResponse, c: Ledger):\n"
        "    c.invoices.get_invoice(id='x')\n"
        "    return getattr(c, 'invoices'), AsyncInvoices, invoices.Invoices\n"
    )
    expected = (
        "from ledger_client.resources import bills\n"
        "from ledger_client.resources.bills import AsyncBills, Bills\n"
        "import ledger_client.resources.bills as module\n"
        "class Own(Bills): ...\n"
        "def f(one: 'Bills', raw: module.BillsWithRawResponse, c: Ledger):\n"
        "    c.bills.get_invoice(id='x')\n"
        "    return getattr(c, 'bills'), AsyncBills, bills.Bills\n"
    )
    assert rewrite(change(tmp_path, NAMESPACE), code) == (expected, [])


def test_a_path_with_several_new_names_is_left(tmp_path: Path) -> None:
    code = (
        "from unittest import mock\n"
        "mock.patch('ledger_client.resources.invoices.Invoices.get_invoice')\n"
    )
    after, left = rewrite(change(tmp_path, NAMESPACE), code)
    assert after == code
    assert len(left) == 1


CLIENT = ("title: Ledger", "title: Books")


def test_the_class_of_the_client(tmp_path: Path) -> None:
    code = (
        "from ledger_client import AsyncLedger as A, Ledger as L\n"
        "import ledger_client as lc\n"
        "class Mine(L): ...\n"
        "def f(a: 'A | lc.AsyncLedger', b: Ledger = lc.Ledger(key='x')):\n"
        "    return isinstance(b, (Ledger, lc.Ledger))\n"
    )
    expected = (
        "from ledger_client import AsyncBooks as A, Books as L\n"
        "import ledger_client as lc\n"
        "class Mine(L): ...\n"
        "def f(a: 'A | lc.AsyncBooks', b: Books = lc.Books(key='x')):\n"
        "    return isinstance(b, (Books, lc.Books))\n"
    )
    compared = change(tmp_path, CLIENT)
    head = HEAD.replace("Ledger", "Books")
    data = (HEAD + code).encode()
    (after,) = migrate(compared, ("code.py", data)).files
    assert after.data.decode() == head + expected


def test_a_union_is_renamed_where_it_is_used_by_its_name(tmp_path: Path) -> None:
    union = (
        "    Item: {oneOf: [{$ref: '#/components/schemas/Plan'}, "
        "{$ref: '#/components/schemas/Price'}]}\n    CreateCustomer:"
    )
    holder = "        trial_days: {type: integer}\n"
    old = LEDGER.replace("    CreateCustomer:", union).replace(
        holder, f"{holder}        item: {{$ref: '#/components/schemas/Item'}}\n"
    )
    compared = compare_texts(tmp_path, old, old.replace("Item", "Article"))
    code = (
        "from ledger_client.models import Item, Plan\n"
        "def f(one: Item, many: 'list[models.Item]') -> Plan | Item: ...\n"
    )
    after, left = rewrite(compared, code)
    assert (after, left) == (code.replace("Item", "Article"), [])


def test_a_chain_of_renames_is_left_alone(tmp_path: Path) -> None:
    """A second run could not tell a new name from an old one."""
    compared = change(
        tmp_path,
        ("operationId: createTask", "operationId: makeTask"),
        ("operationId: getCustomer", "operationId: updateCustomer2"),
    )
    code = "def f(c: Ledger):\n    c.customers.get_customer(id='x')\n"
    swap = (
        "client.customers.get_customer=update_customer",
        "client.customers.update_customer=create_customer",
    )
    after, _ = rewrite(compared, code, *swap)
    assert "update_customer(" not in after


def test_bytes_stay_as_they_are(tmp_path: Path) -> None:
    text = f"{HEAD}x: models.ProblemCode\r\n\tif_tab = 'é' \n".replace("\n\t", "\n#\t")
    for encoding, head in (("utf-8-sig", ""), ("latin-1", "# coding: latin-1\n")):
        data = (head + text).encode(encoding)
        migration = migrate(change(tmp_path, CLASS), ("code.py", data))
        expected = data.replace(b"ProblemCode", b"FaultCode")
        assert [each.data for each in migration.files] == [expected]


def test_names_that_a_module_exports_are_renamed(tmp_path: Path) -> None:
    code = (
        "from ledger_client.models import ProblemCode, ProblemCode as Code\n"
        "__all__ = ['ProblemCode', 'Code', 'Other']\n"
        '__all__ += ("ProblemCode",)\n'
        "names = ['ProblemCode']\n"
    )
    after, left = rewrite(change(tmp_path, CLASS), code)
    assert after == (
        "from ledger_client.models import FaultCode, FaultCode as Code\n"
        "__all__ = ['FaultCode', 'Code', 'Other']\n"
        '__all__ += ("FaultCode",)\n'
        "names = ['ProblemCode']\n"
    )
    assert left == []


def test_the_path_of_a_patch(tmp_path: Path) -> None:
    """Other texts can be paths of something that only looks like the client."""
    code = (
        "from unittest.mock import patch\n"
        "@patch('ledger_client.models.ProblemCode')\n"
        "@patch('ledger_client.models.ProblemCode.INVALID')\n"
        "def f(one): ...\n"
        "PATH = 'ledger_client.models.ProblemCode'\n"
    )
    after, left = rewrite(change(tmp_path, CLASS), code)
    assert after == code.replace(
        "@patch('ledger_client.models.ProblemCode",
        "@patch('ledger_client.models.FaultCode",
    )
    assert left == ["it is only likely a use of models.ProblemCode"]


def test_the_path_of_a_patch_in_a_module_of_the_user(tmp_path: Path) -> None:
    """It goes with the import in that module."""
    files = (
        ("shop.py", b"from ledger_client.models import ProblemCode\n"),
        (
            "test_shop.py",
            b"from unittest.mock import patch\npatch('shop.ProblemCode')\n",
        ),
    )
    migration = migrate(change(tmp_path, CLASS), *files)
    assert [each.data.decode() for each in migration.files] == [
        "from ledger_client.models import FaultCode\n",
        "from unittest.mock import patch\npatch('shop.FaultCode')\n",
    ]
    assert migration.left == ()


def test_the_cells_of_a_notebook(tmp_path: Path) -> None:
    """Only the name changes, also where cells are written as lists of lines."""
    cells = [
        {"cell_type": "markdown", "source": "models.ProblemCode"},
        {"cell_type": "code", "outputs": [], "source": [HEAD, "%time f()\n", "é = 1"]},
        {
            "cell_type": "code",
            "source": "x: models.ProblemCode\r\ny: models.ProblemCode",
        },
    ]
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=False)
    file = read_code("a.ipynb", f"{text}\n".encode())
    assert isinstance(file, CodeFile)
    migration = migrate_files(change(tmp_path, CLASS), (file,), MigrateOptions())
    (after,) = migration.files
    code = "models.ProblemCode\\r\\ny: models.ProblemCode"
    assert code in text
    expected = text.replace(code, "models.FaultCode\\r\\ny: models.FaultCode")
    assert after.content.decode() == f"{expected}\n"
    assert migration.left == ()
    diff = "".join(migration.iter_diff())
    assert '+   "source": "x: models.FaultCode' in diff


@pytest.mark.parametrize(
    "text",
    [
        '{"cells": [{"cell_type":"code", "source": "%s"}]}',
        '{"cells": [{"cell_type": "code", "source": ["%s", "\\n"]}]}',
    ],
)
def test_a_notebook_that_would_get_another_layout_is_left(
    tmp_path: Path, text: str
) -> None:
    code = f"{HEAD}x: models.ProblemCode".replace("\n", "\\n")
    file = read_code("a.ipynb", (text % code).encode())
    assert isinstance(file, CodeFile)
    migration = migrate_files(change(tmp_path, CLASS), (file,), MigrateOptions())
    assert migration.files == ()
    assert [each.reason for each in migration.left] == [
        "the file cannot be written back without other changes"
    ]


def test_the_diff_is_unified(tmp_path: Path) -> None:
    data = f"{HEAD}x: models.ProblemCode\n".encode()
    migration = migrate(change(tmp_path, CLASS), ("code.py", data))
    assert "".join(migration.iter_diff()) == (
        "--- a/code.py\n"
        "+++ b/code.py\n"
        "@@ -1,2 +1,2 @@\n"
        " from ledger_client import Ledger, models, webhooks\n"
        "-x: models.ProblemCode\n"
        "+x: models.FaultCode\n"
    )


def test_environment_variables_are_renamed_only_if_asked_for(tmp_path: Path) -> None:
    compared = change(tmp_path, ("title: Ledger", "title: Books"))
    code = CodeFile("code.py", b"import os\nos.environ['LEDGER_KEY']\n")
    settings = (
        CodeFile(".env", b"# LEDGER_KEYS\nLEDGER_KEY=x\r\nMY_LEDGER_KEY=y\n"),
        CodeFile("a.yaml", "é: ${LEDGER_BASE_URL} LEDGER_KEY\n".encode()),
    )
    without = migrate_files(compared, (code,), MigrateOptions(), settings)
    assert without.files == ()
    options = MigrateOptions(only=frozenset({"env"}))
    migration = migrate_files(compared, (code,), options, settings)
    assert {each.path: each.data for each in migration.files} == {
        "code.py": b"import os\nos.environ['BOOKS_KEY']\n",
        ".env": b"# LEDGER_KEYS\nBOOKS_KEY=x\r\nMY_LEDGER_KEY=y\n",
        "a.yaml": "é: ${BOOKS_BASE_URL} BOOKS_KEY\n".encode(),
    }
