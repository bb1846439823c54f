"""Assignments, returns, attributes of `self`, loops, comprehensions, `with`."""

from __future__ import annotations

from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing, contextmanager, nullcontext, suppress
from functools import cached_property, reduce

from ledger_client import AsyncLedger, Ledger, models
from ledger_client import paged as in_pages
from ledger_client.models import CustomerFilter as Filter

CACHE: dict[str, models.Customer] = {}
current = None
shared = Ledger(key="x")


def chain_of_names(client: Ledger) -> str | None:
    a = b = client.customers.get_customer(id="x")
    c, d = a, b
    [e, *f] = [c, d]
    print(f[0].email)  #@ models.Customer.email
    print(b.email)  #@ models.Customer.email
    return e.email  #@ models.Customer.email


def swapped(one: models.Customer, other: models.Plan) -> object:
    first, second = other, one
    first, second = second, first  # type: ignore[assignment]
    return one.email  #@ models.Customer.email


def conditional(client: Ledger, flag: bool) -> str | None:
    one = client.customers.get_customer(id="x") if flag else None
    two = one or models.Customer()
    if flag:
        three = one
    else:
        three = two
    print(three and three.email)  #@ models.Customer.email
    return two.email  #@ models.Customer.email


def from_global() -> str | None:
    global current
    current = shared.customers.get_customer(id="x")
    CACHE["x"] = current
    print(CACHE["x"].email, CACHE.get("y", current).email)  #@ models.Customer.email
    return CACHE.setdefault("z", current).email  #@ models.Customer.email


def returned(client: Ledger):  # type: ignore[no-untyped-def]
    def inner():  # type: ignore[no-untyped-def]
        return client.customers.get_customer(id="x")

    return inner


def returns_a_function(client: Ledger) -> object:
    return returned(client)().email  #@ models.Customer.email


def returned_pair(client: Ledger):  # type: ignore[no-untyped-def]
    return client.customers, client.customers.get_customer(id="x")


def unpacked(client: Ledger) -> object:
    customers, one = returned_pair(client)
    customers.query_customer(Filter())  #@ client.customers.query_customer
    return one.email  #@ models.Customer.email


class Holder:
    """Keeps what it gets."""

    seen: list[models.Customer] = []
    _client = None

    def __init__(self, client, *, one=None):  # type: ignore[no-untyped-def]
        self._client = client
        self.one: models.Customer | None = one
        self.api = client.customers
        self.by_key = defaultdict(list)
        self.queue = deque(maxlen=3)

    def load(self, key: str) -> None:
        self.one = self.api.get_customer(id=key)
        self.by_key[key].append(self.one)
        self.queue.append(self.one)
        self.seen.append(self.one)

    def mails(self) -> list[str | None]:
        found = [each.email for some in self.by_key.values() for each in some]  #@ models.Customer.email
        found += [each.email for each in self.queue]  #@ models.Customer.email
        found += [each.email for each in type(self).seen]  #@ models.Customer.email
        return found + [each.email for each in Holder.seen]  #@ models.Customer.email

    def find(self) -> object:
        return self.api.query_customer(Filter())  #@ client.customers.query_customer

    @cached_property
    def first(self):  # type: ignore[no-untyped-def]
        return self.api.get_customer(id="1")

    def __getitem__(self, key: str) -> models.Customer:
        return self.api.get_customer(id=key)

    def __iter__(self) -> Iterator[models.Customer]:
        yield from self.queue

    def __call__(self, key: str) -> models.Customer:
        return self[key]

    def __enter__(self) -> Holder:
        return self

    def __exit__(self, *args: object) -> None: ...


def held(client: Ledger) -> list[str | None]:
    holder = Holder(client)
    print(holder.first.email)  #@ models.Customer.email
    print(holder["x"].email)  #@ models.Customer.email
    print(holder("x").email)  #@ models.Customer.email
    print([each.email for each in holder])  #@ models.Customer.email
    with Holder(client) as other:
        if other.one is not None:
            print(other.one.email)  #@ models.Customer.email
    holder.one = models.Customer()
    return [holder.one.email]  #@ models.Customer.email


