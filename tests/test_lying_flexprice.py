"""A Flexprice on loopback that lies as the real one does, against its own document.

It answers as the document says, but for one lie an operation. Each lie is found at its
place, and nothing else is; the corrections leave no finding, and the client that is
made with them reads all answers strictly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support.corpus import Case, Corpus, Made, shared_corpus, world_cases
from support.flexprice_lies import (
    DELIVERIES,
    LIES,
    MOVED,
    ODDITIES,
    UNKNOWN_DELIVERIES,
    Change,
    DeliveryLie,
    Finding,
    Lie,
    keep,
    quote_decimals,
)
from support.loopback import Loopback, Received, Reply
from support.values import Value

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

KINDS = pytest.mark.parametrize("record", ["values", "shapes"])
ROUNDS = (1, 2)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Make clients, which can be imported."""
    with shared_corpus(tmp_path_factory) as opened:
        sys.path.insert(0, str(opened.clients))
        yield opened
        sys.path.remove(str(opened.clients))


@pytest.fixture(scope="module")
def case(shared: Path) -> Case:
    """Return the document of Flexprice as it is, without the overlay."""
    return replace(world_cases(shared)[0], overlay=())


def make_client(corpus: Corpus, case: Case, name: str) -> Made:
    return corpus.made(
        replace(case, name=name, package=name, recording=True, testing=True)
    )


@dataclass(slots=True)
class LyingServer:
    """The answers of each operation, and its operation in the client."""

    made: Made
    operations: dict[str, Value]
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    write: Change = keep
    """What all answers are written with."""

    def answer(self, received: Received) -> Reply:
        """Answer a request, as the loopback server asks for it."""
        return self.replies[received.method, received.path]

    def tell(self, lie: Lie) -> None:
        """Take what an operation answers."""
        method, _, route = lie.call.partition(" ")
        honest = self.make_honest(lie.call)
        content = json.loads(honest.content) if honest.content else None
        body = lie.change(self.write(content))
        text = body if isinstance(body, str) else json.dumps(body)
        reply = Reply(
            status=lie.status or honest.status_code,
            body=b"" if body is None else text.encode(),
            headers={"Content-Type": "" if body is None else lie.media},
        )
        for number in ROUNDS:
            self.replies[method, fill(route, number)] = reply
        if lie.call in MOVED:
            moved = Reply(body=honest.content)
            self.replies[method, MOVED[lie.call]] = moved

    def make_honest(self, call: str) -> httpx2.Response:
        """Return what the document says that an operation answers."""
        if call not in self.operations:
            return httpx2.Response(200)

        fake = import_module(f"{self.made.name}.testing").FakeTransport()
        method, _, route = call.partition(" ")
        extensions = {"called": self.operations[call]}
        url = f"https://api.example.com{fill(route, 1)}"
        request = httpx2.Request(method, url, extensions=extensions)
        response: httpx2.Response = fake.handle_request(request)
        if response.headers.get("content-type") == "application/octet-stream":
            return httpx2.Response(response.status_code)
        return response

    def record(self, lies: Iterable[Lie], path: Path, url: str, record: str) -> None:
        """Call each operation twice, through the recorder of the client."""
        recorder = import_module(f"{self.made.name}.recording").Recorder
        with recorder(path, record=record) as tape, tape.client() as client:
            for lie in lies:
                self.tell(lie)
                for number in ROUNDS:
                    self._call(client, url, lie, number)
            assert tape.lost == 0

    def _call(self, client: httpx2.Client, url: str, lie: Lie, number: int) -> None:
        method, _, route = lie.call.partition(" ")
        client.request(
            method,
            url + fill(route, number),
            params=lie.query,
            json=lie.sent,
            extensions={"called": self.operations.get(lie.call)},
        )
        if lie.call in MOVED:
            client.request(method, url + MOVED[lie.call])


def fill(route: str, number: int) -> str:
    """Return a path; each round has an ID of its own, because retries count once."""
    return route.replace("{id}", f"id-{number}")


def read_operations(made: Made) -> dict[str, Value]:
    """Return the operations of a client by their calls."""
    kind = import_module(f"{made.name}.runtime.operation").Operation
    modules = [
        import_module(f"{made.name}.resources.{path.stem}")
        for path in sorted((made.folder / "resources").glob("*.py"))
    ]
    return {
        each.call: each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, kind)
    }


@pytest.fixture
def lying(corpus: Corpus, case: Case, server: Loopback) -> LyingServer:
    """Return the loopback server, which answers as the lies say."""
    made = make_client(corpus, case, "flexprice_lied_to")
    lying = LyingServer(made, read_operations(made))
    server.answer = lying.answer
    return lying


