"""Tests of the shop."""

from unittest import mock

import pytest
from ledger_client import Ledger, models, webhooks
from shop import customers, hooks


def test_find() -> None:
    client = mock.create_autospec(Ledger, instance=True)
    client.customers.query_customer.return_value = models.CustomerList(  #@ client.customers.query_customer
        items=[models.Customer(email="a@b")]  #@ models.Customer.email
    )
    assert customers.page(client)[0].email == "a@b"  #@ models.Customer.email


@mock.patch("ledger_client.resources.customers.Customers.query_customer")  #@ client.customers.query_customer
def test_patched(query: mock.Mock) -> None:
    query.return_value = models.CustomerList(items=[])
    assert customers.page(Ledger(key="x")) == []


def test_hook() -> None:
    event = webhooks.make_event(webhooks.PLAN_DELETED, {"event_type": "plan.deleted"})  #@ webhooks.PLAN_DELETED; likely webhooks.PLAN_DELETED
    hooks.gone(event)
    body = b'{"event_type": "plan.deleted"}'  #@ likely webhooks.PLAN_DELETED
    hooks.router.handle(body, headers={})


def test_fixture(customer):
    assert customer.email  #@ models.Customer.email


class TestClient:
    def test_client(self, client, mail):
        assert client.customers.query_customer(models.CustomerFilter()).items[0].email  #@ client.customers.query_customer; models.Customer.email


@pytest.mark.parametrize("one", [models.Customer(id="x")])
def test_parameter(one):
    assert one.email  #@ models.Customer.email
