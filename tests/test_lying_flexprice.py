"""A Flexprice on loopback that lies as the real one does, against its own document.

It answers as the document says, but for one lie an operation. Each lie is found at its
place, and nothing else is; the corrections leave no finding, and the client that is
made with them reads all answers strictly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support.corpus import Case, Corpus, Made, shared_corpus, world_cases
from support.loopback import Loopback, Received, Reply

from flexprice_codegen.cli.main import main
from flexprice_codegen.runtime.shapes import Value

pytestmark = pytest.mark.slow

MESSAGE = {"message": "done"}
Change = Callable[[Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """What an operation answers, and the finding: its rule and the end of its place.

    `change` makes the answer of an honest one. `more` are findings that come with it.
    """

    call: str
    rule: str
    place: str
    change: Change = lambda body: body
    status: int = 0
    media: str = "application/json"
    query: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = field(default=())


def with_items(**members: object) -> Change:
    """Return what sets members of the first item of a list."""
    return lambda body: {**body, "items": [{**body["items"][0], **members}]}


def with_members(**members: object) -> Change:
    """Return what sets members of an object."""
    return lambda body: {**body, **members}


def with_topup(**members: object) -> Change:
    """Return what sets members of the top-up of the first wallet."""
    return lambda body: [
        {**body[0], "auto_topup": {**body[0]["auto_topup"], **members}}
    ]


LIES = {
    "a list is null": Lie(
        call="POST /customers/search",
        rule="null-unexpected",
        place="ListCustomersResponse/properties/items",
        change=with_members(items=None),
    ),
    "an empty map is null": Lie(
        call="POST /customers",
        rule="null-unexpected",
        place="schemas/CustomerResponse/properties/metadata",
        change=with_members(metadata=None),
    ),
    "a decimal is a number": Lie(
        call="GET /customers/wallets",
        rule="number-in-quotes",
        place="types.AutoTopup/properties/threshold",
        change=with_topup(threshold="10.5"),
    ),
    "a decimal of an item is a number": Lie(
        call="POST /usage-records/search",
        rule="number-in-quotes",
        place="UsageRecordResponse/properties/quantity",
        change=with_items(quantity="2"),
    ),
    "a decimal is a time": Lie(
        call="POST /alerts/search",
        rule="format-other",
        place="types.AlertInfo/properties/value_at_time",
        # Without its wallet, whose decimals are told as numbers elsewhere.
        change=with_members(items=[{"alert_info": {"value_at_time": "12.5"}}]),
    ),
    "a hidden member": Lie(
        call="GET /invoices/{id}",
        rule="property-undeclared",
        place="schemas/errors.ErrorResponse",
        change=lambda _: {"code": "not_found", "message": "no", "details": {"id": "x"}},
        status=404,
    ),
    "a message for a record": Lie(
        call="POST /creditnotes/{id}/void",
        rule="shape-other",
        place="void/post/responses/200/content/application~1json/schema",
        change=lambda _: MESSAGE,
    ),
    "a message for a wallet": Lie(
        call="POST /wallets/{id}/terminate",
        rule="shape-other",
        place="terminate/post/responses/200/content/application~1json/schema",
        change=lambda _: MESSAGE,
    ),
    "another success": Lie(
        call="DELETE /tasks/scheduled/{id}",
        rule="status-undocumented",
        place="/delete",
        change=lambda _: {**MESSAGE, "id": "task_1", "status": "deleted"},
        status=200,
    ),
    "no body": Lie(
        call="DELETE /taxes/associations/{id}",
        rule="body-missing",
        place="responses/200",
        change=lambda _: None,
    ),
    "JSON for a file": Lie(
        call="GET /invoices/{id}/pdf",
        rule="media-type-undocumented",
        place="responses/200",
        change=lambda _: {"presigned_url": "https://files.example.com/a"},
        query=(("url", "true"),),
    ),
    "a conflict": Lie(
        call="POST /plans",
        rule="error-undocumented",
        place="/post",
        change=lambda _: {"code": "already_exists", "message": "twice"},
        status=409,
    ),
    "not found": Lie(
        call="PUT /customers",
        rule="error-undocumented",
        place="/put",
        change=lambda _: {"code": "not_found", "message": "no"},
        status=404,
    ),
    "an answer of the gateway": Lie(
        call="POST /features",
        rule="error-undocumented-everywhere",
        place="",
        change=lambda _: {"error": "Unauthorized"},
        status=401,
    ),
    "a repeated parameter": Lie(
        call="GET /customers/usage",
        rule="array-style",
        place="parameters/2",
        query=(("feature_ids", "a"), ("feature_ids", "b")),
    ),
    "a parameter that is not documented": Lie(
        call="GET /customers/{id}",
        rule="parameter-undeclared",
        place="/get",
        query=(("expand", "integrations"),),
    ),
    "a route that moved": Lie(
        call="GET /tenant/billing",
        rule="route-dead",
        place="~1tenant~1billing/get",
        change=lambda _: "404 page not found",
        status=404,
        media="text/plain",
        more=(("route-undocumented", ""),),
    ),
}
MOVED = "/tenants/billing"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Make clients, which can be imported."""
    with shared_corpus(tmp_path_factory) as opened:
        sys.path.insert(0, str(opened.clients))
        yield opened
        sys.path.remove(str(opened.clients))


