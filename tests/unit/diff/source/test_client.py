"""The client itself in two versions: its class, credentials and servers."""

from __future__ import annotations

from support.comparing import compare, list_in_python
from support.documents import document
from support.values import Value


def test_the_client_itself() -> None:
    def of(title: str, scheme: str, server: str) -> dict[str, Value]:
        key = {"type": "apiKey", "in": "header", "name": "x-key"}
        made = document(security=[{scheme: []}], info={"title": title, "version": "1"})
        made["components"]["securitySchemes"] = {scheme: key}
        made["servers"] = [{"url": "https://a.example.com", "description": server}]
        return made

    old = of("Billing API", "KeyAuth", "Main")
    assert list_in_python(compare(old, of("Payments API", "KeyAuth", "Main"))) == [
        ("Billing", "client-class-renamed", "error"),
        ('os.environ["BILLING_BASE_URL"]', "environment-variable-renamed", "error"),
        ('os.environ["BILLING_KEY"]', "environment-variable-renamed", "error"),
    ]
    found = list_in_python(compare(old, of("Billing API", "TokenAuth", "Main")))
    assert found == [
        ("Billing(key)", "credential-removed", "error"),
        ("Billing(token)", "credential-added", "info"),
    ]
    found = list_in_python(compare(old, of("Billing API", "KeyAuth", "Europe")))
    assert found == [("Billing(server='main')", "server-name-renamed", "error")]


def test_a_variable_that_is_not_read_any_more_is_named() -> None:
    def of(**schemes: dict[str, str]) -> dict[str, Value]:
        made = document(security=[{name: []} for name in schemes])
        made["components"]["securitySchemes"] = schemes
        return made

    key = {"type": "apiKey", "in": "header", "name": "x-key"}
    found = compare(of(ApiKey=key), of()).findings
    assert any("`SHOP_API_KEY` is no longer read" in each.message for each in found)


def test_an_event_that_becomes_documented_is_taken_from_on_unknown() -> None:
    def of(*names: str) -> dict[str, Value]:
        return document({}, webhooks={name: deliver(name) for name in names})

    def deliver(name: str) -> Value:
        payload = {"type": "object", "properties": {"type": {"const": name}}}
        body = {"content": {"application/json": {"schema": payload}}}
        return {"post": {"requestBody": body, "responses": {}}}

    (found,) = (
        each
        for each in compare(of("a.made"), of("a.made", "b.made")).findings
        if each.rule == "webhook-added"
    )
    assert found.message == (
        "event `b.made` was added. In Python: `on_unknown` no longer gets event `b.made`"
    )
