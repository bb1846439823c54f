"""Routers: who is called with what, and what the sender is told."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from threading import Event as Signal
from typing import Any, Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.patience import PATIENCE
from support.sample.models import Customer
from support.values import Value

from flexprice_codegen.runtime import routing
from flexprice_codegen.runtime.deliveries import Delivery, Headers, Secret, sign
from flexprice_codegen.runtime.events import (
    AnyEvent,
    Event,
    EventPayloads,
    EventType,
    UndocumentedEvent,
    UnknownEvent,
    WebhookPayloadError,
)
from flexprice_codegen.runtime.routing import Answer, RecentDeliveries

CREATED: Final[EventType[Customer]] = EventType("customer.created", "Customer")
DELETED: Final[EventType[Customer]] = EventType("customer.deleted", "Customer")
MOVED: Final[EventType[Customer]] = EventType("wallet.moved", "Customer")
PAYLOADS = EventPayloads(
    (CREATED, DELETED, MOVED),
    ".models",
    "support.sample",
    name_property="type",
    undocumented={"customer.merged"},
)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of an example
BODY = b'{"type": "customer.created", "id": "c1"}'
DONE = Answer(200, b"done")
UNHANDLED = Answer(200, b"not handled")


class WebhookRouter(routing.WebhookRouter):
    """The router of a client with three events."""

    payloads = PAYLOADS


class AsyncWebhookRouter(routing.AsyncWebhookRouter):
    """The same, for coroutine functions."""

    payloads = PAYLOADS


def unsigned() -> WebhookRouter:
    """Make a router that takes what nobody signed."""
    return WebhookRouter(secret=None)


def body_of(name: str) -> bytes:
    """Make the body of an event."""
    return b'{"type": "%b", "id": "c1"}' % name.encode()


def test_a_handler_gets_its_event_with_payload_and_delivery() -> None:
    router = WebhookRouter(secret=SECRET)
    got: list[Event[Customer]] = []
    router.on(CREATED)(got.append)
    assert router.handle(BODY, sign(BODY, SECRET, delivery_id="msg_1")) == DONE
    (event,) = got
    assert event.payload.id == "c1"
    assert event.delivery is not None
    assert event.delivery.id == "msg_1"
    assert router.handle(body_of("wallet.moved"), {}).status_code == 401


def test_handlers_of_all_kinds_run_in_the_order_of_their_registration() -> None:
    router = unsigned()
    said: list[str] = []

    @router.on_any
    def first(event: AnyEvent) -> None:
        said.append(f"any {event.name}")

    @router.on(CREATED, DELETED)
    def second(event: Event[Customer]) -> None:
        said.append(f"on {event.name}")

    @router.on_group("customer.*")
    def third(event: Event[Customer]) -> None:
        said.append(f"group {event.name}")

    @router.on(CREATED)
    def fourth(_: Event[Customer]) -> None:
        said.append("last")

    @router.on_unknown
    def unknown(event: UndocumentedEvent | UnknownEvent) -> None:
        said.append(f"unknown {event.name}")

    for name in ("customer.created", "wallet.moved", "customer.merged", "new"):
        said.append("-")
        assert router.handle(body_of(name), {}) == DONE
    assert said == [
        *("-", "any customer.created", "on customer.created"),
        *("group customer.created", "last"),
        *("-", "any wallet.moved"),
        *("-", "any customer.merged", "unknown customer.merged"),
        *("-", "any new", "unknown new"),
    ]


def test_an_event_without_a_handler_is_acknowledged() -> None:
    for name in ("customer.created", "customer.merged", "new"):
        assert unsigned().handle(body_of(name), {}) == UNHANDLED


def test_an_event_that_is_named_twice_is_handled_once() -> None:
    router = unsigned()
    got: list[AnyEvent] = []
    router.on(CREATED, CREATED)(got.append)
    assert router.handle(BODY, {}) == DONE
    assert len(got) == 1


def test_the_decorators_give_the_function_back() -> None:
    def handler(_: object) -> None: ...

    router = unsigned()
    for decorate in (router.on(CREATED), router.on_any, router.on_unknown):
        assert decorate(handler) is handler
    assert router.on_group("*")(handler) is handler


def test_size_comes_before_signature_and_signature_before_content() -> None:
    router = WebhookRouter(secret=SECRET, max_size=10)
    assert router.handle(b"x" * 11, {}).status_code == 413
    assert router.handle(b"x" * 10, {}).status_code == 401
    assert router.handle(b"x" * 10, sign(b"x" * 10, SECRET)).status_code == 400
    assert router.handle(b"[1]", sign(b"[1]", SECRET)).status_code == 400
    assert router.handle(b"{}", sign(b"{}", SECRET)) == UNHANDLED


def test_a_failure_is_500_and_goes_to_the_hook_and_no_further_handler_runs() -> None:
    router = unsigned()
    said: list[object] = []
    failure = RuntimeError("out of order")

    @router.on_any
    def fail(_: AnyEvent) -> None:
        raise failure

    router.on_any(said.append)

    @router.on_error
    def report(error: Exception, event: AnyEvent) -> None:
        said.extend([error, event.name])

    assert router.handle(BODY, {}) == Answer(500, b"a handler failed")
    assert said == [failure, "customer.created"]


def test_what_the_hook_raises_goes_to_the_caller() -> None:
    router = unsigned()

    @router.on_any
    def fail(_: AnyEvent) -> None:
        raise KeyError("k")

    @router.on_error
    def again(error: Exception, _: AnyEvent) -> None:
        raise error

    with pytest.raises(KeyError):
        router.handle(BODY, {})


def test_without_a_hook_a_failure_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    router = unsigned()

    @router.on_any
    def fail(_: AnyEvent) -> None:
        raise KeyError("k")

    with caplog.at_level(logging.ERROR):
        assert router.handle(BODY, {}).status_code == 500
        assert router.handle(body_of("x" * 9999), {}).status_code == 500
    first, second = (each for each in caplog.records if each.levelname == "ERROR")
    assert "'customer.created' failed" in first.getMessage()
    assert first.exc_info is not None
    assert len(second.getMessage()) < 250


def test_a_delivery_that_is_done_is_not_done_again() -> None:
    router = WebhookRouter(secret=SECRET, store=RecentDeliveries())
    got: list[AnyEvent] = []
    router.on_any(got.append)
    headers = sign(BODY, SECRET)
    assert router.handle(BODY, headers) == DONE
    assert router.handle(BODY, headers) == Answer(200, b"done before")
    assert router.handle(BODY, sign(BODY, SECRET)) == DONE
    assert len(got) == 2


def test_a_database_remembers_for_several_processes() -> None:
    class Table:
        """A memory in a table of a database."""

        def __init__(self, database: sqlite3.Connection) -> None:
            self.database = database
            database.execute("CREATE TABLE IF NOT EXISTS done (id TEXT PRIMARY KEY)")

        def has(self, delivery_id: str, /) -> bool:
            found = self.database.execute(
                "SELECT 1 FROM done WHERE id = ?", [delivery_id]
            )
            return found.fetchone() is not None

        def add(self, delivery_id: str, /) -> None:
            self.database.execute("INSERT INTO done VALUES (?)", [delivery_id])

    with closing(sqlite3.connect(":memory:")) as database:
        one, other = (
            WebhookRouter(secret=SECRET, store=Table(database)) for _ in range(2)
        )
        headers = sign(BODY, SECRET)
        assert one.handle(BODY, headers) == UNHANDLED
        assert other.handle(BODY, headers) == Answer(200, b"done before")


def test_a_delivery_that_failed_is_done_again() -> None:
    router = WebhookRouter(secret=SECRET, store=RecentDeliveries())
    failures = [RuntimeError("first")]

    @router.on(CREATED)
    def handler(_: Event[Customer]) -> None:
        if failures:
            raise failures.pop()

    router.on_error(lambda *_: None)
    headers = sign(BODY, SECRET)
    answers = [router.handle(BODY, headers).status_code for _ in range(2)]
    assert answers == [500, 200]
    assert router.handle(BODY, headers).body == b"done before"


def test_without_an_id_every_delivery_is_done() -> None:
    router = WebhookRouter(secret=None, store=RecentDeliveries())
    got: list[AnyEvent] = []
    router.on_any(got.append)
    assert [router.handle(BODY, {}) for _ in range(2)] == [DONE, DONE]
    assert len(got) == 2


def test_a_memory_that_fails_is_a_failure() -> None:
    class Broken(RecentDeliveries):
        def has(self, delivery_id: str, /) -> bool:
            raise ConnectionError(delivery_id)

    router = WebhookRouter(secret=None, store=Broken())
    router.on_error(lambda *_: None)
    assert router.handle(BODY, {"svix-id": "msg_1"}).status_code == 500


def test_a_delivery_is_not_done_by_two_threads_at_once() -> None:
    router = WebhookRouter(secret=SECRET, store=RecentDeliveries())
    begun, go_on = Signal(), Signal()
    got: list[AnyEvent] = []

    @router.on(CREATED)
    def handler(event: Event[Customer]) -> None:
        got.append(event)
        begun.set()
        assert go_on.wait(PATIENCE)

    headers, others = sign(BODY, SECRET), sign(BODY, SECRET)
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(router.handle, BODY, headers)
        assert begun.wait(PATIENCE)
        assert router.handle(BODY, headers).status_code == 503
        go_on.set()
        assert router.handle(BODY, others) == DONE
        assert first.result(PATIENCE) == DONE
    assert router.handle(BODY, headers) == Answer(200, b"done before")
    assert len(got) == 2


def test_a_delivery_is_not_done_by_two_tasks_at_once() -> None:
    got: list[AnyEvent] = []

    async def main() -> list[int]:
        router = AsyncWebhookRouter(secret=SECRET, store=RecentDeliveries())

        @router.on(CREATED)
        async def handler(event: Event[Customer]) -> None:
            await asyncio.sleep(0)
            got.append(event)

        headers = sign(BODY, SECRET)
        answers = await asyncio.gather(
            *(router.handle(BODY, headers) for _ in range(3)),
            router.handle(BODY, sign(BODY, SECRET)),
        )
        return [each.status_code for each in answers]

    assert asyncio.run(main()) == [200, 503, 503, 200]
    assert len(got) == 2


def test_a_delivery_whose_handler_was_cancelled_is_done_again() -> None:
    async def main() -> Answer:
        router = AsyncWebhookRouter(secret=SECRET, store=RecentDeliveries())
        waits = [3600]

        @router.on(CREATED)
        async def handler(_: Event[Customer]) -> None:
            if waits:
                await asyncio.sleep(waits.pop())

        headers = sign(BODY, SECRET)
        task = asyncio.create_task(router.handle(BODY, headers))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await router.handle(BODY, headers)

    assert asyncio.run(main()) == DONE


def test_the_memory_of_this_process_takes_several_threads() -> None:
    memory = RecentDeliveries(size=10)
    with ThreadPoolExecutor(4) as beside:
        done = [beside.submit(memory.add, str(each)) for each in range(1000)]
        assert [each.result(PATIENCE) for each in done] == [None] * 1000
    assert sum(memory.has(str(each)) for each in range(1000)) == 10


def test_the_memory_of_this_process_forgets_the_oldest() -> None:
    memory = RecentDeliveries(size=2)
    for each in ("a", "b", "a", "c"):
        memory.add(each)
    assert [memory.has(each) for each in "abc"] == [False, True, True]


def test_without_secret_nothing_is_verified_but_it_must_be_said_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert WebhookRouter(secret=None).handle(BODY, {}) == UNHANDLED
    assert "accepts unsigned deliveries" in caplog.text
    with pytest.raises(TypeError, match="secret"):
        WebhookRouter()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="None accepts unsigned deliveries"):
        WebhookRouter(secret=[])


def test_several_secrets_are_taken_while_they_change() -> None:
    old, new, other = (each * 16 for each in (b"o", b"n", b"x"))
    router = WebhookRouter(secret=[new, old])
    assert router.handle(BODY, sign(BODY, old)) == UNHANDLED
    assert router.handle(BODY, sign(BODY, other)).status_code == 401


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, bytes.decode])
def test_a_body_is_taken_as_frameworks_have_it(kind: Callable[[bytes], Any]) -> None:
    router = WebhookRouter(secret=SECRET)
    assert router.handle(kind(BODY), sign(BODY, SECRET)) == UNHANDLED
    assert router.handle(kind(BODY), None).status_code == 401
    found = asyncio.run(
        AsyncWebhookRouter(secret=SECRET).handle(kind(BODY), sign(BODY, SECRET))
    )
    assert found == UNHANDLED


@pytest.mark.parametrize("kind", [WebhookRouter, AsyncWebhookRouter])
def test_settings_that_protect_nothing_are_refused_at_once(kind: Value) -> None:
    with pytest.raises(ValueError, match="less than 16 bytes"):
        kind(secret=[SECRET, b"too short"])
    with pytest.raises(ValueError, match="empty or not base64"):
        kind(secret=["whsec_no base64!"])
    for tolerance in (None, float("nan"), float("inf"), -1):
        with pytest.raises(ValueError, match="tolerance must be a number of seconds"):
            kind(secret=SECRET, tolerance=tolerance)


@pytest.mark.parametrize("kind", [WebhookRouter, AsyncWebhookRouter])
def test_the_former_name_of_a_store_works_and_warns(kind: Value) -> None:
    store = RecentDeliveries()
    with pytest.warns(DeprecationWarning, match="`seen` is deprecated; use `store`"):
        router = kind(secret=SECRET, seen=store)
    headers = sign(BODY, SECRET)
    answers = [router.handle(BODY, headers) for _ in range(2)]
    if kind is AsyncWebhookRouter:
        answers = [asyncio.run(each) for each in answers]
    assert answers == [UNHANDLED, Answer(200, b"done before")]


async def later(_: object) -> None:
    """Handle an event after a while."""
    await asyncio.sleep(0)


class Later:
    """An object that is called like a coroutine function."""

    async def __call__(self, event: object) -> None:
        """Handle an event after a while."""


@pytest.mark.parametrize("handler", [later, partial(later), Later()])
def test_a_router_that_cannot_wait_refuses_coroutine_functions(
    handler: type[Later],
) -> None:
    router = unsigned()
    with pytest.raises(TypeError, match="use an AsyncWebhookRouter"):
        router.on(CREATED)(handler)
    with pytest.raises(TypeError, match="use an AsyncWebhookRouter"):
        router.on_any(handler)


def test_a_router_that_cannot_wait_takes_no_hook_and_no_memory_that_waits() -> None:
    class Remote:
        async def has(self, _: str, /) -> bool:
            return False

        async def add(self, _: str, /) -> None: ...

    async def hook(_: Exception, __: AnyEvent) -> None: ...

    with pytest.raises(TypeError, match="use an AsyncWebhookRouter"):
        unsigned().on_error(hook)
    with pytest.raises(TypeError, match="use an AsyncWebhookRouter"):
        WebhookRouter(secret=None, store=Remote())  # type: ignore[arg-type]


def test_a_function_that_hides_a_coroutine_is_an_error_of_the_program() -> None:
    router = unsigned()

    @router.on_any
    def hides(event: AnyEvent) -> object:
        return later(event)

    with pytest.raises(TypeError, match="use an AsyncWebhookRouter"):
        router.handle(BODY, {})


def test_an_asynchronous_router_awaits_handlers_and_memory_and_calls_functions() -> (
    None
):
    class Remote:
        """A memory that is asked over a network."""

        known: set[str]

        async def has(self, delivery_id: str, /) -> bool:
            await asyncio.sleep(0)
            return delivery_id in self.known

        async def add(self, delivery_id: str, /) -> None:
            await asyncio.sleep(0)
            self.known.add(delivery_id)

    async def main() -> None:
        memory = Remote()
        memory.known = set()
        router = AsyncWebhookRouter(secret=SECRET, store=memory)
        got: list[object] = []

        @router.on(CREATED)
        async def handler(event: Event[Customer]) -> None:
            await asyncio.sleep(0)
            got.append(event.payload.id)

        router.on(CREATED)(got.append)
        headers = sign(BODY, SECRET, delivery_id="msg_1")
        assert await router.handle(BODY, headers) == DONE
        assert await router.handle(BODY, headers) == Answer(200, b"done before")
        assert (await router.handle(BODY, {})).status_code == 401
        assert got[0] == "c1"
        assert len(got) == 2
        assert memory.known == {"msg_1"}

    asyncio.run(main())


def test_an_asynchronous_handler_that_fails_is_500_and_its_hook_is_awaited() -> None:
    failure = RuntimeError("out of order")

    async def main() -> Answer:
        router = AsyncWebhookRouter(secret=None)

        @router.on(CREATED)
        async def handler(_: Event[Customer]) -> None:
            raise failure

        @router.on_error
        async def report(error: Exception, event: AnyEvent) -> None:
            await asyncio.sleep(0)
            said.append((error, event.name))

        return await router.handle(BODY, {})

    said: list[object] = []
    assert asyncio.run(main()).status_code == 500
    assert said == [(failure, "customer.created")]


def test_a_handler_that_is_cancelled_is_not_answered() -> None:
    async def main() -> None:
        router = AsyncWebhookRouter(secret=None)

        @router.on(CREATED)
        async def handler(_: Event[Customer]) -> None:
            raise asyncio.CancelledError

        with pytest.raises(asyncio.CancelledError):
            await router.handle(BODY, {})

    asyncio.run(main())


@pytest.mark.parametrize("pattern", ["customers.*", "", "customer"])
def test_a_group_without_events_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no event of the document matches"):
        unsigned().on_group(pattern)


def test_an_event_of_somebody_else_is_refused() -> None:
    foreign: EventType[Customer] = EventType("customer.crated", "Customer")
    with pytest.raises(ValueError, match=r"has no event 'customer\.crated'"):
        unsigned().on(CREATED, foreign)


headers = st.dictionaries(
    st.text() | st.sampled_from(list(sign(b"", b"k"))), st.text() | st.binary()
)


@given(
    st.binary() | st.just(BODY),
    headers | st.lists(st.tuples(st.binary(), st.binary())),
    st.none() | st.binary(min_size=16),
)
def test_any_delivery_is_answered(
    body: bytes,
    headers: dict[str, str | bytes] | list[tuple[bytes, bytes]],
    secret: Secret | None,
) -> None:
    answer = WebhookRouter(secret=secret).handle(body, headers)
    assert answer.status_code in {200, 400, 401}
    assert (answer.status_code == 401) == (secret is not None)


SHOWN = st.sampled_from("abcdefXYZ0123456789").flatmap(lambda c: st.just(c * 24))
"""Texts that no message holds by chance."""


@given(secret=SHOWN, body=SHOWN, form=st.sampled_from(["%s", '"%s"', '{"a": "%s']))
def test_nothing_of_a_secret_or_a_body_is_in_an_answer_or_an_error(
    secret: str, body: str, form: str
) -> None:
    raw = (form % body).encode()
    router = WebhookRouter(secret=secret.encode())
    headers = sign(raw, secret.encode())
    said = [router.handle(raw, headers).body, router.handle(raw, {}).body]
    wrong = {**headers, "webhook-signature": f"v1,{body}"}
    said += [router.handle(raw, wrong).body]
    with pytest.raises(ValueError, match="not base64") as refused:
        WebhookRouter(secret=f"!{secret}")
    with pytest.raises(WebhookPayloadError) as unread:
        PAYLOADS.parse(raw)
    said += [repr(each.value).encode() for each in (refused, unread)]
    assert not any(secret.encode() in each or body.encode() in each for each in said)


@pytest.mark.parametrize("answer", [True, Delivery("d1")])
def test_a_check_of_ones_own_lets_a_delivery_in(
    answer: Delivery | Literal[True],
) -> None:
    checked: list[bytes] = []

    def check(body: bytes, headers: Headers) -> Delivery | bool:
        checked.append(body)
        assert headers == {"x-sign": "1"}
        return answer

    router = WebhookRouter(secret=None, verify=check)
    got: list[Event[Customer]] = []
    router.on(CREATED)(got.append)
    assert router.handle(BODY, {"x-sign": "1"}) == DONE
    assert checked == [BODY]
    assert got[0].delivery == (None if answer is True else answer)


@pytest.mark.parametrize("answer", [False, None, 1, "yes"])
def test_a_check_that_does_not_say_true_refuses(answer: Value) -> None:
    router = WebhookRouter(secret=None, verify=lambda *_: answer)
    assert router.handle(BODY, {}).status == 401


def test_a_check_of_ones_own_is_in_the_place_of_secrets() -> None:
    with pytest.raises(ValueError, match="secret=None"):
        WebhookRouter(secret=SECRET, verify=lambda *_: True)
