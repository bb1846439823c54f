"""`match`, `isinstance`, enums and texts, events, constructors, `replace`, `getattr`."""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections.abc import Callable
from copy import copy, replace as replaced  # type: ignore[attr-defined,unused-ignore]
from dataclasses import astuple, fields
from functools import partial, partialmethod, singledispatch, wraps
from typing import Any, TypeGuard, assert_never

import ledger_client.webhooks as hooks
from ledger_client import AsyncLedger, Ledger, models
from ledger_client.models import CreateCustomer as New
from ledger_client.models import CustomerStatus
from ledger_client.models import ProblemCode as Code  #@ models.ProblemCode

PAUSED = CustomerStatus.PAUSED  #@ models.CustomerStatus.PAUSED
RESTING = frozenset({PAUSED, CustomerStatus.CLOSED})
LABELS = {"paused": "p"}
DEFAULTS: dict[str, Any] = {"external_id": "x"}


def match_forms(value: object, pair: tuple[object, int]) -> object:
    match value:
        case models.Customer(email=None) | models.Plan(trial_days=None):  #@ models.Customer.email; models.Plan.trial_days
            return None
        case models.Customer() as one if one.email:  #@ models.Customer.email
            return one.email  #@ models.Customer.email
        case [models.Customer() as first, *rest]:
            print(rest)
            return first.email  #@ models.Customer.email
        case {"customer": models.Customer(plan=models.Plan(trial_days=int(days)))}:  #@ models.Plan.trial_days
            return days
    match pair:
        case (models.Customer() as other, _):
            return other.email  #@ models.Customer.email
        case (models.Plan(trial_days=found), 1):  #@ models.Plan.trial_days
            return found
    return None


def match_call(client: Ledger) -> object:
    match client.customers.get_customer(id="x"):
        case models.Customer(email=mail):  #@ models.Customer.email
            return mail
    match client.customers.get_customer(id="x").status:  #@ models.CustomerStatus(?)
        case CustomerStatus.ACTIVE | CustomerStatus.PAUSED:  #@ models.CustomerStatus.PAUSED
            return "a"
        case "closed":
            return "c"


def is_customer(value: object) -> TypeGuard[models.Customer]:
    return isinstance(value, models.Customer)


def isinstance_forms(value: object, kind: Any) -> object:
    if isinstance(value, (models.Customer, models.Plan)):
        if isinstance(value, models.Plan):
            return value.trial_days  #@ models.Plan.trial_days
        return value.email  #@ models.Customer.email
    if isinstance(value, models.Price | models.Limit) and not isinstance(value, models.Limit):
        return value.trial_days  #@ models.Price.trial_days
    if type(value) is models.Customer:
        return value.email  #@ models.Customer.email
    if is_customer(value):
        return value.email  #@ models.Customer.email
    assert issubclass(kind, models.Customer)
    many = [each for each in [value] if isinstance(each, models.Customer)]
    print(many[0].email)  #@ models.Customer.email
    kept = filter(lambda each: isinstance(each, models.Customer), [value])
    print(kept)
    return value.email if isinstance(value, models.Customer) else None  #@ models.Customer.email


def early_exit(value: object) -> str | None:
    if not isinstance(value, models.Customer):
        return None
    if value.email is None:  #@ models.Customer.email
        raise ValueError
    return value.email  #@ models.Customer.email


@singledispatch
def show(value: object) -> str | None:
    return None


@show.register
def _(value: models.Customer) -> str | None:
    return value.email  #@ models.Customer.email


def enum_forms(one: models.Customer, status: CustomerStatus, text: str) -> object:
    if one.status == PAUSED or one.status in RESTING:
        return 1
    if "paused" == one.status:  #@ models.CustomerStatus.PAUSED
        return 2
    if one.status not in ("paused", CustomerStatus.CLOSED):  #@ models.CustomerStatus.PAUSED
        return 3
    if status != "paused" or (state := one.status) == "paused":  #@ models.CustomerStatus.PAUSED
        return 4
    if status.value == "paused":  #@ models.CustomerStatus.PAUSED
        return 5
    if text == "paused":
        return 6
    if getattr(CustomerStatus, "PAUSED") is status:  #@ models.CustomerStatus.PAUSED
        return 7
    for each in CustomerStatus:
        if each == "paused":  #@ models.CustomerStatus.PAUSED
            return state
    return {CustomerStatus.PAUSED: LABELS}[status]  #@ models.CustomerStatus.PAUSED


def sent_text(client: Ledger) -> object:
    return client.customers.create_customer(
        New(external_id="x", name="y", status="paused")  #@ models.CreateCustomer.name; models.CustomerStatus.PAUSED
    )


def exhaustive(code: Code) -> int:  #@ models.ProblemCode
    if code is Code.INVALID:  #@ models.ProblemCode; models.ProblemCode.INVALID
        return 1
    names = {each.value: each for each in Code}  #@ models.ProblemCode
    return len(names)


def constructors(values: dict[str, Any], keys: list[str]) -> list[New]:
    made = [New(external_id=key) for key in keys]  #@ models.CreateCustomer(-name)
    made.append(New(**{"external_id": "x", "name": "y"}))  #@ likely models.CreateCustomer(-name)
    made.append(New(**DEFAULTS, name="y"))  #@ models.CreateCustomer.name
    made.append(New(**DEFAULTS))  #@ likely models.CreateCustomer(-name)
    build: Callable[..., New] = partial(New, external_id="x")  #@ likely models.CreateCustomer(-name)
    made.append(build())
    return made