def conform(case: Case, traffic: Path, *options: str) -> dict[str, Any]:
    """Judge a recording by the document."""
    report = traffic.with_suffix(".json")
    command = ["conform", str(traffic), "--spec", str(case.document), *options]
    command += ["--format", "json", "--fail-on", "none", "-o", str(report)]
    assert main(command) == 0
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def assert_found(
    report: Mapping[str, Any], lies: Mapping[str, Lie | DeliveryLie]
) -> None:
    """Assert that a report has the findings of all lies, and no other."""
    left = [(each["rule"], each["path"]) for each in report["findings"]]
    missing = []
    for name, lie in lies.items():
        for rule, place in lie.findings:
            fitting = [one for one in left if is_at(one, rule, place)]
            if fitting:
                left.remove(fitting[0])
            else:
                missing.append((name, rule, place))

    assert missing == []
    assert left == []


def is_at(finding: Finding, rule: str, place: str) -> bool:
    return finding[0] == rule and finding[1].endswith(place)


@KINDS
def test_each_lie_is_found_and_corrected(
    record: str,
    lying: LyingServer,
    case: Case,
    server: Loopback,
    corpus: Corpus,
    tmp_path: Path,
) -> None:
    traffic = tmp_path / "traffic.jsonl"
    overlay = tmp_path / "traffic.overlay.yaml"
    lying.write = quote_decimals
    lying.record(LIES.values(), traffic, server.url, record)

    report = conform(case, traffic, "--write", str(overlay))

    assert_found(report, LIES)
    assert report["withdrawn"] == 0
    assert report["remaining"] == []
    again = conform(case, traffic, "--overlay", str(overlay))
    assert again["findings"] == []
    name = f"flexprice_corrected_{record}"
    made = make_client(corpus, replace(case, overlay=(str(overlay),)), name)
    assert list_unreadable(made, lying, server) == []


def list_unreadable(made: Made, lying: LyingServer, server: Loopback) -> list[str]:
    """Return the lies whose successes a strict client does not read."""
    operations = read_operations(made)
    package: Value = import_module(made.name)
    arguments = import_module(f"{made.name}.runtime.calling").Arguments
    unread = []
    with package.Flexprice(api_key="k", base_url=server.url, strict=True) as client:
        for name, lie in LIES.items():
            method, _, route = lie.call.partition(" ")
            call = f"{method} {MOVED.get(lie.call, route)}"
            path = fill(call.partition(" ")[2], 1)
            if not httpx2.codes.is_success(lying.replies[method, path].status):
                continue
            try:
                client(operations[call], arguments(path={"id": "id-1"}))
            except (KeyError, package.APIError):
                unread.append(name)
    return unread


def test_a_client_without_the_corrections_does_not_read_the_lies(
    lying: LyingServer, server: Loopback
) -> None:
    for lie in LIES.values():
        lying.tell(lie)

    unread = list_unreadable(lying.made, lying, server)

    # A client reads a number in quotes, null, and what it does not know, as they are.
    assert unread == ["a decimal is a time", "a route that moved"]


@KINDS
def test_a_repeated_list_is_found_in_each_parameter(
    record: str, lying: LyingServer, case: Case, server: Loopback, tmp_path: Path
) -> None:
    """The server splits no list, but the document says so of each."""
    lies = dict(list_array_lies(case))
    traffic = tmp_path / "traffic.jsonl"
    overlay = tmp_path / "traffic.overlay.yaml"
    lying.record(lies.values(), traffic, server.url, record)

    report = conform(case, traffic, "--write", str(overlay))

    assert sum(len(lie.findings) for lie in lies.values()) == 10
    assert_found(report, lies)
    assert report["remaining"] == []


def list_array_lies(case: Case) -> Iterator[tuple[str, Lie]]:
    """Yield for each operation that it takes its lists as repeated parameters."""
    document = json.loads(case.document.read_text("utf-8"))
    for route, item in document["paths"].items():
        listed = [
            (number, each["name"])
            for number, each in enumerate(item.get("get", {}).get("parameters", []))
            if each.get("explode") is False
        ]
        if listed:
            yield (
                route,
                Lie(
                    call=f"GET {route}",
                    findings=tuple(
                        ("array-style", f"parameters/{number}") for number, _ in listed
                    ),
                    query=tuple((name, text) for _, name in listed for text in "ab"),
                ),
            )


