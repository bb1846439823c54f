"""`super()`, class methods, typed dictionaries, named tuples, and the standard library."""

from __future__ import annotations

import asyncio
import collections
import itertools as it
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import groupby, islice, zip_longest
from typing import Generic, NamedTuple, NotRequired, Required, TypedDict, TypeVar

from ledger_client import AsyncLedger, Ledger, models
from ledger_client.models import Customer, CustomerFilter
from ledger_client.resources.customers import Customers
from typing_extensions import Self, Unpack

T = TypeVar("T")
Pair = collections.namedtuple("Pair", "customer count")
Typed = NamedTuple("Typed", [("customer", Customer), ("count", int)])
Made = TypedDict("Made", {"customer": Customer, "total-count": int})


class Base(ABC):
    """Has a client."""

    client: Ledger

    def __init__(self, client: Ledger) -> None:
        self.client = client

    @classmethod
    def open(cls, key: str) -> Self:
        return cls(Ledger(key=key))

    @classmethod
    def first(cls) -> Customer:
        return cls.open("x").client.customers.get_customer(id="1")

    @property
    def people(self) -> Customers:
        return self.client.customers

    @abstractmethod
    def one(self) -> Customer: ...

    def found(self) -> list[Customer]:
        return self.people.query_customer(CustomerFilter()).items or []  #@ client.customers.query_customer


class Middle(Base):
    """Adds to what its base does."""

    def __init__(self, *given: Ledger, label: str = "") -> None:
        super().__init__(*given)
        self.label = label

    def one(self) -> Customer:
        return super().found()[0]

    def found(self) -> list[Customer]:
        print(super().people.query_customer(CustomerFilter()))  #@ client.customers.query_customer
        return [each for each in super().found() if each.email]  #@ models.Customer.email


class Last(Middle):
    """Uses the old form of `super`, and its own class."""

    def one(self) -> Customer:
        one = super(Last, self).one()
        print(one.email)  #@ models.Customer.email
        print(Last.first().email)  #@ models.Customer.email
        print(type(self).first().email)  #@ models.Customer.email
        return self.__class__.first()

    def chained(self) -> str | None:
        return self.open("x").open("y").one().email  #@ models.Customer.email


def through_base(some: list[Base], last: Last) -> object:
    print(some[0].found()[0].email)  #@ models.Customer.email
    print(last.one().email)  #@ models.Customer.email
    return Last.open("x").people.query_customer(CustomerFilter())  #@ client.customers.query_customer


class People(Customers):
    """A subclass of a resource."""

    def all(self) -> list[Customer]:
        return self.query_customer(CustomerFilter()).items or []  #@ client.customers.query_customer


class Ours(Ledger):
    """A subclass of the client."""

    def mails(self) -> list[str | None]:
        found = self.customers.query_customer(CustomerFilter())  #@ client.customers.query_customer
        return [each.email for each in found.items or []]  #@ models.Customer.email


class Listed(list[Customer]):
    """A list of its own."""

    def mails(self) -> list[str | None]:
        return [each.email for each in self]  #@ models.Customer.email


class Box(Generic[T]):
    """Holds one."""

    def __init__(self, content: T) -> None:
        self.content = content

    def get(self) -> T:
        return self.content


class Record(TypedDict, total=False):
    """A typed dictionary."""

    customer: Required[Customer]
    plans: NotRequired[list[models.Plan]]
    box: Box[Customer]


class Wide(Record):
    """One with more."""

    last: models.Price


class Line(NamedTuple):
    """A named tuple."""

    customer: Customer
    prices: tuple[models.Price, ...] = ()

    def mail(self) -> str | None:
        return self.customer.email  #@ models.Customer.email


@dataclass(frozen=True)
class Kept:
    """A dataclass with defaults."""

    customer: Customer | None = None
    plans: list[models.Plan] = field(default_factory=list)
    box: Box[models.Price] | None = None

    @classmethod
    def of(cls, client: Ledger) -> Kept:
        return cls(client.customers.get_customer(id="x"), client.plans.list_plans())


def boxes(box: Box[Customer], client: Ledger) -> object:
    print(box.content.email)  #@ models.Customer.email
    print(Box(client.customers.get_customer(id="x")).get().email)  #@ models.Customer.email
    return box.get().email  #@ models.Customer.email


def records(record: Record, wide: Wide, made: Made, **rest: Unpack[Record]) -> object:
    print(record["customer"].email, record.get("plans", [])[0].trial_days)  #@ models.Customer.email; models.Plan.trial_days
    print(wide["customer"].email, wide["last"].trial_days)  #@ models.Customer.email; models.Price.trial_days
    print(record["box"].get().email)  #@ models.Customer.email
    print(made["customer"].email)  #@ models.Customer.email
    for key in ("customer",):
        print(record[key].email)  # type: ignore[literal-required]  #@ models.Customer.email
    new: Record = {"customer": Customer(), "plans": [models.Plan()]}
    print(new["plans"][0].trial_days)  #@ models.Plan.trial_days
    other = Wide(customer=Customer(), last=models.Price())
    print(other["last"].trial_days)  #@ models.Price.trial_days
    return rest["customer"].email  #@ models.Customer.email


