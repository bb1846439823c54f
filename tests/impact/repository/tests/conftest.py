"""Fixtures."""

import pytest
from ledger_client import Ledger, models


@pytest.fixture
def client():
    with Ledger(key="x") as client:
        yield client


@pytest.fixture
def customer() -> models.Customer:
    return models.Customer(email="a@b.example")  #@ models.Customer.email


@pytest.fixture
def mail(customer):
    return customer.email  #@ models.Customer.email