class Requests:
    """Makes requests."""

    kind = models.CreateCustomer
    make = partialmethod(dict)

    def one(self) -> models.CreateCustomer:
        return self.kind(external_id="x")  #@ models.CreateCustomer(-name)

    @classmethod
    def of(cls, **values: Any) -> models.CreateCustomer:
        return cls.kind(**values)  #@ likely models.CreateCustomer(-name)

    @staticmethod
    def named(name: str) -> models.CreateCustomer:
        return cls_free(New, name)


def cls_free(kind: type[New], name: str) -> New:
    return kind(external_id="x", name=name)  #@ models.CreateCustomer.name


def changed(update: models.UpdateCustomer, many: list[models.UpdateCustomer]) -> object:
    print([dataclasses.replace(each, email="x") for each in many])  #@ models.UpdateCustomer.email
    blank = partial(dataclasses.replace, email=None)
    print(blank(update))
    twin = copy(update)
    twin.email = "y"  #@ models.UpdateCustomer.email
    twin.email += "z"  #@ models.UpdateCustomer.email
    return dataclasses.replace(replaced_name(update), email="x")  #@ models.UpdateCustomer.email


def replaced_name(update: models.UpdateCustomer) -> models.UpdateCustomer:
    return dataclasses.replace(update, name="x")


def by_name(one: models.Customer, client: Ledger, name: str) -> object:
    print(getattr(one, "email", None))  #@ models.Customer.email
    find = getattr(client.customers, "query_customer", None)  #@ client.customers.query_customer
    print(find and find(models.CustomerFilter()).items[0].email)  #@ models.Customer.email
    mail = operator.attrgetter("email")  #@ models.Customer.email
    print(mail(one))
    print(operator.attrgetter("plan.trial_days")(one))  #@ models.Plan.trial_days
    call = operator.methodcaller("query_customer", models.CustomerFilter())
    print(call(client.customers))
    print(one.__dict__["email"], vars(one)["email"])  #@ models.Customer.email
    print(dataclasses.asdict(one).get("email"))  #@ models.Customer.email
    print(getattr(one, name), astuple(one), fields(one))
    table = dataclasses.asdict(one)
    return table["email"]  #@ models.Customer.email


def bound_methods(client: Ledger) -> object:
    calls = [client.customers.query_customer, client.customers.create_customer]  #@ client.customers.query_customer
    for each in calls:
        print(each)
    find = partial(client.customers.query_customer, models.CustomerFilter())  #@ client.customers.query_customer
    print((find().items or [])[0].email)  #@ models.Customer.email
    twice = repeated(client.customers.query_customer)  #@ client.customers.query_customer
    print(twice)
    late = lambda: client.customers.query_customer(models.CustomerFilter())  # noqa: E731  #@ client.customers.query_customer
    print((late().items or [])[0].email)  #@ models.Customer.email
    actions = {"find": client.customers.query_customer}  #@ client.customers.query_customer
    found = actions["find"](models.CustomerFilter())
    return (found.items or [])[0].email  #@ models.Customer.email


def repeated(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def inner(*values: Any, **named: Any) -> Any:
        call(*values, **named)
        return call(*values, **named)

    return inner


@functools.lru_cache(maxsize=None)
def cached(client: Ledger) -> models.Customer:
    return client.customers.get_customer(id="x")


def uses_cached(client: Ledger) -> object:
    return cached(client).email  #@ models.Customer.email


class Listener:
    """Registers its own methods."""

    def __init__(self, router: hooks.WebhookRouter) -> None:
        router.on(hooks.PLAN_DELETED)(self.gone)  #@ webhooks.PLAN_DELETED
        self.router = router
        for constant in (hooks.PLAN_DELETED, hooks.PLAN_CREATED):  #@ webhooks.PLAN_DELETED
            self.router.on(constant)(self.either)  #@ webhooks.PLAN_DELETED

    def gone(self, event: hooks.Event[models.PlanEvent]) -> None:
        plan = event.payload.plan
        print(plan and plan.trial_days)  #@ models.Plan.trial_days

    def either(self, event) -> None:  # type: ignore[no-untyped-def]
        print(event.payload.plan.trial_days)  #@ models.Plan.trial_days


def made_event() -> object:
    event = hooks.make_event(hooks.CUSTOMER_CREATED, models.CustomerEvent())
    match event:
        case hooks.Event(payload=models.CustomerEvent(customer=models.Customer(email=mail))):  #@ models.Customer.email
            return mail
    return event.payload.customer.email  #@ models.Customer.email


async def patient(client: AsyncLedger) -> object:
    found = await client.customers.query_customer(models.CustomerFilter())  #@ client.customers.query_customer
    return [each.email async for each in stream(client)] + [(found.items or [])[0].email]  #@ models.Customer.email


async def stream(client: AsyncLedger):  # type: ignore[no-untyped-def]
    yield await client.customers.get_customer(id="x")


def unreached(value: models.Customer | models.Plan) -> object:
    match value:
        case models.Customer():
            return value.email  #@ models.Customer.email
        case models.Plan():
            return value.trial_days  #@ models.Plan.trial_days
        case _:
            assert_never(value)
