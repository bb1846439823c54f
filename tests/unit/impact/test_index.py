"""What is known of a value at each line, and what is not claimed."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest
from support.generated import named
from support.marked_code import Row, index_symbols, list_rows, read_marks, strip_marks

from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.index import find_uses
from flexprice_codegen.impact.symbols import list_symbols
from flexprice_codegen.surface.model import Surface

SPEC = Path(__file__).parents[2] / "impact" / "old.yaml"
HEAD = "from ledger_client import Ledger, models, paged, webhooks\n"
SYMBOLS = (
    "client.customers.query_customer",
    "client.invoices.get_invoice(group_by)",
    "Ledger(key)",
    "Ledger(server='server_1')",
    "env.LEDGER_KEY",
    "models.Customer",
    "models.Customer.email",
    "models.Customer.plan",
    "models.CustomerStatus.PAUSED",
    "models.Plan.trial_days",
    "webhooks.PLAN_DELETED",
)


@pytest.fixture(scope="module")
def surface(tmp_path_factory: pytest.TempPathFactory) -> Surface:
    spec = SPEC.read_text(encoding="utf-8")
    return named(tmp_path_factory.mktemp("spec"), spec).surface


def find(
    surface: Surface, *texts: str, symbols: tuple[str, ...] = ()
) -> tuple[set[Row], set[Row]]:
    """Return the marked uses of some modules, `m0` and so on, and those that are found."""
    files = []
    marked: set[Row] = set()
    for number, text in enumerate(texts):
        code = HEAD + textwrap.dedent(text)
        files.append(CodeFile(f"m{number}.py", strip_marks(code).encode()))
        marked |= read_marks(f"m{number}.py", code)
    known = symbols or ("models.Customer.email", "models.Plan.trial_days")
    uses = index_symbols(surface, files, known, "ledger_client")
    return marked, list_rows(uses, "")


FLOW = {
    "a name that is assigned again": """
        def f(one: models.Customer, other: object) -> None:
            one.email  #@ models.Customer.email
            one = other
            one.email
        """,
    "a name of two loops": """
        def f(many: list[models.Customer], lines: list[str]) -> None:
            for one in many:
                one.email  #@ models.Customer.email
            for one in lines:
                one.email
        """,
    "both branches of a condition": """
        def f(one: models.Customer, flag: bool) -> None:
            if flag:
                value = one
            else:
                value = "x"
            value.email  #@ models.Customer.email
        """,
    "a branch that returns": """
        def f(one: models.Customer | str) -> None:
            if isinstance(one, models.Customer):
                return
            one.email
        """,
    "not an instance": """
        def f(one: models.Customer | models.Plan) -> None:
            if not isinstance(one, models.Customer):
                one.email
                one.trial_days  #@ models.Plan.trial_days
            else:
                one.email  #@ models.Customer.email
                one.trial_days
        """,
    "an instance of one of several": """
        def f(one: object) -> None:
            if isinstance(one, (models.Customer, models.Plan)):
                one.email  #@ models.Customer.email
            if isinstance(one, models.Customer | models.Plan):
                one.trial_days  #@ models.Plan.trial_days
        """,
    "or": """
        def f(one: models.Customer | str) -> None:
            isinstance(one, str) or one.email  #@ models.Customer.email
            isinstance(one, models.Customer) or one.email
        """,
    "a later line of a loop": """
        def f(client: Ledger) -> None:
            last = None
            while True:
                last.email  #@ models.Customer.email
                last = client.customers.get_customer(id="x")
        """,
    "an attribute that is narrowed": """
        class Holder:
            value: object

            def f(self) -> None:
                if isinstance(self.value, models.Customer):
                    self.value.email  #@ models.Customer.email
                    self.value = "x"
                self.value.email
        """,
    "try and except": """
        def f(client: Ledger) -> None:
            try:
                one = client.customers.get_customer(id="x")
            except ValueError:
                one = None
            one.email  #@ models.Customer.email
        """,
    "match": """
        def f(one: models.Customer | models.Plan) -> None:
            match one:
                case models.Plan():
                    one.trial_days  #@ models.Plan.trial_days
                    one.email
                case models.Customer() as other:
                    other.email  #@ models.Customer.email
        """,
    "unpacking": """
        def f(one: models.Customer, plan: models.Plan) -> None:
            a, *rest = one, plan
            a.email  #@ models.Customer.email
            (b, c), d = (one, plan), 1
            b.trial_days
            c.trial_days  #@ models.Plan.trial_days
            for x, y in [(one, plan)]:
                y.trial_days  #@ models.Plan.trial_days
                x.trial_days
        """,
    "a parameter without a hint has what its callers give": """
        def f(one):
            one.email  #@ models.Customer.email

        def g(one: models.Customer) -> None:
            f(one)
            f("x")
        """,
    "a keyword-only parameter": """
        def f(*, one):
            one.email  #@ models.Customer.email

        f(one=models.Customer())
        """,
    "all arguments": """
        def f(*many: models.Customer, **more: models.Plan) -> None:
            many[0].email  #@ models.Customer.email
            more["x"].trial_days  #@ models.Plan.trial_days
        """,
    "what a function without a hint returns": """
        def f():
            return models.Customer()

        f().email  #@ models.Customer.email
        """,
    "a closure": """
        def f(client: Ledger):
            one = client.customers.get_customer(id="x")

            def g():
                return one.email  #@ models.Customer.email

            return g
        """,
    "a global": """
        one = None

        def f(client: Ledger) -> None:
            global one
            one = client.customers.get_customer(id="x")

        def g() -> None:
            one.email  #@ models.Customer.email
        """,
    "a text as a hint": """
        def f(one: "list[models.Customer | None]") -> None:
            one[0].email  #@ models.Customer.email
        """,
    "an alias of a union": """
        Either = models.Customer | models.Plan
        Many = list[Either]

        def f(many: Many) -> None:
            many[0].email  #@ models.Customer.email
        """,
    "Self": """
        from typing import Self

        class Builder:
            def __init__(self) -> None:
                self.one = models.Customer()

            def again(self) -> Self:
                return self

        Builder().again().again().one.email  #@ models.Customer.email
        """,
    "a class method": """
        class Holder:
            one = models.Customer()

            @classmethod
            def open(cls):
                return cls()

            @staticmethod
            def get(holder):
                return holder.one

        Holder.open().one.email  #@ models.Customer.email
        Holder.get(Holder()).email  #@ models.Customer.email
        """,
    "a protocol's hints": """
        class Base:
            def take(self, one: models.Customer) -> None: ...

        class Taker(Base):
            def take(self, one):
                one.email  #@ models.Customer.email
        """,
    "a call operator": """
        class Fetch:
            def __call__(self) -> models.Customer:
                raise NotImplementedError

        Fetch()().email  #@ models.Customer.email
        """,
    "reduce": """
        from functools import reduce

        def f(many: list[models.Customer]) -> None:
            reduce(lambda total, one: total + len(one.email), many, 0)  #@ models.Customer.email
        """,
    "a decorated function": """
        from functools import wraps

        def logged(function):
            @wraps(function)
            def inner(*args):
                return function(*args)
            return inner

        @logged
        def fetch() -> models.Customer:
            raise NotImplementedError

        fetch().email  #@ models.Customer.email
        """,
    "a cast": """
        from typing import cast

        cast("models.Customer", 1).email  #@ models.Customer.email
        cast(models.Plan, 1).trial_days  #@ models.Plan.trial_days
        """,
    "another class of the same name": """
        class Customer:
            email = "x"

        def f(one: Customer) -> None:
            one.email
        """,
    "a module that hides the client's": """
        import other as models

        def f(one: models.Customer) -> None:
            one.email
        """,
    "a dictionary of both": """
        def f(one: models.Customer, plan: models.Plan) -> None:
            both = {"one": one, "plan": plan}
            both["plan"].email
            both["one"].email  #@ models.Customer.email
            dict(one=one, plan=plan)["plan"].trial_days  #@ models.Plan.trial_days
        """,
    "a function that is called by what calls it": """
        def f(one, depth):
            one.email  #@ models.Customer.email
            return f([one][0], depth + 1)

        f(models.Customer(), 0)
        """,
    "streams": """
        from ledger_client import ServerSentEvent, Streamed

        def f(
            one: Streamed[models.Customer],
            two: Streamed[ServerSentEvent[models.Customer]],
        ) -> None:
            with one as stream:
                for each in stream:
                    each.email  #@ models.Customer.email
            for event in two:
                event.data.email  #@ models.Customer.email
        """,
    "asyncio": """
        import asyncio
        from ledger_client import AsyncLedger

        async def f(client: AsyncLedger) -> None:
            task = asyncio.create_task(client.customers.get_customer(id="x"))
            (await task).email  #@ models.Customer.email
            async with asyncio.TaskGroup() as group:
                other = group.create_task(client.customers.get_customer(id="x"))
            other.result().email  #@ models.Customer.email
            (await asyncio.to_thread(g)).email  #@ models.Customer.email

        def g() -> models.Customer:
            raise NotImplementedError
        """,
    "containers in containers": """
        from collections import defaultdict

        class Shelf:
            def __init__(self):
                self.by_key = defaultdict(list)
                self.rows = {}

            def put(self, one: models.Customer) -> None:
                self.by_key["x"].append(one)
                self.rows.setdefault("x", []).append(one)
                self.rows["y"] += [models.Plan()]

            def use(self) -> None:
                for many in self.by_key.values():
                    many[0].email  #@ models.Customer.email
                for many in self.rows.values():
                    many[0].email  #@ models.Customer.email
                    many[0].trial_days  #@ models.Plan.trial_days
        """,
    "special methods": """
        class Rows:
            def __iter__(self):
                return self

            def __next__(self) -> models.Customer: ...

            def __getitem__(self, index: int) -> models.Plan: ...

        class Many(dict[str, models.Customer]): ...

        def f(rows: Rows, many: Many) -> None:
            [each.email for each in rows]  #@ models.Customer.email
            list(rows)[0].email  #@ models.Customer.email
            first, *rest = rows
            rest[0].email  #@ models.Customer.email
            rows[0].trial_days  #@ models.Plan.trial_days
            many["x"].email  #@ models.Customer.email
        """,
    "classes that a call defines": """
        from typing import NamedTuple, TypedDict

        Row = TypedDict("Row", {"one": models.Customer, "a-b": models.Plan})
        Line = NamedTuple("Line", [("one", models.Customer), ("two", models.Plan)])

        def f(row: Row, line: Line) -> None:
            row["one"].email  #@ models.Customer.email
            row.get("a-b").trial_days  #@ models.Plan.trial_days
            line.one.email  #@ models.Customer.email
            line[1].trial_days  #@ models.Plan.trial_days
            one, two = line
            two.trial_days  #@ models.Plan.trial_days
            line.email
        """,
    "what a hint declares": """
        import json

        def f(text: str) -> None:
            one: models.Customer | None = None
            if text:
                one = json.loads(text)
            one.email  #@ models.Customer.email
            two: int = json.loads(text)
            two.email
        """,
}

NEWER = {
    "type parameters and aliases": """
        type Either = models.Customer | models.Plan

        def f(one: Either) -> None:
            one.email  #@ models.Customer.email

        def first[T](many: list[T]) -> T: ...

        first([models.Customer()]).email  #@ models.Customer.email
        first([models.Plan()]).email

        class Box[T]:
            def __init__(self, one: T) -> None:
                self.one = one

            def get(self) -> T:
                return self.one

        def g(box: Box[models.Customer]) -> None:
            box.get().email  #@ models.Customer.email

        def bound[C: models.Customer](one: C) -> C:
            one.email  #@ models.Customer.email
            return one
        """,
}
if sys.version_info >= (3, 12):
    FLOW |= NEWER


@pytest.mark.parametrize("code", FLOW.values(), ids=FLOW)
def test_values_are_followed(surface: Surface, code: str) -> None:
    marked, found = find(surface, code)
    assert found == marked


NAMES = {
    "the options of a client": """
        Ledger(key="x", server="server_1")  #@ Ledger(key); Ledger(server='server_1')
        """,
    "an environment variable": """
        import os
        os.environ["LEDGER_KEY"]  #@ likely env.LEDGER_KEY
        """,
    "the names of classes": """
        x: models.Customer  #@ models.Customer
        models.Customer  #@ models.Customer
        from ledger_client.models import Customer as C  #@ models.Customer
        y: C  #@ models.Customer
        """,
    "a read, a write, a keyword of one line": """
        def f(one: models.Customer) -> None:  #@ models.Customer
            one.plan.trial_days = 3  #@ models.Customer.plan; models.Plan.trial_days
        """,
    "a partial call": """
        from functools import partial

        def f(client: Ledger) -> None:
            get = partial(client.invoices.get_invoice, group_by=["x"])  #@ client.invoices.get_invoice(group_by)
            get(id="x", group_by=[])  #@ client.invoices.get_invoice(group_by)
        """,
    "texts beside a type": """
        def f(one: models.Customer) -> None:  #@ models.Customer
            one.status == "paused"  #@ models.CustomerStatus.PAUSED
            "paused" in [one.status]  #@ models.CustomerStatus.PAUSED
            one.name == "paused"
        """,
    "paths of patches": """
        "ledger_client.models.Customer"  #@ likely models.Customer
        "ledger_client.webhooks.PLAN_DELETED"  #@ likely webhooks.PLAN_DELETED
        "ledger_client.models.CustomerStatus.PAUSED"  #@ likely models.CustomerStatus.PAUSED
        "other.models.Customer"
        """,
    "paths that are imported": """
        from unittest import mock
        from unittest.mock import patch
        import pytest
        from pytest_mock import MockerFixture

        @patch("ledger_client.resources.customers.Customers.query_customer")  #@ client.customers.query_customer
        @mock.patch("ledger_client.models.Customer")  #@ models.Customer
        @patch("ledger_client.models.Customer.name")  #@ models.Customer
        @patch("ledger_client")
        @patch("")
        def test_patched(found, mocker, monkeypatch) -> None:
            mocker.patch("ledger_client.models.Customer.email")  #@ models.Customer; models.Customer.email
            monkeypatch.setattr("ledger_client.webhooks.PLAN_DELETED", 1)  #@ webhooks.PLAN_DELETED

        def hinted(m: MockerFixture, p: pytest.MonkeyPatch, client: Ledger) -> None:
            m.patch("ledger_client.models.CustomerStatus.PAUSED")  #@ models.CustomerStatus.PAUSED
            m.patch.object(client.customers, "query_customer")  #@ client.customers.query_customer
            p.setattr(client.customers, "query_customer", m)  #@ client.customers.query_customer
            mock.patch.object(models.Customer, "email")  #@ models.Customer.email
        """,
    "the events that a group lacks": """
        router = webhooks.WebhookRouter()
        router.on_group("customer.*")
        router.on_group("*.deleted")  #@ webhooks.PLAN_DELETED
        """,
}


@pytest.mark.parametrize("code", NAMES.values(), ids=NAMES)
def test_names_are_found(surface: Surface, code: str) -> None:
    marked, found = find(surface, code, symbols=SYMBOLS)
    assert {row for row in found if not row[2].endswith("(?)")} >= marked
    # A line names a class or a field of it; nothing is found elsewhere.
    assert {row[:2] for row in found} == {row[:2] for row in marked}


def test_a_path_can_lead_through_a_module_of_the_user(surface: Surface) -> None:
    marked, found = find(
        surface,
        """
        from unittest.mock import patch
        patch("m1.Customer")  #@ models.Customer
        patch("m1.Named")  #@ models.Customer
        patch("m1.Own.email")
        patch("m1.Customer.email")  #@ models.Customer; models.Customer.email
        """,
        """
        from ledger_client.models import Customer  #@ models.Customer
        from ledger_client.models import Customer as Named  #@ models.Customer

        class Own:
            email = "x"
        """,
        symbols=("models.Customer", "models.Customer.email"),
    )
    assert found == marked


def test_values_cross_modules(surface: Surface) -> None:
    marked, found = find(
        surface,
        """
        from m1 import take, made, Base
        take(models.Customer())
        made.email  #@ models.Customer.email

        class Derived(Base):
            def f(self):
                self.one.email  #@ models.Customer.email
        """,
        """
        import m0
        made = models.Customer()

        def take(one):
            one.email  #@ models.Customer.email

        class Base:
            def __init__(self) -> None:
                self.one = models.Customer()
        """,
    )
    assert found == marked


def test_a_value_that_can_be_something_else_is_mixed(surface: Surface) -> None:
    code = """
    import json

    class Own:
        email = "x"

    def f(one: models.Customer | Own, two: models.Customer) -> None:
        one.email
        two.email

    def g(line: str) -> None:
        three = models.Customer() if line else json.loads(line)
        three.email
    """
    file = CodeFile("m.py", (HEAD + textwrap.dedent(code)).encode())
    uses = index_symbols(surface, [file], ["models.Customer.email"], "ledger_client")
    found = [use for use in uses if use.symbol.kind == "field"]
    assert [(use.position.line, use.is_mixed) for use in found] == [
        (9, True),
        (10, False),
        (14, True),
    ]


def test_a_file_that_is_not_python_is_skipped(surface: Surface) -> None:
    """Other modules are read, also those that import from it."""
    email = list_symbols(surface)["models.Customer.email"]
    code = f"{HEAD}from bad import x\ndef f(one: models.Customer): one.email\n"
    files = [CodeFile("bad.py", b"x = (\n"), CodeFile("good.py", code.encode())]
    found = find_uses(files, index_types(surface), {"ledger_client"}, {email})
    assert [each.file for each in found.uses] == ["good.py"]
    (skipped,) = found.skipped
    assert skipped.path == "bad.py"
    assert skipped.reason.startswith("line 1: ")


def test_a_client_can_be_in_a_package(surface: Surface) -> None:
    code = (
        b"from billing.ledger_client import models\n"
        b"from . import ledger_client as lc\n"
        b"import billing.ledger_client.models as m\n"
        b"def f(a: models.Customer, b: lc.models.Customer, c: m.Customer) -> None:\n"
        b"    a.email, b.email, c.email\n"
    )
    file = CodeFile("billing/code.py", code)
    uses = index_symbols(
        surface, [file], ["models.Customer.email"], "billing.ledger_client"
    )
    assert [use.position.column for use in uses] == [6, 15, 24]


def test_columns_count_bytes(surface: Surface) -> None:
    code = f"{HEAD}def f(one: models.Customer):\n    print('é', one.email)\n"
    file = CodeFile("m.py", code.encode())
    (use,) = index_symbols(surface, [file], ["models.Customer.email"], "ledger_client")
    assert (use.position.column, use.position.end_column) == (20, 25)