@dataclass(slots=True)
class LyingServer:
    """The answers of each operation, and its operation in the client."""

    made: Made
    operations: dict[str, Value]
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)

    def answer(self, received: Received) -> Reply:
        """Answer a request, as the loopback server asks for it."""
        return self.replies[received.method, received.path]

    def tell(self, lie: Lie) -> None:
        """Take what an operation answers."""
        method, _, route = lie.call.partition(" ")
        honest = self.make_honest(lie.call)
        body = lie.change(json.loads(honest.content) if honest.content else None)
        text = body if isinstance(body, str) else json.dumps(body)
        self.replies[method, fill(route)] = Reply(
            status=lie.status or honest.status_code,
            body=b"" if body is None else text.encode(),
            headers={"Content-Type": "" if body is None else lie.media},
        )

    def make_honest(self, call: str) -> httpx2.Response:
        """Return what the document says that an operation answers."""
        fake = import_module(f"{self.made.name}.testing").FakeTransport()
        method, _, route = call.partition(" ")
        extensions = {"called": self.operations[call]}
        url = f"https://api.example.com{fill(route)}"
        request = httpx2.Request(method, url, extensions=extensions)
        response: httpx2.Response = fake.handle_request(request)
        if response.headers.get("content-type") == "application/octet-stream":
            return httpx2.Response(response.status_code)
        return response


def fill(route: str) -> str:
    return route.replace("{id}", "id-1")


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


# The event, what it carries beside its name, and the findings.
DELIVERIES: dict[str, tuple[str, dict[str, object], list[tuple[str, str]]]] = {
    "a decimal is a number": (
        "wallet.ongoing_balance.dropped",
        {"alert": {"current_balance": "12.5", "credit_balance": "0"}},
        [
            (
                "number-in-quotes",
                "webhookDto.WalletAlertInfo/properties/current_balance",
            ),
            (
                "number-in-quotes",
                "webhookDto.WalletAlertInfo/properties/credit_balance",
            ),
        ],
    ),
    "a name that is not documented": (
        "subscription.spend.threshold_reached",
        {"alert_type": "subscription_spend"},
        [("property-undeclared", "schemas/webhookDto.SpendAlertEvent")],
    ),
    "an entity is null": (
        "customer.deleted",
        {"customer": None},
        [("null-unexpected", "CustomerWebhookPayload/properties/customer")],
    ),
}


@pytest.mark.parametrize("record", ["values", "shapes"])
def test_each_lie_of_a_delivery_is_found_and_corrected(
    record: str, case: Case, corpus: Corpus, tmp_path: Path
) -> None:
    made = make_client(corpus, case, "flexprice_lied_to")
    traffic = tmp_path / "traffic.jsonl"
    overlay = tmp_path / "traffic.overlay.yaml"
    recorder = import_module(f"{made.name}.recording").Recorder
    with recorder(traffic, record=record) as tape:
        for event, body, _ in [*DELIVERIES.values()] * 2:
            tape.record_delivery(json.dumps({"event_type": event, **body}))
        assert tape.lost == 0

    report = conform(case, traffic, "--write", str(overlay))

    found = [(each["rule"], each["path"]) for each in report["findings"]]
    expected = [
        finding for _, _, findings in DELIVERIES.values() for finding in findings
    ]
    assert len(found) == len(expected)
    for rule, place in expected:
        assert any(one == rule and at.endswith(place) for one, at in found), place
    assert report["withdrawn"] == 0
    assert report["remaining"] == []
    assert conform(case, traffic, "--overlay", str(overlay))["findings"] == []


