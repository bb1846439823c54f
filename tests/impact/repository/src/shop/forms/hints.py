"""Annotations: plain, and behind aliases, texts, generics and other modules."""

from __future__ import annotations

import typing as t
from collections import abc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, NewType, Optional, Protocol, Union, overload

import ledger_client.models
from ledger_client import models as api
from ledger_client.models import Customer as Person

if TYPE_CHECKING:
    from ledger_client import Ledger as Remote
    from ledger_client.models import Task as Job  #@ models.Task

Maybe = Optional["Person"]
Many = Mapping[str, "list[Person]"]
Either = Union[Person, api.Plan]
Keyed: t.TypeAlias = "dict[str, tuple[int, Person]]"
Own = NewType("Own", api.Customer)
Finder = Callable[[str], Maybe]
DEFAULT: t.Final[Maybe] = None


class Finds(Protocol):
    """Something that finds, whatever it is."""

    def find(self, key: str) -> Person: ...

    @property
    def last(self) -> Person | None: ...


def plain(one: api.Customer) -> str | None:
    return one.email  #@ models.Customer.email


def full_path(one: ledger_client.models.Customer) -> str | None:
    return one.email  #@ models.Customer.email


def in_text(one: "api.Customer | None") -> str | None:
    return one and one.email  #@ models.Customer.email


def by_alias(one: Maybe, many: Many, keyed: Keyed) -> list[str | None]:
    found = [one.email if one is not None else None]  #@ models.Customer.email
    found += [each.email for some in many.values() for each in some]  #@ models.Customer.email
    return found + [each.email for _, each in keyed.values()]  #@ models.Customer.email


def by_union(one: Either) -> object:
    if isinstance(one, Person):
        return one.email  #@ models.Customer.email
    return one.trial_days  #@ models.Plan.trial_days


def by_new_type(one: Own) -> str | None:
    made = Own(api.Customer(id="x"))
    print(made.email)  #@ models.Customer.email
    return one.email  #@ models.Customer.email


def by_callable(find: Finder, get: abc.Callable[..., api.Customer]) -> str | None:
    found = find("x")
    print(get().email)  #@ models.Customer.email
    return found.email if found else None  #@ models.Customer.email


def by_protocol(finds: Finds) -> str | None:
    if finds.last is not None:
        print(finds.last.email)  #@ models.Customer.email
    return finds.find("x").email  #@ models.Customer.email


def variadic(*many: Person, **named: api.Customer) -> list[str | None]:
    print([each.email for each in many])  #@ models.Customer.email
    return [each.email for each in named.values()]  #@ models.Customer.email


def annotated(one: Annotated[Person | None, "one"]) -> str | None:
    return one.email if one else None  #@ models.Customer.email


def local_variable(values: list[t.Any]) -> str | None:
    one: Person = values[0]
    later: api.Customer
    later = values[1]
    print(later.email)  #@ models.Customer.email
    return one.email  #@ models.Customer.email


@overload
def pick(many: list[Person], first: Literal[True]) -> Person: ...
@overload
def pick(many: list[Person], first: Literal[False]) -> list[Person]: ...
def pick(many: list[Person], first: bool) -> Person | list[Person]:
    return many[0] if first else many


def picked(many: list[Person]) -> str | None:
    one = pick(many, True)
    return one.email  #@ models.Customer.email


def pairs(pair: tuple[Person, int], rest: tuple[Person, ...]) -> str | None:
    print(pair[0].email)  #@ models.Customer.email
    print(rest[-1].email)  #@ models.Customer.email
    (first, _), *_ = [pair]
    return first.email  #@ models.Customer.email


def job(done: "Job", remote: Remote) -> "list[Job]":  #@ models.Task
    jobs: list[Job] = [done]  #@ models.Task
    return jobs


def type_of(kind: type[Person]) -> str | None:
    return kind(
        email="x",  #@ models.Customer.email
    ).email  #@ models.Customer.email


def cast_to(value: object) -> str | None:
    one = t.cast(Person, value)
    other = t.cast("api.Customer", value)
    print(other.email)  #@ models.Customer.email
    return one.email  #@ models.Customer.email
