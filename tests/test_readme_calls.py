"""The README's sections about calls and about tests: their snippets run."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.documents import INTEGER, TEXT, document, operation, parameter, ref
from support.loopback import Loopback, Reply

from flexprice_codegen.cli.main import main

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("### Retries, pages")[2].partition("\n## ")[0]
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
ID = [parameter("id", "path")]
PDF = {"200": {"description": "A file.", "content": {"application/pdf": {}}}}
DOCUMENT = document(
    {
        "/customers/{id}": {
            "get": operation("getCustomer", ref("Customer"), parameters=ID)
        },
        "/customers": {
            "post": operation("createCustomer", ref("Customer"), ref("Customer"))
        },
        "/customers/search": {
            "post": operation("queryCustomer", ref("Customers"), ref("CustomerFilter"))
        },
        "/events": {
            "post": operation(
                "ingestEvent",
                body=ref("IngestEventRequest"),
                hint={
                    "idempotency-key": {
                        "fill": ["event_id", {"field": "timestamp", "with": "now"}]
                    }
                },
            )
        },
        "/invoices/{id}/pdf": {
            "get": operation("getInvoicePdf", parameters=ID, responses=PDF)
        },
    },
    {
        "Customer": {"type": "object", "properties": {"external_id": TEXT}},
        "IngestEventRequest": {
            "type": "object",
            "required": ["event_name", "external_customer_id"],
            "properties": {
                "event_name": TEXT,
                "external_customer_id": TEXT,
                "event_id": TEXT,
                "timestamp": TEXT | {"format": "date-time"},
                "properties": {"type": "object"},
            },
        },
        "Customers": {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": ref("Customer")},
                "pagination": {"type": "object", "properties": {"total": INTEGER}},
            },
        },
        "CustomerFilter": {
            "type": "object",
            "properties": {"limit": INTEGER, "offset": INTEGER, "status": TEXT},
        },
    },
)
DOCUMENT["security"] = [{"ApiKeyAuth": []}]
DOCUMENT["components"]["securitySchemes"] = {
    "ApiKeyAuth": {"type": "apiKey", "in": "header", "name": "x-api-key"}
}
DOCUMENT["info"]["title"] = "Flexprice API"
for path, item in DOCUMENT["paths"].items():
    for each in item.values():
        each["tags"] = [path.split("/")[1]]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """Generate a client of these operations, and stand where it can be imported."""
    (tmp_path / "api.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert (
        main(["generate", "api.json", "--output", "flexprice_client", "--testing"]) == 0
    )
    with Loopback() as server:
        monkeypatch.setenv("FLEXPRICE_BASE_URL", server.url)
        monkeypatch.setenv("FLEXPRICE_API_KEY", "k")
        yield server
    for name in list(sys.modules):
        if name.partition(".")[0] == "flexprice_client":
            del sys.modules[name]


def test_the_snippets_run(
    server: Loopback, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    retries, keys, pages, raw, hooks, fake = SNIPPETS
    names: dict[str, Any] = {}
    exec(retries, names)
    exec("from flexprice_client import ServerError", names)
    full = json.dumps({"items": [{"external_id": "user_1"}] * 50}).encode()
    rest = b'{"items": [{"external_id": "user_2"}]}'
    server.reply(Reply(503))
    exec(keys, names)
    first, second = server.requests
    assert first.body == second.body
    assert json.loads(first.body).keys() >= {"event_id", "timestamp"}
    server.reply(Reply(503), Reply(body=full), Reply(body=rest), Reply(body=full))
    names["client"] = names["once"].with_options(
        retry=names["Retry"](initial_delay=0.001)
    )
    with pytest.raises(names["ServerError"]):
        names["once"].customers.query_customer({})
    capsys.readouterr()
    exec(pages, names)
    shown = capsys.readouterr().out
    assert shown.count("user_1\n") == 50
    assert shown.endswith("user_2\n50 customers\n")
    server.reply(
        Reply(body=b'{"external_id": "user_3"}', headers={"X-Request-ID": "01J"}),
        Reply(body=b"%PDF", headers={"Content-Type": "application/pdf"}),
    )
    exec(raw, names)
    assert capsys.readouterr().out == ("200 application/json 01J 25\nuser_3\n4 4\n")
    assert (tmp_path / "invoice.pdf").read_bytes() == b"%PDF"
    names["once"].close()
    exec(hooks, names)
    names["client"].customers.get_customer(id="cust_1")
    assert names["seen"] == ["GET", 200]
    names["client"].close()
    exec(fake, names)
    with pytest.raises(names["ServerError"]):
        names["client"].customers.create_customer({})
    again = names["client"].customers.create_customer({})
    assert (again.external_id, len(names["told"].requests)) == ("external_id", 2)
