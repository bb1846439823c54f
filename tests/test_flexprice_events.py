"""The events of Flexprice, as its cloud (Svix) and its own servers deliver them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.corpus import Corpus, Made, own_cases, shared_corpus, world_cases

BELOW = "/webhook-events/"
ADDED = "entitlement.grant.exhausted"
SUBSCRIPTION = {"id": "subs_01J", "customer_id": "cust_01J", "currency": "usd"}
SPEND = {
    "subscription": SUBSCRIPTION,
    "current_spend": "912.5",
    "threshold": "900",
    "triggered_at": "2026-08-22T10:11:12.123456789Z",
}
LINE_ITEM = {"subscription_line_item_id": "subs_line_01J"}
GROUP = {"group_id": "grp_01J"}
CUSTOMER = {
    "address_city": "Pune",
    "email": "a@b.example",
    "environment_id": "env_01J",
    "external_id": "user_1",
    "id": "cust_01J",
    "metadata": {"k": "v"},
    "name": "A",
    "timezone": "UTC",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with shared_corpus(tmp_path_factory) as opened:
        sys.path.insert(0, str(opened.clients))
        yield opened
        sys.path.remove(str(opened.clients))


@pytest.fixture(scope="module")
def full(corpus: Corpus, shared: Path) -> Made:
    """Return the client of the full description, with the overlay of ours."""
    return corpus.made(world_cases(shared)[0])


@pytest.fixture(scope="module")
def webhooks(full: Made) -> Any:  # noqa: ANN401 - a module that is made here
    """Return its module of webhooks."""
    return import_module(f"{full.name}.webhooks")


def native(kind: str, status: str, **more: object) -> bytes:
    """Make the body of an alert as a server of one's own sends it: without a name."""
    return json.dumps(
        {**SPEND, "alert_type": kind, "alert_status": status, **more}
    ).encode()


@pytest.mark.slow
def test_every_page_is_an_event_with_a_dataclass(
    webhooks: Any, shared: Path  # noqa: ANN401 - a module that is made here
) -> None:
    document = json.loads((shared / "specs" / "flexprice-full.json").read_bytes())
    paths = [each for each in document["paths"] if each.startswith(BELOW)]
    names = {each.removeprefix(BELOW) for each in paths}
    listed = set(document["components"]["schemas"]["types.WebhookEventName"]["enum"])
    payloads = webhooks.EVENT_PAYLOADS
    assert len(names) == len(listed) == 57
    assert set(payloads) == names | {ADDED} == listed | {"invoice.create.drafted"}
    assert all(is_dataclass(payloads[name]) for name in payloads)
    for name in payloads:
        body = json.dumps({"event_type": name}).encode()
        assert type(webhooks.parse_event(body).payload) is payloads[name]


@pytest.mark.slow
def test_the_page_of_an_event_that_is_not_listed_is_noted(full: Made) -> None:
    (note,) = [each for each in full.said if each[1] == "event-not-listed"]
    assert note[0] == "note"
    assert "'invoice.create.drafted'" in note[3]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "more"),
    [("spend", {}), ("line_item_spend", LINE_ITEM), ("group_spend", GROUP)],
)
@pytest.mark.parametrize("status", ["info", "warning", "in_alarm", "ok"])
def test_an_alert_of_spending_is_told_without_a_name_and_with_one(
    webhooks: Any,  # noqa: ANN401 - a module that is made here
    kind: str,
    more: dict[str, str],
    status: str,
) -> None:
    change = "recovered" if status == "ok" else "reached"
    name = f"subscription.{kind}.threshold_{change}"
    body = native(f"subscription_{kind}", status, **more)
    event = webhooks.parse_event(body)
    assert event.name == name
    assert event.mismatches == ()
    assert event.payload.subscription.id == "subs_01J"
    assert event.payload.group_id == more.get("group_id")
    assert event.payload.subscription_line_item_id == more.get(
        "subscription_line_item_id"
    )
    relayed = json.dumps({**json.loads(body), "event_type": name})
    assert webhooks.parse_event(relayed).payload == event.payload


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["low_ongoing_balance", "entitlement_grant_threshold"])
def test_an_alert_of_another_kind_is_not_taken_for_one_of_spending(
    webhooks: Any,  # noqa: ANN401 - a module that is made here
    kind: str,
) -> None:
    event = webhooks.parse_event(native(kind, "in_alarm"))
    assert type(event) is webhooks.UnknownEvent
    assert event.name is None


@pytest.mark.slow
def test_a_grant_that_is_used_up_is_told_without_a_name(
    webhooks: Any,  # noqa: ANN401 - a module that is made here
) -> None:
    body = {
        "subscription_id": "subs_01J",
        "entitlement_grant_id": "entg_01J",
        "alert_type": "entitlement_grant_exhausted",
        "alert_status": "in_alarm",
        "usage_ratio": "1.02",
        "triggered_at": "2026-08-22T10:11:12Z",
    }
    event = webhooks.parse_event(json.dumps(body))
    assert (event.name, event.mismatches) == (ADDED, ())
    assert event.payload.entitlement_grant_id == "entg_01J"


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        {"customer": CUSTOMER, "event_type": "customer.created"},
        {"event_type": "customer.created", "customer": CUSTOMER},
    ],
    ids=["svix", "native"],
)
def test_a_new_customer_is_read_in_either_order(
    webhooks: Any,  # noqa: ANN401 - a module that is made here
    body: dict[str, object],
) -> None:
    event = webhooks.parse_event(json.dumps(body))
    assert (event.name, event.mismatches) == (webhooks.CUSTOMER_CREATED, ())
    assert event.payload.customer.external_id == "user_1"
    assert event.payload.customer.metadata == {"k": "v"}


def test_the_small_description_has_one_event_and_names_without_a_payload(
    corpus: Corpus,
) -> None:
    (seed,) = [each for each in own_cases() if each.name == "flexprice"]
    webhooks: Any = import_module(f"{corpus.made(seed).name}.webhooks")
    document = yaml.safe_load(seed.document.read_text(encoding="utf-8"))
    names = document["components"]["schemas"]["types.WebhookEventName"]["enum"]
    assert len(names) == 42
    assert list(webhooks.EVENT_PAYLOADS) == ["customer.created"]
    for name in set(names) - {"customer.created"}:
        event = webhooks.parse_event(json.dumps({"event_type": name}))
        assert type(event) is webhooks.UndocumentedEvent
        assert event.name == name