@KINDS
def test_what_is_odd_is_no_lie(
    record: str, lying: LyingServer, case: Case, server: Loopback, tmp_path: Path
) -> None:
    traffic = tmp_path / "traffic.jsonl"
    for lie in ODDITIES.values():
        lying.record([lie], traffic, server.url, record)

    assert conform(case, traffic)["findings"] == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A property that always has one form, which no document mentions."""

    call: str
    owner: str
    name: str
    format: str
    build: Callable[[int], str]


def write_decimal(number: int) -> str:
    return f"{number}.50"


def write_time(number: int) -> str:
    return f"2026-08-22T10:11:{number:02}.123456789Z"


HABITS = (
    Habit(
        call="POST /invoices/search",
        owner="InvoiceResponse",
        name="amount_due",
        format="decimal",
        build=write_decimal,
    ),
    Habit(
        call="POST /subscriptions/search",
        owner="SubscriptionResponse",
        name="commitment_amount",
        format="decimal",
        build=write_decimal,
    ),
    Habit(
        call="POST /coupons/search",
        owner="CouponResponse",
        name="redeem_after",
        format="date-time",
        build=write_time,
    ),
    Habit(
        call="POST /coupons/search",
        owner="CouponResponse",
        name="redeem_before",
        format="date-time",
        build=write_time,
    ),
    Habit(
        call="POST /events/query",
        owner="Event",
        name="timestamp",
        format="date-time",
        build=write_time,
    ),
)
_PAGES = 5


def test_habits_are_notes_and_corrected_on_request(
    lying: LyingServer, case: Case, server: Loopback, tmp_path: Path, corpus: Corpus
) -> None:
    traffic = tmp_path / "traffic.jsonl"
    overlay = tmp_path / "traffic.overlay.yaml"
    for page in range(_PAGES):
        for call in {habit.call for habit in HABITS}:
            lying.record(
                [Lie(call=call, change=show_habits(call, page), sent={})],
                traffic,
                server.url,
                "values",
            )

    report = conform(case, traffic, "--habits", "--write", str(overlay))

    found = {each["path"]: each["rule"] for each in report["findings"]}
    rules = {"decimal": "decimal-by-habit", "date-time": "time-by-habit"}
    assert found == {
        f"/components/schemas/{each.owner}/properties/{each.name}": rules[each.format]
        for each in HABITS
    }
    assert {each["level"] for each in report["findings"]} == {"note"}
    assert report["remaining"] == []
    assert conform(case, traffic)["corrections"] == []
    name = "flexprice_with_habits"
    made = make_client(corpus, replace(case, overlay=(str(overlay),)), name)
    models = import_module(f"{made.name}.models")
    kinds = {"decimal": "Decimal", "date-time": "datetime"}
    for habit in HABITS:
        hint = getattr(models, habit.owner).__annotations__[habit.name]
        assert kinds[habit.format] in str(hint)


def show_habits(call: str, page: int) -> Callable[[Any], object]:
    """Return what answers with four items that have the habits of an operation."""
    habits = [habit for habit in HABITS if habit.call == call]

    def change(body: Value) -> object:
        (key,) = (name for name, value in body.items() if isinstance(value, list))
        items = [
            {each.name: each.build(page * 4 + n) for each in habits} for n in range(4)
        ]
        return {**body, key: items}

    return change


def record_deliveries(
    made: Made, lies: Iterable[DeliveryLie], path: Path, record: str
) -> None:
    """Record each delivery twice."""
    recorder = import_module(f"{made.name}.recording").Recorder
    with recorder(path, record=record) as tape:
        for lie in lies:
            for _ in ROUNDS:
                tape.record_delivery(json.dumps({"event_type": lie.event, **lie.body}))
        assert tape.lost == 0


@KINDS
def test_each_lie_of_a_delivery_is_found_and_corrected(
    record: str, case: Case, corpus: Corpus, tmp_path: Path
) -> None:
    made = make_client(corpus, case, "flexprice_lied_to")
    traffic = tmp_path / "traffic.jsonl"
    overlay = tmp_path / "traffic.overlay.yaml"
    record_deliveries(made, DELIVERIES.values(), traffic, record)

    report = conform(case, traffic, "--write", str(overlay))

    assert_found(report, DELIVERIES)
    assert report["withdrawn"] == 0
    assert report["remaining"] == []
    assert conform(case, traffic, "--overlay", str(overlay))["findings"] == []


@KINDS
def test_an_event_that_is_not_documented_is_found(
    record: str, case: Case, corpus: Corpus, tmp_path: Path
) -> None:
    made = make_client(corpus, case, "flexprice_lied_to")
    traffic = tmp_path / "traffic.jsonl"
    record_deliveries(made, UNKNOWN_DELIVERIES.values(), traffic, record)

    assert_found(conform(case, traffic), UNKNOWN_DELIVERIES)
