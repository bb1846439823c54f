"""Plans, prices, tasks, invoices."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import ledger_client
import ledger_client.models as m
from ledger_client import AsyncLedger, Ledger, models, paged
from ledger_client.models import CustomerStatus as Status
from ledger_client.models import Plan
from shop.clients import async_session

if TYPE_CHECKING:
    from ledger_client.models import ProblemCode  #@ models.ProblemCode

Codes: TypeAlias = "list[ProblemCode]"  #@ models.ProblemCode
P = TypeVar("P", m.Plan, m.Price)
Q = TypeVar("Q")


class Machine:
    """Nothing of the ledger, with methods of the same names."""

    def create_task(self, name: str) -> str:
        return name

    trial_days = 3


def machine(own: Machine) -> str:
    print(own.trial_days)
    return own.create_task("x")


def days(plan: m.Plan) -> int:
    return plan.trial_days or 0  #@ models.Plan.trial_days


def days_of_either(one: P) -> P:
    print(one.trial_days)  #@ models.Plan.trial_days; models.Price.trial_days
    return one


def days_of_union(one: m.Plan | m.Price) -> int:
    return one.trial_days or 0  #@ models.Plan.trial_days; models.Price.trial_days


def deep(client: ledger_client.Ledger) -> list[int | None]:
    return [
        price.trial_days  #@ models.Price.trial_days
        for plan in client.plans.list_plans()
        for price in plan.prices or []
        if price.trial_days  #@ models.Price.trial_days
    ]


def limits(plan: Plan) -> list[float | None]:
    found = [limit.most for limit in (plan.limits or {}).values()]  #@ models.Limit.most
    for name, limit in (plan.limits or {}).items():
        print(name, limit.most)  #@ models.Limit.most
    return found


class Priced(Generic[Q]):
    """A generic class of the shop."""

    def __init__(self, items: Sequence[Q]) -> None:
        self.items = items

    def first(self) -> Q:
        return self.items[0]


def first_days(priced: Priced[m.Price]) -> int | None:
    return priced.first().trial_days  #@ models.Price.trial_days


class Special(Plan):
    """A subclass of a model."""

    def longer(self) -> None:
        self.trial_days = 90  #@ models.Plan.trial_days


def special() -> Plan:
    plan = Special(
        id="x",
        trial_days=14,  #@ models.Plan.trial_days
    )
    plan.trial_days = 1  #@ models.Plan.trial_days
    return plan


def task(client: Ledger) -> models.Task:  #@ models.Task
    create = getattr(client.tasks, "create_task")  #@ client.tasks.create_task
    print(create)
    body = models.CreateTask(kind="import")  #@ models.CreateTask
    return client.tasks.create_task(body)  #@ client.tasks.create_task


def nested(client: Ledger) -> object:
    def worker(body: m.CreateTask) -> models.Task:  #@ models.CreateTask; models.Task
        return client.tasks.create_task(body)  #@ client.tasks.create_task

    return worker


def unbound() -> object:
    from ledger_client.resources.tasks import Tasks

    return Tasks.create_task  #@ client.tasks.create_task


def unreachable(client: Ledger) -> object:
    return 1
    client.tasks.create_task(None)  #@ client.tasks.create_task


def broken(client: Ledger) -> object:
    print(undefined_name)  # type: ignore
    return client.tasks.create_task(missing)  # type: ignore  #@ client.tasks.create_task


def invoice(client: Ledger, key: str) -> models.Invoice:
    return client.invoices.get_invoice(
        id=key,
        group_by=["source"],  #@ client.invoices.get_invoice(group_by)
    )


def plain_invoice(client: Ledger, key: str) -> models.Invoice:
    return client.invoices.get_invoice(id=key)


def raw_invoice(client: Ledger, key: str) -> int:
    return client.invoices.with_raw_response.get_invoice(id=key, group_by=["x"]).status  #@ client.invoices.get_invoice(group_by)


def actions(client: Ledger) -> dict[str, object]:
    return {
        "task": client.tasks.create_task,  #@ client.tasks.create_task
        "plans": client.plans.list_plans,
    }


def statuses(one: models.Customer) -> list[str]:
    found = []
    if one.status is Status.PAUSED:  #@ models.CustomerStatus.PAUSED
        found.append("a")
    if one.status == "paused":  #@ models.CustomerStatus.PAUSED
        found.append("b")
    if one.status in {"paused", "closed"}:  #@ models.CustomerStatus.PAUSED
        found.append("c")
    match one.status:
        case m.CustomerStatus.PAUSED:  #@ models.CustomerStatus.PAUSED
            found.append("d")
        case "paused":  #@ models.CustomerStatus.PAUSED
            found.append("e")
        case _:
            found.append("paused")
    print(Status("paused"), Status["PAUSED"])  #@ models.CustomerStatus.PAUSED
    return found


def choices(one: models.Customer) -> str:
    match one.status:  #@ models.CustomerStatus(?)
        case Status.ACTIVE:
            return "a"
        case Status.PAUSED:  #@ models.CustomerStatus.PAUSED
            return "p"
    if one.status == Status.ACTIVE:  #@ models.CustomerStatus(?)
        return "a"
    elif one.status == Status.CLOSED:
        return "c"
    names = {Status.ACTIVE: "a", Status.CLOSED: "c"}  #@ models.CustomerStatus(?)
    return names[one.status or Status.ACTIVE]


class Local:
    """Constants of the shop."""

    PAUSED = "paused"
    PLAN_DELETED = "plan.deleted!"


def local() -> str:
    return Local.PAUSED + Local.PLAN_DELETED


class AsyncKeeper:
    """Uses asyncio."""

    client: AsyncLedger

    def __init__(self, client: AsyncLedger) -> None:
        self.client = client
        self._create = client.tasks.create_task  #@ client.tasks.create_task

    async def find(self) -> list[str | None]:
        found = []
        async for one in paged(self.client.customers.query_customer)(models.CustomerFilter()):  #@ client.customers.query_customer
            found.append(one.email)  #@ models.Customer.email
        async for part in paged(self.client.customers.query_customer)(models.CustomerFilter()).pages():  #@ client.customers.query_customer
            for one in part:
                found.append(one.email)  #@ models.Customer.email
        return found

    async def many(self, keys: list[str]) -> list[models.Customer]:
        return await asyncio.gather(*[self.client.customers.get_customer(id=key) for key in keys])

    async def two(self) -> str | None:
        one, plans = await asyncio.gather(self.client.customers.get_customer(id="a"), self.client.plans.list_plans())
        print(plans[0].trial_days)  #@ models.Plan.trial_days
        return one.email  #@ models.Customer.email

    async def mails(self, keys: list[str]) -> list[str | None]:
        return [one.email for one in await self.many(keys)]  #@ models.Customer.email


async def raw_customers() -> int:
    async with async_session() as client:
        raw = await client.customers.with_raw_response.query_customer(models.CustomerFilter())  #@ client.customers.query_customer
        return len(raw.parse().items or [])


try:
    from django.db import models as tables  # type: ignore
except ImportError:
    tables = None


def with_missing_stub(client: Ledger) -> object:
    row = tables.objects.get(pk=1) if tables else None
    print(row.email)  # type: ignore  #@ maybe models.Customer.email; maybe models.UpdateCustomer.email
    return client.tasks.create_task(row.body)  # type: ignore  #@ client.tasks.create_task