def lines(line: Line, many: list[Line], typed: Typed) -> object:
    customer, prices = line
    print(customer.email, prices[0].trial_days)  #@ models.Customer.email; models.Price.trial_days
    for one, _ in many:
        print(one.email)  #@ models.Customer.email
    print(line._replace(customer=Customer()).customer.email)  #@ models.Customer.email
    print(max(many, key=lambda each: each.customer.email or "").customer.email)  #@ models.Customer.email
    print(typed.customer.email, typed[0].email)  #@ models.Customer.email
    match line:
        case Line(customer=Customer(email=mail)):  #@ models.Customer.email
            return mail
    return line.mail()


def kept(one: Kept, client: Ledger) -> object:
    print(one.plans[0].trial_days)  #@ models.Plan.trial_days
    print(one.box.get().trial_days if one.box else None)  #@ models.Price.trial_days
    made = Kept.of(client)
    print([each.trial_days for each in made.plans])  #@ models.Plan.trial_days
    return one.customer.email if one.customer else made.customer and made.customer.email  #@ models.Customer.email


def library(many: list[Customer], plans: Iterable[models.Plan], client: Ledger) -> Iterator[object]:
    for number, (one, plan) in enumerate(zip(many, plans), start=1):
        yield number, one.email, plan.trial_days  #@ models.Customer.email; models.Plan.trial_days
    for left, right in zip_longest(many, plans):
        yield left and left.email, right and right.trial_days  #@ models.Customer.email; models.Plan.trial_days
    for before, after in it.pairwise(many):
        yield before.email, after.email  #@ models.Customer.email
    for one, plan in it.product(many, plans):
        yield one.email, plan.trial_days  #@ models.Customer.email; models.Plan.trial_days
    for key, group in groupby(sorted(many, key=mail_of), key=mail_of):
        yield key, [each.email for each in group]  #@ models.Customer.email
    for part in islice(it.chain(many, *[many]), 3):
        yield part.email  #@ models.Customer.email
    yield list(map(mail_of, filter(None, many)))
    yield [each.email for each in map(client.customers.get_customer, ["x"])]  #@ models.Customer.email
    yield sum(1 for each in it.chain.from_iterable([many]) if each.email)  #@ models.Customer.email
    yield dict(enumerate(many))[0].email  #@ models.Customer.email
    yield {mail: each.email for mail, each in zip("ab", many)}  #@ models.Customer.email
    yield [*zip(*[many, many])][0][0].email  #@ models.Customer.email
    a, b = it.tee(many)
    yield next(a).email  #@ models.Customer.email
    yield it.accumulate(many), b
    yield list(it.starmap(pair_of, [(many[0], 1)]))[0].email  #@ models.Customer.email
    yield sorted(many, key=lambda each: (each.name, each.email))[0].email  #@ models.Customer.email


def mail_of(one: Customer) -> str:
    return one.email or ""  #@ models.Customer.email


def pair_of(one: Customer, count: int) -> Customer:
    return one


def pools(client: Ledger, keys: list[str]) -> object:
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {pool.submit(fetch, client, key): key for key in keys}
        for done in as_completed(jobs):
            print(done.result().email)  #@ models.Customer.email
        return [each.email for each in pool.map(lambda key: fetch(client, key), keys)]  #@ models.Customer.email


def fetch(client: Ledger, key: str) -> Customer:
    return client.customers.get_customer(id=key)


async def tasks(client: AsyncLedger) -> object:
    async with asyncio.TaskGroup() as group:
        one = group.create_task(client.customers.get_customer(id="x"))  #@ maybe client.tasks.create_task
        two = asyncio.create_task(client.customers.query_customer(CustomerFilter()))  #@ client.customers.query_customer
    print((await two).items)
    for done in asyncio.as_completed([client.customers.get_customer(id="x")]):
        print((await done).email)  #@ models.Customer.email
    got = await asyncio.wait_for(client.customers.get_customer(id="x"), 3)
    queue: asyncio.Queue[Customer] = asyncio.Queue()
    queue.put_nowait(got)
    print((await queue.get()).email)  #@ models.Customer.email
    loop = asyncio.get_running_loop()
    three = await loop.run_in_executor(None, fetch, Ledger(key="x"), "x")
    four = await asyncio.to_thread(fetch, Ledger(key="x"), "x")
    print(three.email, four.email)  #@ models.Customer.email
    return one.result().email  #@ models.Customer.email


def counted(pair: Pair) -> object:
    return pair.customer.email  #@ maybe models.Customer.email; maybe models.UpdateCustomer.email