def make_client(corpus: Corpus, case: Case, name: str) -> Made:
    return corpus.made(
        replace(case, name=name, package=name, recording=True, testing=True)
    )


@pytest.fixture(scope="module")
def case(shared: Path) -> Case:
    """Give the document of Flexprice as it is, without the overlay."""
    return replace(world_cases(shared)[0], overlay=())


@pytest.fixture
def lying(corpus: Corpus, case: Case, server: Loopback) -> LyingServer:
    """Let the loopback server lie in each way."""
    made = make_client(corpus, case, "flexprice_lied_to")
    lying = LyingServer(made, read_operations(made))
    for each in LIES.values():
        lying.tell(each)
    honest = lying.make_honest("GET /tenant/billing")
    lying.replies["GET", MOVED] = Reply(body=honest.content)
    server.answer = lying.answer
    return lying


def record_lies(lying: LyingServer, server: Loopback, path: Path, record: str) -> None:
    """Call each operation twice, through the recorder of the client."""
    recorder = import_module(f"{lying.made.name}.recording").Recorder
    with recorder(path, record=record) as tape, tape.client() as client:
        for each in [*LIES.values()] * 2:
            method, _, route = each.call.partition(" ")
            client.request(
                method,
                server.url + fill(route),
                params=each.query,
                extensions={"called": lying.operations[each.call]},
            )
        for _ in range(2):
            client.get(server.url + MOVED)
        assert tape.lost == 0


def conform(case: Case, traffic: Path, *options: str) -> dict[str, Any]:
    """Judge a recording by the document."""
    report = traffic.with_suffix(".json")
    command = ["conform", str(traffic), "--spec", str(case.document), *options]
    command += ["--format", "json", "--fail-on", "none", "-o", str(report)]
    assert main(command) == 0
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


@pytest.mark.parametrize("record", ["values", "shapes"])
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
    record_lies(lying, server, traffic, record)

    report = conform(case, traffic, "--write", str(overlay))

    found = [(each["rule"], each["path"]) for each in report["findings"]]
    for name, each in LIES.items():
        for rule, place in ((each.rule, each.place), *each.more):
            fitting = [
                one for one in found if one[0] == rule and one[1].endswith(place)
            ]
            assert fitting, name
            found.remove(fitting[0])
    assert found == []
    assert report["withdrawn"] == 0
    assert report["remaining"] == []
    again = conform(case, traffic, "--overlay", str(overlay))
    assert again["findings"] == []
    read_strictly(corpus, case, lying, overlay, server)


def read_strictly(
    corpus: Corpus, case: Case, lying: LyingServer, overlay: Path, server: Loopback
) -> None:
    """Read each success by the client that is made with the corrections."""
    name = f"flexprice_corrected_{overlay.parent.name}"
    made = make_client(corpus, replace(case, overlay=(str(overlay),)), name)
    assert list_unreadable(made, lying, server) == []


def list_unreadable(made: Made, lying: LyingServer, server: Loopback) -> list[str]:
    """Return the lies whose successes a strict client does not read."""
    operations = read_operations(made)
    package: Value = import_module(made.name)
    arguments = import_module(f"{made.name}.runtime.calling").Arguments
    unread = []
    with package.Flexprice(api_key="k", base_url=server.url, strict=True) as client:
        for name, each in LIES.items():
            call = f"GET {MOVED}" if each.more else each.call
            method, _, route = call.partition(" ")
            if not httpx2.codes.is_success(lying.replies[method, fill(route)].status):
                continue
            try:
                client(operations[call], arguments(path={"id": "id-1"}))
            except (KeyError, package.APIError):
                unread.append(name)
    return unread


def test_a_client_without_the_corrections_does_not_read_the_lies(
    lying: LyingServer, server: Loopback
) -> None:
    unread = list_unreadable(lying.made, lying, server)

    # A client reads a number in quotes, null, and what it does not know, as they are.
    assert unread == ["a decimal is a time", "a route that moved"]
