"""Customers: find, make, change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, TypedDict, TypeVar

from ledger_client import Ledger, NotFoundError, models, paged
from ledger_client.models import CreateCustomer, Customer
from ledger_client.models import UpdateCustomer as Update
from shop.clients import HasClient, Session, default_client, session

T = TypeVar("T")
C = TypeVar("C", bound="models.Customer")
Somebody = Annotated[models.Customer, "somebody"]
Optionally = Customer | None


@dataclass
class Contact:
    """A class of the shop with a field of the same name."""

    email: str
    name: str


@dataclass
class Entry:
    """A dataclass that holds a customer."""

    customer: Customer
    count: int = 0


class Pair(NamedTuple):
    """A named tuple that holds one."""

    customer: Customer
    key: str


class Row(TypedDict):
    """A typed dictionary that holds one."""

    customer: Customer
    key: str


def make(client: Ledger, key: str, name: str) -> models.Customer:
    return client.customers.create_customer(
        models.CreateCustomer(
            external_id=key,
            name=name,  #@ models.CreateCustomer.name
        )
    )


def make_nameless(client: Ledger, key: str) -> models.Customer:
    request = CreateCustomer(external_id=key)  #@ models.CreateCustomer(-name)
    return client.customers.create_customer(request)


def make_from(values: dict[str, Any]) -> CreateCustomer:
    return CreateCustomer(**values)  #@ likely models.CreateCustomer(-name)


def all_of(client: Ledger) -> Iterator[models.Customer]:
    yield from paged(client.customers.query_customer, size=50)(models.CustomerFilter())  #@ client.customers.query_customer


def page(client: Ledger) -> list[models.Customer]:
    answer = client.customers.query_customer(models.CustomerFilter(limit=5))  #@ client.customers.query_customer
    return answer.items or []


def raw(client: Ledger) -> str | None:
    answer = client.customers.with_raw_response.query_customer(models.CustomerFilter())  #@ client.customers.query_customer
    return (answer.parse().items or [])[0].email  #@ models.Customer.email


def stored(client: Ledger) -> list[str]:
    query = client.customers.query_customer  #@ client.customers.query_customer
    found = query(models.CustomerFilter())
    return [one.email or "" for one in found.items or []]  #@ models.Customer.email


def resource(client: Ledger) -> int:
    customers = client.customers
    return len(customers.query_customer(models.CustomerFilter()).items or [])  #@ client.customers.query_customer


def chained() -> str | None:
    return default_client().customers.get_customer(id="c").email  #@ models.Customer.email


def in_with() -> str | None:
    with session() as client, Session() as other:
        print(other.customers.get_customer(id="c").email)  #@ models.Customer.email
        return client.customers.get_customer(id="c").email  #@ models.Customer.email


def pass_on(run: Callable[[models.CustomerFilter], models.CustomerList]) -> int:
    return len(run(models.CustomerFilter()).items or [])


def passed(client: Ledger) -> int:
    return pass_on(client.customers.query_customer)  #@ client.customers.query_customer


class Directory(HasClient):
    """Uses what its base class has."""

    def find(self, mail: str) -> models.Customer | None:
        for one in self.client.customers.query_customer(models.CustomerFilter(email=mail)).items or []:  #@ client.customers.query_customer
            if one.email == mail:  #@ models.Customer.email
                return one
        return None

    def slowly(self) -> list[models.Customer]:
        return self.patient.customers.query_customer(models.CustomerFilter()).items or []  #@ client.customers.query_customer

    def untyped_property(self) -> list[str | None]:
        found = self.people.query_customer(models.CustomerFilter()).items  #@ client.customers.query_customer
        return [one.email for one in found]  #@ models.Customer.email

    def mails(self) -> dict[str, str]:
        return {one.id or "": (one.email or "").lower() for one in self.slowly()}  #@ models.Customer.email

    def rename(self, one: models.Customer, mail: str) -> None:
        self.client.customers.update_customer(
            Update(
                email=mail,  #@ models.UpdateCustomer.email
                name=one.name or "",
            ),
            id=one.id or "",
        )


class Wide(Directory):
    """Calls its base class."""

    def find(self, mail: str) -> models.Customer | None:
        found = super().find(mail)
        if found is not None:
            print(found.email)  #@ models.Customer.email
        return found


def change(update: models.UpdateCustomer, mail: str) -> models.UpdateCustomer:
    changed = dataclasses.replace(update, email=mail)  #@ models.UpdateCustomer.email
    return replace(changed, name="x", email=mail)  #@ models.UpdateCustomer.email


def set_mail(update: models.UpdateCustomer, mail: str) -> None:
    update.email = mail  #@ models.UpdateCustomer.email
    setattr(update, "email", mail)  #@ models.UpdateCustomer.email
    del update.email  #@ models.UpdateCustomer.email


def partly(mail: str) -> models.UpdateCustomer:
    build = partial(models.UpdateCustomer, email=mail)  #@ models.UpdateCustomer.email
    return build(name="x")


def by_text(one: models.Customer) -> object:
    if hasattr(one, "email"):  #@ models.Customer.email
        return getattr(one, "email")  #@ models.Customer.email
    return dataclasses.asdict(one)["email"]  #@ models.Customer.email


def ordered(many: list[models.Customer]) -> list[models.Customer]:
    many.sort(key=lambda one: one.email or "")  #@ models.Customer.email
    best = max(many, key=lambda one: one.email or "")  #@ models.Customer.email
    print(best.email)  #@ models.Customer.email
    return sorted(many, key=attrgetter("email"))  #@ models.Customer.email


def kind(one: object) -> str:
    match one:
        case models.Customer(email=str(mail)):  #@ models.Customer.email
            return mail
        case Entry(customer=models.Customer(id="x", email=str(mail))):  #@ models.Customer.email
            return mail
        case Contact(email=mail):
            return mail
    return ""


def narrowed(one: object) -> str | None:
    if isinstance(one, Customer):
        return one.email  #@ models.Customer.email
    if isinstance(one, Contact):
        return one.email
    return None


def two_branches(one: Customer | Contact) -> str | None:
    if not isinstance(one, Customer):
        return one.email
    return one.email  #@ models.Customer.email


def conjunction(one: object) -> bool:
    return isinstance(one, Customer) and one.email is not None  #@ models.Customer.email


def contact(own: Contact) -> str:
    return own.email + own.name


def either(one: models.Customer | Contact) -> str | None:
    return one.email  #@ models.Customer.email


def used_again(client: Ledger) -> list[str | None]:
    one = client.customers.get_customer(id="x")
    found = [one.email]  #@ models.Customer.email
    for other in [Contact("a", "b")]:
        found.append(other.email)
    contact = Contact("a", "b")
    found.append(contact.email)
    return found


def optional(one: Optionally) -> str:
    return (one.email if one else None) or ""  #@ models.Customer.email


def annotated(one: Somebody) -> str | None:
    return one.email  #@ models.Customer.email


def bound(one: C) -> C:
    print(one.email)  #@ models.Customer.email
    return one


def first(many: Iterable[T]) -> T:
    return next(iter(many))


def generic(many: list[Customer]) -> str | None:
    return first(many).email  #@ models.Customer.email


def walrus(client: Ledger) -> str:
    if (mail := client.customers.get_customer(id="x").email) is not None:  #@ models.Customer.email
        return mail
    return f"{client.customers.get_customer(id='y').email}"  #@ models.Customer.email


def safe(client: Ledger, key: str) -> models.Customer | None:
    try:
        return client.customers.get_customer(id=key)
    except NotFoundError as error:
        print(error.message)
        return None


def numbered(many: list[Customer]) -> Iterator[str]:
    for number, one in enumerate(many):
        yield f"{number}: {one.email}"  #@ models.Customer.email
    for one, _ in zip(many, range(3)):
        yield one.email or ""  #@ models.Customer.email


def mapped(many: list[Customer]) -> list[str | None]:
    print([*map(lambda one: one.email, many)])  #@ models.Customer.email
    return list(map(mail_of, many))


def mail_of(one):  # type: ignore[no-untyped-def]
    return one.email  #@ models.Customer.email


def pooled(keys: list[str]) -> list[str | None]:
    with ThreadPoolExecutor() as pool:
        found = [one.email for one in pool.map(fetch, keys)]  #@ models.Customer.email
        later = pool.submit(fetch, "x")
        return [*found, later.result().email]  #@ models.Customer.email


def fetch(key: str) -> Customer:
    return default_client().customers.get_customer(id=key)


def grouped(many: list[Customer]) -> dict[str, list[str | None]]:
    found = {}
    for key, group in groupby(many, key=lambda one: one.name or ""):
        found[key] = [one.email for one in group]  #@ models.Customer.email
    return found


def joined(many: list[Customer], more: list[Customer]) -> list[str | None]:
    return [one.email for one in chain(many, more)]  #@ models.Customer.email


def held(entry: Entry, pair: Pair, row: Row) -> list[str | None]:
    one, key = pair
    print(key, one.email)  #@ models.Customer.email
    return [
        entry.customer.email,  #@ models.Customer.email
        pair.customer.email,  #@ models.Customer.email
        pair[0].email,  #@ models.Customer.email
        row["customer"].email,  #@ models.Customer.email
    ]


def collected(client: Ledger) -> list[str | None]:
    found = []
    table = {}
    for key in ("a", "b"):
        found.append(client.customers.get_customer(id=key))
        table[key] = client.customers.get_customer(id=key)
    mails = [one.email for one in found]  #@ models.Customer.email
    return mails + [one.email for one in table.values()]  #@ models.Customer.email


def mixed_table(client: Ledger) -> str | None:
    values = {"customer": client.customers.get_customer(id="x"), "contact": Contact("a", "b")}
    print(values["contact"].email)
    return values["customer"].email  #@ models.Customer.email


def untyped(client, one):  # type: ignore[no-untyped-def]
    found = client.customers.query_customer(models.CustomerFilter())  #@ likely client.customers.query_customer
    return [x.email for x in found.items] + [one.email]  #@ maybe models.Customer.email; maybe models.UpdateCustomer.email


def untyped_client():  # type: ignore[no-untyped-def]
    client = Ledger()
    found = client.customers.query_customer(models.CustomerFilter())  #@ client.customers.query_customer
    return [x.email for x in found.items]  #@ models.Customer.email


NAMES = ("email", "query_customer", "trial_days")