def loops(client: Ledger) -> list[str | None]:
    found = []
    last = None
    for plan in client.plans.list_plans():
        for price in plan.prices or ():
            found.append(price.trial_days)  #@ models.Price.trial_days
        last = plan
    if last is not None:
        print(last.trial_days)  #@ models.Plan.trial_days
    todo = [models.Customer()]
    while todo:
        one = todo.pop()
        print(one.email)  #@ models.Customer.email
    for one in reversed(sorted([models.Customer()], key=lambda each: each.email or "")):  #@ models.Customer.email
        print(one.email)  #@ models.Customer.email
    else:
        print(one.email)  #@ models.Customer.email
    return [str(each) for each in found]


def comprehensions(many: list[models.Customer], plans: dict[str, list[models.Plan]]) -> object:
    print({each.email for each in many if each.email})  #@ models.Customer.email
    print({each.id: each for each in many}["x"].email)  #@ models.Customer.email
    print(*(plan.trial_days for some in plans.values() for plan in some))  #@ models.Plan.trial_days
    print([[plan.trial_days for plan in some] for some in plans.values()])  #@ models.Plan.trial_days
    print(next((each for each in many if each.id), models.Customer()).email)  #@ models.Customer.email
    print(Counter(each.email for each in many).most_common(1))  #@ models.Customer.email
    print([mail for each in many if (mail := each.email)])  #@ models.Customer.email
    print(reduce(lambda a, b: a if (a.email or "") > "x" else b, many).email)  #@ models.Customer.email
    return any(each.email is None for each in many)  #@ models.Customer.email


def with_blocks() -> str | None:
    with ExitStack() as stack, suppress(KeyError):
        client = stack.enter_context(Ledger(key="x"))
        print(client.customers.get_customer(id="x").email)  #@ models.Customer.email
    with nullcontext(models.Customer()) as one:
        print(one.email)  #@ models.Customer.email
    with closing(Ledger(key="x")) as closed:
        return closed.customers.get_customer(id="x").email  #@ models.Customer.email


@contextmanager
def opened(key: str) -> Generator[tuple[Ledger, models.Customer], None, None]:
    with Ledger(key=key) as client:
        yield client, client.customers.get_customer(id="x")


@asynccontextmanager
async def opened_async():  # type: ignore[no-untyped-def]
    async with AsyncLedger(key="x") as client:
        yield client


async def uses_opened() -> AsyncIterator[str | None]:
    with opened("x") as (client, one):
        client.customers.query_customer(Filter())  #@ client.customers.query_customer
        yield one.email  #@ models.Customer.email
    async with opened_async() as other:
        found = await other.customers.query_customer(Filter())  #@ client.customers.query_customer
        yield found.items[0].email  #@ models.Customer.email
    async with AsyncExitStack() as stack:
        third = await stack.enter_async_context(AsyncLedger(key="x"))
        one = await third.customers.get_customer(id="x")
        yield one.email  #@ models.Customer.email


def tables(many: list[models.Customer]) -> object:
    by_id = OrderedDict((each.id, each) for each in many)
    merged = {**{"a": many[0]}, **dict(zip("bc", many))}
    stacked = ChainMap({"a": many[0]})
    listed = [*many, *many[1:]] + many * 2
    print(by_id["x"].email)  #@ models.Customer.email
    print(merged["b"].email)  #@ models.Customer.email
    print(stacked["a"].email)  #@ models.Customer.email
    print(dict.fromkeys(many))
    return listed[0].email  #@ models.Customer.email


def pages(client: Ledger) -> Iterator[str | None]:
    find = client.customers.query_customer  #@ client.customers.query_customer
    every = in_pages(find)
    for one in every(Filter(limit=3)):
        yield one.email  #@ models.Customer.email
    for page in in_pages(client.customers.query_customer, size=2)(Filter()).pages():  #@ client.customers.query_customer
        yield page[0].email  #@ models.Customer.email
    yield next(iter(every(Filter()))).email  #@ models.Customer.email
    yield list(every(Filter()))[0].email  #@ models.Customer.email


def raw(client: Ledger) -> object:
    customers = client.customers.with_raw_response
    response = customers.query_customer(Filter())  #@ client.customers.query_customer
    get = customers.get_customer
    print(get(id="x").parse().email)  #@ models.Customer.email
    found = response.parse()
    return (found.items or [])[0].email  #@ models.Customer.email
